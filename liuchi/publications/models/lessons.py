"""Short lessons behind a QR (扫码快学), who finished them, and lessons taught at somebody's place (上门送学)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liuchi.kernel.access import Target
from liuchi.kernel.records.models import Record
from liuchi.people.models import Person
from liuchi.people.registers.trades import GROUPS
from liuchi.territory.models import Area


class Lesson(models.Model):
    """A lesson of a few minutes with a quiz of three questions, read at ``/x/<code>`` without sign-in.

    trades: codes of those it is for, empty for everybody; political: never earns points; needs_sign_off: a programme may
    ask for it, so who has learnt it signs with the day; version: the number that is published, 0 for none yet.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "public", _("published")
        ENDED = "ended", _("ended")

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    code = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=60)
    trades = models.JSONField(default=list, blank=True)
    minutes = models.PositiveSmallIntegerField(default=5)
    political = models.BooleanField(default=False)
    needs_sign_off = models.BooleanField(default=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=6, choices=State.choices, default=State.DRAFT)
    version = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.title

    def access_target(self) -> Target:
        return Target(area_first=self.area.first)

    def trade_words(self) -> list[str]:
        """The names of the trades it is for."""
        return [str(GROUPS[trade]) for trade in self.trades if trade in GROUPS]


class LessonVersion(models.Model):
    """The content of a lesson. A published one never changes: the next change begins a new one.

    blocks: [{kind: text · picture · video, words, media, url}]; questions: [{words, options: [{words, right}], why}].
    """

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    blocks = models.JSONField(default=list)
    questions = models.JSONField(default=list)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["lesson", "number"], name="publications_lesson_version_once")]


class Done(models.Model):
    """Somebody passed the quiz of a lesson for the first time, and maybe signed that the lesson is learnt. person empty: erased."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="done")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveSmallIntegerField()
    passed_on = models.DateField(db_index=True)
    signed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lesson", "person"], name="publications_done_once")]


class Teaching(models.Model):
    """A volunteer taught a lesson at a place (上门送学). came: person-times. teacher empty: erased."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="teachings")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    place_words = models.CharField(max_length=120)
    teacher = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    taught_on = models.DateField(db_index=True)
    came = models.PositiveIntegerField()

    class Meta:
        ordering = ["-taught_on", "-record"]
        constraints = [
            models.UniqueConstraint(
                fields=["lesson", "teacher", "taught_on", "place_words"], name="publications_taught_once"
            )
        ]
