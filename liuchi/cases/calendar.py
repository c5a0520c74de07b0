"""Open deadlines move when a new calendar of working days is published; each with a journal row."""

from liuchi.cases import rules
from liuchi.cases.models import Case
from liuchi.kernel import worktime
from liuchi.kernel.context import Context
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.journal.rules import moment
from liuchi.kernel.worktime import rules as clocks

# Hours that run around the clock and calendar days do not depend on the calendar.
MOVED = ("work_hour", "work_day")


def move_open_deadlines(ctx: Context, calendar: clocks.Calendar) -> int:
    """Computes every open step's deadline anew from when it began; returns how many moved."""
    moved = 0
    waiting = Case.objects.filter(state__in=rules.OPEN, step_clock__in=MOVED, step_due__isnull=False)
    for case in waiting.select_related("record").iterator(chunk_size=500):
        due = clocks.deadline(case.step_from, case.step_value, case.step_clock, calendar)  # type: ignore[arg-type]
        if due == case.step_due:
            continue
        facts = {"from": moment(case.step_due), "to": moment(due)}  # type: ignore[arg-type]
        fields = ["step_due"]
        if case.due_at is not None and case.due_at == case.step_due:
            case.due_at = due
            fields.append("due_at")
        case.step_due = due
        case.save(update_fields=fields)
        journal.write(ctx, case.record, "case.deadline_moved", facts)
        moved += 1
    return moved


def register_all() -> None:
    """Called when the program starts."""
    worktime.register_mover(move_open_deadlines)
