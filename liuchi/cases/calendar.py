"""Open deadlines move when a new calendar of working days is published; each with a journal row."""

from django.db.models import Q

from liuchi.cases import rules
from liuchi.cases.actions.clock import recount
from liuchi.cases.models import Case
from liuchi.kernel import worktime
from liuchi.kernel.context import Context
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.journal.rules import moment
from liuchi.kernel.worktime import rules as clocks

# Hours that run around the clock and calendar days do not depend on the calendar.
MOVED = ("work_hour", "work_day")


def move_open_deadlines(ctx: Context, calendar: clocks.Calendar) -> int:
    """Computes every open step's deadline and every running limit anew from when it began; returns how many moved."""
    moved = 0
    affected = Q(step_clock__in=MOVED, step_due__isnull=False) | Q(limit_clock__in=MOVED, limit_from__isnull=False)
    waiting = Case.objects.filter(affected, state__in=rules.OPEN)
    for case in waiting.select_related("record").iterator(chunk_size=500):
        before, due_before = case.step_due, case.due_at
        recount(case)
        if case.state == "accepted":
            case.step_due = case.due_at
        elif case.step_clock in MOVED:
            case.step_due = clocks.deadline(case.step_from, case.step_value, case.step_clock, calendar)  # type: ignore[arg-type]
            if case.state == "dispatched" and case.due_at is not None:
                case.step_due = min(case.step_due, case.due_at)
        if (case.step_due, case.due_at) == (before, due_before):
            continue
        case.save(update_fields=["step_due", "due_at", "warn_at"])
        was, now = (before, case.step_due) if before != case.step_due else (due_before, case.due_at)
        journal.write(ctx, case.record, "case.deadline_moved", {"from": moment(was), "to": moment(now)})  # type: ignore[arg-type]
        moved += 1
    return moved


def register_all() -> None:
    """Called when the program starts."""
    worktime.register_mover(move_open_deadlines)
