"""Between shapely and GeoJSON."""

from __future__ import annotations

import json
from typing import Any

import shapely


def geojson(shape: Any) -> dict[str, Any]:
    """GeoJSON of a geometry, seven decimals (a centimetre)."""

    def rounded(part: Any) -> Any:
        if isinstance(part, float):
            return round(part, 7)
        return [rounded(one) for one in part]

    mapping = shapely.geometry.mapping(shape)
    return {"type": mapping["type"], "coordinates": rounded(mapping["coordinates"])}


def shape_of(mapping: dict[str, Any]) -> Any:
    """The shapely geometry of a GeoJSON geometry. Raises shapely.errors.GEOSException or ValueError when it is none."""
    return shapely.from_geojson(json.dumps(mapping))
