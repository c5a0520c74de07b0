"""What is on at a point."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy

from liuchi.kernel.access import Target
from liuchi.kernel.records.models import Record
from liuchi.places.models.points import ServicePoint


class Event(models.Model):
    """Something that takes place at a point (活动): a clinic, a lecture, a class. came: how many people came, a number that
    somebody counted; nobody signs up or is written down here."""

    KINDS = [
        ("clinic", gettext_lazy("Free clinic")),
        ("lecture", gettext_lazy("Lecture")),
        ("class", gettext_lazy("Course")),
        ("gift", gettext_lazy("Gifts")),
        ("meal", gettext_lazy("Meal together")),
        ("meeting", gettext_lazy("Meeting")),
        ("service", gettext_lazy("Service on the spot")),
        ("other", gettext_lazy("Other")),
    ]

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="places_event")
    point = models.ForeignKey(ServicePoint, on_delete=models.PROTECT, related_name="events", db_index=False)
    kind = models.CharField(max_length=12, choices=KINDS)
    title = models.CharField(max_length=80)
    about = models.CharField(max_length=400, blank=True)
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    local_date = models.DateField()  # of its beginning
    came = models.PositiveIntegerField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "places_event"
        ordering = ["begins"]
        indexes = [
            models.Index(fields=["point", "local_date"], name="places_event_point"),
            models.Index(fields=["local_date"], name="places_event_day"),
        ]
        constraints = [models.UniqueConstraint(fields=["point", "begins", "title"], name="places_event_once")]

    def __str__(self) -> str:
        return self.title

    def access_target(self) -> Target:
        return self.point.access_target()
