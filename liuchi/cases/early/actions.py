"""Raising a sign, and answering it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.cases import actions as cases
from liuchi.cases import words
from liuchi.cases.early.models import ANSWERS, EarlySign
from liuchi.cases.early.rules import Sign
from liuchi.cases.models import Case
from liuchi.kernel.access import Target
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records
from liuchi.people.acting import acting
from liuchi.territory.models import Area, Place

QUIET = timedelta(days=14)  # after an answer, the same is raised again only if it has doubled


def raise_sign(ctx: Context, sign: Sign, today: date) -> bool:
    """Keeps a sign of today; while it is open, or was answered lately, it is not raised again."""
    cell, matter = str(sign.place), UUID(str(sign.matter))
    with transaction.atomic():
        last = EarlySign.objects.filter(cell=cell, matter=matter).order_by("-raised_at").first()
        if last and (not last.answer or (last.raised_at > ctx.at - QUIET and sign.seen < 2 * last.seen)):
            return False
        compound = Place.objects.filter(pk=UUID(cell[1:])).first() if cell[0] == "c" else None
        area_id = compound.area_id if compound else int(cell[1:])
        if area_id is None:
            return False
        record = records.create("early_sign", area_id)
        EarlySign.objects.create(
            record=record,
            area_id=area_id,
            compound=compound,
            matter_id=matter,
            cell=cell,
            first_on=today - timedelta(days=sign.days - 1),
            last_on=today,
            seen=sign.seen,
            expected=round(sign.expected, 2),
            raised_at=ctx.at,
        )
        facts = {"matter": str(matter), "days": sign.days, "seen": sign.seen, "expected": round(sign.expected, 2)}
        journal.write(ctx, record, "early.raised", facts)
    return True


def answer(ctx: Context, sign_id: UUID, said: str) -> EarlySign:
    """Looked into, opened a case, or nothing. Once: who is second reads that it was answered. Raises Refused."""
    if said not in ANSWERS:
        raise Refused("answer", _("Choose what came of it."), field="answer")
    with transaction.atomic():
        sign = (
            EarlySign.objects.select_for_update(of=("self",))
            .select_related("record", "area", "compound", "matter")
            .filter(pk=sign_id)
            .first()
        )
        if sign is None:
            raise Refused("not_found", _("There is no such sign."), status=404)
        ctx = acting(ctx, "cases.early", Target(area_first=sign.area.first))
        if sign.answer:
            raise Refused("answered", _("Somebody has answered this in the meantime."), status=409)
        sign.answer, sign.answered_at = said, ctx.at
        if said == "opened":
            sign.case = _case_of(ctx, sign)
        sign.save(update_fields=["answer", "answered_at", "case"])
        facts = {"answer": said} | ({"case": str(sign.case.pk)} if sign.case else {})
        journal.write(ctx, sign.record, "early.answered", facts)
    return sign


def _case_of(ctx: Context, sign: EarlySign) -> Case:
    """A request of its own: to look at the place."""
    where = place_of(sign.area, sign.compound)
    text = _(
        "%(matter)s is reported at %(where)s more often than usual: %(seen)s times in %(days)s days. Please look."
    ) % {
        "matter": words.matter(sign.matter),
        "where": where,
        "seen": sign.seen,
        "days": (sign.last_on - sign.first_on).days + 1,
    }
    spot = sign.compound or sign.area
    said = cases.Said(
        text=text,
        lon=spot.lon,
        lat=spot.lat,
        place_source="map" if spot.lon is not None else "none",
        place_words=where,
        matter_id=sign.matter_id,
        area=sign.area,
    )
    return cases.report(ctx, said).case


def place_of(area: Area, compound: Place | None) -> str:
    """桂花苑, or 第七网格."""
    return str(compound) if compound else area.name
