"""Days that come again, as pure arithmetic: a rule is the RRULE text of RFC 5545, its days come from python-dateutil.

Of all that RFC 5545 can say, an office needs little: every day; every so many weeks on some weekdays; every so many months
on a day, on the last day, or on the first (… fourth, last) of a weekday. `read` refuses anything else, so that each rule
that is kept can be said in plain words (`recurrence.words`) and drawn in the form. Weekdays count from 0, Monday.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from dateutil.rrule import rrulestr

from liuchi.kernel.worktime.rules import Calendar

Every = Literal["day", "week", "month"]
FreeDays = Literal["keep", "next", "skip"]
FREE_DAYS: tuple[FreeDays, ...] = ("keep", "next", "skip")
"""What becomes of a day on which the offices do not work: it stays, moves to the next working day, or is left out."""

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST = -1
MONTHDAYS = (*range(1, 29), LAST)
"""29 to 31 are not offered: some months lack them, and whoever says 31 means the last day."""
INTERVALS: dict[Every, range] = {"day": range(1, 2), "week": range(1, 9), "month": range(1, 13)}
MAX_DAYS = 800


@dataclass(frozen=True, slots=True)
class Rhythm:
    """weekdays: of the weeks, or the one that `nth` (1 to 4, -1 the last) counts in a month; monthday: 1 to 28, -1 the last."""

    every: Every
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nth: int = 0
    monthday: int = 0


def text_of(rhythm: Rhythm) -> str:
    """The RRULE text. ValueError for what `read` would not understand."""
    _check(rhythm)
    parts = {"day": ["FREQ=DAILY"], "week": ["FREQ=WEEKLY"], "month": ["FREQ=MONTHLY"]}[rhythm.every]
    if rhythm.interval != 1:
        parts.append(f"INTERVAL={rhythm.interval}")
    if rhythm.every == "week":
        parts.append("BYDAY=" + ",".join(WEEKDAYS[day] for day in sorted(set(rhythm.weekdays))))
    elif rhythm.nth:
        parts.append(f"BYDAY={rhythm.nth}{WEEKDAYS[rhythm.weekdays[0]]}")
    elif rhythm.monthday:
        parts.append(f"BYMONTHDAY={rhythm.monthday}")
    return ";".join(parts)


def read(text: str) -> Rhythm:
    """The rhythm of an RRULE text. ValueError if it says more than an office's form can."""
    parts: dict[str, str] = {}
    for part in text.strip().upper().removeprefix("RRULE:").split(";"):
        name, sign, value = part.partition("=")
        if not sign or name in parts:
            raise ValueError(f"not a rule: {text!r}")
        parts[name] = value
    every = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month"}.get(parts.pop("FREQ", ""))
    interval = int(parts.pop("INTERVAL", "1"))
    days = parts.pop("BYDAY", "")
    monthday = int(parts.pop("BYMONTHDAY", "0"))
    if every is None or parts:
        raise ValueError(f"not a rule of this house: {text!r}")
    nth = 0
    weekdays: tuple[int, ...] = ()
    if days and every == "month":
        nth, weekdays = int(days[:-2]), (WEEKDAYS.index(days[-2:]),)
    elif days:
        weekdays = tuple(sorted({WEEKDAYS.index(day) for day in days.split(",")}))
    rhythm = Rhythm(every, interval, weekdays, nth, monthday)  # type: ignore[arg-type]
    _check(rhythm)
    return rhythm


def _check(rhythm: Rhythm) -> None:
    fits = rhythm.interval in INTERVALS[rhythm.every] and all(0 <= day <= 6 for day in rhythm.weekdays)
    if rhythm.every == "day":
        fits = fits and not (rhythm.weekdays or rhythm.nth or rhythm.monthday)
    elif rhythm.every == "week":
        fits = fits and bool(rhythm.weekdays) and not (rhythm.nth or rhythm.monthday)
    elif rhythm.nth:
        fits = fits and rhythm.nth in (1, 2, 3, 4, LAST) and len(rhythm.weekdays) == 1 and not rhythm.monthday
    else:
        fits = fits and rhythm.monthday in MONTHDAYS and not rhythm.weekdays
    if not fits:
        raise ValueError(f"not a rhythm: {rhythm}")


def days(text: str, starts_on: date, first: date, last: date, without: Collection[date] = ()) -> list[date]:
    """The days of a rule from `first` to `last`, both included, at most 800; `without`: exceptions. The count of weeks and
    months begins with `starts_on`, and no day lies before it."""
    if last < max(first, starts_on):
        return []
    rule = rrulestr(text, dtstart=datetime.combine(starts_on, time()))
    found: list[date] = []
    for moment in rule.xafter(datetime.combine(max(first, starts_on), time()), inc=True):
        day: date = moment.date()
        if day > last or len(found) == MAX_DAYS:
            break
        if day not in without:
            found.append(day)
    return found


def held_on(day: date, free_days: FreeDays, calendar: Calendar) -> date | None:
    """The day on which it takes place: itself, on a day off the next working day, or None where it is left out."""
    if free_days == "keep" or calendar.works_on(day):
        return day
    return calendar.next_working_day(day) if free_days == "next" else None


def months_of(rhythm: Rhythm, starts_on: date) -> list[int]:
    """The months of the year in which a rhythm of months falls, where they are the same every year; else none."""
    if rhythm.every != "month" or rhythm.interval == 1 or 12 % rhythm.interval:
        return []
    return sorted((starts_on.month - 1 + step) % 12 + 1 for step in range(0, 12, rhythm.interval))


def monday_of(day: date) -> date:
    """The Monday of the week of a day."""
    return day - timedelta(days=day.weekday())
