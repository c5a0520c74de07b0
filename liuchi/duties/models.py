"""What recurs: duties, their shifts, who takes part, and exchanges."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from liuchi.kernel.access import Target
from liuchi.kernel.records.models import Record


class Duty(models.Model):
    """Something that must recur (例行工作): a roster for volunteers (值班), or what a unit does at a rhythm (节律), such as a
    monthly meeting. `rule` is an RRULE text (kernel.recurrence); times are of the place, Asia/Shanghai."""

    class Kind(models.TextChoices):
        ROSTER = "roster", _("Roster: volunteers sign up")  # 值班
        RHYTHM = "rhythm", _("Rhythm of a unit: kept or missed")  # 例会、走访

    class FreeDays(models.TextChoices):
        KEEP = "keep", _("also on days off")
        NEXT = "next", _("moved to the next working day")
        SKIP = "skip", _("left out on days off")

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.ROSTER)
    title = models.CharField(max_length=60)
    what = models.CharField(max_length=500, blank=True)  # what there is to do, to bring, to know
    where = models.CharField(max_length=120, blank=True)
    about = models.ForeignKey(
        Record, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # a service point
    area = models.ForeignKey("territory.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    team_only = models.BooleanField(default=False)  # only who holds a post in the unit may sign up
    keeper = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    rule = models.CharField(max_length=200)
    starts_on = models.DateField()
    until = models.DateField(null=True, blank=True)  # the last day, included
    without = models.JSONField(default=list, blank=True)  # days left out, ISO dates
    free_days = models.CharField(max_length=4, choices=FreeDays.choices, default=FreeDays.KEEP)
    begins = models.TimeField()
    ends = models.TimeField()
    needs = models.PositiveSmallIntegerField(default=1)  # people a shift; 0 for a rhythm
    back_hours = models.PositiveSmallIntegerField(default=24)  # until so many hours before one may step back alone
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["title", "pk"]
        indexes = [models.Index(fields=["area", "ended_on"])]

    def __str__(self) -> str:
        return self.title

    def access_target(self) -> Target:
        return Target(area_first=self.area.first)


class Shift(models.Model):
    """One time of a duty (班次). `nominal` is the day that the rule says, `day` the one on which it is held."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        KEPT = "kept", _("kept")  # 已落实
        MISSED = "missed", _("missed")  # 未落实: of the duty, never of a person
        DROPPED = "dropped", _("dropped")  # 取消

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="shifts")
    nominal = models.DateField()
    day = models.DateField()
    begins = models.DateTimeField(db_index=True)
    ends = models.DateTimeField()
    needs = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    note = models.CharField(max_length=500, blank=True)
    done_on = models.DateField(null=True, blank=True)  # of a rhythm: when it was really held
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["begins", "pk"]
        constraints = [models.UniqueConstraint(fields=["duty", "nominal"], name="duties_shift_once_a_day")]
        indexes = [models.Index(fields=["state", "ends"])]

    def __str__(self) -> str:
        return f"{self.duty} {self.day}"


class Signup(models.Model):
    """Somebody's place in a shift. `left_at` ends it; `offered_at`: another may take it over. That somebody did not come
    stands nowhere: `came_at` is either there or not, and rows without it are erased a week after the shift."""

    shift = models.ForeignKey(Shift, on_delete=models.CASCADE, related_name="signups")
    seat = models.PositiveSmallIntegerField()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    handed_on = models.BooleanField(default=False)  # taken over from somebody, who no longer comes
    left_at = models.DateTimeField(null=True, blank=True)
    offered_at = models.DateTimeField(null=True, blank=True)
    came_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(default=0)  # that count as served, once came

    class Meta:
        ordering = ["seat"]
        constraints = [
            models.UniqueConstraint(
                fields=["shift", "seat"], condition=models.Q(left_at=None), name="duties_seat_once"
            ),
            models.UniqueConstraint(
                fields=["shift", "person"], condition=models.Q(left_at=None), name="duties_person_once_a_shift"
            ),
        ]
        indexes = [models.Index(fields=["person", "left_at"])]


class Exchange(models.Model):
    """One place for another: `asked` gives `against` for `offered`; done when the one who offered agrees too."""

    offered = models.ForeignKey(Signup, on_delete=models.CASCADE, related_name="asked_for")
    against = models.ForeignKey(Signup, on_delete=models.CASCADE, related_name="given_for")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    agreed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["offered", "against"], condition=models.Q(answered_at=None), name="duties_exchange_once"
            )
        ]


class Certificate(models.Model):
    """What somebody served in a time (志愿服务时长证明), issued because they asked for it, as of that day. Anybody verifies it by
    its code. name: who served, as they were called when it was issued; lines: [[day, title, where, minutes]] as printed. Both are
    emptied with the person, and the code is then one that nobody knows."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=80, blank=True)
    code = models.CharField(max_length=14, unique=True)
    number = models.CharField(max_length=24, unique=True)
    unit = models.CharField(max_length=80)  # that issued it
    year = models.PositiveSmallIntegerField(null=True, blank=True)  # that was asked for; empty: ever
    begins = models.DateField()
    ends = models.DateField()
    times = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField()
    lines = models.JSONField(default=list)
    issued_on = models.DateField()

    class Meta:
        ordering = ["-issued_on"]
        indexes = [models.Index(fields=["person"])]

    def __str__(self) -> str:
        return self.number
