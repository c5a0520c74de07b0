"""A problem at a point is a case like every other, tied to the point."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from liuchi.cases import actions as cases
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.links import actions as links
from liuchi.kernel.outbox import actions as outbox
from liuchi.places.faults import OTHER, faults
from liuchi.places.models import ServicePoint


def take_problem(
    ctx: Context, point: ServicePoint, what: str, text: str, *, phone: str = "", media: list[UUID] | None = None
) -> cases.Taken:
    """Files what somebody said about a point, whose place is known. what: a code of `places.faults`, or none; the office reads
    its words in Chinese. Raises Refused("text") for nothing said, and what a report refuses."""
    known = faults().get(what)
    text = text.strip()
    if not text and not media and (known is None or known.code == OTHER):
        raise Refused("text", _("Please say in a few words what is wrong."), field="text")
    if known and known.code != OTHER:
        with translation.override("zh-hans"):
            kind = str(point.get_kind_display())
        text = f"{kind}{known.zh}。{text}" if text else f"{kind}{known.zh}"
    said = cases.Said(
        text=text, lon=point.lon, lat=point.lat, place_source="search", place_id=point.place_id, place_words=point.name,
        phone=phone, media=media or [],
    )  # fmt: skip
    with transaction.atomic():
        taken = cases.report(ctx, said)
        links.link(ctx, taken.case.record, point.record, "about")
    return taken


def report_problem(
    ctx: Context, point: ServicePoint, text: str, *, what: str = "", phone: str = "", key: UUID | None = None
) -> str:
    """The same from a plain page; returns the receipt. The same key again is the same report."""
    body: dict[str, Any] = {"point": point.code, "what": what, "text": text, "phone": phone}
    told = outbox.deliver(ctx, f"place {ctx.person or point.pk}", key or uuid4(), "place.problem", body, [])
    receipt: str = told.result["receipt"]
    return receipt
