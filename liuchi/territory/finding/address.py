"""The words that a person would say for a point: 槐荫里 3 幢东侧, 北正街 41 号门前, 近河沿路."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
import shapely

from liuchi.kernel import geo
from liuchi.territory import rules, stamps
from liuchi.territory.models import Place
from liuchi.territory.shapes import shape_of

# Metres: how far from a thing one still says its name.
BESIDE_HOUSE, BEFORE_DOOR, AT_GATE, AT_CROSSING, NEAR_NUMBER, NEAR_ROAD = 25.0, 20.0, 12.0, 22.0, 60.0, 600.0


class Surroundings:
    """Roads and grounds with a name, in a tree of boxes. Houses are looked up in the table: there are many, and near
    a point only few."""

    def __init__(self) -> None:
        wide = Place.objects.filter(valid_to=None).exclude(geometry=None).exclude(kind__in=("building", "shop", "gate"))
        rows = [row for row in wide.values_list("pk", "kind", "label", "geometry") if row[2]]
        self.pks: list[UUID] = [row[0] for row in rows]
        self.kinds = [row[1] for row in rows]
        self.names = [row[2] for row in rows]
        self.shapes: Any = np.array([shape_of(row[3] or {}) for row in rows], dtype=object)
        self.tree = shapely.STRtree(self.shapes)

    def grounds(self, point: Any) -> list[int]:
        """Numbers of the grounds around a point, the smallest first."""
        hits = [i for i in self.tree.query(point, predicate="intersects") if self.kinds[i] != "road"]
        return sorted(hits, key=lambda i: self.shapes[i].area)

    def roads(self, point: Any, metres: float) -> list[tuple[float, str]]:
        """(metres, name) of the roads within a distance, the nearest first."""
        along, _across = geo.degree_lengths(point.y)
        found = []
        for i in self.tree.query(point, predicate="dwithin", distance=metres / along):
            if self.kinds[i] == "road":
                x, y = shapely.shortest_line(point, self.shapes[i]).coords[-1]
                away = geo.distance(point.x, point.y, x, y)
                if away <= metres:
                    found.append((away, self.names[i]))
        return sorted(found)


index: stamps.Holder[Surroundings] = stamps.Holder("places", Surroundings)


@dataclass(slots=True)
class _House:
    away: float
    east: float
    north: float
    place: Place


def speak(lon: float, lat: float) -> str:
    """Words for a point in WGS-84 degrees, empty when nothing with a name is near."""
    around = index.get()
    point = shapely.Point(lon, lat)
    grounds = around.grounds(point)
    compound = next((i for i in grounds if around.kinds[i] == "compound"), None)
    own = around.pks[compound] if compound is not None else None
    houses, gates = _close_by(lon, lat)
    # From inside a compound one does not tell the house across the wall, nor from outside the one behind it.
    houses = [house for house in houses if house.place.compound_id == own or house.away < 4]

    gate = next((gate for gate in gates if gate.away <= AT_GATE), None)
    house = houses[0] if houses else None
    if gate and (house is None or gate.away < house.away):
        where = "" if gate.place.compound_id is None else "内" if gate.place.compound_id == own else "外"
        return f"{rules.spaced(gate.place.label)}{where}"
    if house:
        said = _beside(house)
        if said:
            return said
    ground = next(iter(grounds), None)
    if ground is not None:
        return f"{rules.spaced(around.names[ground])}内"
    roads = around.roads(point, NEAR_ROAD)
    crossing = [name for away, name in roads if away <= AT_CROSSING]
    if len(crossing) >= 2:
        return f"{crossing[0]}与{crossing[1]}路口"
    numbered = next((h for h in houses if h.place.street and h.away <= NEAR_NUMBER), None)
    if numbered:
        return f"{rules.spoken(numbered.place.street, numbered.place.number)}附近"
    return f"近{roads[0][1]}" if roads else ""


def _close_by(lon: float, lat: float) -> tuple[list[_House], list[_House]]:
    """Houses and gates around a point, the nearest first, with the way from their outline to the point in metres."""
    # A long house has its middle further away than its wall.
    box = geo.box_around(lon, lat, NEAR_NUMBER + 60)
    rows = (
        Place.objects.filter(lat__range=(box.south, box.north), lon__range=(box.west, box.east), valid_to=None)
        .filter(kind__in=("building", "gate"))
        .select_related("compound")
        .defer("compound__geometry", "compound__facts", "facts")
    )
    flat = geo.Metres(lon, lat)
    houses: list[_House] = []
    gates: list[_House] = []
    for place in rows:
        if place.geometry:
            shape = shapely.transform(shape_of(place.geometry), lambda xy: np.array([flat.to(x, y) for x, y in xy]))
            here = shapely.Point(0, 0)
            x, y = (0.0, 0.0) if shape.intersects(here) else shapely.shortest_line(shape, here).coords[0]
        else:
            x, y = flat.to(place.lon, place.lat)
        away = float(np.hypot(x, y))
        (gates if place.kind == "gate" else houses).append(_House(away, -x, -y, place))
    return sorted(houses, key=lambda one: one.away), sorted(gates, key=lambda one: one.away)


def _beside(house: _House) -> str:
    place = house.place
    if place.street and place.number and not place.compound_id:
        if house.away > BEFORE_DOOR:
            return ""
        said = rules.spoken(place.street, place.number)
        return said if house.away == 0 else f"{said}门前"
    if house.away > BESIDE_HOUSE:
        return ""
    if place.number:
        owner = place.compound.name if place.compound else place.street
        said = rules.spoken(owner, place.number)
    else:
        said = rules.spaced(place.label)
    return said if house.away == 0 else f"{said}{rules.side(house.east, house.north)}侧"
