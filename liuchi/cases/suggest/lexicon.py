"""Everyday words for matters, our own: what residents say, so that a new installation suggests from the first day.

Each row of ``data/lexicon.csv`` has the code of an event, words and a weight. ``井盖|窨井+翘|响`` asks for one word of each
group, in any order; near each other counts fully, far apart half. The matters' own names count as words too. A thing that
only says where it is (“红绿灯旁的路灯”, “学校门口”) counts half: the first group names the thing that is meant.
"""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from liuchi.cases.suggest.grams import plain

DATA = Path(__file__).resolve().parents[1] / "data"
NEAR = 16  # characters between the first and the last word of a row
READ = 600  # characters: further on, a long letter mentions this and that
NAME_WEIGHT = 3.0
# What follows a thing that is a landmark.
BESIDE = (
    "旁",
    "边上",
    "附近",
    "对面",
    "斜对",
    "隔壁",
    "门口",
    "门前",
    "门外",
    "前面",
    "后面",
    "底下",
    "下面",
    "那边",
    "路口",
    "西口",
    "东口",
    "南口",
    "北口",
)
# Against this much of nothing known the strongest words win: one row of weight 4 alone makes a share of 0.9.
NOTHING = 6.0


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the lexicon: one word of each group must occur."""

    code: str
    groups: tuple[tuple[str, ...], ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All rows, and for each word the rows whose first group has it."""

    rows: tuple[Row, ...]

    def scores(self, text: str) -> dict[str, tuple[float, list[str]]]:
        """code -> (weight, the words found). Further rows of the same matter add half of their weight each."""
        text = plain(text)[:READ]
        hits: dict[str, list[tuple[float, list[str]]]] = defaultdict(list)
        for row in self.rows:
            found = _found(row.groups, text)
            if found:
                weight = row.weight if _near(found, text) and not _is_landmark(found[0], text) else row.weight / 2
                hits[row.code].append((weight, found))
        scores = {}
        for code, each in hits.items():
            each.sort(key=lambda hit: -hit[0])
            words = list(dict.fromkeys(word for _weight, found in each for word in found))
            words = [word for word in words if not any(word != other and word in other for other in words)]
            words.sort(key=text.find)
            scores[code] = (each[0][0] + sum(weight for weight, _found in each[1:]) / 2, words)
        return scores

    def shares(self, text: str) -> dict[str, tuple[float, list[str]]]:
        """code -> (share, words). The shares add up to less than 1: the rest is that none of these is meant."""
        scores = self.scores(text)
        total = NOTHING + sum(math.exp(weight) for weight, _words in scores.values())
        return {code: (math.exp(weight) / total, words) for code, (weight, words) in scores.items()}


def _found(groups: tuple[tuple[str, ...], ...], text: str) -> list[str]:
    """The word of each group that occurs (the longest), or nothing if a group has none."""
    found = []
    for group in groups:
        word = max((word for word in group if word in text), key=len, default=None)
        if word is None:
            return []
        found.append(word)
    return found


def _near(words: list[str], text: str) -> bool:
    """Whether the words stand together somewhere: measured from the first word's places to the nearest of each other."""
    if len(words) == 1:
        return True
    first = words[0]
    at = text.find(first)
    while at >= 0:
        window = text[max(0, at - NEAR) : at + len(first) + NEAR]
        if all(word in window for word in words[1:]):
            return True
        at = text.find(first, at + 1)
    return False


def _is_landmark(word: str, text: str) -> bool:
    """Whether the word stands only where it says a place: each time right before “旁”, “对面” and the like."""
    after = text.split(word)[1:]
    return all(rest.startswith(BESIDE) for rest in after)


@lru_cache(maxsize=1)
def own() -> Lexicon:
    """The lexicon of the repository, with the names of the standard's events. Read once a process."""
    rows = []
    with (DATA / "lexicon.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            groups = tuple(tuple(dict.fromkeys(group.lower().split("|"))) for group in row["words"].split("+"))
            rows.append(Row(row["code"], groups, float(row["weight"])))
    with (DATA / "matters.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            name = row["name"].lower()
            # The Chinese name, and its trunk without “异常”, which nobody says.
            words = tuple({name, name.removesuffix("异常")})
            if row["kind"] == "event" and min(map(len, words)) >= 3:
                rows.append(Row(row["code"], (words,), NAME_WEIGHT))
    return Lexicon(tuple(rows))
