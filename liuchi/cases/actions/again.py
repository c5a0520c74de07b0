"""Not right yet: work that fails its check, and what is taken up again after it was closed."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.cases import rules
from liuchi.cases.actions.acting import locked, settled, turn, words_of
from liuchi.cases.actions.clock import run_on, start_office_clock
from liuchi.cases.actions.giving import give_to
from liuchi.cases.models import Case
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused


def rework(ctx: Context, case_id: UUID, words: str, *, expect: int | None = None) -> Case:
    """返工: somebody looked, and it is not done. The unit has it again, with what its limit had left: the time at the check
    is not the unit's."""
    words = words_of(words, _("Say what is still missing: the unit reads it."))
    with transaction.atomic():
        case = locked(case_id)
        ctx = turn(ctx, case, "rework")
        case.reworks += 1
        case.outcome = case.reply = ""
        case.handled_at = case.checked_at = case.in_time = None
        run_on(case, ctx.at)
        settled(ctx, case, "rework", {"unit": str(case.unit_id)}, words, expect=expect)
    return case


def reopen(ctx: Context, case_id: UUID, words: str, *, by_receipt: bool = False) -> Case:
    """重办: the one who reported it says within thirty days that it is not right, at most twice. It goes straight to the unit
    that had it, with a whole new limit; what no unit had goes to the desk."""
    words = words_of(words, _("Say what is not right yet, so that it can be put right."))
    with transaction.atomic():
        case = locked(case_id)
        if case.parent_id or (case.closed_at and ctx.at > case.closed_at + rules.REOPEN_WITHIN):
            raise Refused("too_late", _("This was closed long ago. Please report it again."), status=409)
        if case.reopenings >= rules.MOST_REOPENINGS:
            sentence = _(
                "It was taken up again twice already. Please call the desk of your street; it can open it once more."
            )
            raise Refused("too_often", sentence, status=409)
        ctx = _take_up(ctx, case, "reopen", by_receipt=by_receipt)
        settled(ctx, case, "reopen", _facts(case), words, about=case.reporter_id)
    return case


def recall(ctx: Context, case_id: UUID, words: str, *, expect: int | None = None) -> Case:
    """回访后重办: the desk heard that it is not right, and opens it again."""
    words = words_of(words, _("Say what is not right yet, so that it can be put right."))
    with transaction.atomic():
        case = locked(case_id)
        ctx = _take_up(ctx, case, "recall")
        settled(ctx, case, "recall", _facts(case), words, expect=expect)
    return case


def _take_up(ctx: Context, case: Case, name: str, *, by_receipt: bool = False) -> Context:
    to = "dispatched" if case.unit_id and case.outcome in rules.HANDLED else "reported"
    ctx = turn(ctx, case, name, to, asked=not by_receipt)
    case.reopenings += 1
    case.closed_at = case.in_time = None
    if to == "dispatched" and case.unit is not None:
        give_to(case, case.unit, ctx.at)
    else:
        case.outcome = case.reply = ""
        start_office_clock(case, ctx.at)
    return ctx


def _facts(case: Case) -> dict[str, Any]:
    if case.state != "dispatched":
        return {}
    return {"unit": str(case.unit_id), "limit": case.limit_value, "clock": case.limit_clock}
