"""Rules of service points; pure, no Django.

Hours
    A span is (opens, closes) in minutes from midnight of its day, 0 <= opens < 1440, opens < closes < opens + 1440, or
    (0, 1440) for all day; one that closes above 1440 runs on into the next day and stays a part of the day on which it began: when that next day is
    an exception, who sits there is not put out at midnight.
    Which spans a day has: those of an exception for that date; else, on an official day off (法定节假日) that falls on a
    weekday, those for days off if there are any of their own; else those of the weekday.

What the keeper said
    stands above the hours until it ends by itself: ``open`` opens, ``full`` and ``closed`` shut, ``no_water`` and
    ``no_power`` leave it open without what needs them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import ceil

DAY = 1440
Span = tuple[int, int]
Spans = tuple[Span, ...]
# How many days ahead the next opening is looked for.
AHEAD = 21
MOST_SPANS = 6

SAID = ("open", "full", "closed", "no_water", "no_power")
SHUT = frozenset({"full", "closed"})
LACKS: Mapping[str, frozenset[str]] = {
    "no_water": frozenset({"drink", "toilet", "shower"}),
    "no_power": frozenset({"charge", "ebike", "swap", "heat", "wifi"}),
}
"""The services that are not to be had while something is lacking."""

FUNCTIONS = ("rest", "learn", "meet", "emergency")
"""The four functions of a station: 休息、学习、交流、应急."""

LASTS = ("closing", "1", "2", "4", "day")
"""How long what was said counts: until the doors close, so many hours, until the end of the day."""

WALKING = 75.0
"""Metres that one walks in a minute (4.5 km/h)."""

COUNTED_AGAIN = timedelta(minutes=30)
"""Within this time one phone counts as one visit at a point."""

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Of short codes: what nobody takes for something else."""


class BadHours(ValueError):
    """Hours that can't be. The message is the part that was not understood."""


def empty_week() -> list[list[list[int]]]:
    """Seven days without hours, Monday first."""
    return [[], [], [], [], [], [], []]


def spans_of(stored: Iterable[Sequence[int]]) -> Spans:
    """Spans as the database keeps them."""
    return tuple((int(opens), int(closes)) for opens, closes in stored)


@dataclass(frozen=True, slots=True)
class Hours:
    """week: spans of Monday to Sunday; off: of official days off, None: like the weekday; exceptions: by date."""

    week: tuple[Spans, ...]
    off: Spans | None = None
    exceptions: Mapping[date, Spans] = field(default_factory=dict)

    @property
    def known(self) -> bool:
        """Whether anybody has said anything about them."""
        return any(self.week) or self.off is not None or bool(self.exceptions)


def spans_on(hours: Hours, day: date, is_off: Callable[[date], bool]) -> Spans:
    """The spans that begin on a day."""
    if day in hours.exceptions:
        return hours.exceptions[day]
    if hours.off is not None and is_off(day):
        return hours.off
    return hours.week[day.weekday()]


@dataclass(frozen=True, slots=True)
class Opening:
    """is_open; until: the moment at which it closes (None: never, as far as is known); opens: when it opens next (None:
    not within AHEAD days, or it is open)."""

    is_open: bool
    until: datetime | None = None
    opens: datetime | None = None


def opening(hours: Hours, at: datetime, is_off: Callable[[date], bool]) -> Opening:
    """How it stands by its hours at a moment of the place's own clock (naive or of its zone; China knows no summer time)."""
    midnight = datetime.combine(at.date(), time(), at.tzinfo)
    now = (at - midnight) / timedelta(minutes=1)
    begin: int | None = None
    end = 0
    for opens, closes in _in_order(hours, at.date(), is_off):
        if begin is not None and opens <= end:
            end = max(end, closes)
            continue
        if begin is not None and now < end:
            break
        begin, end = opens, closes
    if begin is None or now >= end:
        return Opening(False)
    if now < begin:
        return Opening(False, opens=midnight + timedelta(minutes=begin))
    lasting = end >= AHEAD * DAY
    return Opening(True, until=None if lasting else midnight + timedelta(minutes=end))


def _in_order(hours: Hours, today: date, is_off: Callable[[date], bool]) -> list[Span]:
    """All spans from yesterday on, in minutes from today's midnight."""
    found = [
        (ahead * DAY + opens, ahead * DAY + closes)
        for ahead in range(-1, AHEAD + 1)
        for opens, closes in spans_on(hours, today + timedelta(days=ahead), is_off)
    ]
    return sorted(found)


@dataclass(frozen=True, slots=True)
class Now:
    """How a point stands. code: open, closed, full, unknown (no hours are known); serves: whether one can go in; lacking:
    no_water, no_power or nothing; until: when that ends, opens: when one can go in again; by_keeper: said, not computed."""

    code: str
    serves: bool
    lacking: str = ""
    until: datetime | None = None
    opens: datetime | None = None
    by_keeper: bool = False


