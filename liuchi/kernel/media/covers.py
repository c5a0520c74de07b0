"""What is covered on a photo: boxes in pixels of the picture that is shown. Pure; no Django."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

# Nobody draws more on one photo, and a crowd of more faces is nobody in particular.
MOST = 200
MOST_DRAWN = 40
# Pixels. A finger's slip is smaller; what is smaller shows nothing.
LEAST_SIDE = 8


class Cover(NamedTuple):
    """left, top, right, bottom: pixels of the shown picture, right and bottom outside; by: ``found`` (by the search for
    faces) or ``drawn`` (by hand)."""

    left: int
    top: int
    right: int
    bottom: int
    by: str

    def around(self, other: Cover) -> Cover:
        """The box around both."""
        return Cover(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
            self.by,
        )

    def shared(self, other: Cover) -> float:
        """What both hold, as a part of what they hold together: 0 to 1."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        tall = min(self.bottom, other.bottom) - max(self.top, other.top)
        if wide <= 0 or tall <= 0:
            return 0.0
        common = wide * tall
        return common / (self._surface() + other._surface() - common)

    def _surface(self) -> int:
        return (self.right - self.left) * (self.bottom - self.top)


def kept(rows: Iterable[Any] | None) -> list[Cover]:
    """What the column holds, as covers."""
    return [Cover(*row) for row in rows or []]


def drawn(rows: Any, width: int, height: int) -> list[Cover] | None:
    """Boxes [left, top, right, bottom] that a person drew, within the picture; None for what are none. Those too small to
    cover anything are left out."""
    if not isinstance(rows, list) or len(rows) > MOST_DRAWN:
        return None
    found = []
    for row in rows:
        if not isinstance(row, list) or len(row) != 4:
            return None
        if any(isinstance(one, bool) or not isinstance(one, int) or abs(one) > 100_000 for one in row):
            return None
        left, right = (min(max(one, 0), width) for one in (row[0], row[2]))
        top, bottom = (min(max(one, 0), height) for one in (row[1], row[3]))
        if right - left >= LEAST_SIDE and bottom - top >= LEAST_SIDE:
            found.append(Cover(left, top, right, bottom, "drawn"))
    return found


def changed(present: list[Cover], more: Iterable[Cover], away: Iterable[Cover]) -> list[Cover]:
    """The covers with some more and some taken away, each place once: said twice it is the same."""
    gone = {one[:4] for one in away}
    found = [one for one in present if one[:4] not in gone]
    places = {one[:4] for one in found}
    return found + [one for one in dict.fromkeys(more) if one[:4] not in places]
