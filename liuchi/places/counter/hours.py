"""When a counter is open: the rules of service points, for its week and its days off."""

from __future__ import annotations

from datetime import date, datetime

from liuchi.places import rules, words
from liuchi.places.counter.models import Counter
from liuchi.places.counter.rules import PLACE_ZONE, local_day
from liuchi.places.queries.hours import is_off


def hours_of(counter: Counter) -> rules.Hours:
    """Its week, its days off and its single days (prefetch ``exceptions`` for many)."""
    return rules.Hours(
        week=tuple(rules.spans_of(day) for day in counter.week),
        off=None if counter.days_off is None else rules.spans_of(counter.days_off),
        exceptions={one.day: rules.spans_of(one.spans) for one in counter.exceptions.all()},
    )


def coming_days(counter: Counter, at: datetime) -> list[tuple[date, str, str, str]]:
    """Its single days from today on: (day, the day in words, hours in words, why)."""
    today = local_day(at)
    return [
        (one.day, words.day(one.day), words.spans(rules.spans_of(one.spans)), one.why)
        for one in counter.exceptions.all()
        if one.day >= today
    ]


def spans_on(counter: Counter, day: date) -> rules.Spans:
    """When it is open on a day."""
    return rules.spans_on(hours_of(counter), day, is_off)


def is_open(counter: Counter, at: datetime) -> bool:
    """Whether numbers are given out now."""
    return rules.opening(hours_of(counter), at.astimezone(PLACE_ZONE), is_off).is_open
