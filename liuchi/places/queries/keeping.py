"""Who may be made a keeper by the office."""

from __future__ import annotations

from datetime import datetime

from liuchi.people.models import Consent, Person
from liuchi.people.queries import in_force
from liuchi.places.models import ServicePoint


def may_keep(point: ServicePoint, person: Person, at: datetime) -> bool:
    """Somebody with a post, a volunteer, or the keeper of the shop: of others the office learns no name by their number."""
    if point.business and point.business.keeper_id == person.pk:
        return True
    return (
        person.posts.filter(in_force(at)).exists()
        or Consent.objects.filter(person=person, purpose="volunteer", withdrawn_at=None).exists()
    )
