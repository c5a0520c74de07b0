"""Figures of a period, counted from the books: what was issued and redeemed. What is of fewer than five people is withheld, and
with it so many other lines that nobody finds it by subtraction: windows and gifts have the same total."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection

from liuchi.kernel import sql
from liuchi.points import rules
from liuchi.points.models import Account, Gift, Window
from liuchi.points.queries import label_of
from liuchi.territory.models import Area


@dataclass(slots=True)
class Figure:
    """points and times (awards, or gifts handed over). withheld: it would tell something of one to four people."""

    key: str
    label: str
    points: int = 0
    times: int = 0
    withheld: bool = False

    def told(self) -> dict[str, Any]:
        """As it may leave the house."""
        points, times = (None, None) if self.withheld else (self.points, self.times)
        return {"key": self.key, "label": self.label, "points": points, "times": times}


@dataclass(slots=True)
class Figures:
    """A period: what was issued, by event; what was redeemed, by window and by gift; what waits. Counted from the books.
    Lines that are withheld stand last, so that their place in the order says nothing."""

    begins: date
    ends: date
    issued: Figure
    redeemed: Figure
    by_event: list[Figure]
    by_window: list[Figure]
    by_gift: list[Figure]

    def as_dict(self) -> dict[str, Any]:
        return {
            "from": self.begins.isoformat(),
            "until": self.ends.isoformat(),
            "issued": self.issued.told(),
            "redeemed": self.redeemed.told(),
            "by_event": [one.told() for one in self.by_event],
            "by_window": [one.told() for one in self.by_window],
            "by_gift": [one.told() for one in self.by_gift],
        }


# What was issued has an account of its own for each day and event; its last line says how much and how often.
_ISSUED = {
    "sqlite": """
        SELECT a.event, SUM(e.balance), SUM(e.number) FROM points_account a JOIN points_entry e ON e.account_id = a.id
            AND e.number = (SELECT MAX(number) FROM points_entry WHERE account_id = a.id)
        WHERE a.kind = 'issued' AND a.day BETWEEN %s AND %s GROUP BY a.event
    """,
    "postgresql": """
        SELECT a.event, SUM(e.balance), SUM(e.number) FROM points_account a CROSS JOIN LATERAL
            (SELECT balance, number FROM points_entry WHERE account_id = a.id ORDER BY number DESC LIMIT 1) e
        WHERE a.kind = 'issued' AND a.day BETWEEN %s AND %s GROUP BY a.event
    """,
}
# Redemptions are few beside awards: they are counted one by one.
_REDEEMED = """
    SELECT window_id, gift_id, SUM(cost), COUNT(*) FROM points_reservation
    WHERE state = 'handed' AND ended_at >= %s AND ended_at < %s GROUP BY window_id, gift_id
