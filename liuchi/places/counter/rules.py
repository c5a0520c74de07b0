"""Rules of the counter; pure, no Django. Times are of the place (Asia/Shanghai)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PLACE_ZONE = ZoneInfo("Asia/Shanghai")
HALF_HOUR = timedelta(minutes=30)
STOPS = ("received", "in_work", "ready", "handed_over")
APPOINTED_AHEAD = 14
"""Days for which appointments are made."""
MOST_AHEAD = 2
"""Appointments that a person may have ahead at a counter."""
EARLY, LATE = timedelta(minutes=20), timedelta(minutes=20)
"""So long around the time of an appointment its number goes first."""


def moment(day: date, at: time) -> datetime:
    """A time of the place on a day."""
    return datetime.combine(day, at, PLACE_ZONE)


def local_day(at: datetime) -> date:
    """The day of an instant at the place."""
    return at.astimezone(PLACE_ZONE).date()


def starts(opens: time, closes: time, day: date) -> list[datetime]:
    """The half hours of a day at which an appointment may begin; the last ends when it closes."""
    at, end, found = moment(day, opens), moment(day, closes), []
    while at + HALF_HOUR <= end:
        found.append(at)
        at += HALF_HOUR
    return found


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


def is_open(opens: time, closes: time, weekdays: Collection[int], at: datetime) -> bool:
    """Whether numbers are given out now."""
    here = at.astimezone(PLACE_ZONE)
    return here.weekday() in weekdays and opens <= here.time().replace(tzinfo=None) < closes
