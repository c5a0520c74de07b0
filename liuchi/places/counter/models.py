"""Counters, their services, numbers, appointments and errands."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy

from liuchi.kernel.access import Target
from liuchi.kernel.records.models import Record
from liuchi.people.models import Person
from liuchi.places import rules
from liuchi.territory.models import Area


class Counter(models.Model):
    """A one-stop counter (一站式窗口). host: the record of the service point it belongs to; windows: how many desks call;
    places: how many appointments each half hour has, 0: none are made; week and days_off: its hours, as a service point has
    them, but never over midnight; asks_word: a number from a phone needs the word of the day that stands in the hall
    (`presence.py`)."""

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey(Record, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    where = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, blank=True)  # the counter's own
    week = models.JSONField(default=rules.empty_week)
    days_off = models.JSONField(null=True, blank=True)
    windows = models.PositiveSmallIntegerField(default=2)
    places = models.PositiveSmallIntegerField(default=2)
    asks_word = models.BooleanField(default=False)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "places_counter"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "name"], condition=models.Q(closed_on=None), name="places_counter_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def access_target(self) -> Target:
        return Target(area_first=self.area.first)


class CounterDay(models.Model):
    """One day on which a counter has other hours than its week says; no span: closed all day."""

    counter = models.ForeignKey(Counter, on_delete=models.CASCADE, related_name="exceptions")
    day = models.DateField()
    spans = models.JSONField(default=list)
    why = models.CharField(max_length=60, blank=True)

    class Meta:
        db_table = "places_counter_day"
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["counter", "day"], name="places_counter_day_once")]


class Matter(models.Model):
    """Something a counter does (事项): what to bring, the steps, how long, what it costs. for_others: what to bring beside
    when somebody comes for another (代办); minutes: at the counter, for the guess of the waiting time."""

    counter = models.ForeignKey(Counter, on_delete=models.CASCADE, related_name="matters")
    name = models.CharField(max_length=60)
    group = models.CharField(max_length=30, blank=True)
    for_whom = models.CharField(max_length=200, blank=True)
    bring = models.JSONField(default=list)
    for_others = models.JSONField(default=list, blank=True)
    steps = models.JSONField(default=list, blank=True)
    takes = models.CharField(max_length=60, blank=True)
    fee = models.CharField(max_length=60, blank=True)
    help = models.CharField(max_length=200, blank=True)  # with filling in forms
    at_home = models.BooleanField(default=False)  # somebody comes to those who can't walk
    minutes = models.PositiveSmallIntegerField(default=10)
    closed = models.BooleanField(default=False)

    class Meta:
        db_table = "places_counter_matter"
        ordering = ["group", "name"]
        constraints = [models.UniqueConstraint(fields=["counter", "name"], name="places_matter_once")]

    def __str__(self) -> str:
        return self.name


class Appointment(models.Model):
    """A time at the counter. place: from 1 to the counter's `places`; the constraint refuses one too many."""

    counter = models.ForeignKey(Counter, on_delete=models.CASCADE, related_name="appointments")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    start = models.DateTimeField()
    place = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "places_appointment"
        constraints = [
            models.UniqueConstraint(
                fields=["counter", "start", "place"],
                condition=models.Q(cancelled_at=None),
                name="places_appointment_once",
            ),
            models.UniqueConstraint(
                fields=["counter", "start", "person"],
                condition=models.Q(cancelled_at=None),
                name="places_appointment_mine",
            ),
        ]


class Ticket(models.Model):
    """A number of a day (排队号). Nobody's name is on it: who holds the code (its digest is kept) can follow it."""

    STATES = [
        ("waiting", gettext_lazy("waiting")),
        ("called", gettext_lazy("called")),
        ("done", gettext_lazy("served")),
        ("passed", gettext_lazy("passed over")),
    ]

    counter = models.ForeignKey(Counter, on_delete=models.CASCADE, related_name="tickets")
    day = models.DateField()
    number = models.PositiveSmallIntegerField()
    digest = models.BinaryField(max_length=32, unique=True)
    matter = models.ForeignKey(Matter, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    appointment = models.OneToOneField(
        Appointment, null=True, blank=True, on_delete=models.SET_NULL, related_name="ticket"
    )
    taken_at = models.DateTimeField()
    rank = models.DateTimeField()  # whose turn is first: when it was taken, or the time of the appointment
    state = models.CharField(max_length=8, choices=STATES, default="waiting")
    window = models.PositiveSmallIntegerField(default=0)
    called_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "places_ticket"
        constraints = [models.UniqueConstraint(fields=["counter", "day", "number"], name="places_ticket_once")]
        indexes = [models.Index(fields=["counter", "day", "state", "rank"], name="places_ticket_queue")]


class Errand(models.Model):
    """Something taken in, until it is handed over (办件). Followed with a receipt whose digest is kept. For somebody else:
    the name and phone of whom it is for are encrypted, with how they agreed; at_home: somebody visits them."""

    STOPS = [
        ("received", gettext_lazy("received")),
        ("in_work", gettext_lazy("in work")),
        ("ready", gettext_lazy("ready")),
        ("handed_over", gettext_lazy("handed over")),
    ]
    AGREED = [
        ("here", gettext_lazy("said so here")),
        ("phone", gettext_lazy("said so on the phone")),
        ("paper", gettext_lazy("signed a paper")),
    ]

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="+")
    counter = models.ForeignKey(Counter, on_delete=models.PROTECT, related_name="errands")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="+")
    digest = models.BinaryField(max_length=32, unique=True)
    stop = models.CharField(max_length=12, choices=STOPS, default="received")
    received_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    word = models.CharField(max_length=200, blank=True)  # what the one who waits should know
    helper = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    whose_cipher = models.BinaryField(null=True, blank=True)
    agreed = models.CharField(max_length=8, choices=AGREED, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    at_home = models.BooleanField(default=False)

    class Meta:
        db_table = "places_errand"
        ordering = ["-received_at"]
        indexes = [models.Index(fields=["counter", "stop", "received_at"], name="places_errand_list")]
