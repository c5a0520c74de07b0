"""Words of an office's own workbook that no list has: what each is likely to stand for, asked once for all its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from liuchi.people.rules import Scope
from liuchi.people.sheets.reading import Line
from liuchi.territory.models import Area

Meanings = Mapping[tuple[str, str], str]
"""(key of the column, what the file says) -> what it stands for, as the list says it."""

ASKED = ("trade", "vehicle", "area")
"""Only of these a word may stand for another one: how somebody agreed, names and numbers are what the file says."""
PART, LIKELY, APART = 0.9, 0.5, 0.15
MOST_ASKED = 40
MOST_AREAS = 60
LONGEST = 60
_PREFIX = "means:"


@dataclass(frozen=True, slots=True)
class Unknown:
    """A word that no list has. rows: how many say it; choices: what it may stand for, the likeliest first; chosen: what
    somebody said it stands for, or the likeliest, or nothing."""

    column: str
    head: str
    said: str
    rows: int
    choices: tuple[str, ...]
    chosen: str

    @property
    def name(self) -> str:
        """The name of its field in the form of the preview."""
        return f"{_PREFIX}{self.column}:{self.said}"


def posted(values: Iterable[tuple[str, object]]) -> dict[tuple[str, str], str]:
    """The meanings that a form says, for the columns that may be asked about."""
    out = {}
    for name, value in values:
        column, _colon, said = name[len(_PREFIX) :].partition(":")
        if name.startswith(_PREFIX) and value and column in ASKED:
            out[column, said] = str(value)
    return out


def settle(lines: Iterable[Line], means: Meanings) -> dict[tuple[str, str], int]:
    """Puts what a word stands for in its place. Returns how many rows said each."""
    said: dict[tuple[str, str], int] = {}
    for line in lines:
        for key, text in line.cells.items():
            if text and (key, text) in means:
                said[key, text] = said.get((key, text), 0) + 1
                line.cells[key] = means[key, text]
    return said


def asked(
    lines: Iterable[Line],
    lists: Mapping[str, Iterable[str]],
    heads: Mapping[str, str],
    means: Meanings,
    settled: Mapping[tuple[str, str], int],
    scope: Scope,
) -> list[Unknown]:
    """What the preview asks. lists: column key of ASKED -> the words it may have; ``area`` is filled in from the reach."""
    counts: dict[tuple[str, str], int] = {}
    for line in lines:
        for key in line.faults.keys() & {*lists, "area"}:
            text = line.cells[key]
            if 0 < len(text) <= LONGEST:
                counts[key, text] = counts.get((key, text), 0) + 1
    known = {key: list(words) for key, words in lists.items()}
    if any(key == "area" for key, _text in (*counts, *settled)):
        known["area"] = areas_within(scope)
    out = []
    for (key, text), rows in sorted({**settled, **counts}.items(), key=lambda one: (-one[1], one[0]))[:MOST_ASKED]:
        ranked = likeliest(text, known[key])
        shown = tuple(word for _alike, word in ranked[: MOST_AREAS if key == "area" else None])
        out.append(Unknown(key, heads[key], text, rows, shown, means.get((key, text)) or _near(key, ranked)))
    return out


def _near(key: str, ranked: list[tuple[float, str]]) -> str:
    """The word that is chosen beforehand: one that is clearly more alike than the next. Of areas only one that says the same
    in part; two names of places differ in a sign."""
    first, second = ([alike for alike, _word in ranked] + [0.0, 0.0])[:2]
    near = first >= (PART if key == "area" else LIKELY) and first - second >= APART
    return ranked[0][1] if near else ""


def areas_within(scope: Scope) -> list[str]:
    """The names of the streets, communities and grids within somebody's reach; of two with one name both codes."""
    found = Area.objects.filter(level__in=("street", "community", "grid"), valid_to=None)
    names: dict[str, list[str]] = {}
    for name, code, first in found.values_list("name", "code", "first")[:5000]:
        if scope.holds(area_first=first):
            names.setdefault(name, []).append(code)
    return [word for name, codes in names.items() for word in ([name] if len(codes) == 1 else codes)]


def likeness(said: str, word: str) -> float:
    """How alike two words are, from 0 to 1; one that is part of the other is very much so."""
    said, word = said.lower(), word.lower()
    if said in word or word in said:
        return PART
    return SequenceMatcher(None, said, word).ratio()


def likeliest(said: str, words: Iterable[str]) -> list[tuple[float, str]]:
    """The words with how alike they are, those most alike first."""
    return sorted(((likeness(said, word), word) for word in words), key=lambda one: -one[0])