"""
# A sample is enough to find five people, first a small one: nobody gets a point more than so many times a day.
_SAMPLES = (50, 2000)
# A figure, and where its rows are: table and condition with the values for it.
_Look = tuple[Figure, str, tuple[Any, ...]]


def outstanding(today: date) -> int | None:
    """What was issued and not redeemed yet, of everybody together and to the nearest fifty. None for fewer than five people.
    The months before are added up once an hour: over years they are many accounts."""
    people = len(Account.objects.filter(kind="person").values_list("pk")[: rules.FEW])
    if people < rules.FEW:
        return None
    first, _last = rules.month_bounds(today)
    return rules.roughly(_left_before(first, int(time.time() // 3600)) + _left(first, today + rules.DAY))


@lru_cache(maxsize=4)
def _left_before(first: date, _hour: int) -> int:
    return _left(date(2000, 1, 1), first - rules.DAY)


def _left(begins: date, ends: date) -> int:
    """What was issued less what was redeemed in these days."""
    issued = sum(-int(balance) for _event, balance, _number in _issued(begins, ends))
    return issued - sum(int(points) for _window, _gift, points, _times in _redeemed(begins, ends))


def points_redeemed(begins: date, ends: date, area: Area | None = None) -> Figure:
    """Points redeemed at the windows of an area: points, and how many gifts were handed over (figure of R11)."""
    return figures(begins, ends, area).redeemed


def figures(begins: date, ends: date, area: Area | None = None) -> Figures:
    """What was issued and redeemed from a day to a day, both included. area: of the windows alone; what was issued is of all."""
    issued, redeemed = Figure("issued", ""), Figure("redeemed", "")
    by_event: dict[str, Figure] = {}
    by_window: dict[UUID, Figure] = {}
    by_gift: dict[UUID, Figure] = {}
    windows = _windows_in(area)
    for event, balance, number in _issued(begins, ends):
        for one in (issued, by_event.setdefault(event, Figure(event, label_of(event)))):
            _add(one, -int(balance), int(number))
    for window, gift, points, times in _redeemed(begins, ends):
        place, thing = sql.as_uuid(window), sql.as_uuid(gift)
        if place not in windows or thing is None:
            continue
        by_place = by_window.setdefault(place, Figure(str(place), windows[place]))
        for one in (redeemed, by_place, by_gift.setdefault(thing, Figure(str(thing), ""))):
            _add(one, int(points), int(times))
    names = dict(Gift.objects.filter(pk__in=by_gift).values_list("pk", "name")) if by_gift else {}
    for gift_id, one in by_gift.items():
        one.label = names.get(gift_id, "")
    _withhold(begins, ends, issued, redeemed, by_event, by_window, by_gift)

    def ordered(found: Iterable[Figure]) -> list[Figure]:
        shown = (one for one in found if one.times)
        return sorted(shown, key=lambda one: (one.withheld, 0 if one.withheld else -one.points, one.label))

    return Figures(
        begins,
        ends,
        issued,
        redeemed,
        ordered(by_event.values()),
        ordered(by_window.values()),
        ordered(by_gift.values()),
    )


def _issued(begins: date, ends: date) -> list[sql.Row]:
    """(event, balance, number) of the accounts of these days, added up."""
    return sql.rows(_ISSUED[connection.vendor], (begins, ends))


def _redeemed(begins: date, ends: date) -> list[sql.Row]:
    """(window, gift, points, times) of what was handed over in these days."""
    return sql.rows(_REDEEMED, (rules.day_starts(begins), rules.day_starts(ends + rules.DAY)))


def _withhold(
    begins: date,
    ends: date,
    issued: Figure,
    redeemed: Figure,
    by_event: dict[str, Figure],
    by_window: dict[UUID, Figure],
    by_gift: dict[UUID, Figure],
) -> None:
    """Marks what must not be shown. Of each figure so many rows are looked at as hold five people if there are five."""
    begin, end = rules.day_starts(begins), rules.day_starts(ends + rules.DAY)
    looks: list[_Look] = [
        (figure, "points_transfer WHERE kind = 'award' AND event = %s AND day BETWEEN %s AND %s", (event, begins, ends))
        for event, figure in by_event.items()
    ]
    for column, of in (("window_id", by_window), ("gift_id", by_gift)):
        handed = f"points_reservation WHERE {column} = %s AND ended_at >= %s AND ended_at < %s AND state = 'handed'"
        looks += [(figure, handed, (key, begin, end)) for key, figure in of.items()]
    people: dict[int, set[Any]] = {}  # of the figure with this id: by value two may be the same
    for sample in _SAMPLES:
        if looks:
            for number, holders in _people_of(looks, sample).items():
                people[id(looks[number][0])] = holders
        looks = [one for one in looks if len(people.get(id(one[0]), ())) < rules.FEW and one[0].times >= sample]
    for total, parts in ((issued, by_event), (redeemed, by_window), (redeemed, by_gift)):
        figures_ = list(parts.values())
        hidden, all_ = rules.withheld_cells({at: people.get(id(one), ()) for at, one in enumerate(figures_)})
        total.withheld = bool(figures_) and (total.withheld or all_)
        for at, one in enumerate(figures_):
            one.withheld = at in hidden


def _people_of(looks: list[_Look], sample: int) -> dict[int, set[Any]]:
    """The different people among so many rows of each; one statement."""
    parts = [
        # the number first: together they come in any order
        f"SELECT DISTINCT {number}, holder_id FROM (SELECT holder_id FROM {where} LIMIT {sample}) p{number}"
        for number, (_figure, where, _of) in enumerate(looks)
    ]
    values = [value for _figure, where, of in looks for value in of]
    found: dict[int, set[Any]] = {}
    for number, holder in sql.rows(" UNION ALL ".join(parts), values):
        found.setdefault(int(number), set()).add(holder)
    return found


def _add(figure: Figure, points: int, times: int) -> None:
    figure.points += points
    figure.times += times


def _windows_in(area: Area | None) -> dict[UUID, str]:
    found = Window.objects.all()
    if area is not None:
        found = found.filter(area__first__gte=area.first, area__first__lte=area.last)
    return dict(found.values_list("pk", "name"))
