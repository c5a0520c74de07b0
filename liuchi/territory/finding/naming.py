"""Which places are named in what somebody wrote: the other way round than looking one up by what is typed."""

from __future__ import annotations

from uuid import UUID

from liuchi.kernel import geo
from liuchi.territory import rules, stamps
from liuchi.territory.finding import places

SHORTEST, LONGEST = 3, 24


class Names:
    """The names of all places that are valid, and the numbered houses of the roads."""

    def __init__(self) -> None:
        index = places.index.get()
        self.owners: dict[str, list[int]] = {}
        for owner, words in zip(index.words.owners, index.words.text.split("\n")[1:-1], strict=True):
            if SHORTEST <= len(words) <= LONGEST:
                self.owners.setdefault(words, []).append(owner)
        self.index = index

    def find(self, text: str, near: tuple[float, float] | None = None, most: int = 3) -> list[UUID]:
        """Keys of the places that the words name, the longest name first; of two of a name the one nearer to `near`."""
        said = rules.search_text(text)
        found: list[tuple[int, int, int]] = []  # (-length, start, owner)
        at = 0
        while at < len(said):
            length = next((n for n in range(LONGEST, SHORTEST - 1, -1) if self._is_name(said, at, n)), 0)
            if length:
                found.append((-length, at, self._nearest(self.owners[said[at : at + length]], near)))
            at += length or 1
        return [self.index.pks[owner] for _length, _at, owner in sorted(found)[:most]]

    def _is_name(self, said: str, at: int, length: int) -> bool:
        name = said[at : at + length]
        if len(name) < length or name not in self.owners:
            return False
        before, behind = said[at - 1 : at], said[at + length : at + length + 1]
        return not (name[0].isdigit() and before.isdigit()) and not (name[-1].isdigit() and behind.isdigit())

    def _nearest(self, owners: list[int], near: tuple[float, float] | None) -> int:
        if near is None:
            return min(owners, key=lambda owner: self.index.ranks[owner])
        return min(owners, key=lambda owner: geo.distance(*near, self.index.lons[owner], self.index.lats[owner]))


index: stamps.Holder[Names] = stamps.Holder("places", Names)
