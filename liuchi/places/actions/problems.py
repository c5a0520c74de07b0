"""A problem at a point is a case like every other, tied to the point."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import transaction

from liuchi.cases.models import Case
from liuchi.kernel.context import Context
from liuchi.kernel.links import actions as links
from liuchi.kernel.outbox import actions as outbox
from liuchi.places.models import ServicePoint


def report_problem(ctx: Context, point: ServicePoint, text: str, *, phone: str = "", key: UUID | None = None) -> str:
    """Files what somebody said about a point, whose place is known, and returns the receipt. The same key again is the same
    report. Raises what a report refuses."""
    body = {
        "text": text,
        "lon": point.lon,
        "lat": point.lat,
        "place_source": "search",
        "place_id": str(point.place_id) if point.place_id else "",
        "place_text": point.name,
        "phone": phone,
    }
    with transaction.atomic():
        told = outbox.deliver(ctx, f"place {ctx.person or point.pk}", key or uuid4(), "case.report", body, [])
        if not told.again:
            case = Case.objects.select_related("record").get(pk=told.result["id"])
            links.link(ctx, case.record, point.record, "about")
    receipt: str = told.result["receipt"]
    return receipt
