"""Rules of points; pure, no Django.

Words
    account   one side of the books: a person's, or one of the house (what was issued, what is reserved, what was redeemed …)
    transfer  something moves between accounts; its entries sum to zero
    award     points come in for an event of the journal, by a published rule
    cap       at most so many points a day, by one rule and in all: thanks, not wages
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from liuchi.people.registers.rules import withheld_all

PLACE_ZONE = ZoneInfo("Asia/Shanghai")

# Points: person, issued (event, day), held (window), redeemed (gift, window, day).
# Pieces of a gift: supply (where they come from), free, reserved, handed (day), counted (what stocktaking found too many or few).
POINT_ACCOUNTS = ("person", "issued", "held", "redeemed")
UNIT_ACCOUNTS = ("supply", "free", "reserved", "handed", "counted")
KINDS_OF_ACCOUNT = POINT_ACCOUNTS + UNIT_ACCOUNTS
# Where things come from may go below zero; nothing else ever does.
SOURCES = frozenset({"issued", "supply", "counted"})

KINDS_OF_TRANSFER = (
    "award",  # 奖励
    "reserve",  # 预约
    "cancel",  # 取消: the reverse of a reserve
    "expire",  # 过期退回: the reverse of a reserve
    "handover",  # 兑换
    "undo",  # 撤销交付: the reverse of a handover, the same day
    "stock_in",  # 入库
    "counted",  # 盘点
)
REASONS = ("broken", "lost", "found", "given_back", "mistyped")

MOST_POINTS = 100  # that one rule gives for one event
MOST_A_DAY = 200  # by all rules
MOST_COST = 100_000
MOST_PIECES = 100_000
FEW = 5  # figures of fewer people are withheld
TRIAL_DAYS = (7, 30, 90)  # of a trial of rules, up to the end of the last full month
CODE_DIGITS = 8
DAY = timedelta(days=1)
# How long before its end a reservation is called to mind.
REMIND = timedelta(days=1)


def local_day(at: datetime) -> date:
    """The day of an instant on the calendar of the place."""
    return at.astimezone(PLACE_ZONE).date()


def day_starts(day: date) -> datetime:
    """The midnight with which a day begins in the place."""
    return datetime.combine(day, time(), PLACE_ZONE)


def month_of(day: date) -> str:
    """2026-11"""
    return f"{day:%Y-%m}"


def month_bounds(day: date) -> tuple[date, date]:
    """First and last day of the month a day lies in."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def end_of_keeping(at: datetime, days: int) -> datetime:
    """A reservation is kept through its last day: until midnight in the place."""
    last = local_day(at) + timedelta(days=days)
    return day_starts(last + DAY)


def account_key(
    kind: str,
    *,
    person: UUID | None = None,
    event: str = "",
    gift: UUID | None = None,
    window: UUID | None = None,
    day: date | None = None,
) -> str:
    """The one name of an account, so that it is opened once. Raises ValueError for an unknown kind."""
    if kind not in KINDS_OF_ACCOUNT:
        raise ValueError(kind)
    parts = [kind, person, event, gift, window, day]
    return ":".join("" if part is None else str(part) for part in parts)


def awarded(points: int, earned_by_rule: int, earned: int, rule_cap: int | None, day_cap: int) -> int:
    """What is left of a rule's points under its own cap of the day and the one for all rules; never less than nothing."""
    left = day_cap - earned
    if rule_cap is not None:
        left = min(left, rule_cap - earned_by_rule)
    return max(0, min(points, left))


