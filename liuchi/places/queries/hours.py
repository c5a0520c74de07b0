"""The hours of a point as the rules want them."""

from __future__ import annotations

from datetime import date, datetime

from liuchi.kernel.context import CHINA
from liuchi.kernel.worktime import queries as worktime
from liuchi.places import rules
from liuchi.places.models import ServicePoint


def is_off(day: date) -> bool:
    """Whether it is an official day off: a Monday to Friday on which the offices do not work."""
    return day.weekday() < 5 and not worktime.current().works_on(day)


def hours_of(point: ServicePoint) -> rules.Hours:
    """Week, days off and exceptions of a point (prefetch ``exceptions`` for many)."""
    return rules.Hours(
        week=tuple(rules.spans_of(day) for day in point.week),
        off=None if point.days_off is None else rules.spans_of(point.days_off),
        exceptions={one.day: rules.spans_of(one.spans) for one in point.exceptions.all()},
    )


def now_of(point: ServicePoint, at: datetime) -> rules.Now:
    """How it stands at a moment: hours and what the keeper said."""
    until = point.said_until.astimezone(CHINA) if point.said_until else None
    return rules.now(hours_of(point), at.astimezone(CHINA), is_off, point.said, until)
