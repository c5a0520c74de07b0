"""The course of a case, drawn above its story: what a return, a hold or an extension did to its time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from liuchi.cases import words
from liuchi.cases.course import course
from liuchi.cases.models import Case
from liuchi.kernel.journal.models import Row
from liuchi.kernel.worktime import queries as worktime
from liuchi.kernel.worktime import rules as clocks


def bar_of(case: Case, rows: list[Row], now: datetime) -> dict[str, Any] | None:
    """What the template draws; None where there is nothing to tell yet."""
    kind = case.limit_clock or case.step_clock or "work_hour"
    clock = "work_hour" if kind == "natural_day" else kind
    calendar = worktime.current()

    def minutes(start: datetime, end: datetime) -> float:
        return clocks.elapsed(start, end, clock, calendar)  # type: ignore[arg-type]

    happened = [(row.verb, row.at, str(row.facts.get("state", ""))) for row in rows]
    drawn = course(happened, now, case.due_at, minutes)
    if not drawn.stretches:
        return None
    names = {"desk": _("Desk"), "unit": _("Unit"), "check": _("Check"), "hold": _("On hold")}
    return {
        "stretches": drawn.stretches,
        "marks": drawn.marks,
        "due": drawn.due,
        "now": drawn.now,
        "kinds": [(kind, names[kind]) for kind in names if any(one.kind == kind for one in drawn.stretches)],
        "due_word": words.moment(case.due_at) if case.due_at else "",
        "extended": any(mark == "extended" for mark, _at in drawn.marks),
    }
