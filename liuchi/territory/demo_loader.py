"""The demo street goes in through the same doors as a real place."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from liuchi.kernel.context import Context
from liuchi.territory.actions import import_grids
from liuchi.territory.demo import STREET_CODE, DemoPlace, make_place
from liuchi.territory.models import Area
from liuchi.territory.osm.actions import import_osm


def load_demo(ctx: Context, place: DemoPlace | None = None, folder: Path | None = None) -> dict[str, Any]:
    """Makes the street (code 340881990), its communities, places, grids and map; returns figures. Running it again
    changes nothing. `place` is the street if it was made before; `folder` is where the base map goes (default: MAP_FOLDER)."""
    place = place or make_place()
    with tempfile.TemporaryDirectory() as drafts:
        osm = Path(drafts) / "liuchi-street.osm"
        osm.write_text(place.osm, encoding="utf-8")
        counted = import_osm(ctx, osm, STREET_CODE, folder=folder)
    county = Area.objects.filter(code=STREET_CODE[:6], valid_to=None).first()
    if county and county.name == county.code:
        county.name = "桐城市"
        county.save(update_fields=["name"])
    grids = import_grids(ctx, place.grids, replace=True)
    return {"area": counted.area, "places": counted.kinds, "grids": grids.added + grids.changed + grids.unchanged,
            "households": grids.households, "map_bytes": counted.map_bytes}  # fmt: skip
