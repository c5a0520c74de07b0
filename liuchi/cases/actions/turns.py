"""The straight way through: filed, dispatched, accepted, handled, checked, closed; and the refusal."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.cases.actions.acting import locked, seen, start_clock, start_office_clock, stop_clock, turn
from liuchi.cases.catalogue import queries as catalogue
from liuchi.cases.models import Case, FilingCondition, Matter
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.media import actions as media
from liuchi.people.models import Organisation

LONGEST_REPLY = 2000


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
        case.save(update_fields=["state", "matter", "condition", "filed_at"])
        facts: dict[str, Any] = {"state": case.state, "matter": str(matter.pk), "code": matter.code}
        if condition:
            facts["condition"] = condition.pk
        if case.suggestions:
            facts["suggested"] = case.suggestions[0]["matter"] == str(matter.pk)
        journal.write(ctx, case.record, "case.filed", facts, expect=seen(case, expect))
    return case


def dispatch(ctx: Context, case_id: UUID, unit_id: UUID, *, expect: int | None = None) -> Case:
    """派遣: gives it to a unit. From here the limit of the filing condition runs (a later change of the catalogue does
    not touch it); without a condition five working days."""
    with transaction.atomic():
        case = locked(case_id)
        ctx = turn(ctx, case, "dispatch")
        unit = Organisation.objects.filter(pk=unit_id, closed_on=None).first()
        if unit is None:
            raise Refused("unit", _("This unit is no longer there. Choose another."), field="unit")
        value, clock = (case.condition.limit_value, case.condition.limit_type) if case.condition else (5, "work_day")
        case.unit, case.dispatched_at = unit, ctx.at
        start_clock(case, ctx.at, value, clock)
        case.due_at = case.step_due
        case.save(
            update_fields=[
                "state",
                "unit",
                "dispatched_at",
                "due_at",
                "step_from",
                "step_value",
                "step_clock",
                "step_due",
            ]
        )
        facts = {"state": case.state, "unit": str(unit.pk), "limit": value, "clock": clock}
        journal.write(ctx, case.record, "case.dispatched", facts, expect=seen(case, expect))
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
        case.save(update_fields=["state", "handler", "accepted_at"])
        journal.write(ctx, case.record, "case.accepted", {"state": case.state}, expect=seen(case, expect))
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
    """处置反馈: what was done, in words the reporter will read; ``not_done`` needs the reason."""
    words = words.replace("\x00", "").strip()
    if outcome not in ("done", "not_done"):
        raise Refused("outcome", _("Say whether it is done or could not be done."), field="outcome")
    if outcome == "not_done" and not words:
        raise Refused("text", _("Say why it could not be done: the person who reported it will read it."), field="text")
    if len(words) > LONGEST_REPLY:
        raise Refused(
            "too_long", _("Please say it in at most %(longest)s characters.") % {"longest": LONGEST_REPLY}, field="text"
        )
    with transaction.atomic():
        case = locked(case_id)
        ctx = turn(ctx, case, "handle")
        case.reply, case.outcome, case.handled_at = words, outcome, ctx.at
        case.in_time = case.due_at is None or ctx.at <= case.due_at
        start_office_clock(case, ctx.at)
        case.save(
            update_fields=[
                "state", "reply", "outcome", "handled_at", "in_time", "step_from", "step_value", "step_clock", "step_due",
            ]
        )  # fmt: skip
        facts = {"state": case.state, "outcome": outcome, "in_time": case.in_time}
        if media_keys:
            facts["media"] = [str(one.pk) for one in media.attach(media_keys, case.record)]
        journal.write(
            ctx, case.record, "case.handled", facts, {"words": words} if words else None, expect=seen(case, expect)
        )
    return case


def check(ctx: Context, case_id: UUID, words: str = "", *, expect: int | None = None) -> Case:
    """核实: somebody saw that it is as the unit says."""
    with transaction.atomic():
        case = locked(case_id)
        ctx = turn(ctx, case, "check")
        case.checked_at = ctx.at
        start_office_clock(case, ctx.at)
        case.save(update_fields=["state", "checked_at", "step_from", "step_value", "step_clock", "step_due"])
        words = words.replace("\x00", "").strip()[:LONGEST_REPLY]
        journal.write(
            ctx,
            case.record,
            "case.checked",
            {"state": case.state},
            {"words": words} if words else None,
            expect=seen(case, expect),
        )
    return case


def close(ctx: Context, case_id: UUID, *, expect: int | None = None) -> Case:
    """结案: the reporter gets the reply and may rate the service."""
    with transaction.atomic():
        case = locked(case_id)
        ctx = turn(ctx, case, "close")
        case.closed_at = ctx.at
        stop_clock(case)
        case.save(update_fields=["state", "closed_at", "step_from", "step_value", "step_clock", "step_due"])
        journal.write(
            ctx, case.record, "case.closed", {"state": case.state, "outcome": case.outcome}, expect=seen(case, expect)
        )
    return case


def check_and_close(ctx: Context, case_id: UUID, words: str = "", *, expect: int | None = None) -> Case:
    """One key at the desk: seen to be done, closed."""
    with transaction.atomic():
        check(ctx, case_id, words, expect=expect)
        return close(ctx, case_id)


def refuse(ctx: Context, case_id: UUID, words: str, *, expect: int | None = None) -> Case:
    """不予受理: not a case for anybody here. The reason is told to the reporter in plain words."""
    words = words.replace("\x00", "").strip()
    if not words:
        raise Refused("text", _("Say why: the person who reported it will read it."), field="text")
    if len(words) > LONGEST_REPLY:
        raise Refused(
            "too_long", _("Please say it in at most %(longest)s characters.") % {"longest": LONGEST_REPLY}, field="text"
        )
    with transaction.atomic():
        case = locked(case_id)
        ctx = turn(ctx, case, "refuse")
        case.reply, case.outcome, case.closed_at = words, "refused", ctx.at
        stop_clock(case)
        case.save(
            update_fields=[
                "state",
                "reply",
                "outcome",
                "closed_at",
                "step_from",
                "step_value",
                "step_clock",
                "step_due",
            ]
        )
        journal.write(
            ctx, case.record, "case.refused", {"state": case.state}, {"words": words}, expect=seen(case, expect)
        )
    return case


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
