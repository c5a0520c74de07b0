"""What is thanked for (积分规则): a set of rules is drawn up, tried on the real journal, published from a day on."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from liuchi.kernel.records.models import Record


class RuleSet(models.Model):
    """One version of the rules. What is published is never changed: a newer one counts from its first day on.

    day_cap: points a person can get in a day, by all rules; trial: what the last trial counted ({} before), emptied by each change.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    version = models.IntegerField(unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    day_cap = models.IntegerField(default=20)
    valid_from = models.DateField(null=True, unique=True)
    published_at = models.DateTimeField(null=True)
    trial: Any = models.JSONField(default=dict)

    class Meta:
        db_table = "points_rule_set"
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=models.Q(state="draft"), name="points_one_draft")
        ]

    def __str__(self) -> str:
        return f"v{self.version}"


class Rule(models.Model):
    """So many points for an event. day_cap: at most so many points a day by this rule; once: only once for each thing."""

    rules = models.ForeignKey(RuleSet, on_delete=models.CASCADE, related_name="rules")
    event = models.CharField(max_length=40)  # of points.events
    points = models.IntegerField()
    day_cap = models.IntegerField(null=True)
    once = models.BooleanField(default=True)

    class Meta:
        db_table = "points_rule"
        ordering = ["event"]
        constraints = [
            models.UniqueConstraint(fields=["rules", "event"], name="points_event_once_in_rules"),
            models.CheckConstraint(condition=models.Q(points__gt=0), name="points_rule_gives"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.points}"
