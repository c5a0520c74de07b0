"""How hot a topic is. Pure; no Django."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

BUSY = timedelta(days=60)  # what is said within this weighs fully; what is spread over a year less
FEWEST = 5  # requests; fewer are no topic
SUPPORT = 2.0  # each doubling of those who agree counts like so many more who said it


@dataclass(frozen=True, slots=True)
class Saying:
    """One request of a topic. who: whoever said it, only to count nobody twice; support: how many agreed (joined, liked)."""

    at: datetime
    who: Hashable
    support: int = 0


def heat(said: Iterable[Saying]) -> float:
    """How many said it and how many agree, less where it is spread over a long time. One who says it twenty times is one."""
    ordered = sorted(said, key=lambda one: one.at)
    people = {one.who for one in ordered}
    if not people:
        return 0.0
    support = SUPPORT * math.log2(1 + sum(one.support for one in ordered))
    return (len(people) + support) * math.sqrt(_at_most(ordered) / len(people))


def _at_most(ordered: Sequence[Saying]) -> int:
    """How many said it in the busiest time."""
    times = [one.at for one in ordered]
    return max(
        len({one.who for one in ordered[at : bisect_left(times, times[at] + BUSY)]}) for at in range(len(ordered))
    )
