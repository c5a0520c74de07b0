"""Rules of rosters and rhythms; pure, no Django. Times are aware datetimes, days are of the place (Asia/Shanghai).

- A shift is *planned*, then *kept* if somebody came (of a rhythm: if it was held), else *missed*. Missed says something of
  the duty and nothing of a person. A missed one becomes kept when its keeper puts it right.
- Stepping back alone is possible until so many hours before; after that only by handing the place on, so that no shift
  becomes empty unseen.
- A place taken by a wrong tap can be given up within ten minutes, however soon the shift is; not one that was handed on, which
  would be empty then.
- "I am here" counts from half an hour before the shift until its end. The keeper may confirm until a week after.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PLACE_ZONE = ZoneInfo("Asia/Shanghai")

PLANNED, KEPT, MISSED, DROPPED = "planned", "kept", "missed", "dropped"

AHEAD = timedelta(weeks=6)
"""So far ahead shifts are made."""
RHYTHMS_AHEAD = timedelta(days=200)
"""What a unit does by the quarter or half-year is shown earlier."""
COMING = timedelta(minutes=30)
UNDO = timedelta(minutes=10)
"""So long a wrong tap can be taken back."""
BEFORE, LATER = timedelta(days=366), timedelta(days=3 * 366)
"""The first day of a duty lies at most a year back and three years ahead."""
SETTLED_AFTER = timedelta(hours=12)
RHYTHM_SETTLED_AFTER = timedelta(days=7)
CONFIRMED_WITHIN = timedelta(days=7)
REMINDED_FROM = time(18)
"""The evening before, from six on."""


def moment(day: date, at: time) -> datetime:
    """A time of the place on a day."""
    return datetime.combine(day, at, PLACE_ZONE)


def local_day(at: datetime) -> date:
    """The day of an instant at the place."""
    return at.astimezone(PLACE_ZONE).date()


def span(day: date, begins: time, ends: time) -> tuple[datetime, datetime]:
    """From when until when: an end that is not after the beginning lies on the next day (a night watch)."""
    first, last = moment(day, begins), moment(day, ends)
    return first, last if last > first else last + timedelta(days=1)


def free_seat(needs: int, taken: Collection[int]) -> int | None:
    """The lowest seat from 1 to `needs` that nobody has."""
    return next((seat for seat in range(1, needs + 1) if seat not in taken), None)


def may_step_back(begins: datetime, back_hours: int, at: datetime) -> bool:
    """Whether somebody may still leave a shift without another taking the place."""
    return at <= begins - timedelta(hours=back_hours)


def may_take_back(taken_at: datetime, begins: datetime, at: datetime) -> bool:
    """Whether a place that somebody just took by a wrong tap can be given up, however soon the shift is."""
    return at <= taken_at + UNDO and at < begins


def may_start(first: date, today: date) -> bool:
    """Whether a duty may have this first day."""
    return today - BEFORE <= first <= today + LATER


def may_check_in(begins: datetime, ends: datetime, at: datetime) -> bool:
    """Whether "I am here" counts now."""
    return begins - COMING <= at <= ends


def may_confirm(begins: datetime, ends: datetime, at: datetime) -> bool:
    """Whether the keeper may still say that somebody came, or that something was held."""
    return begins - COMING <= at <= ends + CONFIRMED_WITHIN


def may_be_named(begins: datetime, ends: datetime, at: datetime) -> bool:
    """Whether who looks after a shift needs the names of those in it: to plan the week, and to confirm who came."""
    return begins - CONFIRMED_WITHIN <= at <= ends + CONFIRMED_WITHIN


def minutes(begins: datetime, ends: datetime) -> int:
    """How long a shift is."""
    return round((ends - begins) / timedelta(minutes=1))


def is_evening_before(day: date, at: datetime) -> bool:
    """Whether it is time to remind of a shift on that day: from six in the evening before until midnight of it."""
    here = at.astimezone(PLACE_ZONE)
    return here.date() == day - timedelta(days=1) and here.time() >= REMINDED_FROM


@dataclass(frozen=True, slots=True)
class Planned:
    """A shift that is there. taken: how many have signed up."""

    nominal: date
    day: date
    begins: datetime
    ends: datetime
    needs: int
    taken: int
    state: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A shift as the rule says now."""

    nominal: date
    day: date
    begins: datetime
    ends: datetime
    needs: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What planning does: make these, change those (by nominal day), drop those."""

    make: tuple[Wanted, ...]
    change: tuple[Wanted, ...]
    drop: tuple[date, ...]


def plan(there: Iterable[Planned], wanted: Iterable[Wanted], at: datetime) -> Changes:
    """Compares what is planned with what the rule says: only shifts that lie ahead and that nobody has taken are touched.
    One that was dropped comes back when the rule wants its day again."""
    old = {shift.nominal: shift for shift in there}
    new = {shift.nominal: shift for shift in wanted if shift.begins > at}
    free = {
        day: shift
        for day, shift in old.items()
        if shift.state in (PLANNED, DROPPED) and shift.begins > at and not shift.taken
    }
    change = []
    for day in sorted(free.keys() & new.keys()):
        was, now = free[day], new[day]
        same = (was.day, was.begins, was.ends, was.needs) == (now.day, now.begins, now.ends, now.needs)
        if not same or was.state == DROPPED:
            change.append(now)
    return Changes(
        make=tuple(new[day] for day in sorted(new.keys() - old.keys())),
        change=tuple(change),
        drop=tuple(day for day in sorted(free.keys() - new.keys()) if free[day].state == PLANNED),
    )