def now(
    hours: Hours, at: datetime, is_off: Callable[[date], bool], said: str = "", said_until: datetime | None = None
) -> Now:
    """Hours and what the keeper said, together. All moments on the place's own clock."""
    by_hours = opening(hours, at, is_off)
    if said and said_until is not None and said_until > at:
        later = opening(hours, said_until, is_off)
        if said == "open":
            return Now("open", True, until=later.until if later.is_open else said_until, by_keeper=True)
        if said == "full" and hours.known and not by_hours.is_open:
            return Now("closed", False, opens=by_hours.opens)  # nobody sits there any more
        if said in SHUT:
            opens = said_until if later.is_open else later.opens
            return Now(said, False, until=said_until, opens=opens, by_keeper=True)
        if by_hours.is_open or not hours.known:
            return Now("open", True, lacking=said, until=by_hours.until, by_keeper=True)
    if not hours.known:
        return Now("unknown", True)
    if by_hours.is_open:
        return Now("open", True, until=by_hours.until)
    return Now("closed", False, opens=by_hours.opens)


def lasts_until(how_long: str, at: datetime, by_hours: Opening) -> datetime:
    """When what was said at a moment ends by itself. Raises KeyError for a word that is none of LASTS."""
    day_ends = datetime.combine(at.date() + timedelta(days=1), time(), at.tzinfo)
    if how_long not in LASTS:
        raise KeyError(how_long)
    if how_long == "day":
        return day_ends
    if how_long == "closing":
        if by_hours.is_open and by_hours.until is not None:
            return by_hours.until
        return day_ends
    return at + timedelta(hours=int(how_long))


_CLOCK = re.compile(r"(\d{1,2})(?:[:：.点](\d{2})?)?")
_SPAN = re.compile(r"^\s*(.+?)\s*(?:-|–|—|~|～|至|到)\s*(?:次日|翌日|第二天)?\s*(.+?)\s*$")
CLOSED_WORDS = ("", "休", "休息", "关", "闭馆", "不开", "closed", "-", "—")
ALL_DAY_WORDS = ("24", "24小时", "全天", "24h", "0-24", "always")


def read_spans(typed: str) -> Spans:
    """Reads the hours of a day as people write them: ``8:00-12:00 14-18:30``, ``全天``, ``22:00-6:00`` over midnight,
    ``休`` or nothing for closed. Raises BadHours."""
    text = typed.strip().lower()
    if text in CLOSED_WORDS:
        return ()
    if text in ALL_DAY_WORDS:
        return ((0, DAY),)
    text = re.sub(r"\s*(-|–|—|~|～|至|到)\s*", "-", text)
    spans = [_span(part) for part in re.split(r"[\s,，、;；/]+", text) if part]
    return joined(spans)


def _span(part: str) -> Span:
    found = _SPAN.match(part)
    if not found:
        raise BadHours(part)
    opens, closes = _minutes(found[1]), _minutes(found[2])
    if opens is None or closes is None or opens == closes:
        raise BadHours(part)
    if opens == DAY:
        raise BadHours(part)
    return (opens, closes if closes > opens else closes + DAY)


def _minutes(clock: str) -> int | None:
    found = _CLOCK.fullmatch(clock.strip())
    if not found:
        return None
    minutes = int(found[1]) * 60 + int(found[2] or 0)
    return minutes if minutes <= DAY and int(found[2] or 0) < 60 else None


def joined(spans: Iterable[Span]) -> Spans:
    """In order, what touches made one. Raises BadHours for what can't be a span, or for too many."""
    done: list[Span] = []
    for opens, closes in sorted(spans):
        if not (0 <= opens < DAY and opens < closes):
            raise BadHours(f"{opens}-{closes}")
        if done and opens <= done[-1][1]:
            done[-1] = (done[-1][0], max(done[-1][1], closes))
        else:
            done.append((opens, closes))
    for opens, closes in done:
        if closes - opens >= DAY and (opens, closes) != (0, DAY):
            raise BadHours(f"{clock(opens)}-{clock(closes)}")
    if len(done) > MOST_SPANS:
        raise BadHours(str(len(done)))
    return tuple(done)


def clock(minutes: int) -> str:
    """``8:00``; 24:00 is the end of a day."""
    minutes = minutes if minutes <= DAY else minutes % DAY
    return f"{minutes // 60}:{minutes % 60:02d}"


def written(spans: Iterable[Span]) -> str:
    """Spans as `read_spans` reads them: ``8:00-12:00 14:00-18:00``."""
    return " ".join(f"{clock(opens)}-{clock(closes)}" for opens, closes in spans)


def runs(week: Sequence[Spans]) -> list[tuple[int, int, Spans]]:
    """Days in a row with the same hours: (first weekday, last weekday, spans), Monday 0."""
    found: list[tuple[int, int, Spans]] = []
    for day, spans in enumerate(week):
        if found and found[-1][2] == spans:
            found[-1] = (found[-1][0], day, spans)
        else:
            found.append((day, day, spans))
    return found


def minutes_on_foot(metres: float) -> int:
    """Whole minutes, at least one."""
    return max(1, ceil(metres / WALKING))


def rounded_metres(metres: float) -> int:
    """Metres as one says them: to 10 below 1 km, to 100 above."""
    return round(metres / 10) * 10 if metres < 1000 else round(metres / 100) * 100
