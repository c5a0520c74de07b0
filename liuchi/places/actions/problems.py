"""A problem at a point is a case like every other, tied to the point."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from liuchi.cases import actions as cases
from liuchi.kernel.context import Context
from liuchi.kernel.links import actions as links
from liuchi.places.models import ServicePoint


def report_problem(
    ctx: Context, point: ServicePoint, text: str, *, phone: str = "", media: list[UUID] | None = None
) -> cases.Taken:
    """Files what somebody said about a point: where it is, is known. Raises what cases.report refuses."""
    said = cases.Said(
        text=text,
        lon=point.lon,
        lat=point.lat,
        place_source="search",
        place_id=point.place_id,
        place_words=point.name,
        phone=phone,
        media=media or [],
        area=point.area,
    )
    with transaction.atomic():
        taken = cases.report(ctx, said)
        links.link(ctx, taken.case.record, point.record, "about")
    return taken
