"""Several units at one case: a unit helps the one in charge (协办), or a part gets a matter and a clock of its own (子案卷).

Both are cases of their own with a parent, so that each unit sees, accepts and handles its part as anything else. The
parent is the request of the reporter; it is checked when its parts are done.
"""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.cases import rules
from liuchi.cases.actions.acting import VERBS, locked, settled, snapshot, turn, words_of
from liuchi.cases.actions.clock import start_office_clock
from liuchi.cases.actions.giving import give_to, refuse_burden, unit_to_give
from liuchi.cases.masks import masked
from liuchi.cases.models import Case
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records

MOST_PARTS = 9


def add_unit(ctx: Context, case_id: UUID, unit_id: UUID, words: str = "", *, expect: int | None = None) -> Case:
    """增派协办: another unit helps the one in charge, with the same limit. Returns the new part."""
    words = words_of(words)
    with transaction.atomic():
        case = locked(case_id)
        ctx = turn(ctx, case, "add_unit")
        unit = unit_to_give(unit_id)
        refuse_burden(ctx, case, unit)
        if unit.pk == case.unit_id or case.parts.filter(unit=unit, state__in=rules.OPEN).exists():
            raise Refused("unit", _("This unit is at it already. Choose another."), field="unit")
        part = _part_of(ctx, case, "co", words)
        part.matter, part.condition, part.state = case.matter, case.condition, "dispatched"
        part.filed_at = ctx.at
        _begin(ctx, part, give_to(part, unit, ctx.at), words)
        settled(ctx, case, "add_unit", {"unit": str(unit.pk), "part": str(part.pk)}, words, expect=expect)
    return part


def split(ctx: Context, case_id: UUID, words: str, *, expect: int | None = None) -> Case:
    """拆分: a part of what was said is another matter; it waits at the desk for its own filing. Returns the new part."""
    words = words_of(words, _("Say what the part is about: who gets it reads this."))
    with transaction.atomic():
        case = locked(case_id)
        ctx = turn(ctx, case, "split")
        part = _part_of(ctx, case, "sub", words)
        start_office_clock(part, ctx.at)
        _begin(ctx, part, {}, words)
        settled(ctx, case, "split", {"part": str(part.pk)}, words, expect=expect)
    return part


def _part_of(ctx: Context, case: Case, kind: str, words: str) -> Case:
    if case.parent_id:
        raise Refused("part", _("This is a part already. Add to the request it belongs to."), status=409)
    number = case.parts.count() + 1
    if number > MOST_PARTS:
        raise Refused(
            "too_many", _("It has nine parts already. Report what is left as requests of their own."), status=409
        )
    said = masked(words) if kind == "sub" else case.masked
    return Case(
        record=records.create("case", case.area_id),
        number=f"{case.number}-{number}",
        channel="desk",
        state="reported",
        text=said,
        masked=said,
        lon=case.lon,
        lat=case.lat,
        place_source=case.place_source,
        place_words=case.place_words,
        place_id=case.place_id,
        area=case.area,
        reported_at=ctx.at,
        local_date=case.local_date,
        level=case.level,
        parent=case,
        part=kind,
    )


def _begin(ctx: Context, part: Case, facts: dict[str, object], words: str) -> None:
    part.save(force_insert=True)
    part.before = snapshot(part)  # type: ignore[attr-defined]
    kind = {"parent": str(part.parent_id), "part": part.part, "state": part.state, "number": part.number}
    journal.write(ctx, part.record, "case.reported", kind)
    if part.state == "dispatched":
        journal.write(
            ctx, part.record, VERBS["dispatch"], {"state": part.state} | facts, {"words": words} if words else None
        )
