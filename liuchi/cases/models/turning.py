"""What is asked for on the way of a case and waits for an answer, and what can still be taken back."""

from uuid import uuid4

from django.db import models

from liuchi.cases.models.case import Case
from liuchi.cases.rules import ANSWERS, MOTIONS
from liuchi.people.models import Organisation, Person


class Motion(models.Model):
    """Something that one unit asks for and another grants or declines: more time (延期), a suspension (挂账), that an overdue
    mark be taken back (申诉), or that a community may be given what its list does not hold (准入).

    value is in the hours or days of the case's limit. Of each kind one may be open at a case.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="motions")
    kind = models.CharField(max_length=12, choices=[(name, name) for name in MOTIONS])
    state = models.CharField(max_length=8, default="open", choices=[(name, name) for name in ("open", *ANSWERS)])
    unit = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )  # who asks; 准入: for whom
    by_unit = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+"
    )  # 准入: who wants it
    value = models.FloatField(null=True)
    until = models.DateField(null=True)
    reason = models.TextField(blank=True)
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_motion"
        indexes = [models.Index(fields=["state", "kind", "asked_at"], name="cases_motion_waiting")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"], condition=models.Q(state="open"), name="cases_motion_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class Slip(models.Model):
    """How a case was before its last turn, so that who made it can take it back within a minute. One row a case."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.CASCADE, related_name="slip")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    turn = models.CharField(max_length=16)
    since = models.IntegerField()  # version of the first row that is taken back
    version = models.IntegerField()  # of the record after the turn: what happened since then can't be taken back
    until = models.DateTimeField()
    before = models.JSONField()

    class Meta:
        db_table = "cases_slip"
