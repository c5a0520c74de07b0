"""Not this unit's: given back with a reason and the next unit, disputed, decided by the supervisor, given to another."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.cases import rules
from liuchi.cases.actions.acting import locked, settled, turn, words_of
from liuchi.cases.actions.clock import start_office_clock
from liuchi.cases.actions.entrusting import street_of
from liuchi.cases.actions.giving import give_to, refuse_burden, take_from_unit, unit_to_give
from liuchi.cases.models import Case, Motion
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused


def give_back(
    ctx: Context, case_id: UUID, words: str, next_unit: UUID | None = None, *, expect: int | None = None
) -> Case:
    """退回: the unit says why it is not its own, and whose it may be (or that it does not know). The desk gets it back; the
    second time the supervisor does (疑难), and whoever gets it then keeps it."""
    words = words_of(words, _("Say why it is not yours: the desk and the next unit read it."))
    with transaction.atomic():
        case = locked(case_id)
        if case.state in ("dispatched", "accepted") and not rules.may_give_back(case.returns, case.decided):
            sentence = _(
                "It was returned twice and the supervisor has decided: it stays here. Ask for more time if you need it."
            )
            raise Refused("no_more_returns", sentence, status=409)
        ctx = turn(ctx, case, "give_back", "disputed" if case.returns + 1 >= rules.MOST_RETURNS else "filed")
        facts: dict[str, Any] = {"from": str(case.unit_id)}
        if next_unit is not None:
            if next_unit == case.unit_id:
                raise Refused("unit", _("Name another unit than your own."), field="unit")
            facts["unit"] = str(unit_to_give(next_unit).pk)
        case.returns += 1
        take_from_unit(case)
        start_office_clock(case, ctx.at)
        settled(ctx, case, "give_back", facts, words, expect=expect)
        if case.state == "disputed":
            _ask_supervisor(ctx, case, facts.get("unit"), words)
    return case


def dispute(ctx: Context, case_id: UUID, words: str, *, expect: int | None = None) -> Case:
    """提请裁定: the desk does not know whose it is either, and asks the supervisor."""
    words = words_of(words, _("Say what is not clear, so that the supervisor can decide."))
    with transaction.atomic():
        case = locked(case_id)
        ctx = turn(ctx, case, "dispute")
        start_office_clock(case, ctx.at)
        settled(ctx, case, "dispute", said=words, expect=expect)
        _ask_supervisor(ctx, case, None, words)
    return case


def _ask_supervisor(ctx: Context, case: Case, unit: str | None, words: str) -> None:
    """What waits for an answer is a motion, also here; it lapses when the case leaves the dispute."""
    Motion.objects.create(
        case=case, kind="dispute", unit_id=unit, reason=words, asked_by_id=ctx.person, asked_at=ctx.at
    )


def decide(ctx: Context, case_id: UUID, unit_id: UUID, words: str = "", *, expect: int | None = None) -> Case:
    """疑难裁定: the supervisor says whose it is. That unit may not return it."""
    words = words_of(words)
    with transaction.atomic():
        case = locked(case_id)
        ctx = turn(ctx, case, "decide", whose=street_of(case.area))
        case.decided = True
        Motion.objects.filter(case=case, kind="dispute", state="open").update(
            state="granted", answer=words, answered_at=ctx.at
        )
        settled(ctx, case, "decide", give_to(case, unit_to_give(unit_id), ctx.at), words, expect=expect)
    return case


def transfer(ctx: Context, case_id: UUID, unit_id: UUID, words: str, *, expect: int | None = None) -> Case:
    """转派: the desk takes it from one unit and gives it to another, with a limit of its own."""
    words = words_of(words, _("Say why it goes to another unit: both read it."))
    with transaction.atomic():
        case = locked(case_id)
        ctx = turn(ctx, case, "transfer")
        if case.unit_id == unit_id:
            raise Refused("unit", _("This unit has it already. Choose another."), field="unit")
        unit = unit_to_give(unit_id)
        refuse_burden(ctx, case, unit)
        before = {"from": str(case.unit_id)}
        case.transfers += 1
        settled(ctx, case, "transfer", give_to(case, unit, ctx.at) | before, words, expect=expect)
    return case
