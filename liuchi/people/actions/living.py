"""Nothing is written for somebody while they are being erased."""

from uuid import UUID

from django.utils.translation import gettext as _

from liuchi.kernel.errors import Refused
from liuchi.people.models import Person


def living(person_id: UUID) -> Person:
    """The person, whose row stays locked until the transaction ends: an erasure at the same moment comes before, and is
    seen here, or after, and takes along what was written. Raises Refused("erased")."""
    found = Person.objects.select_for_update().filter(pk=person_id, erased_at=None).first()
    if found is None:
        raise Refused("erased", _("This account was erased, so nothing is written for it any more."), status=409)
    return found
