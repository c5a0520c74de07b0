"""The list of services for new-employment groups (新就业服务清单)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liuchi.kernel.access import Target
from liuchi.kernel.records.models import Record
from liuchi.publications import rules
from liuchi.territory.models import Area

ASPECT_LABELS = {
    "travel": pgettext_lazy("aspect", "Getting about"),
    "food": pgettext_lazy("aspect", "Meals"),
    "medical": pgettext_lazy("aspect", "Seeing a doctor"),
    "rest": pgettext_lazy("aspect", "Rest"),
    "charging": pgettext_lazy("aspect", "Charging"),
    "legal": pgettext_lazy("aspect", "Law"),
    "counselling": pgettext_lazy("aspect", "Listening"),
    "training": pgettext_lazy("aspect", "Learning and jobs"),
    "housing": pgettext_lazy("aspect", "Housing"),
    "family": pgettext_lazy("aspect", "Family"),
}


class ServiceItem(models.Model):
    """One line of the list: what it is, for whom, and how to get it in steps. english: the same fields in English, as far as
    somebody wrote them. place: the record of a place to go, as kernel.venues knows it."""

    class Kind(models.TextChoices):
        SERVICE = "service", _("Service")  # 服务
        BENEFIT = "benefit", _("Benefit")  # 福利
        MEASURE = "measure", _("Friendly measure")  # 友好举措

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    number = models.PositiveSmallIntegerField()
    aspect = models.CharField(max_length=12, choices=[(code, ASPECT_LABELS[code]) for code in rules.ASPECTS])
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.SERVICE)
    name = models.CharField(max_length=60)
    what = models.CharField(max_length=300)
    for_whom = models.CharField(max_length=120, blank=True)
    steps = models.JSONField(default=list)
    where = models.CharField(max_length=120, blank=True)
    place = models.UUIDField(null=True, blank=True)
    office_phone = models.CharField(max_length=40, blank=True)
    valid_until = models.DateField(null=True, blank=True)  # the last day
    news = models.CharField(max_length=200, blank=True)
    news_at = models.DateTimeField(null=True, blank=True)
    english = models.JSONField(default=dict, blank=True)
    initials = models.CharField(max_length=80, blank=True)
    pinyin = models.CharField(max_length=240, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "number"], condition=models.Q(ended_on=None), name="publications_service_number_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def access_target(self) -> Target:
        return Target(area_first=self.area.first)

    def said(self, language: str) -> dict[str, str | list[str]]:
        """name, what, for_whom, steps, where, news in a language; in Chinese what nobody wrote in English."""
        own: dict[str, str | list[str]] = {name: getattr(self, name) for name in rules.TRANSLATED}
        if language.startswith("zh"):
            return own
        return {name: self.english.get(name) or own[name] for name in rules.TRANSLATED}
