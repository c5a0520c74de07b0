"""A sign that something begins: a matter at a place, reported more often than usual. Nobody is named in it."""

from django.db import models
from django.db.models import Q

from liuchi.cases.models.case import Case
from liuchi.cases.models.matter import Matter
from liuchi.kernel.records.models import Record
from liuchi.territory.models import Area, Place

# What came of it: somebody looked and deals with it; a case was opened; there was nothing.
ANSWERS = ("looked", "opened", "nothing")


class EarlySign(models.Model):
    """Raised once while it lasts. first_on to last_on: the days that were looked at; expected: reports usual in so many days."""

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="early_sign")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="early_signs")
    compound = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="early_signs")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="early_signs")
    cell = models.CharField(max_length=48)  # the place as the rules know it: g<area> or c<compound>
    first_on = models.DateField()
    last_on = models.DateField()
    seen = models.IntegerField()
    expected = models.FloatField()
    raised_at = models.DateTimeField()
    answer = models.CharField(max_length=8, blank=True, choices=[(name, name) for name in ANSWERS])
    answered_at = models.DateTimeField(null=True)
    case = models.ForeignKey(Case, null=True, on_delete=models.SET_NULL, related_name="early_signs")

    class Meta:
        db_table = "cases_early_sign"
        indexes = [
            models.Index(fields=["-raised_at"], name="cases_early_newest"),
            models.Index(fields=["cell", "matter", "-raised_at"], name="cases_early_cell"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["cell", "matter"], condition=Q(answer=""), name="cases_early_one_open")
        ]

    def __str__(self) -> str:
        return f"{self.cell} {self.matter_id}"