@dataclass(frozen=True, slots=True)
class Line:
    """A rule as data, for the trial."""

    event: str
    points: int
    day_cap: int | None
    once: bool


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something that happened and would be thanked for: which event, whose, on which day, for which thing."""

    event: str
    person: Hashable
    day: date
    thing: Hashable


def withheld_cells(people: Mapping[Hashable, Collection[Hashable]]) -> tuple[set[Hashable], bool]:
    """Which cells of a table are not shown, and whether its total is not: what is of one to four people, and so many others
    that nobody finds it by subtraction (`withheld_all` of the registers). people: whom each cell is of; one person can stand
    in several. A total of fewer than five people is withheld with every cell of it, so that another table of the same total
    (windows beside gifts) tells no more."""

    def together(cells: Collection[Hashable]) -> int:
        return len({person for cell in cells for person in people[cell]})

    shown, total = withheld_all({cell: len(set(found)) for cell, found in people.items()}, together)
    if total is None:
        return set(people), True
    return {cell for cell, count in shown.items() if count is None}, False


@dataclass(frozen=True, slots=True)
class Tried:
    """An event under the rules of now and under the draft: how often it happened, and what was and would have been given."""

    times: int | None
    now: int | None
    draft: int | None

    @property
    def difference(self) -> int | None:
        return None if self.now is None or self.draft is None else self.draft - self.now


@dataclass(frozen=True, slots=True)
class Trial:
    """The rules of now and a draft, each with its cap of a day, and what they are tried on, in the order it happened."""

    now: Collection[Line]
    now_cap: int
    draft: Collection[Line]
    draft_cap: int
    occasions: Collection[Occasion]


# (what is counted, event) -> person -> number, of all that was shown
_Shown = dict[tuple[str, str], list[dict[Hashable, int]]]


def tried(trial: Trial, earlier: Iterable[Trial] = ()) -> dict[str, Tried]:
    """What two sets of rules give for the same occasions: event -> counts; "" -> together.

    What is of one to four people is None: how often, what was given, and the difference where it would change for so few. So is
    what differs for so few from a number that an earlier trial showed, the first of them first. Together are only the lines
    that are shown whole.
    """
    shown: _Shown = defaultdict(list)
    for one in earlier:
        _tried(one, shown)
    return _tried(trial, shown)


def _tried(trial: Trial, shown: _Shown) -> dict[str, Tried]:
    """Adds to what is shown."""
    was = _given(trial.now, trial.now_cap, trial.occasions)
    would = _given(trial.draft, trial.draft_cap, trial.occasions)
    times: dict[str, dict[Hashable, int]] = defaultdict(dict)
    for one in trial.occasions:
        times[one.event][one.person] = times[one.event].get(one.person, 0) + 1

    def told(
        what: str, event: str, counts: dict[Hashable, int], beside: Collection[dict[Hashable, int]] = ()
    ) -> int | None:
        known = shown[what, event]
        if _few(counts) or any(_few(_differing(counts, other)) for other in (*beside, *known)):
            return None
        if counts not in known:
            known.append(counts)
        return sum(counts.values())

    found = {
        event: Tried(
            told("times", event, times[event]),
            told("points", event, was[event]),
            told("points", event, would[event], [was[event]]),
        )
        for event in sorted({line.event for line in (*trial.now, *trial.draft)})
    }
    whole = [one for one in found.values() if None not in (one.times, one.now, one.draft)]
    found[""] = Tried(*(sum(getattr(one, name) for one in whole) for name in ("times", "now", "draft")))
    return found


def _differing(one: Mapping[Hashable, int], other: Mapping[Hashable, int]) -> set[Hashable]:
    return {person for person in one.keys() | other.keys() if one.get(person) != other.get(person)}


def _few(people: Collection[Hashable]) -> bool:
    return 0 < len(people) < FEW


def _given(rules: Collection[Line], day_cap: int, occasions: Iterable[Occasion]) -> dict[str, dict[Hashable, int]]:
    """event -> person -> points that rules give; whoever gets none is left out."""
    by_event = {line.event: line for line in rules}
    points: dict[str, dict[Hashable, int]] = defaultdict(dict)
    earned: dict[tuple[Hashable, date], int] = defaultdict(int)
    by_rule: dict[tuple[str, Hashable, date], int] = defaultdict(int)
    thanked: set[tuple[str, Hashable, Hashable]] = set()
    for one in occasions:
        line = by_event.get(one.event)
        if line is None:
            continue
        if line.once and (one.event, one.person, one.thing) in thanked:
            continue
        thanked.add((one.event, one.person, one.thing))
        day, rule = (one.person, one.day), (one.event, one.person, one.day)
        given = awarded(line.points, by_rule[rule], earned[day], line.day_cap, day_cap)
        earned[day] += given
        by_rule[rule] += given
        if given:
            points[one.event][one.person] = points[one.event].get(one.person, 0) + given
    return points


def unbalanced(legs: Iterable[tuple[Hashable, int]]) -> dict[Hashable, int]:
    """What does not sum to zero: currency (points, or a gift) -> sum. Empty when the books stay right."""
    sums: dict[Hashable, int] = defaultdict(int)
    for currency, amount in legs:
        sums[currency] += amount
    return {currency: total for currency, total in sums.items() if total}


def code_of(key: bytes, reservation: UUID, turn: int) -> str:
    """Eight digits for a reservation, made from a key outside the database. turn: another try, when two have the same."""
    digest = hmac.digest(key, f"{reservation}:{turn}".encode(), hashlib.sha256)
    return f"{int.from_bytes(digest[:8], 'big') % 10**CODE_DIGITS:0{CODE_DIGITS}d}"


def digits_of(text: str) -> str:
    """The code in what was typed or scanned: ``1234 5678``, full-width digits, or the address of a QR. Empty if there is none."""
    found = re.search(r"code=(\d{8})(?!\d)", text)
    if found:
        return found[1]
    digits = "".join(str(int(sign)) for sign in text if sign.isdecimal())
    return digits if len(digits) == CODE_DIGITS else ""


def shown_code(code: str) -> str:
    """1234 5678"""
    return f"{code[:4]} {code[4:]}"


def roughly(points: int) -> int:
    """To the nearest fifty, so that nobody finds by subtraction what was withheld."""
    return round(points / 50) * 50


def periods(day: date) -> Mapping[str, tuple[date, date]]:
    """The periods somebody may ask a statement for: this and the last quarter, half year, year, up to today."""
    quarter = date(day.year, day.month - (day.month - 1) % 3, 1)
    before = (quarter - timedelta(days=1)).replace(day=1)
    last = date(before.year, before.month - (before.month - 1) % 3, 1)
    half = date(day.year, 1 if day.month < 7 else 7, 1)
    earlier = date(day.year, 1, 1) if half.month == 7 else date(day.year - 1, 7, 1)
    return {
        "quarter": (quarter, day),
        "last_quarter": (last, quarter - timedelta(days=1)),
        "half": (half, day),
        "last_half": (earlier, half - timedelta(days=1)),
        "year": (date(day.year, 1, 1), day),
        "last_year": (date(day.year - 1, 1, 1), date(day.year - 1, 12, 31)),
    }
