"""Rules of the counter; pure, no Django. Times are of the place (Asia/Shanghai)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PLACE_ZONE = ZoneInfo("Asia/Shanghai")
HALF_HOUR = 30
STOPS = ("received", "in_work", "ready", "handed_over")
APPOINTED_AHEAD = 14
"""Days for which appointments are made."""
MOST_AHEAD = 2
"""Appointments that a person may have ahead at a counter."""
MOST_A_DAY = 999
"""Numbers that a counter gives out on a day."""
ERRAND_KEPT = timedelta(days=90)
"""So long after the last change it is known for whom an errand is."""
EARLY, LATE = timedelta(minutes=20), timedelta(minutes=20)
"""So long around the time of an appointment its number goes first."""


def moment(day: date, at: time) -> datetime:
    """A time of the place on a day."""
    return datetime.combine(day, at, PLACE_ZONE)


def local_day(at: datetime) -> date:
    """The day of an instant at the place."""
    return at.astimezone(PLACE_ZONE).date()


def starts(spans: Iterable[tuple[int, int]], day: date) -> list[datetime]:
    """The half hours of a day at which an appointment may begin; the last of each span ends when it closes."""
    midnight = moment(day, time())
    return [
        midnight + timedelta(minutes=begins)
        for opens, closes in spans
        for begins in range(opens, closes - HALF_HOUR + 1, HALF_HOUR)
    ]


def free_place(places: int, taken: Collection[int]) -> int | None:
    """The lowest place of a half hour from 1 to `places` that nobody has."""
    return next((place for place in range(1, places + 1) if place not in taken), None)


def wait(before: Collection[int], windows: int) -> int:
    """About how many minutes until one's turn: what those before need, shared by the windows, rounded up to five."""
    if not before:
        return 0
    minutes = sum(before) / max(1, windows)
    return -(-round(minutes) // 5) * 5


def goes_first(start: datetime, at: datetime) -> bool:
    """Whether somebody with an appointment who comes now is in time."""
    return start - EARLY <= at <= start + LATE


def next_stop(stop: str) -> str | None:
    """The stop after one; None after the last."""
    place = STOPS.index(stop) + 1
    return STOPS[place] if place < len(STOPS) else None
