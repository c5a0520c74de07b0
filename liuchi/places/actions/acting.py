"""What every write shares: the point, locked, and whether this person may."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from liuchi.kernel.access import Target
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.people import acting as people
from liuchi.people.access import HasTarget
from liuchi.places.models import ServicePoint


def acting(ctx: Context, ability: str, target: Target | HasTarget) -> Context:
    """The context with the post in which the person does this. Raises Refused (403) if nobody may."""
    sentence = _("This place is not yours to keep. Ask the community's office if it should be.")
    return people.acting(ctx, ability, target, sentence=sentence)


def locked(point_id: UUID) -> ServicePoint:
    """The point with its record, locked until the transaction ends. Raises Refused (404) if there is none."""
    point = (
        # the record as well: who waited for the point must see the version that it has by now
        ServicePoint.objects.select_for_update(of=("self", "record"))
        .select_related("record", "area")
        .filter(pk=point_id)
        .first()
    )
    if point is None:
        raise Refused("not_found", _("There is no such place."), status=404)
    return point


def locked_open(point_id: UUID) -> ServicePoint:
    """The same for one that has not been given up. Raises Refused (409)."""
    point = locked(point_id)
    if point.closed_on is not None:
        raise Refused("given_up", _("This place has been given up."), status=409)
    return point
