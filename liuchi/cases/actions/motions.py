"""What a unit asks for and the office grants or declines: more time (延期), a suspension (挂账), an overdue mark taken back
(申诉)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.cases import rules
from liuchi.cases.actions.acting import acting, locked, settled, target_of, turn, words_of
from liuchi.cases.actions.clock import lengthen, run_on, stand_still, start_clock
from liuchi.cases.models import Case, Motion
from liuchi.kernel.context import CHINA, Context, system
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal

# By which turn each kind is asked for, and by which it is granted.
ASKED = {"extension": "ask_extension", "suspension": "ask_suspension", "appeal": "appeal"}
GRANTED = {"extension": "extend", "suspension": "suspend", "appeal": "excuse", "approval": "admit", "dispute": "decide"}


def ask_extension(ctx: Context, case_id: UUID, value: float, words: str, *, expect: int | None = None) -> Motion:
    """申请延期: so many hours or days of its clock more, at most the original limit each time, twice at most."""
    words = words_of(words, _("Say why more time is needed."))
    with transaction.atomic():
        case = locked(case_id)
        ctx = turn(ctx, case, "ask_extension")
        most = case.limit_value or 0
        if not 0 < value <= most or (case.limit_clock == "natural_day" and value != int(value)):
            sentence = _("Choose between 1 and %(most)s: an extension is at most the original limit.")
            raise Refused("value", sentence % {"most": f"{most:g}"}, field="value")
        if case.extensions >= rules.MOST_EXTENSIONS:
            sentence = _("It was extended twice already. If it can't be done before a date, ask for a suspension.")
            raise Refused("too_often", sentence, status=409)
        motion = _ask(ctx, case, "extension", words, value=value)
        settled(ctx, case, "ask_extension", {"value": value, "clock": case.limit_clock}, words, expect=expect)
    return motion


def ask_suspension(ctx: Context, case_id: UUID, until: date, words: str, *, expect: int | None = None) -> Motion:
    """申请挂账: it can't be done before a date, within a year (a season, a heating period, a contract)."""
    words = words_of(words, _("Say why it can't be done before that day."))
    with transaction.atomic():
        case = locked(case_id)
        ctx = turn(ctx, case, "ask_suspension")
        today = ctx.at.astimezone(CHINA).date()
        if not today < until <= today + rules.LONGEST_SUSPENSION:
            raise Refused("until", _("Choose a day after today and within a year."), field="until")
        motion = _ask(ctx, case, "suspension", words, until=until)
        settled(ctx, case, "ask_suspension", {"until": until.isoformat()}, words, expect=expect)
    return motion


def appeal(ctx: Context, case_id: UUID, words: str) -> Motion:
    """申诉: the unit says after the end why its overdue mark is not right: once, within fifteen days."""
    words = words_of(words, _("Say why the overdue mark is not right."))
    with transaction.atomic():
        case = locked(case_id)
        if case.state == "closed" and case.in_time is not False:
            raise Refused("not_late", _("This case is not marked as overdue."), status=409)
        if Motion.objects.filter(case=case, kind="appeal").exists():
            raise Refused("once", _("There was an appeal already; there is one for each case."), status=409)
        if case.closed_at and ctx.at > case.closed_at + rules.APPEAL_WITHIN:
            raise Refused("too_late", _("The fifteen days for an appeal are over."), status=409)
        ctx = turn(ctx, case, "appeal")
        motion = _ask(ctx, case, "appeal", words)
        settled(ctx, case, "appeal", said=words)
    return motion


def answer(ctx: Context, motion_id: UUID, *, yes: bool, words: str = "", value: float | None = None) -> Motion:
    """Grants or declines what a unit asked for; less time than was asked may be granted (``value``). Declining needs a
    reason."""
    words = words_of(words, "" if yes else _("Say why not: the unit reads it."))
    with transaction.atomic():
        found = Motion.objects.filter(pk=motion_id).first()
        if found is None:
            raise Refused("not_found", _("There is no such case."), status=404)
        case = locked(found.case_id)
        motion = Motion.objects.select_for_update().get(pk=motion_id)
        name = GRANTED[motion.kind]
        if motion.state != "open" or motion.kind not in ASKED:
            acting(ctx, rules.TURNS[name].ability, target_of(case))
            raise Refused("answered", _("This was answered in the meantime."), status=409)
        if yes:
            _grant(ctx, case, motion, words, value)
        else:
            ctx = acting(ctx, rules.TURNS[name].ability, target_of(case))
            facts = {"motion": motion.kind, "state": case.state}
            journal.write(ctx, case.record, "case.motion_declined", facts, {"words": words})
        motion.state, motion.answer, motion.answered_at = ("granted" if yes else "declined"), words, ctx.at
        motion.save(update_fields=["state", "answer", "answered_at", "value"])
    return motion


def _grant(ctx: Context, case: Case, motion: Motion, words: str, value: float | None) -> None:
    name = GRANTED[motion.kind]
    motion.state = "granted"
    motion.save(update_fields=["state"])  # before the turn lets go of what is open
    ctx = turn(ctx, case, name)
    facts: dict[str, Any] = {}
    if motion.kind == "extension":
        given = motion.value if value is None else value
        if not given or not 0 < given <= (motion.value or 0):
            raise Refused("value", _("Grant what was asked for, or less."), field="value")
        motion.value = given
        case.extensions += 1
        lengthen(case, given)
        facts = {"value": given, "clock": case.limit_clock}
    elif motion.kind == "suspension" and motion.until is not None:
        stand_still(case, ctx.at)
        case.suspended_until = motion.until
        days = (motion.until - ctx.at.astimezone(CHINA).date()).days
        # It goes on in the morning of the day: the last day that is waited is the one before.
        start_clock(case, ctx.at, max(1, days - 1), "natural_day")
        facts = {"until": motion.until.isoformat()}
    elif motion.kind == "appeal":
        case.in_time = True
    settled(ctx, case, name, facts, words)


def resume(ctx: Context, case_id: UUID, *, expect: int | None = None) -> Case:
    """恢复办理: the unit can go on earlier than the day, or the day has come."""
    with transaction.atomic():
        case = locked(case_id)
        ctx = turn(ctx, case, "resume")
        case.suspended_until = None
        run_on(case, ctx.at)
        settled(ctx, case, "resume", {"unit": str(case.unit_id)}, expect=expect)
    return case


def resume_due(at: datetime) -> bool:
    """What the worker does: every suspension whose day has come goes on by itself. True when there is more."""
    today = at.astimezone(CHINA).date()
    due = list(Case.objects.filter(suspended_until__lte=today, state="suspended").values_list("pk", flat=True)[:50])
    for pk in due:
        resume(system(at), pk)
    return len(due) == 50


def _ask(ctx: Context, case: Case, kind: str, words: str, **what: Any) -> Motion:
    if Motion.objects.filter(case=case, kind=kind, state="open").exists():
        raise Refused("asked", _("This was asked for already and waits for an answer."), status=409)
    return Motion.objects.create(
        case=case, kind=kind, unit_id=case.unit_id, reason=words, asked_by_id=ctx.person, asked_at=ctx.at, **what
    )
