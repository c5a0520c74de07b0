"""The straight way through: filed, dispatched, accepted, handled, checked, closed; and the refusal."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.cases import rules
from liuchi.cases.actions.acting import locked, settled, turn, words_of
from liuchi.cases.actions.clock import act_by_limit, is_over, stand_still, start_office_clock, stop_clock
from liuchi.cases.actions.entrusting import put_up_for_approval
from liuchi.cases.actions.giving import burdens, give_to, unit_to_give
from liuchi.cases.actions.parting import end_what_goes_along
from liuchi.cases.catalogue import queries as catalogue
from liuchi.cases.models import Case, FilingCondition, Matter
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.media import actions as media


def file(
    ctx: Context, case_id: UUID, matter_id: UUID, condition_id: int | None = None, *, expect: int | None = None
) -> Case:
    """立案: settles what it is. The condition decides closing standard, limit and unit; a matter without conditions may
    be filed without one. May be done again until it is dispatched."""
    with transaction.atomic():
        case = locked(case_id)
        ctx = turn(ctx, case, "file")
        matter, condition = _matter_and_condition(ctx, matter_id, condition_id)
        case.matter, case.condition = matter, condition
        case.filed_at = case.filed_at or ctx.at
        facts: dict[str, Any] = {"matter": str(matter.pk), "code": matter.code}
        if condition:
            facts["condition"] = condition.pk
        if case.suggestions:
            facts["suggested"] = case.suggestions[0]["matter"] == str(matter.pk)
        settled(ctx, case, "file", facts, expect=expect)
    return case


def dispatch(ctx: Context, case_id: UUID, unit_id: UUID, words: str = "", *, expect: int | None = None) -> Case:
    """派遣: gives it to a unit. From here the limit of the filing condition runs (a later change of the catalogue does
    not touch it); without a condition five working days. What the catalogue does not give a community goes to the street
    first (准入), with what the desk says of it."""
    words = words_of(words)
    with transaction.atomic():
        case = locked(case_id)
        unit = unit_to_give(unit_id)
        ctx = turn(ctx, case, "dispatch", "dispatched")
        if burdens(ctx, case, unit):
            case.state = "approval"
            start_office_clock(case, ctx.at)
            settled(ctx, case, "dispatch", {"for": str(unit.pk)}, words, expect=expect)
            put_up_for_approval(ctx, case, unit, words)
        else:
            settled(ctx, case, "dispatch", give_to(case, unit, ctx.at), words, expect=expect)
    return case


def file_and_dispatch(
    ctx: Context, case_id: UUID, matter_id: UUID, condition_id: int | None, unit_id: UUID, *, expect: int | None = None
) -> Case:
    """One key at the desk: what it is and whose it is, in one step."""
    with transaction.atomic():
        file(ctx, case_id, matter_id, condition_id, expect=expect)
        return dispatch(ctx, case_id, unit_id)


def accept(ctx: Context, case_id: UUID, *, expect: int | None = None) -> Case:
    """接单: somebody of the unit has it now. The limit runs on."""
    with transaction.atomic():
        case = locked(case_id)
        ctx = turn(ctx, case, "accept")
        case.handler_id, case.accepted_at = ctx.person, ctx.at
        act_by_limit(case)
        settled(ctx, case, "accept", expect=expect)
    return case


def handle(
    ctx: Context,
    case_id: UUID,
    words: str,
    outcome: str = "done",
    media_keys: list[UUID] | None = None,
    *,
    expect: int | None = None,
) -> Case:
    """处置反馈: what was done, in words the reporter will read; ``part_done`` and ``not_done`` need the reason."""
    if outcome not in rules.HANDLED:
        raise Refused("outcome", _("Say whether it is done or could not be done."), field="outcome")
    missing = {
        "part_done": _("Say what is done and what is not: the person who reported it will read it."),
        "not_done": _("Say why it could not be done: the person who reported it will read it."),
    }.get(outcome, "")
    words = words_of(words, missing)
    with transaction.atomic():
        case = locked(case_id)
        ctx = turn(ctx, case, "handle")
        case.reply, case.outcome, case.handled_at = words, outcome, ctx.at
        case.in_time = not is_over(case, ctx.at)
        stand_still(case, ctx.at)
        start_office_clock(case, ctx.at)
        facts: dict[str, Any] = {"outcome": outcome, "in_time": case.in_time}
        if media_keys:
            facts["media"] = [str(one.pk) for one in media.attach(media_keys, case.record)]
        settled(ctx, case, "handle", facts, words, expect=expect)
    return case


def check(ctx: Context, case_id: UUID, words: str = "", *, expect: int | None = None) -> Case:
    """核实: somebody saw that it is as the unit says. What is a part of it has to be done first."""
    with transaction.atomic():
        case = locked(case_id)
        ctx = turn(ctx, case, "check")
        _refuse_with_open_parts(case)
        case.checked_at = ctx.at
        start_office_clock(case, ctx.at)
        settled(ctx, case, "check", said=words.replace("\x00", "").strip()[:2000], expect=expect)
    return case


def close(ctx: Context, case_id: UUID, *, expect: int | None = None) -> Case:
    """结案: the reporter gets the reply and may rate the service."""
    with transaction.atomic():
        case = locked(case_id)
        ctx = turn(ctx, case, "close")
        case.closed_at, case.supervised_at = ctx.at, None
        stop_clock(case)
        settled(ctx, case, "close", {"outcome": case.outcome}, expect=expect)
        end_what_goes_along(ctx, case)
    return case


def check_and_close(ctx: Context, case_id: UUID, words: str = "", *, expect: int | None = None) -> Case:
    """One key at the desk: seen to be done, closed."""
    with transaction.atomic():
        check(ctx, case_id, words, expect=expect)
        return close(ctx, case_id)


def refuse(
    ctx: Context, case_id: UUID, words: str, outcome: str = "refused", whose: str = "", *, expect: int | None = None
) -> Case:
    """不予受理: not a case for anybody here: not ours (``whose`` names whose it is), known already, no request in it, or
    refused. The reason is told to the reporter in plain words."""
    if outcome not in rules.REFUSALS:
        raise Refused("outcome", _("Choose why it is not taken up."), field="outcome")
    whose = words_of(whose)[:80]
    if outcome == "not_ours" and not whose:
        raise Refused("whose", _("Say whose it is, so that the person does not stand before a closed door."), "whose")
    words = words_of(words, _("Say why: the person who reported it will read it."))
    if outcome == "not_ours" and whose not in words:
        words = _("%(words)s It is for: %(whose)s.") % {"words": words, "whose": whose}
    with transaction.atomic():
        case = locked(case_id)
        ctx = turn(ctx, case, "refuse")
        case.reply, case.outcome, case.closed_at = words, outcome, ctx.at
        stop_clock(case)
        settled(ctx, case, "refuse", {"outcome": outcome}, words, expect=expect)
        end_what_goes_along(ctx, case)
    return case


def _refuse_with_open_parts(case: Case) -> None:
    waiting = Case.objects.filter(parent=case, state__in=rules.OPEN - {"handled", "checked"}).order_by("number")
    numbers = list(waiting.values_list("number", flat=True)[:3])
    if numbers:
        sentence = _("First what belongs to it has to be done: %(numbers)s.") % {"numbers": "、".join(numbers)}
        raise Refused("parts", sentence, status=409)


def _matter_and_condition(
    ctx: Context, matter_id: UUID, condition_id: int | None
) -> tuple[Matter, FilingCondition | None]:
    """What counts when it is recorded: a case from before the catalogue is filed by today's."""
    matter = catalogue.matters(ctx.recorded_at).filter(pk=matter_id).first()
    if matter is None:
        raise Refused("matter", _("This kind of matter is no longer in the list. Choose another."), field="matter")
    conditions = catalogue.conditions_of(matter, ctx.recorded_at)
    if condition_id is None:
        if conditions:
            raise Refused(
                "condition", _("Choose the filing condition: it decides the limit and the unit."), field="condition"
            )
        return matter, None
    condition = next((one for one in conditions if one.pk == condition_id), None)
    if condition is None:
        raise Refused("condition", _("This filing condition no longer counts. Choose another."), field="condition")
    return matter, condition
