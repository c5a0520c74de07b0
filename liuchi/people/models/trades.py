"""What the desk changed in the lists of trades (业态、行业): names of its own for the standard ones, and trades that it added."""

from django.db import models

from liuchi.kernel.records.models import Record


class Trade(models.Model):
    """One trade of one list, as the desk wants it. Never deleted: entries and figures of the past name its code."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    kind = models.CharField(max_length=12)  # of registers.trades: groups, businesses
    code = models.CharField(max_length=24)
    name = models.CharField(max_length=20, blank=True)  # empty: as the standard list has it
    offered = models.BooleanField(default=True)  # to be chosen for what is new

    class Meta:
        ordering = ["record_id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="people_trade_once"),
            models.UniqueConstraint(
                fields=["kind", "name"], condition=~models.Q(name=""), name="people_trade_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
