"""Service points, what they offer, when they are open, who keeps them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy

from liuchi.kernel.access import Target
from liuchi.kernel.records.models import Record
from liuchi.people.models import Business, Organisation, Person
from liuchi.places import rules
from liuchi.territory.models import Area, Place


class ServicePoint(models.Model):
    """Where one can go for something (服务点): a station (驿站), a friendly shop (友好商家), a service corner (服务角), a
    counter (窗口), a room.

    code: the short one of the sign's QR, /p/<code>; no secret. inside: the larger place around it, a mall or a centre.
    floor_area in square metres; level: the friendly level (友好等级), 0 for none. week: seven lists of [opens, closes] in
    minutes of the day from Monday, over midnight above 1440; days_off: the same for an official day off (法定节假日), None:
    as on any such weekday. said: what the keeper said of it (`rules.SAID`), counting until said_until.
    """

    KINDS = [
        ("station", gettext_lazy("Station")),
        ("shop", gettext_lazy("Friendly shop")),
        ("corner", gettext_lazy("Service corner")),
        ("counter", gettext_lazy("Counter")),
        ("room", gettext_lazy("Room")),
    ]

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="service_point")
    kind = models.CharField(max_length=12, choices=KINDS)
    name = models.CharField(max_length=80)
    code = models.CharField(max_length=12, unique=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="service_points")
    lon = models.FloatField()
    lat = models.FloatField()
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    address = models.CharField(max_length=160, blank=True)
    directions = models.CharField(max_length=200, blank=True)
    inside = models.CharField(max_length=80, blank=True)
    about = models.CharField(max_length=400, blank=True)
    phone = models.CharField(max_length=40, blank=True)  # of the desk there, nobody's own
    floor_area = models.DecimalField(max_digits=7, decimal_places=1, null=True, blank=True)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    level = models.PositiveSmallIntegerField(default=0)
    unit = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    business = models.ForeignKey(Business, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    week = models.JSONField(default=rules.empty_week)
    days_off = models.JSONField(null=True, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)  # the first day on which it is no more
    said = models.CharField(max_length=12, blank=True)
    said_at = models.DateTimeField(null=True, blank=True)
    said_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "places_point"
        ordering = ["name"]
        indexes = [models.Index(fields=["lat", "lon"], name="places_point_spot")]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "kind", "name", "inside", "address"],
                condition=models.Q(closed_on=None),
                name="places_point_once",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def access_target(self) -> Target:
        """Where it lies, whose it is, and who keeps it."""
        return Target(
            area_first=self.area.first,
            units=(self.unit_id,) if self.unit_id else (),
            owners=tuple(keeping.person_id for keeping in self.keepings.all()),
        )


class Offer(models.Model):
    """One service (服务项) that a point has; code: of `places.services`."""

    point = models.ForeignKey(ServicePoint, on_delete=models.CASCADE, related_name="offers")
    service = models.CharField(max_length=20)
    note = models.CharField(max_length=80, blank=True)

    class Meta:
        db_table = "places_offer"
        constraints = [models.UniqueConstraint(fields=["point", "service"], name="places_offer_once")]


class Exceptional(models.Model):
    """One day on which a point has other hours than its week says; no span: closed all day."""

    point = models.ForeignKey(ServicePoint, on_delete=models.CASCADE, related_name="exceptions")
    day = models.DateField()
    spans = models.JSONField(default=list)
    why = models.CharField(max_length=60, blank=True)

    class Meta:
        db_table = "places_exception"
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["point", "day"], name="places_exception_once")]


class Keeping(models.Model):
    """A person who keeps a point (值守人): says how it stands, counts visits. The office's own people need none."""

    point = models.ForeignKey(ServicePoint, on_delete=models.CASCADE, related_name="keepings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "places_keeping"
        constraints = [models.UniqueConstraint(fields=["point", "person"], name="places_keeping_once")]
