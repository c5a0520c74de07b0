"""Rules of rooms; pure, no Django. A room is held in half hours; times are of the place (Asia/Shanghai)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PLACE_ZONE = ZoneInfo("Asia/Shanghai")
HALF_HOUR = timedelta(minutes=30)
MOST_OF_A_UNIT = 8
"""Bookings of one room that a unit may have ahead without the office."""
MOST_AHEAD = 3
"""So many bookings a person may have ahead, so that a room is there for all; units are not counted."""
MOST_IN_SERIES = 60
HOLDS = ("asked", "booked")
"""A booking in these states holds its half hours."""


def moment(day: date, at: time) -> datetime:
    """A time of the place on a day."""
    return datetime.combine(day, at, PLACE_ZONE)


def local_day(at: datetime) -> date:
    """The day of an instant at the place."""
    return at.astimezone(PLACE_ZONE).date()


def minutes(at: time) -> int:
    """Minutes since midnight; a closing time of 0:00 is 24:00."""
    return at.hour * 60 + at.minute


def span(opens: time, closes: time) -> tuple[int, int]:
    """From when until when a room can be had, in half hours of the day."""
    first, last = minutes(opens) // 30, (minutes(closes) or 1440) // 30
    return first, last


def clock(half: int) -> time:
    """The time at which a half hour of the day begins (48 and above: midnight)."""
    return time(half // 2 % 24, half % 2 * 30)


def fits(begins: time, ends: time, opens: time, closes: time, longest: int) -> str:
    """What is wrong with a time: "" nothing, "half" not on half hours, "order", "hours" outside, "long"."""
    first, last = minutes(begins), minutes(ends) or 1440
    if first % 30 or last % 30:
        return "half"
    if last <= first:
        return "order"
    if first < minutes(opens) or last > (minutes(closes) or 1440):
        return "hours"
    return "long" if last - first > longest * 60 else ""


def halves(begins: datetime, ends: datetime) -> list[datetime]:
    """The half hours from one moment to another."""
    count = (ends - begins) // HALF_HOUR
    return [begins + HALF_HOUR * step for step in range(count)]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a day, in half hours; taken by what (None: free)."""

    first: int
    last: int
    by: object = None

    @property
    def length(self) -> int:
        return self.last - self.first


def pieces(first: int, last: int, taken: Iterable[tuple[int, int, object]]) -> list[Piece]:
    """A day from `first` to `last` cut into what is taken and the free stretches between."""
    found: list[Piece] = []
    at = first
    for begins, ends, by in sorted(taken, key=lambda one: one[0]):
        begins, ends = max(begins, at), min(ends, last)
        if ends <= begins:
            continue
        if begins > at:
            found.append(Piece(at, begins))
        found.append(Piece(begins, ends, by))
        at = ends
    if at < last:
        found.append(Piece(at, last))
    return found


def runs(halves: Collection[int]) -> list[tuple[int, int]]:
    """Half hours that follow each other as stretches: (first, one past the last)."""
    found: list[tuple[int, int]] = []
    for half in sorted(halves):
        if found and found[-1][1] == half:
            found[-1] = (found[-1][0], half + 1)
        else:
            found.append((half, half + 1))
    return found


def free_starts(first: int, last: int, taken: Collection[int], earliest: int = 0) -> list[tuple[int, int]]:
    """Where one may begin: (half hour, how many half hours are free from there on)."""
    found = []
    run = 0
    for half in reversed(range(first, last)):
        run = 0 if half in taken else run + 1
        if run and half >= earliest:
            found.append((half, run))
    return found[::-1]


def half_of(at: datetime, day: date) -> int:
    """Which half hour of a day a moment lies in; 48 for the midnight at its end."""
    here = at.astimezone(PLACE_ZONE)
    return (here.date() - day).days * 48 + (here.hour * 60 + here.minute) // 30
