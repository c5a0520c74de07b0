"""The register of new-employment groups (新就业群体台账), the branches by trade (行业支部) and what they did for people."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from liuchi.kernel.records.models import Record
from liuchi.people.models.persons import Person
from liuchi.people.models.units import Organisation

if TYPE_CHECKING:
    from liuchi.kernel.access import Target


class TradeBranch(models.Model):
    """A branch (支部) that serves the people of one trade. Being served says nothing of party membership."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, primary_key=True, related_name="trade_branch"
    )
    trade = models.CharField(max_length=24)

    def __str__(self) -> str:
        return self.organisation.name


class Registration(models.Model):
    """One person in one trade, by their own yes (登记). Ended, it loses its tie to the person: a date and a trade remain."""

    class Vehicle(models.TextChoices):
        EBIKE = "ebike", _("E-bike")  # 电动自行车
        EMOTOR = "emotor", _("Electric motorcycle")  # 电动摩托车
        TRICYCLE = "tricycle", _("Tricycle")  # 三轮车
        CAR = "car", _("Car")  # 小汽车
        VAN = "van", _("Van")  # 面包车
        TRUCK = "truck", _("Truck")  # 货车

    class How(models.TextChoices):
        SELF = "self", _("by themselves, on the phone")  # 本人手机登记
        SIGNED = "signed", _("signed on paper")  # 纸质签字
        SPOKEN = "spoken", _("said face to face")  # 当面口头
        CALLED = "called", _("said in a call")  # 电话

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="registrations")
    trade = models.CharField(max_length=24)
    platform = models.CharField(max_length=40, blank=True)
    area = models.ForeignKey("territory.Area", on_delete=models.PROTECT, related_name="+")  # where they work
    branch = models.ForeignKey(TradeBranch, on_delete=models.PROTECT, null=True, blank=True, related_name="registered")
    vehicle = models.CharField(max_length=12, choices=Vehicle.choices, blank=True)
    how = models.CharField(max_length=12, choices=How.choices)  # in which way the person said yes
    registered_on = models.DateField()
    kept_until = models.DateField()  # the last day, unless it is confirmed anew
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-registered_on"]
        indexes = [models.Index(fields=["trade", "ended_on"]), models.Index(fields=["kept_until"])]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "trade"], condition=models.Q(ended_on=None), name="people_registered_once_a_trade"
            )
        ]

    def __str__(self) -> str:
        return f"{self.trade} {self.pk}"

    def access_target(self) -> "Target":
        from liuchi.kernel.access import Target  # which asks for the model of logins when it is loaded

        return Target(area_first=self.area.first, owners=(self.person_id,) if self.person_id else ())


class BranchService(models.Model):
    """Something a branch did for the people of its trade: how many came, never who."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    branch = models.ForeignKey(TradeBranch, on_delete=models.PROTECT, related_name="services")
    title = models.CharField(max_length=80)
    on = models.DateField()
    occasions = models.PositiveIntegerField()  # 人次

    class Meta:
        ordering = ["-on"]
        indexes = [models.Index(fields=["on"])]

    def __str__(self) -> str:
        return self.title
