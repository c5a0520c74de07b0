"""Nothing is written for somebody while they are being erased."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from liuchi.kernel.errors import Refused
from liuchi.people.models import Person


def living(person_id: UUID) -> Person:
    """The person, whose row stays locked until the transaction ends: an erasure at the same moment comes before, and is
    seen here, or after, and takes along what was written. Raises Refused("erased").

    The lock leaves the key free: who holds something that we wait for may write a row that points to this person meanwhile.
    """
    found = Person.objects.select_for_update(no_key=True).filter(pk=person_id, erased_at=None).first()
    if found is None:
        raise Refused("erased", _("This account was erased, so nothing is written for it any more."), status=409)
    return found


def still_living(person_ids: Collection[UUID]) -> set[UUID]:
    """Those of many who were not erased, locked as `living` does and always in the same order: nobody waits for us whom we
    wait for. For who reads the journal and can refuse nothing."""
    rows = Person.objects.select_for_update(no_key=True).filter(pk__in=person_ids, erased_at=None).order_by("pk")
    return set(rows.values_list("pk", flat=True))
