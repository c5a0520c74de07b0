"""When a counter is open: the rules of service points, for its week and its days off."""

from __future__ import annotations

from datetime import date, datetime

from liuchi.places import rules
from liuchi.places.counter.models import Counter
from liuchi.places.counter.rules import PLACE_ZONE
from liuchi.places.queries.hours import is_off


def hours_of(counter: Counter) -> rules.Hours:
    """Its week and its days off."""
    return rules.Hours(
        week=tuple(rules.spans_of(day) for day in counter.week),
        off=None if counter.days_off is None else rules.spans_of(counter.days_off),
    )


def spans_on(counter: Counter, day: date) -> rules.Spans:
    """When it is open on a day."""
    return rules.spans_on(hours_of(counter), day, is_off)


def is_open(counter: Counter, at: datetime) -> bool:
    """Whether numbers are given out now."""
    return rules.opening(hours_of(counter), at.astimezone(PLACE_ZONE), is_off).is_open
