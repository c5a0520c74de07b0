"""Reads of the territory: the area of a point, the places for some words, the words for a point."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.db.models import QuerySet

from liuchi.territory import stamps
from liuchi.territory.finding import address, areas, naming, places
from liuchi.territory.models import Area, Place


def root() -> Area | None:
    """The area that this installation works for; what no other area takes goes there. None when there is no area."""
    held = _root.get()
    return copy(held[0]) if held else None


def _load_root() -> list[Area]:
    valid = Area.objects.filter(valid_to=None).defer("boundary")
    found = valid.filter(home=True).order_by("first").first() or valid.filter(parent=None).order_by("first").first()
    return [found] if found else []


_root = stamps.Holder("areas", _load_root)


def area_at(lon: float, lat: float) -> Area | None:
    """The deepest area around a point in WGS-84 degrees; outside of all the nearest known (within 3 km), at last the
    root. None only when there is no area at all."""
    index = areas.index.get()
    number = index.containing(lon, lat)
    if number is None:
        number = index.nearest(lon, lat)
    return (index.area(number) if number is not None else None) or root()


def places_found(text: str, near: tuple[float, float] | None = None, limit: int = 10) -> list[Place]:
    """The places that fit what was typed, best first: characters, pinyin or initials. `near`: longitude, latitude."""
    keys = places.index.get().find(text[:80], near, limit)
    rows = Place.objects.select_related("compound", "area").defer("geometry", "compound__geometry", "area__boundary")
    found = rows.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def places_named(text: str, near: tuple[float, float] | None = None, limit: int = 3) -> list[Place]:
    """The places whose names stand in what somebody wrote, the longest name first. `near`: longitude, latitude."""
    keys = naming.index.get().find(text[:2000], near, limit)
    found = Place.objects.select_related("area").defer("geometry", "area__boundary").in_bulk(keys) if keys else {}
    return [found[key] for key in keys if key in found]


def address_at(lon: float, lat: float) -> str:
    """The words a person would say for a point: 槐荫里 3 幢东侧. Where nothing has a name, the name of the area."""
    said = address.speak(lon, lat)
    if said:
        return said
    area = area_at(lon, lat)
    return area.name if area else ""


def is_covered(lon: float, lat: float) -> bool:
    """Whether a point lies in the area that the installation works for; true as long as no outline says otherwise."""
    home = root()
    index = areas.index.get()
    if home is None or not len(index.shapes):
        return True
    number = index.containing(lon, lat)
    if number is None:
        return False
    first, _last = index.range_of[number]
    return bool(home.first <= first <= home.last)


def grid_of(area: Area | None) -> Area | None:
    """The grid, when the area is one."""
    return area if area is not None and area.level == "grid" else None


def tree(within: tuple[int, int] | None = None) -> QuerySet[Area]:
    """The valid areas in the order of their codes, upper ones before what lies below them."""
    rows = Area.objects.filter(valid_to=None).defer("boundary")
    if within:
        rows = rows.filter(first__gte=within[0], first__lte=within[1])
    return rows.order_by("first", "-last")


def shapes_within(box: tuple[float, float, float, float], levels: tuple[str, ...] = ("grid",)) -> dict[str, Any]:
    """A GeoJSON FeatureCollection of the areas of these levels that touch a box (west, south, east, north, degrees)."""
    ids = areas.index.get().within(*box)
    rows = Area.objects.filter(pk__in=ids, level__in=levels, valid_to=None).order_by("first")
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": area.pk,
                "properties": {
                    "id": area.pk, "code": area.code, "name": area.name, "level": area.level, "households": area.households,
                    "lon": area.lon, "lat": area.lat,
                },
                "geometry": area.boundary,
            }
            for area in rows
        ],
    }  # fmt: skip
