"""Who follows a report that somebody else made."""

from django.db import models
from django.db.models import Q

from liuchi.cases.models.case import Case
from liuchi.people.models import Person


class Follower(models.Model):
    """Somebody who met the same: with an account a person, without one whoever holds the receipt (only its hash is kept).

    The row goes when they leave; that there were such is in the journal.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="followers")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="followed")
    receipt_hash = models.CharField(max_length=64, null=True)
    joined_at = models.DateTimeField()

    class Meta:
        db_table = "cases_follower"
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], name="cases_follower_once"),
            models.UniqueConstraint(fields=["receipt_hash"], name="cases_follower_receipt_once"),
            models.CheckConstraint(
                condition=Q(person__isnull=False) ^ Q(receipt_hash__isnull=False), name="cases_follower_one_of_both"
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "-joined_at"], condition=Q(person__isnull=False), name="cases_follower_person"
            )
        ]

    def __str__(self) -> str:
        return f"follows {self.case_id}"
