"""The four clocks (四种时限) by which a case is due, as pure arithmetic on aware datetimes.

The rules, and where each comes from:

- ``urgent_hour`` 紧急工作时: hours that run on around the clock, day and night, on any day (GB/T 30428.2, kept by
  GB/T 47678.5-2026).
- ``work_hour`` 工作时: hours counted only from 8 to 12 and from 14 to 18 on working days (the same).
- ``work_day`` 工作日: eight working hours. A case begun at 10:00 with one working day is due at 10:00 on the next
  working day, not at its evening.
- ``natural_day`` 自然日: the day of the start is not counted, and the last day ends at 24:00 (Civil Code art. 201 and
  203). It is not moved behind a holiday: a catalogue that says natural day means days on which the office rests too
  (art. 204 lets a rule differ). 24:00 is given as 0:00 of the day after.
- A start outside working hours counts as the next working minute (Friday 20:00 is Monday 8:00).
- A deadline that falls on the end of a working spell is that end: 18:00, never 8:00 of the next day; 12:00, never 14:00.
- Working days are Monday to Friday, changed by the official holidays and swap days (调休) of the calendar.

Times are Asia/Shanghai, UTC+8 without summer time since 1991. Aware datetimes in, UTC out; a naive datetime is a
ValueError, and so is a moment outside the calendar (2000 to 2099).
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Literal

Clock = Literal["urgent_hour", "work_hour", "work_day", "natural_day"]
CLOCKS: tuple[Clock, ...] = ("urgent_hour", "work_hour", "work_day", "natural_day")

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2099, 12, 31)

_FIRST_ORDINAL = FIRST_DAY.toordinal()
_DAYS = LAST_DAY.toordinal() - _FIRST_ORDINAL + 1
_ZERO = datetime(2000, 1, 1, tzinfo=CHINA).astimezone(UTC)

# Everything below counts in whole microseconds, so that a deadline and the time used up to it agree to the last digit.
_SECOND = 1_000_000
_MINUTE = 60 * _SECOND
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR
_WORKING_DAY = 8 * _HOUR
_MORNING, _NOON, _AFTERNOON, _EVENING = 8 * _HOUR, 12 * _HOUR, 14 * _HOUR, 18 * _HOUR
_HALF = _NOON - _MORNING


class Calendar:
    """Which days are working days from 2000 to 2099, in a table that makes a deadline an index and two additions.

    number: the version published (0: none yet); days: the days that differ from Monday to Friday; known_years: those
    whose official days are in it (for another year only the weekends are known).
    """

    __slots__ = ("_before", "_works", "days", "known_years", "number")

    def __init__(self, days: Mapping[date, bool], known_years: Iterable[int] = (), number: int = 0) -> None:
        self.number = number
        self.days = dict(days)
        self.known_years = frozenset(known_years)
        works = [(_FIRST_ORDINAL + index - 1) % 7 < 5 for index in range(_DAYS)]
        for day, does in self.days.items():
            works[_index_of_day(day)] = does
        self._works = array("i", (index for index, does in enumerate(works) if does))
        before, total = array("i"), 0
        for does in works:
            before.append(total)
            total += does
        before.append(total)
        self._before = before

    def works_on(self, day: date) -> bool:
        """Whether the offices work on this day (local date). ValueError outside 2000 to 2099."""
        index = _index_of_day(day)
        return self._before[index + 1] > self._before[index]

    def unknown_years(self, start: datetime, end: datetime) -> list[int]:
        """Years from start to end whose official days are not published, so that only weekends were counted."""
        years = range(start.astimezone(CHINA).year, end.astimezone(CHINA).year + 1)
        return [year for year in years if year not in self.known_years]

    def worked(self, moment: datetime) -> int:
        """Working microseconds from the first day of the table up to the moment."""
        day, within = _split(moment)
        before = self._before
        full = before[day] * _WORKING_DAY
        if before[day + 1] == before[day] or within <= _MORNING:
            return full
        if within <= _NOON:
            return full + within - _MORNING
        if within <= _AFTERNOON:
            return full + _HALF
        if within <= _EVENING:
            return full + within - _AFTERNOON + _HALF
        return full + _WORKING_DAY

    def moment_after(self, worked: int) -> datetime:
        """The earliest moment up to which ``worked`` microseconds (above 0) were worked: the inverse of `worked`."""
        full, rest = divmod(worked - 1, _WORKING_DAY)
        if worked <= 0 or full >= len(self._works):
            raise ValueError("the deadline lies outside the calendar (2000 to 2099)")
        rest += 1
        within = _MORNING + rest if rest <= _HALF else _AFTERNOON + rest - _HALF
        return _ZERO + timedelta(days=self._works[full], microseconds=within)

    def next_working_day(self, day: date) -> date:
        """The first working day after ``day``."""
        index = bisect_left(self._works, _index_of_day(day) + 1)
        if index == len(self._works):
            raise ValueError("no working day left in the calendar (2000 to 2099)")
        return date.fromordinal(_FIRST_ORDINAL + self._works[index])


def deadline(start: datetime, value: float, clock: Clock, calendar: Calendar) -> datetime:
    """When a case begun at ``start`` with ``value`` hours or days of ``clock`` is due, in UTC.

    ValueError: naive start, value not above zero, part of a natural day, unknown clock, outside the calendar.
    """
    if clock == "natural_day":
        days = int(value)
        if days != value or days <= 0:
            raise ValueError(f"natural days are whole and at least one, not {value}")
        day, _ = _split(start)
        return _ZERO + timedelta(days=_inside(day + days) + 1)
    if clock == "work_day":
        return add(start, value * 480, clock, calendar)
    if clock in ("work_hour", "urgent_hour"):
        return add(start, value * 60, clock, calendar)
    raise ValueError(f"unknown clock {clock!r}")


def add(start: datetime, minutes: float, clock: Clock, calendar: Calendar) -> datetime:
    """``start`` and so many minutes of the clock: for what is left after a pause (挂账). UTC.

    Working minutes for ``work_hour`` and ``work_day``, plain minutes for the others. ValueError as for `deadline`.
    """
    span = round(minutes * _MINUTE)
    if span <= 0:
        raise ValueError(f"a time limit is above zero, not {minutes}")
    if clock in ("work_hour", "work_day"):
        return calendar.moment_after(calendar.worked(start) + span)
    if clock in ("urgent_hour", "natural_day"):
        day, within = _split(start)
        due = _ZERO + timedelta(days=day, microseconds=within + span)
        _split(due)
        return due
    raise ValueError(f"unknown clock {clock!r}")


def elapsed(start: datetime, end: datetime, clock: Clock, calendar: Calendar) -> float:
    """Minutes of the clock from start to end, exact to the microsecond; negative when end is before start.

    Working minutes for ``work_hour`` and ``work_day``, plain minutes for the others. So ``elapsed(now, due, ...)`` is
    what is left (剩) or, below zero, by how much it is over (超).
    """
    if clock in ("work_hour", "work_day"):
        return (calendar.worked(end) - calendar.worked(start)) / _MINUTE
    if clock in ("urgent_hour", "natural_day"):
        _split(start)
        _split(end)
        return (end - start) / timedelta(minutes=1)
    raise ValueError(f"unknown clock {clock!r}")


def share_used(start: datetime, due: datetime, now: datetime, clock: Clock, calendar: Calendar) -> float:
    """How much of the time is used, for the bar: 0 at the start and before, 1 when due, above 1 when over.

    Where nothing lies between start and due on this clock, it is 0 before the due time and 1 from then on.
    """
    whole = elapsed(start, due, clock, calendar)
    if whole <= 0:
        return 1.0 if now >= due else 0.0
    return max(0.0, elapsed(start, now, clock, calendar) / whole)


def _split(moment: datetime) -> tuple[int, int]:
    """(index of the local day, microseconds since its midnight)."""
    if moment.tzinfo is None:
        raise ValueError("an aware datetime is needed")
    since = moment - _ZERO
    return _inside(since.days), since.seconds * _SECOND + since.microseconds


def _inside(index: int) -> int:
    if not 0 <= index < _DAYS:
        raise ValueError("the moment lies outside the calendar (2000 to 2099)")
    return index


def _index_of_day(day: date) -> int:
    return _inside(day.toordinal() - _FIRST_ORDINAL)
