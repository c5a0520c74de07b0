"""Texts that are about the same thing at the same place, found by themselves. Pure; numpy and no Django.

Each text becomes a vector of its pairs of characters (the rare weigh more) and of the places it names. A group grows around the
text with the most alike ones: all that are near its middle belong to it. Nothing is compared with everything: only texts that
share a pair meet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liuchi.cases.alike.rules import grams
from liuchi.cases.suggest.grams import Sparse
from liuchi.cases.topics.places import names_in

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PAIRS = 70  # of a text, those that say the most
TOO_COMMON = 0.1  # of all texts: says nothing
FEW = 40  # texts: among so few nothing is too common
TITLE = 2.0  # a headline says it twice as clearly
PLACE = 0.5  # how much of a text's length its places are
ALIKE = 0.25  # two texts
BELONGS = 0.3  # a text and the middle of a group
TOGETHER = 0.55  # the middles of two groups that are one
SAME_MATTER = 0.2  # the words of a text and those of its group, the places left out
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Group:
    """members: numbers of the texts, the most typical first; places: the names most of them share; words: what they are about."""

    members: tuple[int, ...]
    places: tuple[str, ...]
    words: tuple[str, ...]


def groups(titles: Sequence[str], texts: Sequence[str], known: Sequence[Sequence[str]] = ()) -> list[Group]:
    """All groups of at least three, the largest first; a text is in one at most. texts: the words below the titles; known: names
    of places that each is known to be about, beside those in its words."""
    if len(titles) < FEWEST or not any(titles):
        return []
    places = names_in([f"{title}\n{text}" for title, text in zip(titles, texts, strict=True)])
    if known:
        places = [_with_known(*pair) for pair in zip(places, known, strict=True)]
    matrix, names = _matrix(titles, texts, places)
    found = _joined(_grown(matrix), matrix)
    found = [kept for members in found if len(kept := _of_one_matter(members, matrix, names)) >= FEWEST]
    return [_told(members, matrix, names, titles, texts, places) for members in sorted(found, key=len, reverse=True)]


def _with_known(found: list[str], known: Sequence[str]) -> list[str]:
    return [*known, *(name for name in found if not any(name in other or other in name for other in known))]


def _matrix(titles: Sequence[str], texts: Sequence[str], places: Sequence[list[str]]) -> tuple[Sparse, list[str]]:
    """Rows of length 1, and what the columns are: a pair of characters, or a place behind an @."""
    columns: dict[str, int] = {}
    rows: list[dict[int, float]] = []
    for title, text, named in zip(titles, texts, places, strict=True):
        row: dict[int, float] = {}
        of_names = {name[at : at + 2] for name in named for at in range(len(name) - 1)}
        for part, weight in ((title, TITLE), (text, 1.0)):
            for pair, rare in grams(part).items():
                at = columns.setdefault(pair, len(columns))
                if pair not in of_names:  # that is what the place says
                    row[at] = row.get(at, 0.0) + weight * rare
        for name in named:
            row[columns.setdefault(f"@{name}", len(columns))] = TITLE if name in title else 1.0
        rows.append(row)
    names = list(columns)
    counts = np.bincount(np.fromiter((at for row in rows for at in row), np.int64), minlength=len(names))
    says = np.where(
        (counts > 1) & (counts < max(FEW, TOO_COMMON * len(rows))), np.log(len(rows) / np.maximum(counts, 1)), 0.0
    )
    is_place = np.array([name.startswith("@") for name in names], bool)
    starts, cols, values = [0], [], []
    for row in rows:
        where = np.fromiter(row, np.int64, len(row))
        value = np.fromiter(row.values(), np.float64, len(row)) * says[where]
        place = is_place[where] & (value > 0)
        pairs = np.flatnonzero(~is_place[where] & (value > 0))
        pairs = pairs[np.argsort(-value[pairs])[:PAIRS]]
        share = PLACE if place.any() else 0.0
        kept = np.concatenate([pairs, np.flatnonzero(place)])
        value[pairs] *= np.sqrt(1 - share**2) / (_length(value[pairs]) or 1.0)
        value[place] *= share / (_length(value[place]) or 1.0)
        cols.append(where[kept])
        values.append(value[kept])
        starts.append(starts[-1] + len(kept))
    used, renumbered = np.unique(np.concatenate(cols), return_inverse=True)
    matrix = Sparse(np.array(starts, np.int64), renumbered.astype(np.int32), np.concatenate(values), len(used))
    return matrix, [names[at] for at in used]


def _neighbours(matrix: Sparse) -> list[tuple[Ints, Floats]]:
    """For each text the others that are alike, and how much."""
    order = np.argsort(matrix.columns, kind="stable")
    rows = matrix.rows_of_entries()[order]
    values = matrix.values[order]
    begins = np.searchsorted(matrix.columns[order], np.arange(matrix.width + 1))
    found = []
    for row in range(matrix.height):
        here = slice(matrix.starts[row], matrix.starts[row + 1])
        mine, weights = matrix.columns[here], matrix.values[here]
        lengths = begins[mine + 1] - begins[mine]
        if not lengths.sum():
            found.append((np.empty(0, np.int64), np.empty(0)))
            continue
        at = np.repeat(begins[mine] - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths) + np.arange(
            lengths.sum()
        )
        alike = np.bincount(rows[at], np.repeat(weights, lengths) * values[at], minlength=matrix.height)
        alike[row] = 0.0
        near = np.flatnonzero(alike >= ALIKE)
        found.append((near, alike[near].astype(np.float64)))
    return found


def _grown(matrix: Sparse) -> list[Ints]:
    """Groups, one after the other, around the text that has the most alike ones left."""
    near = _neighbours(matrix)
    free = np.ones(matrix.height, bool)
    dense = np.array([alike.sum() for _others, alike in near])
    grown: list[Ints] = []
    while True:
        seed = int(np.argmax(np.where(free, dense, 0.0)))
        if not free[seed] or dense[seed] < ALIKE * (FEWEST - 1):
            return grown
        members = near[seed][0][free[near[seed][0]]]
        members = np.append(members, seed)
        for _round in range(3):
            middle = _middle(matrix, members)
            nearer = np.flatnonzero((matrix.times(middle) >= BELONGS) & free)
            if len(nearer) < FEWEST or np.array_equal(nearer, members):
                break
            members = nearer
        if len(members) < FEWEST:
            members = np.array([seed])
        else:
            grown.append(members)
        free[members] = False
        for one in members:
            others, alike = near[one]
            dense[others] -= alike


def _length(vector: Floats) -> float:
    # not np.linalg.norm: its many threads wait for each other where the machine has something else to do
    return float(np.sqrt((vector * vector).sum()))


def _middle(matrix: Sparse, members: Ints) -> Floats:
    some = matrix.take(members)
    middle = np.bincount(some.columns, some.values, minlength=matrix.width).astype(np.float64)
    return middle / (_length(middle) or 1.0)


def _joined(grown: list[Ints], matrix: Sparse) -> list[Ints]:
    """Groups that grew around two texts of the same thing are one."""
    middles = [_middle(matrix, members) for members in grown]
    left = list(range(len(grown)))
    for at in range(len(left)):
        if left[at] != at:
            continue
        for other in range(at + 1, len(left)):
            if left[other] == other and float((middles[at] * middles[other]).sum()) >= TOGETHER:
                left[other] = at
                grown[at] = np.concatenate([grown[at], grown[other]])
                middles[at] = _middle(matrix, grown[at])
    return [grown[at] for at in range(len(left)) if left[at] == at]


def _of_one_matter(members: Ints, matrix: Sparse, names: list[str]) -> Ints:
    """Without those that share the place alone: at one compound there is more than one trouble."""
    of_words = np.array([not name.startswith("@") for name in names])
    while len(members) >= FEWEST:
        some = matrix.take(members)
        said = np.where(of_words[some.columns], some.values, 0.0)
        rows = some.rows_of_entries()
        lengths = np.bincount(rows, said**2, minlength=len(members))
        whole = np.bincount(some.columns, said, minlength=matrix.width)
        # with the others only: among five that share nothing each is near the middle of all
        with_all = np.bincount(rows, said * whole[some.columns], minlength=len(members))
        others = np.sqrt(np.maximum((whole**2).sum() - 2 * with_all + lengths, 1e-9))
        alike = (with_all - lengths) / others / np.sqrt(np.maximum(lengths, 1e-9))
        if alike.min() >= SAME_MATTER:
            break
        members = np.delete(members, int(alike.argmin()))
    return members


def _told(
    members: Ints,
    matrix: Sparse,
    names: list[str],
    titles: Sequence[str],
    texts: Sequence[str],
    places: Sequence[list[str]],
) -> Group:
    middle = _middle(matrix, members)
    typical = members[np.argsort(-matrix.take(members).times(middle))]
    counts: dict[str, int] = {}
    for one in members:
        for name in places[one]:
            counts[name] = counts.get(name, 0) + 1
    shared = sorted((name for name, n in counts.items() if n >= 0.3 * len(members)), key=lambda name: -counts[name])
    best = [names[at] for at in np.argsort(-middle)[:40] if middle[at] > 0 and not names[at].startswith("@")]
    words = _words(best, [titles[one] for one in typical], shared[:2])
    return Group(tuple(int(one) for one in typical), tuple(shared[:2]), words)


def _words(pairs: list[str], titles: list[str], places: list[str], most: int = 4) -> tuple[str, ...]:
    """What the group is about: the pairs that say the most, grown in its titles to whole words, without the places."""
    said = "\n".join(titles)
    of_places = {place[at : at + 2] for place in places for at in range(len(place) - 1)}
    found: list[str] = []
    for pair in pairs:
        if len(found) == most:
            break
        if not said.count(pair) or pair in of_places or any(pair in word for word in found):
            continue
        word = _whole(pair, said).lstrip("市区县镇省的在").rstrip("的了吗呢")
        if len(word) < 2 or any(word[at : at + 2] in of_places for at in range(len(word) - 1)):
            continue
        found = [one for one in found if one not in word] + [word]
    return tuple(found)


def _whole(word: str, said: str) -> str:
    """The pair with the signs that stand beside it nearly always, up to six."""
    least = 0.7 * said.count(word)
    while len(word) < 6:
        at = said.find(word)
        beside = [said[at : at + len(word) + 1], said[max(at - 1, 0) : at + len(word)]]
        longer = [
            one
            for one in beside
            if len(one) == len(word) + 1
            and all("\u3400" <= sign <= "\u9fff" for sign in one)
            and said.count(one) >= least
        ]
        if not longer:
            break
        word = longer[0]
    return word
