"""Organisations, in one tree."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liuchi.kernel.records.models import Record


class Organisation(models.Model):
    """A unit in the one tree of all kinds (组织架构): party bodies, government units, communities, companies …"""

    class Kind(models.TextChoices):
        PARTY_BODY = "party_body", _("Party organisation")  # 党组织
        GOVERNMENT_UNIT = "government_unit", _("Government unit")  # 职能单位
        COMMUNITY = "community", _("Community")  # 社区
        COMPANY = "company", _("Company")  # 企业
        TEAM = "team", _("Team")  # 队伍
        PROPERTY_MANAGER = "property_manager", _("Property manager")  # 物业

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=80)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    area = models.ForeignKey("territory.Area", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    office_phone = models.CharField(max_length=40, blank=True)  # a desk's number (值班电话), nobody's own
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"], condition=models.Q(closed_on=None), name="people_unit_once_below_parent"
            ),
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(closed_on=None, parent=None), name="people_unit_once_at_top"
            ),
        ]

    def __str__(self) -> str:
        return self.name
