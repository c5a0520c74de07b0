"""The shop window: gifts and services, the windows where they are handed out, and what is reserved."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from liuchi.kernel.access import Target
from liuchi.kernel.records.models import Record
from liuchi.territory.models import Area, Place


class Gift(models.Model):
    """A thing or a service that points can be exchanged for. cost: points; per_month: how many one person can have in a month."""

    class Kind(models.TextChoices):
        GIFT = "gift", _("Gift")
        SERVICE = "service", _("Service")

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.GIFT)
    name = models.CharField(max_length=40)
    words = models.CharField(max_length=200, blank=True)
    cost = models.IntegerField()
    per_month = models.IntegerField(null=True, blank=True)
    open = models.BooleanField(default=True)

    class Meta:
        db_table = "points_gift"
        ordering = ["cost", "name"]
        constraints = [
            models.UniqueConstraint(fields=["name"], name="points_gift_name_once"),
            models.CheckConstraint(condition=models.Q(cost__gt=0), name="points_gift_costs"),
        ]

    def __str__(self) -> str:
        return self.name


class Window(models.Model):
    """A window (兑换窗口) where gifts are handed out. keep_days: how long a reservation is kept; point: the place on the map
    where it is, as kernel.venues knows it; address, hours, phone: in the window's own words."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    name = models.CharField(max_length=60)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    venue = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    point = models.ForeignKey(Record, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)  # of the desk there, nobody's own
    hours = models.CharField(max_length=80, blank=True)  # in words: 每天 9:00-18:00
    keep_days = models.IntegerField(default=7)
    open = models.BooleanField(default=True)

    class Meta:
        db_table = "points_window"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["area", "name"], name="points_window_once"),
            models.CheckConstraint(condition=models.Q(keep_days__gt=0), name="points_window_keeps"),
        ]

    def __str__(self) -> str:
        return self.name

    def access_target(self) -> Target:
        return Target(area_first=self.area.first)


class Reservation(models.Model):
    """A gift that waits for somebody at a window. Its code is not kept: it is made from the key outside the database, and only
    a keyed digest finds it (`codes`). holder: the person's account, never the person."""

    class State(models.TextChoices):
        OPEN = "open", _("Waiting at the window")
        HANDED = "handed", _("Handed over")
        CANCELLED = "cancelled", _("Cancelled")
        EXPIRED = "expired", _("Not picked up in time")

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    key = models.UUIDField(unique=True)  # of the page it was made on: a second tap makes no second one
    holder = models.ForeignKey("points.Account", db_index=False, on_delete=models.PROTECT, related_name="reservations")
    gift = models.ForeignKey(Gift, db_index=False, on_delete=models.PROTECT, related_name="reservations")
    window = models.ForeignKey(Window, db_index=False, on_delete=models.PROTECT, related_name="reservations")
    cost = models.IntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    code_turn = models.SmallIntegerField(default=0)
    code_index = models.BinaryField(max_length=32)
    reserved_at = models.DateTimeField()
    month = models.CharField(max_length=7)  # of reserved_at, in the place: the limit of a month
    expires_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "points_reservation"
        ordering = ["-reserved_at"]
        indexes = [
            models.Index(fields=["expires_at"], name="points_reservation_due", condition=models.Q(state="open")),
            models.Index(fields=["holder", "month"], name="points_reservation_month"),
            models.Index(fields=["ended_at"], name="points_reservation_handed", condition=models.Q(state="handed")),
            models.Index(fields=["window", "ended_at"], name="points_reservation_window"),
            models.Index(fields=["gift", "ended_at"], name="points_reservation_gift"),
        ]
        constraints = [models.UniqueConstraint(fields=["code_index"], name="points_code_once")]

    def __str__(self) -> str:
        return str(self.pk)

    def is_over(self, at: datetime) -> bool:
        return self.state != self.State.OPEN or self.expires_at <= at
