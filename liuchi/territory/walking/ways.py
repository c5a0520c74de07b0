"""The roads of the place, kept by this process until the places change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from liuchi.territory import stamps
from liuchi.territory.models import Place
from liuchi.territory.walking.graph import Line, Roads

# Nobody walks on a motorway.
NOT_ON_FOOT = {"motorway"}


def _load() -> Roads:
    rows = Place.objects.filter(kind="road", valid_to=None).exclude(geometry=None).values_list("geometry", "facts")
    return Roads(
        line
        for geometry, facts in rows.iterator(chunk_size=500)
        if facts.get("class") not in NOT_ON_FOOT
        for line in _lines(geometry)
    )


def _lines(geometry: Any) -> Iterator[Line]:
    if geometry["type"] == "LineString":
        yield geometry["coordinates"]
    elif geometry["type"] == "MultiLineString":
        yield from geometry["coordinates"]


_roads = stamps.Holder("places", _load)


def roads() -> Roads:
    """The roads that have a name, as a graph. Ways inside of compounds are not among them."""
    return _roads.get()
