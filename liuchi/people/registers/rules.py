"""Rules of the registers; pure, no Django."""

import re
import secrets
import unicodedata
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from datetime import date, timedelta
from typing import TypeVar

from liuchi.people.rules import FEWEST, withheld

KEPT_YEARS = 2
"""A registration that nobody confirms anew ends by itself after so many years."""

NEAR = 150.0
"""Metres within which two shops of one name may be the same."""

Cell = TypeVar("Cell", bound=Hashable)


def kept_until(day: date) -> date:
    """The last day of a registration made or confirmed on a day; 29 February ends on the 28th."""
    try:
        return day.replace(year=day.year + KEPT_YEARS)
    except ValueError:
        return day.replace(year=day.year + KEPT_YEARS, day=28)


def withheld_all(
    counts: Mapping[Cell, int], together: Callable[[Collection[Cell]], int] | None = None
) -> tuple[dict[Cell, int | None], int | None]:
    """The cells of a table of persons and their total as they may be shown, None for what is withheld.

    Beside cells of one to four, so many of the smallest others are withheld that what is hidden can't be worked out from
    the total: at least two cells with at least five persons together. Where that can't be, the total is withheld as well.
    together: how many persons some cells are of, where one person can stand in several; their sum if it is left out.
    """

    def of(cells: Collection[Cell]) -> int:
        return together(cells) if together else sum(counts[cell] for cell in cells)

    shown: dict[Cell, int | None] = {cell: withheld(count) for cell, count in counts.items()}
    hidden = [cell for cell, count in shown.items() if count is None]
    total = of(list(counts))
    if not hidden:
        return shown, withheld(total)
    rest = sorted((cell for cell in counts if shown[cell]), key=lambda cell: counts[cell])
    while rest and (len(hidden) < 2 or of(hidden) < FEWEST):
        hidden.append(rest.pop(0))
        shown[hidden[-1]] = None
    safe = len(hidden) > 1 and of(hidden) >= FEWEST
    return shown, total if safe else None


_FORMS = re.compile(r"(?:股份)?有限(?:责任)?公司$|\(?个体工商户\)?$|\(?个体\)?$")


def name_key(name: str) -> str:
    """What two spellings of one shop have in common: 「巷口 面馆（个体工商户）」 and 「巷口面馆」."""
    plain = unicodedata.normalize("NFKC", name).lower()
    plain = _FORMS.sub("", "".join(plain.split()))
    return re.sub(r"[^\w]", "", plain)[:80] or plain[:80]


def periods(day: date) -> dict[str, tuple[date, date]]:
    """The periods of a statement for a home unit: this half year and the last, this year and the last, up to today."""
    half = date(day.year, 1 if day.month < 7 else 7, 1)
    before = date(day.year, 1, 1) if half.month == 7 else date(day.year - 1, 7, 1)
    return {
        "half": (half, day),
        "last_half": (before, half - timedelta(days=1)),
        "year": (date(day.year, 1, 1), day),
        "last_year": (date(day.year - 1, 1, 1), date(day.year - 1, 12, 31)),
    }


def new_code() -> str:
    """A code for a branch to print: 50 random bits, no sign that is mistaken for another."""
    return "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(10))


def row_ranges(numbers: Iterable[int]) -> str:
    """Row numbers as one reads them out: 2-738, 741."""
    out: list[list[int]] = []
    for number in sorted(numbers):
        if out and number == out[-1][1] + 1:
            out[-1][1] = number
        else:
            out.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in out)
