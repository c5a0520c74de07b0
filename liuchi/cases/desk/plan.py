"""A small plan of the surroundings of a point, drawn as SVG from the places known: for paper, where no map program runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from liuchi.kernel import geo
from liuchi.territory.models import Place

METRES = 110  # from the middle to the edge
SIZE = 300  # of the drawing
APART = 30  # names keep this distance, so that they can be read
MOST = 600


@dataclass(slots=True)
class Plan:
    """SVG paths by what they are, and names at their points, on a field of SIZE x SIZE."""

    size: int = SIZE
    buildings: list[str] = field(default_factory=list)
    compounds: list[str] = field(default_factory=list)
    roads: list[str] = field(default_factory=list)
    names: list[tuple[float, float, str]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.buildings or self.roads or self.compounds)


def plan_of(lon: float, lat: float) -> Plan:
    """Buildings, compounds and roads around a point (WGS-84 degrees); empty where nothing is known (one query)."""
    west, south, east, north = geo.box_around(lon, lat, METRES)

    def within(times: float) -> Q:
        lons, lats = (east - west) * times, (north - south) * times
        return Q(lat__range=(south - lats, north + lats), lon__range=(west - lons, east + lons))

    # A place is found by its middle: that of a road may lie far off.
    wanted = Q(kind="building") & within(0.3) | Q(kind="compound") & within(1.5) | Q(kind="road") & within(8)
    found = Place.objects.filter(wanted, valid_to=None).exclude(geometry=None)[:MOST]

    def at(point: list[float]) -> tuple[float, float]:
        return (
            round((point[0] - west) / (east - west) * SIZE, 1),
            round((north - point[1]) / (north - south) * SIZE, 1),
        )

    plan = Plan()
    for place in found:
        path = " ".join(
            _path([at(point) for point in line], place.kind != "road") for line in _lines(place.geometry or {})
        )
        {"building": plan.buildings, "compound": plan.compounds, "road": plan.roads}[place.kind].append(path)
        if place.kind == "building" and place.number:
            x, y = at([place.lon, place.lat])
            apart = all(abs(x - other) > APART or abs(y + 4 - line) > APART / 2 for other, line, _name in plan.names)
            if apart and 12 < x < SIZE - 12 and 12 < y < SIZE - 12:
                plan.names.append((x, y + 4, place.number))
    return plan


def _lines(geometry: dict[str, Any]) -> Iterable[list[list[float]]]:
    """The lines and rings of a GeoJSON geometry."""
    kind, parts = geometry.get("type"), geometry.get("coordinates") or []
    if kind == "LineString":
        yield parts
    elif kind in ("Polygon", "MultiLineString"):
        yield from parts
    elif kind == "MultiPolygon":
        for polygon in parts:
            yield from polygon


def _path(points: list[tuple[float, float]], is_ring: bool) -> str:
    if not points:
        return ""
    return "M" + "L".join(f"{x} {y}" for x, y in points) + ("Z" if is_ring else "")
