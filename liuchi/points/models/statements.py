"""Dual points (双积分): what somebody did in the community, confirmed for the unit they work in, if they want that."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from liuchi.kernel.access import Target
from liuchi.kernel.records.models import Record
from liuchi.people.models import Organisation, Person
from liuchi.territory.models import Area


class Statement(models.Model):
    """One person's statement of a period, asked for by that person and confirmed by the community; the person hands it over.

    lines: [[event, times, points]] as of the confirmation, so that what was printed stays what it is. Never a balance.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Waiting for the community")
        CONFIRMED = "confirmed", _("Confirmed")
        TAKEN_BACK = "taken_back", _("Taken back")

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")  # the community that confirms
    home_unit = models.CharField(max_length=80)
    # the unit whose own secretary may open the confirmed sheet, because the person said so; nobody else of it
    shown_to = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    begins = models.DateField()
    ends = models.DateField()  # included
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    number = models.CharField(max_length=20, unique=True)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    lines: Any = models.JSONField(default=list)
    points = models.IntegerField(default=0)

    class Meta:
        db_table = "points_statement"
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["state", "asked_at"], name="points_statement_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "begins", "ends", "home_unit"],
                condition=models.Q(state__in=["asked", "confirmed"]),
                name="points_statement_once",
            )
        ]

    def __str__(self) -> str:
        return self.number

    def access_target(self) -> Target:
        return Target(area_first=self.area.first)
