"""Whether a matter is reported at a place more often than usual. Pure; no Django.

For each place and matter the reports of the last days are held against what is usual there. What is usual is known badly where
little was reported, so it leans on the usual rate of the matter everywhere and on how much the place reports at all (a gamma
prior), and the count to expect is negative binomial: wider where less is known, and where reports come in swarms. The days of
the week, a season of the matter everywhere, and a place that reports more of everything are allowed for. Of all places and
matters looked at in a day, the share of false signs is held down by Benjamini and Hochberg's rule.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

USUAL = 182  # days before, from which the usual rate is known
WINDOWS = (3, 14)  # days that are looked at: what breaks out, and what creeps
FEWEST = 5  # reports; fewer are no sign, and would come near to single people
FALSE_SHARE = 0.05  # of the signs of a day, false ones at most
PRIOR = 2.0  # so many reports weighs what is usual elsewhere
LEAN = 5.0  # so many reports it takes to believe in a season or in a busier place
LEAST_HISTORY = 56  # days; before that nothing is usual yet


@dataclass(frozen=True, slots=True)
class Sign:
    """A matter at a place: seen so many times in the last days, where so many were to be expected."""

    place: Hashable
    matter: Hashable
    days: int
    seen: int
    expected: float
    chance: float  # of as many or more by mere chance


class History:
    """Reports by place and matter: (day as a number, place, matter)."""

    def __init__(self, reports: Iterable[tuple[int, Hashable, Hashable]]) -> None:
        self.pairs: dict[tuple[Hashable, Hashable], list[int]] = defaultdict(list)
        self.places: dict[Hashable, list[int]] = defaultdict(list)
        self.matters: dict[Hashable, list[int]] = defaultdict(list)
        self.all: list[int] = []
        for day, place, matter in sorted(reports, key=lambda one: one[0]):
            self.pairs[place, matter].append(day)
            self.places[place].append(day)
            self.matters[matter].append(day)
            self.all.append(day)

    @staticmethod
    def count(days: Sequence[int], first: int, last: int) -> int:
        """How many lie within two days, both counted."""
        return bisect_right(days, last) - bisect_left(days, first)


def signs(history: History, today: int, false_share: float = FALSE_SHARE) -> list[Sign]:
    """The signs of a day (its number), the surest first; of both windows of a place and matter the surer one."""
    if not history.all or today - history.all[0] < LEAST_HISTORY + max(WINDOWS):
        return []
    found: dict[tuple[Hashable, Hashable], Sign] = {}
    for days in WINDOWS:
        usual = _Usual(history, today, days)
        for pair, said in history.pairs.items():
            seen = history.count(said, today - days + 1, today)
            if seen < FEWEST:
                continue
            expected, size = usual.expected(pair)
            chance = tail(seen, expected, size)
            if pair not in found or chance < found[pair].chance:
                found[pair] = Sign(*pair, days, seen, expected, chance)
    looked_at = len(WINDOWS) * len(history.places) * len(history.matters)
    return chosen(list(found.values()), looked_at, false_share)


def chosen(found: Sequence[Sign], looked_at: int, false_share: float) -> list[Sign]:
    """Benjamini and Hochberg: as many of the surest as keep the share of false ones."""
    ordered = sorted(found, key=lambda sign: sign.chance)
    kept = 0
    for rank, sign in enumerate(ordered, 1):
        if sign.chance <= false_share * rank / max(looked_at, 1):
            kept = rank
    return ordered[:kept]


class _Usual:
    """What is usual for one window of one day. The window before it that ends a day earlier is no part of the usual, so that
    something that grows does not become usual at once."""

    def __init__(self, history: History, today: int, days: int) -> None:
        self.history, self.today, self.days = history, today, days
        self.last = today - max(WINDOWS)  # the last usual day
        self.first = max(history.all[0], self.last - USUAL + 1)
        self.length = self.last - self.first + 1
        self.total = history.count(history.all, self.first, self.last)
        self.weight = self._weight_of_days()
        self.swarm = self._swarm()

    def _usual(self, days: Sequence[int]) -> int:
        return self.history.count(days, self.first, self.last)

    def _seen(self, days: Sequence[int]) -> int:
        return self.history.count(days, self.today - self.days + 1, self.today)

    def _weight_of_days(self) -> float:
        """The window in usual days: three days with a weekend are fewer."""
        counts = [0.0] * 7
        said = self.history.all
        for day in said[bisect_left(said, self.first) : bisect_right(said, self.last)]:
            counts[day % 7] += 1
        mean = sum(counts) / 7
        return sum(
            (counts[day % 7] + 3 * LEAN) / (mean + 3 * LEAN)
            for day in range(self.today - self.days + 1, self.today + 1)
        )

    def _swarm(self) -> float:
        """Variance over mean of counts in such windows, over all places and matters that are reported at all: 1 where each
        report comes by itself, more where one broken lamp brings three."""
        windows = self.length // self.days
        above = below = 0.0
        for said in self.history.pairs.values():
            usual = said[bisect_left(said, self.first) : bisect_right(said, self.last)]
            if len(usual) < 2 or windows < 4:
                continue
            counts = [0] * windows
            for day in usual:
                at = (day - self.first) // self.days
                if at < windows:
                    counts[at] += 1
            mean = sum(counts) / windows
            above += sum((n - mean) ** 2 for n in counts)
            below += mean * (windows - 1)
        return max(1.0, above / below) if below > 30 else 1.5

    def expected(self, pair: tuple[Hashable, Hashable]) -> tuple[float, float]:
        """(mean, size) of the negative binomial count of the window."""
        place, matter = pair
        said, of_place, of_matter = self.history.pairs[pair], self.history.places[place], self.history.matters[matter]
        here = self._usual(said)
        place_usual, matter_usual = self._usual(of_place), self._usual(of_matter)
        # what would be usual if the place were like the others
        prior = (place_usual + 1) * (matter_usual + 1) / (self.total + 1)
        rate = (PRIOR + here) / (PRIOR / max(prior, 0.02) + 1) / self.length
        # more of it everywhere, or more of everything here
        share = self.weight / self.length
        season = (self._seen(of_matter) - self._seen(said) + LEAN) / ((matter_usual - here) * share + LEAN)
        busier = (self._seen(of_place) - self._seen(said) + LEAN) / ((place_usual - here) * share + LEAN)
        mean = rate * self.weight * max(season, 0.5) * max(busier, 0.5)
        variance = self.swarm * mean + mean * mean / (PRIOR + here)
        return mean, mean * mean / max(variance - mean, 1e-9)


def tail(seen: int, mean: float, size: float) -> float:
    """The chance of ``seen`` or more of a negative binomial count (of a Poisson count where the size is very large)."""
    if seen <= 0:
        return 1.0
    if mean <= 0:
        return 0.0
    size = min(size, 1e6)
    log_none = -size * math.log1p(mean / size)
    below, term = 0.0, math.exp(log_none)
    for n in range(seen):
        below += term
        term *= (size + n) / (n + 1) * mean / (size + mean)
    if below < 0.999:
        return max(0.0, 1.0 - below)
    # far out, what is left is summed itself: 1 - 0.9999999 would be noise
    rest, n = 0.0, seen
    while term > 0 and n < seen + 2000:
        rest += term
        term *= (size + n) / (n + 1) * mean / (size + mean)
        if term < 1e-18 * rest:
            break
        n += 1
    return rest


def number_of(day: date) -> int:
    """A day as a number; its rest by 7 is the day of the week."""
    return day.toordinal()
