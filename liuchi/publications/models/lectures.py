"""Live lectures (微直播): what is on when, and the questions that people send in and vote up."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liuchi.kernel.access import Target
from liuchi.kernel.records.models import Record
from liuchi.people.models import Person
from liuchi.publications.models.lessons import Lesson
from liuchi.territory.models import Area


class Lecture(models.Model):
    """A lecture with its page ``/lectures/<id>``; the video itself is a link. pulse: grows with whatever the page's list of
    questions shows, so that asking whether something is new is one light query."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    title = models.CharField(max_length=80)
    speaker = models.CharField(max_length=80, blank=True)
    words = models.TextField(blank=True)
    starts = models.DateTimeField(db_index=True)
    ends = models.DateTimeField()
    video_url = models.URLField(max_length=400, blank=True)
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    pulse = models.IntegerField(default=1)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)  # when those who asked for it were told that it begins

    class Meta:
        ordering = ["-starts"]

    def __str__(self) -> str:
        return self.title

    def access_target(self) -> Target:
        return Target(area_first=self.area.first)


class Reminder(models.Model):
    """Somebody wants to be told shortly before a lecture begins, and again if it is moved to later; gone when it is over."""

    lecture = models.ForeignKey(Lecture, on_delete=models.CASCADE, related_name="reminders")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lecture", "person"], name="publications_reminder_once")]


class Question(models.Model):
    """One question. Only the masked words are kept; it is shown to others when the host lets it. votes: how many asked the
    same, without who. asker: to tell them of the answer, empty for who was not signed in or was erased."""

    class State(models.TextChoices):
        WAITING = "waiting", _("not shown yet")
        SHOWN = "shown", _("shown")
        LIVE = "live", _("answered live")
        ANSWERED = "answer", _("answered in writing")
        HIDDEN = "hidden", _("hidden")

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    lecture = models.ForeignKey(Lecture, on_delete=models.PROTECT, related_name="questions")
    key = models.UUIDField(unique=True)  # the page's own: a double tap is one
    asker = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=20, blank=True)  # as shown: 程某; empty without a name
    text = models.CharField(max_length=300)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    votes = models.IntegerField(default=0)
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-votes", "asked_at"]
        indexes = [models.Index(fields=["lecture", "state"])]
