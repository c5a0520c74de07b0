"""Reads an OpenStreetMap file with pyosmium into things: tags and a geometry."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import osmium
import shapely

# Only what a map or an address needs is kept.
KEYS = {
    "highway", "building", "barrier", "natural", "water", "waterway", "leisure", "landuse", "amenity", "shop", "office",
    "railway", "public_transport", "tourism", "historic", "place", "boundary", "entrance", "craft", "healthcare", "man_made",
}  # fmt: skip
LINE_KEYS = {"highway", "waterway", "barrier", "railway"}


class UnreadableMap(ValueError):
    """The file is no OpenStreetMap file or holds nothing to draw. The message says why."""


@dataclass(slots=True)
class Thing:
    """Something of the map. `id` is n, w or r with the OSM number; the geometry is in WGS-84 degrees; None for a
    boundary whose ways are not all in the file."""

    id: str
    tags: dict[str, str]
    shape: Any
    closed: bool = False  # an area


@dataclass
class Extract:
    """A file taken apart. `bounds` are west, south, east, north in degrees; `doors` go by the number of the node."""

    things: list[Thing] = field(default_factory=list)
    doors: dict[int, tuple[float, float, dict[str, str]]] = field(default_factory=dict)
    building_nodes: dict[str, list[int]] = field(default_factory=dict)
    bounds: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    made_up: bool = False  # drawn by our own generator: no credit to OpenStreetMap is due


def read(path: Path) -> Extract:
    """Reads .osm, .osm.gz, .osm.bz2 and .pbf. Ways with missing nodes and broken areas are left out, as in any extract;
    a file that is not in the order of its numbers, as editors write it, is sorted first.

    Raises UnreadableMap.
    """
    try:
        try:
            extract = _read(path)
        except RuntimeError as error:
            if "out of order" not in str(error):
                raise
            with tempfile.TemporaryDirectory() as folder:
                extract = _read(_sorted(path, Path(folder) / "sorted.osm.pbf"))
    except (RuntimeError, ValueError, osmium.InvalidLocationError) as error:
        raise UnreadableMap(f"{path.name}: {error}") from error
    if not extract.things:
        raise UnreadableMap(f"{path.name}: no roads, buildings or areas in it")
    return extract


def _sorted(path: Path, target: Path) -> Path:
    pile = osmium.MergeInputReader()
    pile.add_file(str(path))
    with osmium.SimpleWriter(str(target)) as writer:
        pile.apply(writer, simplify=True)
    return target


def _read(path: Path) -> Extract:
    extract = Extract()
    wkb = osmium.geom.WKBFactory()
    with osmium.io.Reader(str(path)) as reader:
        header = reader.header()
        box = header.box()
    if header.get("generator", "").startswith("liuchi"):
        extract.made_up = True
    keep = osmium.filter.KeyFilter(*KEYS)
    # The filter must not hide the plain ways that relations are made of, so it comes after the areas.
    for thing in osmium.FileProcessor(str(path)).with_locations().with_areas().with_filter(keep):
        _take(extract, thing, wkb)
    if box.valid():
        extract.bounds = (box.bottom_left.lon, box.bottom_left.lat, box.top_right.lon, box.top_right.lat)
    elif drawn := [thing.shape for thing in extract.things if thing.shape is not None]:
        west, south, east, north = (float(value) for value in shapely.total_bounds(drawn))
        extract.bounds = (west, south, east, north)
    return extract


def _take(extract: Extract, thing: Any, wkb: Any) -> None:
    tags = {tag.k: tag.v for tag in thing.tags}
    if thing.is_node():
        if "entrance" in tags:
            extract.doors[thing.id] = (thing.location.lon, thing.location.lat, tags)
        else:
            extract.things.append(Thing(f"n{thing.id}", tags, shapely.Point(thing.location.lon, thing.location.lat)))
    elif thing.is_way():
        if "building" in tags:
            extract.building_nodes[f"w{thing.id}"] = [node.ref for node in thing.nodes]
        if LINE_KEYS & tags.keys():
            try:
                line = shapely.from_wkb(wkb.create_linestring(thing))
            except (RuntimeError, ValueError):
                return
            extract.things.append(Thing(f"w{thing.id}", tags, line))
    elif thing.is_area():
        try:
            shape = shapely.from_wkb(wkb.create_multipolygon(thing))
        except (RuntimeError, ValueError):
            return
        if len(shape.geoms) == 1:
            shape = shape.geoms[0]
        letter = "w" if thing.from_way() else "r"
        extract.things.append(Thing(f"{letter}{thing.orig_id()}", tags, shape, closed=True))
    elif tags.get("boundary") == "administrative":
        extract.things.append(Thing(f"r{thing.id}", tags, None))
