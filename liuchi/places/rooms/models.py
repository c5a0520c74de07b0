"""Rooms, bookings, and the half hours that they hold: one booking for each, and the database sees to it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy

from liuchi.kernel.access import Target
from liuchi.kernel.records.models import Record
from liuchi.people.models import Organisation, Person
from liuchi.territory.models import Area


class Room(models.Model):
    """A room that people and units may use (活动室、议事厅). host: the record of the service point it belongs to; equipment:
    words; weekdays: on which it can be had, 0 is Monday; longest: hours at a time; ahead: days before one may book."""

    KINDS = [
        ("study", gettext_lazy("Study room")),  # 学习的加油站
        ("service", gettext_lazy("Service room")),  # 社区的服务站
        ("council", gettext_lazy("Council room")),  # 协商的议事站
        ("hall", gettext_lazy("Hall")),  # 厅
        ("corridor", gettext_lazy("Exhibition corridor")),  # 长廊
        ("other", gettext_lazy("Other room")),
    ]
    WHO = [("all", gettext_lazy("Residents and units")), ("units", gettext_lazy("Units only"))]

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=KINDS)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey(Record, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    where = models.CharField(max_length=120)
    seats = models.PositiveSmallIntegerField(default=10)
    equipment = models.JSONField(default=list, blank=True)
    opens = models.TimeField()
    closes = models.TimeField()
    weekdays = models.JSONField(default=list)
    who = models.CharField(max_length=6, choices=WHO, default="all")
    approval = models.BooleanField(default=False)
    longest = models.PositiveSmallIntegerField(default=4)
    ahead = models.PositiveSmallIntegerField(default=30)
    key = models.CharField(max_length=120, blank=True)  # who hands out the key, and where
    rules = models.CharField(max_length=500, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "places_room"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "name", "where"], condition=models.Q(closed_on=None), name="places_room_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def access_target(self) -> Target:
        return Target(area_first=self.area.first)


class Booking(models.Model):
    """A room for somebody from one moment to another. purpose is for those who decide; title is public, for events only."""

    STATES = [
        ("asked", gettext_lazy("waits for a yes")),
        ("booked", gettext_lazy("booked")),
        ("refused", gettext_lazy("not this time")),
        ("cancelled", gettext_lazy("cancelled")),
    ]

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="+")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="bookings")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    unit = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    people = models.PositiveSmallIntegerField(default=1)
    purpose = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=STATES)
    why = models.CharField(max_length=200, blank=True)
    series = models.UUIDField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    key_out_at = models.DateTimeField(null=True, blank=True)
    key_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "places_booking"
        ordering = ["begins"]
        indexes = [
            models.Index(fields=["room", "day"], name="places_booking_day"),
            models.Index(fields=["person", "begins"], name="places_booking_mine"),
        ]

    @property
    def who(self) -> str:
        """For whom it is, at the desk: a unit, a person, or nothing once the person was erased."""
        return self.unit.name if self.unit else self.person.name if self.person else ""


class Slot(models.Model):
    """Half an hour of a room that a booking holds, from the moment it is asked for until it is refused or cancelled."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+")
    start = models.DateTimeField()
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="slots")

    class Meta:
        db_table = "places_slot"
        constraints = [models.UniqueConstraint(fields=["room", "start"], name="places_slot_once")]
