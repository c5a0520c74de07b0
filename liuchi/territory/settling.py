"""What follows when an outline changes: the middle and the households of an area, and the area of each place in it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

import numpy as np
import shapely

from liuchi.kernel.records.models import Record
from liuchi.territory.finding.areas import load_areas
from liuchi.territory.models import Area, Place
from liuchi.territory.shapes import geojson


def place_shape(area: Area, shape: Any, households: int | None) -> None:
    # The middle of the largest circle inside: where the name of the grid has most room.
    x, y = shapely.maximum_inscribed_circle(shape, tolerance=1e-5).coords[0]
    area.boundary, area.lon, area.lat = geojson(shape), round(x, 7), round(y, 7)
    area.households = households if households is not None else _households_in(shape)


def _households_in(shape: Any) -> int:
    west, south, east, north = shape.bounds
    rows = Place.objects.filter(
        kind="building", households__gt=0, valid_to=None, lat__range=(south, north), lon__range=(west, east)
    ).values_list("lon", "lat", "households")
    data = np.array(list(rows), dtype=float).reshape(-1, 3)
    return int(data[shapely.contains_xy(shape, data[:, 0], data[:, 1]), 2].sum())


def resettle_places(shapes: list[Any]) -> int:
    """Gives the places in and around these outlines the deepest area that holds them now. Returns how many moved."""
    if not shapes:
        return 0
    index = load_areas()
    west, south, east, north = (float(value) for value in shapely.total_bounds(shapes))
    rows = Place.objects.filter(lat__range=(south, north), lon__range=(west, east), valid_to=None)
    moves: dict[int, list[UUID]] = defaultdict(list)
    for pk, lon, lat, area_id in rows.values_list("pk", "lon", "lat", "area_id"):
        now = index.containing(lon, lat)
        if now is not None and now != area_id:
            moves[now].append(pk)
    for area_id, keys in moves.items():
        for start in range(0, len(keys), 500):
            some = keys[start : start + 500]
            Place.objects.filter(pk__in=some).update(area_id=area_id)
            Record.objects.filter(pk__in=some).update(area_id=area_id)
    return sum(len(keys) for keys in moves.values())
