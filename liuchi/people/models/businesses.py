"""Shops and firms: one register for friendly shops, trade-in shops, inspections and alliances."""

from typing import TYPE_CHECKING

from django.db import models

from liuchi.kernel import crypto
from liuchi.kernel.records.models import Record
from liuchi.people.models.persons import Person
from liuchi.people.models.units import Organisation

if TYPE_CHECKING:
    from liuchi.kernel.access import Target


class Business(models.Model):
    """A shop or firm (商户、企业). `trade` is a code of `registers.trades`; `chain_link` its place in a chain of industry (产业链环节).

    Its phone is often the keeper's own, so it is kept encrypted and found by a blind index. It is shown to the public only
    after the keeper's yes (`consent_at`).
    """

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    name = models.CharField(max_length=80)
    pinyin = models.CharField(max_length=240, blank=True)
    initials = models.CharField(max_length=80, blank=True)
    name_key = models.CharField(
        max_length=80, blank=True, default="", db_index=True
    )  # registers.rules.name_key: what doubles have in common
    trade = models.CharField(max_length=24)
    chain_link = models.CharField(max_length=40, blank=True)
    licence = models.CharField(max_length=18, blank=True)  # 统一社会信用代码, GB 32100; the old 15 digits as they are
    area = models.ForeignKey("territory.Area", on_delete=models.PROTECT, related_name="businesses")
    place = models.ForeignKey(
        "territory.Place", on_delete=models.SET_NULL, null=True, blank=True, related_name="businesses"
    )
    address = models.CharField(max_length=120, blank=True)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    keeper = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="businesses"
    )  # 店主、负责人
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="businesses"
    )
    phone_cipher = models.BinaryField(null=True, blank=True)
    phone_index = models.BinaryField(max_length=32, null=True, blank=True, db_index=True)
    consent_at = models.DateTimeField(null=True, blank=True)
    opened_on = models.DateField()  # the day from which it is in the register
    closed_on = models.DateField(null=True, blank=True)
    # what turned out to be the same shop points to the one that stays
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")

    class Meta:
        ordering = ["pinyin"]
        indexes = [
            models.Index(fields=["trade", "closed_on"]),
            models.Index(fields=["initials"]),
            models.Index(fields=["licence"]),
            models.Index(fields=["lat", "lon"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "name", "address"], condition=models.Q(closed_on=None), name="people_business_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def access_target(self) -> "Target":
        from liuchi.kernel.access import Target  # which asks for the model of logins when it is loaded

        return Target(area_first=self.area.first, owners=(self.keeper_id,) if self.keeper_id else ())

    @property
    def office_phone(self) -> str:
        """The phone in clear; empty if none is kept."""
        return crypto.decrypt(self.phone_cipher, f"business.phone:{self.pk}") if self.phone_cipher else ""
