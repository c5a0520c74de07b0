"""Who follows what."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from liuchi.cases import rules
from liuchi.cases.joining.models import Follower
from liuchi.kernel.outbox.tokens import digest_of

MOST = 50
FEWEST = 5  # fewer people are not counted out


def followed_by(person_id: UUID, most: int | None = None) -> list[Follower]:
    """What a person follows, what they joined last first."""
    found = Follower.objects.filter(person=person_id).select_related(
        "case__area",
        "case__matter",
        "case__unit",
        "case__record",
        "case__condition",
        "case__main__area",
        "case__main__matter",
        "case__main__unit",
    )
    return list(found.order_by("-joined_at")[:most])


def by_receipt(receipt: str) -> Follower | None:
    """Whom a receipt belongs to."""
    code = rules.clean_receipt(receipt)
    return Follower.objects.filter(receipt_hash=digest_of(code)).first() if code else None


def of_person(case_id: UUID, person_id: UUID | None) -> Follower | None:
    """This person's following of a case."""
    return Follower.objects.filter(case=case_id, person=person_id).first() if person_id else None


def people_of(case_id: UUID) -> set[UUID]:
    """Those who joined with an account, for notices."""
    return set(_of(case_id).filter(person__isnull=False).values_list("person", flat=True))


def how_many(case_id: UUID) -> int:
    """How many joined."""
    return _of(case_id).count()


def _of(case_id: UUID) -> QuerySet[Follower]:
    """Those of the case and of what was merged into it."""
    return Follower.objects.filter(Q(case=case_id) | Q(case__main=case_id))
