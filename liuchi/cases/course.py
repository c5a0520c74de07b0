"""The course of a case as a bar: who had it for how long, and where its limit stood still or was lengthened. Pure; no Django."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

# What begins with each verb: the desk has it, a unit, the check, nobody (on hold), or the end.
BEGINS = {
    "case.reported": "desk", "case.filed": "desk", "case.returned": "desk", "case.disputed": "desk", "case.escalated": "desk",
    "case.declined": "desk", "case.entrusted": "desk", "case.unmerged": "desk", "case.dispatched": "unit", "case.decided": "unit",
    "case.transferred": "unit", "case.admitted": "unit", "case.accepted": "unit", "case.resumed": "unit",
    "case.reworked": "unit", "case.suspended": "hold", "case.handled": "check", "case.checked": "check",
    "case.closed": "end", "case.refused": "end", "case.withdrawn": "end", "case.merged": "end", "case.taken_over": "end",
}  # fmt: skip
MARKS = {"case.extended": "extended", "case.reopened": "reopened", "case.recalled": "reopened"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the bar: who had it (desk, unit, check, hold), from where to where, in percent of the whole."""

    kind: str
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Course:
    """stretches from left to right; marks: (what, where); due and now: where, if they lie on the bar."""

    stretches: list[Stretch]
    marks: list[tuple[str, float]]
    due: float | None
    now: float | None


def course(
    happened: Sequence[tuple[str, datetime, str]],
    now: datetime,
    due: datetime | None,
    minutes: Callable[[datetime, datetime], float],
) -> Course:
    """happened: (verb, when, state after it), oldest first; minutes: how long it is from one moment to another on the clock
    that counts, so that nights take no room where they do not count."""
    spans: list[tuple[str, datetime, datetime]] = []
    kind, since = "", now
    for verb, at, state in happened:
        begins = BEGINS.get(verb, "")
        if verb in ("case.reopened", "case.recalled"):
            begins = "unit" if state == "dispatched" else "desk"
        if verb == "case.dispatched" and state == "approval":
            begins = "desk"
        if not begins or begins == kind:
            continue
        if kind and kind != "end":
            spans.append((kind, since, at))
        kind, since = begins, at
    if kind and kind != "end":
        spans.append((kind, since, max(now, since)))
    if not spans:
        return Course([], [], None, None)
    first = spans[0][1]
    last = max([spans[-1][2], *([due] if due else [])])
    whole = minutes(first, last)
    if whole <= 0:
        return Course([], [], None, None)

    def where(at: datetime) -> float:
        return round(min(100.0, max(0.0, minutes(first, at) / whole * 100)), 2)

    stretches = []
    for kind, start, end in spans:
        left, right = where(start), where(end)
        if right > left:
            stretches.append(Stretch(kind, left, round(right - left, 2)))
    marks = [(MARKS[verb], where(at)) for verb, at, _state in happened if verb in MARKS]
    ended = bool(happened) and BEGINS.get(happened[-1][0]) == "end"
    return Course(stretches, marks, where(due) if due else None, None if ended else where(now))
