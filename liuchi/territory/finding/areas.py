"""Which area a point lies in. The boundaries are held in memory, in a tree of boxes (STRtree)."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from liuchi.kernel import geo
from liuchi.territory import rules, stamps
from liuchi.territory.models import Area
from liuchi.territory.shapes import shape_of

# A point this far outside of every boundary, in metres, still counts to the nearest area; beyond it is nobody's.
NEAR = 3000.0


class AreaIndex:
    """Boundaries of all areas that are valid, with the ranges of those that have none."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.range_of = {row["id"]: (row["first"], row["last"]) for row in rows}
        drawn = [row for row in rows if row["boundary"]]
        self.ids = [row["id"] for row in drawn]
        self.levels = [row["level"] for row in drawn]
        self.shapes = np.array([shape_of(row["boundary"]) for row in drawn], dtype=object)
        shapely.prepare(self.shapes)
        self.tree = shapely.STRtree(self.shapes)
        self._areas: dict[int, Area | None] = {}

    def area(self, number: int) -> Area | None:
        """The row of an area, from memory once it was asked for; shared, so not to be changed."""
        if number not in self._areas:
            self._areas[number] = Area.objects.defer("boundary").filter(pk=number).first()
        return self._areas[number]

    def containing(self, lon: float, lat: float) -> int | None:
        """The id of the deepest area around a point, None when no boundary holds it."""
        hits = self.tree.query(shapely.points(lon, lat), predicate="intersects")
        return rules.deepest(sorted((self.levels[i], self.ids[i]) for i in hits))

    def nearest(self, lon: float, lat: float) -> int | None:
        """The id of the deepest of the areas nearest to a point within NEAR metres, measured to their boundaries."""
        if not len(self.shapes):
            return None
        along, across = geo.degree_lengths(lat)
        point = shapely.Point(lon, lat)
        hits = self.tree.query(point.buffer(NEAR / min(along, across)), predicate="intersects")
        best: tuple[float, int, int] | None = None
        for i in hits:
            near = shapely.shortest_line(point, self.shapes[i])
            x, y = near.coords[-1]
            metres = geo.distance(lon, lat, x, y)
            # Boundaries that coincide differ by rounding alone: within a metre the deeper one counts.
            candidate = (round(metres), -rules.DEPTH[self.levels[i]], self.ids[i])
            if metres <= NEAR and (best is None or candidate < best):
                best = candidate
        return best[2] if best else None

    def within(self, west: float, south: float, east: float, north: float) -> list[int]:
        """Ids of the areas whose boundary touches a box."""
        return [self.ids[i] for i in self.tree.query(shapely.box(west, south, east, north), predicate="intersects")]

    def codes_below(self, area: Area) -> set[int]:
        """Ids of an area and everything below it."""
        return {pk for pk, (first, _last) in self.range_of.items() if area.first <= first <= area.last}


def load_areas() -> AreaIndex:
    """The index as the tables are now."""
    drawn = Area.objects.filter(valid_to=None).values("id", "level", "first", "last", "boundary")
    return AreaIndex([dict(row) for row in drawn])


index: stamps.Holder[AreaIndex] = stamps.Holder("areas", load_areas)
