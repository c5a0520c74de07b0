"""Reads for the phone and for other programs. Open to anyone: they hold nothing about persons.

Where somebody stands and what somebody types is sent (POST), since addresses are kept in logs. Nothing is changed by it, so
no form token is asked for, which a page kept on a phone may not have."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router, Schema

from liuchi.kernel import geo
from liuchi.kernel.errors import Refused
from liuchi.territory import queries, rules
from liuchi.territory.models import Place

router = Router(tags=["territory"])
# Grids are small: a box wider than this (degrees, some 30 km) would ask for a whole city.
WIDEST = 0.35
LONGEST_WORDS = 100


class Wanted(Schema):
    """Words, and the point near which to look (WGS-84 degrees)."""

    q: str = ""
    lon: float | None = None
    lat: float | None = None
    limit: int = 10


class Point(Schema):
    """WGS-84 degrees."""

    lon: float
    lat: float


@router.post("/search")
def search(request: HttpRequest, wanted: Wanted) -> dict[str, Any]:
    """Places for what was typed: characters, pinyin or initials (槐荫里3幢, huaiyinli3, hyl3). `lon`, `lat` (WGS-84
    degrees) put the nearer of equals first and give `metres`."""
    near = _position(wanted.lon, wanted.lat) if wanted.lon is not None and wanted.lat is not None else None
    found = queries.places_found(wanted.q[:LONGEST_WORDS], near, max(1, min(wanted.limit, 30)))
    return {"places": [_place(place, near) for place in found]}


@router.post("/at")
def at(request: HttpRequest, point: Point) -> dict[str, Any]:
    """The words for a point in WGS-84 degrees, the area and, inside one, the grid. `covered`: whether the point lies
    in the area that this installation works for."""
    lon, lat = _position(point.lon, point.lat)
    area = queries.area_at(lon, lat)
    grid = queries.grid_of(area)
    community = grid.parent if grid else area
    return {
        "address": queries.address_at(lon, lat),
        "area": community.name if community else "",
        "area_id": area.pk if area else None,
        "code": area.code if area else "",
        "grid": grid.name if grid else "",
        "covered": queries.is_covered(lon, lat),
    }


@router.get("/areas")
def areas(request: HttpRequest, response: HttpResponse, box: str, levels: str = "grid") -> dict[str, Any]:
    """The outlines of areas within a box (`west,south,east,north` in WGS-84 degrees) as GeoJSON; `levels`: grid,
    community, street, separated by commas."""
    try:
        west, south, east, north = (float(part) for part in box.split(","))
    except ValueError as error:
        raise Refused("bad_box", _("A box has four numbers: west, south, east, north."), field="box") from error
    _position(west, south)
    _position(east, north)
    if not (west < east and south < north and east - west <= WIDEST and north - south <= WIDEST):
        raise Refused("bad_box", _("The box is empty or too large. Come closer."), field="box")
    wanted = tuple(level for level in levels.split(",") if level in rules.DEPTH)
    response["Cache-Control"] = "no-cache"
    return queries.shapes_within((west, south, east, north), wanted)


def _position(lon: float, lat: float) -> tuple[float, float]:
    if not geo.is_position(lon, lat):
        raise Refused("bad_position", _("This is no position on the earth: longitude, then latitude, in degrees."))
    return lon, lat


def _place(place: Place, near: tuple[float, float] | None) -> dict[str, Any]:
    return {
        "id": str(place.pk),
        "kind": place.kind,
        "name": str(place),
        "detail": _detail(place),
        "area_id": place.area_id,
        "lon": place.lon,
        "lat": place.lat,
        "metres": round(geo.distance(*near, place.lon, place.lat)) if near else None,
    }


def _detail(place: Place) -> str:
    """The line below the name: its address when the name is not one, and the area."""
    address = rules.spoken(place.street, place.number) if place.street and place.number else ""
    if address == str(place):
        address = ""
    kind = "" if place.kind == "other" else place.get_kind_display()
    parts = [kind, address, place.area.name if place.area else ""]
    return " · ".join(part for part in parts if part)
