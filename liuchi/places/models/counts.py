"""What is counted at a point. No row is a visitor: there are only numbers of an hour and a day."""

from __future__ import annotations

from django.db import models

from liuchi.places.models.points import ServicePoint


class Visit(models.Model):
    """How often people came (人次) to a point in one hour of one day. source: ``qr`` they said so themselves, ``keeper`` the
    keeper counted, ``sheet`` a day's number from a list (hour 12 when none is known)."""

    point = models.ForeignKey(ServicePoint, on_delete=models.PROTECT, related_name="visits", db_index=False)
    local_date = models.DateField()
    hour = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=8)
    count = models.PositiveIntegerField(default=0)
    told = models.BooleanField(default=False)  # whether the journal has the day's number

    class Meta:
        db_table = "places_visit"
        constraints = [
            models.UniqueConstraint(fields=["point", "local_date", "hour", "source"], name="places_visit_once")
        ]
        indexes = [
            models.Index(fields=["local_date"], condition=models.Q(told=False), name="places_visit_untold"),
        ]


class VisitDay(models.Model):
    """How often people came to a point on one day: the sum of its hours, added to in the same transaction. The figures of
    a month read a seventeenth of the rows."""

    point = models.ForeignKey(ServicePoint, on_delete=models.PROTECT, related_name="visit_days", db_index=False)
    local_date = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "places_visit_of_day"
        constraints = [models.UniqueConstraint(fields=["point", "local_date"], name="places_visit_of_day_once")]
        # The figures of an area are read from this index alone.
        indexes = [models.Index(fields=["local_date", "point", "count"], name="places_visit_of_day_read")]


class Use(models.Model):
    """How often a service was used at a point on one day, as far as anybody said."""

    point = models.ForeignKey(ServicePoint, on_delete=models.PROTECT, related_name="uses", db_index=False)
    local_date = models.DateField()
    service = models.CharField(max_length=20)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "places_use"
        constraints = [models.UniqueConstraint(fields=["point", "local_date", "service"], name="places_use_once")]
        indexes = [models.Index(fields=["local_date", "point", "service", "count"], name="places_use_day")]


class DaySalt(models.Model):
    """The salt of one day; thrown away on the next, and with it what the digests of that day could have told."""

    local_date = models.DateField(primary_key=True)
    salt = models.CharField(max_length=64)

    class Meta:
        db_table = "places_day_salt"


class Seen(models.Model):
    """That some phone was counted at a point a short while ago. digest: of the phone's token of the day, the point and the
    day's salt, so that two points can't be tied together; gone after half an hour. used: services it has named."""

    digest = models.CharField(max_length=64, primary_key=True)
    until = models.DateTimeField(db_index=True)
    used = models.JSONField(default=list)

    class Meta:
        db_table = "places_seen"
