"""Finds places by what a person types: characters, pinyin or initials.

All labels of an installation lie in three long texts, one line a label, so that looking through 50,000 of them is one
search for a piece of text, which takes under a millisecond. They are made anew when the places change.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from uuid import UUID

from liuchi.kernel import geo
from liuchi.territory import rules, stamps
from liuchi.territory.models import Place

# The order among equals: who types a name means the compound before the shop that bears it too.
RANK = {"compound": 0, "road": 1, "station": 2, "building": 3, "other": 4, "gate": 5, "shop": 6}
# So many hits are compared with each other; of "1" there would be thousands.
MOST = 300


class Lines:
    """Many short texts in one long one."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.starts = array("l")
        self.owners = array("l")
        self.length = 0
        self.text = ""

    def add(self, owner: int, words: str) -> None:
        self.starts.append(self.length)
        self.owners.append(owner)
        self.parts.append("\n" + words)
        self.length += len(words) + 1

    def close(self) -> None:
        self.text = "".join(self.parts) + "\n"
        self.parts = []

    def find(self, words: str, *, only_starts: bool = False) -> dict[int, int]:
        """owner -> how well it fits: 0 the whole line, 1 its start, 2 somewhere in it."""
        hits: dict[int, int] = {}
        self._collect("\n" + words, 1, hits)
        if not only_starts and len(hits) < MOST:
            self._collect(words, 2, hits)
        return hits

    def _collect(self, words: str, tier: int, hits: dict[int, int]) -> None:
        text, size = self.text, len(words)
        at = text.find(words)
        while at >= 0 and len(hits) < MOST:
            line = bisect_right(self.starts, at) - 1
            # 3幢 is not found in 13幢
            inside_number = tier == 2 and words[0].isdigit() and text[at - 1].isdigit()
            if not inside_number:
                following = text[at + size]
                fit = 0 if tier == 1 and following == "\n" else tier
                if words[-1].isdigit() and following.isdigit():
                    fit = 2  # who types 3 means 3 before 31
                owner = self.owners[line]
                hits[owner] = min(fit, hits.get(owner, 9))
            at = text.find(words, at + size)


class PlaceIndex:
    """The labels of all places that are valid."""

    def __init__(self) -> None:
        rows = list(
            Place.objects.filter(valid_to=None)
            .exclude(label="")
            .values_list("pk", "kind", "label", "street", "number", "pinyin", "initials", "lon", "lat")
        )
        rows.sort(key=lambda row: (RANK.get(row[1], 9), len(row[2]), row[2]))
        self.pks: list[UUID] = [row[0] for row in rows]
        self.ranks = bytes(RANK.get(row[1], 9) for row in rows)
        self.lengths = bytes(min(len(row[2]), 255) for row in rows)
        self.lons = array("d", (row[7] for row in rows))
        self.lats = array("d", (row[8] for row in rows))
        self.words, self.pinyin, self.initials = Lines(), Lines(), Lines()
        for owner, (_pk, _kind, label, street, number, pinyin, initials, _lon, _lat) in enumerate(rows):
            said = rules.search_text(label)
            self.words.add(owner, said)
            address = rules.search_text(street + number) if street and number else said
            if address != said:
                self.words.add(owner, address)
            for spelling in pinyin.split(" "):
                self.pinyin.add(owner, spelling)
            for spelling in initials.split(" "):
                self.initials.add(owner, spelling)
        for lines in (self.words, self.pinyin, self.initials):
            lines.close()

    def find(self, text: str, near: tuple[float, float] | None = None, limit: int = 10) -> list[UUID]:
        """Keys of the places that fit best. What fits nothing is read more loosely: without the side, the staircase,
        the names of the areas before it, at last without its end."""
        words = rules.search_text(text)
        if not words:
            return []
        hits = self._hits(words)
        if not hits:
            bare = rules.without_areas(words)
            readings = [bare, *rules.looser(bare)]
            hits = next((found for reading in readings if (found := self._hits(reading))), {})
            hits = hits or self._without_beginning(bare)
        return [self.pks[owner] for owner in self._best(hits, near)[:limit]]

    def _hits(self, words: str) -> dict[int, int]:
        hits = self.words.find(words)
        if words.isascii() and not words.isdigit():
            for lines in (self.initials, self.pinyin):
                for owner, fit in lines.find(words).items():
                    hits[owner] = min(fit, hits.get(owner, 9))
        return hits

    def _without_beginning(self, words: str) -> dict[int, int]:
        for start in range(1, len(words) - 2):
            hits = self.words.find(words[start:], only_starts=True)
            if hits:
                return hits
        return {}

    def _best(self, hits: dict[int, int], near: tuple[float, float] | None) -> list[int]:
        def order(owner: int) -> tuple[int, int, float, int]:
            away = 0.0
            if near is not None:
                # In steps of 200 m, so that among what is equally near the plainer name comes first.
                away = geo.distance(*near, self.lons[owner], self.lats[owner]) // 200
            return hits[owner], self.ranks[owner] if near is None else 0, away, self.lengths[owner]

        return sorted(hits, key=order)


index: stamps.Holder[PlaceIndex] = stamps.Holder("places", PlaceIndex)
