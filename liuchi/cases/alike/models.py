"""How near is near: what an administrator set. The newest row counts."""

from django.db import models

from liuchi.kernel.records.models import Record

METRES = 50
DAYS = 30


class Nearness(models.Model):
    """Up to how many metres and days apart two reports may be one and the same."""

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="nearness")
    metres = models.SmallIntegerField(default=METRES)
    days = models.SmallIntegerField(default=DAYS)
    set_at = models.DateTimeField()

    class Meta:
        db_table = "cases_nearness"

    def __str__(self) -> str:
        return f"{self.metres} m, {self.days} days"
