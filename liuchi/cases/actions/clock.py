"""The clocks of a case: the step that is waited for, and the limit of the unit that has it (处置时限)."""

from datetime import datetime

from liuchi.cases import rules
from liuchi.cases.models import Case
from liuchi.kernel.journal.models import Row
from liuchi.kernel.worktime import queries as worktime
from liuchi.kernel.worktime import rules as clocks


def start_clock(case: Case, at: datetime, value: float, clock: str) -> None:
    """Says what is waited for from now: until when, on which clock."""
    case.step_from, case.step_value, case.step_clock = at, value, clock
    case.step_due = clocks.deadline(at, value, clock, worktime.current())  # type: ignore[arg-type]


def start_office_clock(case: Case, at: datetime) -> None:
    """The office's own limit for the state the case is in now (rules.STEP_LIMITS)."""
    value, clock = rules.STEP_LIMITS[case.state]
    start_clock(case, at, value, clock)


def stop_clock(case: Case) -> None:
    """Nothing is waited for any more."""
    case.step_from = case.step_value = case.step_due = case.warn_at = None
    case.step_clock = ""


def give_limit(case: Case, at: datetime) -> None:
    """A unit has it from now: the limit of the filing condition as it is today, and within that a shorter time in which to
    say that the unit has it."""
    value, clock = (
        (case.condition.limit_value, case.condition.limit_type) if case.condition_id else rules.NO_CONDITION  # type: ignore[union-attr]
    )
    case.limit_value, case.limit_clock, case.limit_from, case.limit_left = value, clock, at, None
    case.limit_more = 0
    _count(case)
    promised = _promised(case)
    if promised is not None and case.due_at is not None and at < promised < case.due_at:
        case.limit_left = max(clocks.elapsed(at, promised, clock, worktime.current()), 1)  # type: ignore[arg-type]
        _count(case)
    minutes = rules.accept_minutes(value, clock)
    step = "work_hour" if clock == "natural_day" else clock
    case.step_from, case.step_value, case.step_clock = at, minutes / rules.MINUTES_OF[step], step
    case.step_due = min(clocks.add(at, minutes, step, worktime.current()), case.due_at)  # type: ignore[arg-type, type-var]


def _promised(case: Case) -> datetime | None:
    """Until when another office (12345) said that it will be done, where the case came from there."""
    if not case.source:
        return None
    taken = Row.objects.filter(record_id=case.pk, verb="case.taken_over").order_by("-version").first()
    said = taken.facts.get("due") if taken else None
    return datetime.fromisoformat(said) if said else None


def act_by_limit(case: Case) -> None:
    """What is waited for is that the unit has done it: the step is what is left of its limit."""
    case.step_from, case.step_value, case.step_clock = case.limit_from, case.limit_value, case.limit_clock
    case.step_due = case.due_at


def stand_still(case: Case, at: datetime) -> None:
    """The unit's limit does not run while somebody else has the case."""
    if case.limit_from is None or case.due_at is None:
        return
    case.limit_left = clocks.elapsed(at, case.due_at, case.limit_clock, worktime.current())  # type: ignore[arg-type]
    case.limit_from = case.warn_at = None


def run_on(case: Case, at: datetime) -> None:
    """The unit has it again, with what it had left. What was overdue stays so."""
    case.limit_from = at
    if case.limit_left is None or case.limit_left > 0:
        _count(case)
    act_by_limit(case)


def lengthen(case: Case, value: float) -> None:
    """So many hours or days of its own clock more (延期)."""
    case.limit_more += value
    if case.limit_left is not None:
        case.limit_left += value * rules.MINUTES_OF[case.limit_clock]
    before = case.due_at
    _count(case)
    if case.step_due == before:
        case.step_due = case.due_at


def recount(case: Case) -> None:
    """The due time by the calendar of today, after that has changed."""
    if case.limit_from is not None and (case.limit_left is None or case.limit_left > 0):
        _count(case)


def next_light(case: Case, at: datetime) -> datetime | None:
    """When the unit's limit comes to its next light after ``at``: at 80 and at 100 %."""
    if case.limit_from is None or case.due_at is None:
        return None
    whole = clocks.elapsed(case.limit_from, case.due_at, case.limit_clock, worktime.current())  # type: ignore[arg-type]
    if whole <= 0:
        return None
    early = clocks.add(case.limit_from, whole * rules.EARLY_LIGHT, case.limit_clock, worktime.current())  # type: ignore[arg-type]
    return next((light for light in (early, case.due_at) if light > at), None)


def _count(case: Case) -> None:
    start, clock = case.limit_from, case.limit_clock
    if start is None or case.limit_value is None:
        return
    if case.limit_left is None:
        case.due_at = clocks.deadline(start, case.limit_value + case.limit_more, clock, worktime.current())  # type: ignore[arg-type]
    else:
        case.due_at = clocks.add(start, case.limit_left, clock, worktime.current())  # type: ignore[arg-type]
    case.warn_at = next_light(case, start)


def is_over(case: Case, at: datetime) -> bool:
    """Whether the unit's limit was over at a moment."""
    return case.due_at is not None and at > case.due_at
