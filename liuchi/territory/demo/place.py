"""Puts the demo street together."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from shapely.geometry import Polygon

from . import commons, compounds, fronts, grids, yards
from .bend import Bend
from .drawing import Point, Sheet, Tags, box
from .plan import COMMUNITIES, RIVER_NORTH, RIVER_SOUTH, STREET, Block, Road, make_plan
from .town import Town

# 340881 is the county-level city of Tongcheng; a street 990 does not exist there.
COUNTY_CODE, STREET_CODE = "340881", "340881990"
DEFAULT_SEED = 45
# Metres between two corners of a grid on a bent street: coarse enough to be pulled by hand.
GRID_STEP = 66.0

STATION: Tags = {"amenity": "community_centre", "community_centre:for": "couriers", "opening_hours": "07:00-21:00"}
OFFICE: Tags = {"office": "government", "government": "community"}


@dataclass(frozen=True)
class DemoPlace:
    """A made-up street: `osm` is an OSM XML file, `grids` a GeoJSON FeatureCollection of grid polygons."""

    osm: str
    grids: dict[str, Any]
    street_code: str
    centre: tuple[float, float]


def make_place(seed: int = DEFAULT_SEED) -> DemoPlace:
    """Draws the street. The same seed gives the same place, to the byte."""
    rng = Random(f"liuchi-{seed}")
    roads, blocks = make_plan(rng)
    bend = Bend(rng)
    town = Town(Sheet(bend), rng)
    town.special = {
        "北正街": [("暖新驿站·北正街", STATION), ("文汇社区党群服务中心", OFFICE)],
        "菜场路": [("暖新驿站·六尺菜场", STATION)],
        "槐荫路": [("槐荫社区党群服务中心", OFFICE)],
        "桂语路": [("桂语社区党群服务中心", OFFICE)],
        "文汇路": [("暖新驿站·桂语园", STATION)],
    }
    commons.draw_river(town, blocks[0].cell[0], max(b.cell[2] for b in blocks))
    for block in blocks:
        _draw_block(town, block)
    _draw_roads(town, roads)
    shapes = grids.cut_grids(blocks, town.homes, town.cut_lines)
    _draw_boundaries(town, blocks)
    features = _grid_features(bend, shapes)
    return DemoPlace(
        town.sheet.xml(), {"type": "FeatureCollection", "features": features}, STREET_CODE, bend.degrees(700, 620)
    )


def write_place(folder: Path, seed: int = DEFAULT_SEED) -> tuple[Path, Path]:
    """Writes `liuchi-street.osm` and `liuchi-grids.geojson` into the folder and returns their paths."""
    place = make_place(seed)
    folder.mkdir(parents=True, exist_ok=True)
    osm, geojson = folder / "liuchi-street.osm", folder / "liuchi-grids.geojson"
    osm.write_text(place.osm, encoding="utf-8")
    geojson.write_text(json.dumps(place.grids, ensure_ascii=False), encoding="utf-8")
    return osm, geojson


def _draw_block(town: Town, block: Block) -> None:
    if block.ground[1] < RIVER_SOUTH < block.ground[3] or block.ground[1] < RIVER_NORTH < block.ground[3]:
        west, south, east, north = block.ground  # keep off the water
        block.ground = (west, max(south, RIVER_NORTH + 8) if south > RIVER_SOUTH else south, east, north)
    if block.use in ("slab", "tower"):
        style = compounds.SLAB if block.use == "slab" else compounds.TOWER
        compounds.draw_compound(town, block, style, f"{block.name}物业服务中心")
    elif block.use == "yards":
        yards.draw_yards(town, block)
    elif block.use in ("school", "kindergarten"):
        commons.draw_school(town, block)
    elif block.use == "market":
        commons.draw_market(town, block)
    elif block.use == "park":
        commons.draw_park(town, block)
    elif block.use == "green":
        commons.draw_green(town, block)
    else:
        commons.draw_offices(town, block)


def _draw_roads(town: Town, roads: list[Road]) -> None:
    for road in roads:
        stops = {round(road.start, 2), round(road.end, 2), *town.joins.get(road, ())}
        for other in roads:
            meeting = road.meets(other)
            if meeting:
                stops.add(round(meeting[1] if road.vertical else meeting[0], 2))
        tags = {"highway": road.kind, "name": road.name}
        ordered = sorted(stops)
        if road.vertical and road.start < RIVER_SOUTH and road.end > RIVER_NORTH:
            south, north = RIVER_SOUTH - 5, RIVER_NORTH + 7
            bridge = {**tags, "bridge": "yes", "layer": "1"}
            if road.name == "北正街":
                bridge["bridge:name"] = "六尺桥"
            for low, high, piece_tags in ((road.start, south, tags), (south, north, bridge), (north, road.end, tags)):
                inside = [s for s in ordered if low < s < high]
                town.sheet.line([road.point(s) for s in (low, *inside, high)], piece_tags)
        else:
            town.sheet.line([road.point(s) for s in ordered], tags)


def _draw_boundaries(town: Town, blocks: list[Block]) -> None:
    def border(own: list[Block]) -> tuple[float, float, float, float]:
        cells = [b.cell for b in own]
        return min(c[0] for c in cells), min(c[1] for c in cells), max(c[2] for c in cells), max(c[3] for c in cells)

    def relation(own: list[Block], name: str, code: str, level: str) -> None:
        way = town.sheet.ring(box(*border(own)), {})
        tags = {
            "type": "boundary",
            "boundary": "administrative",
            "admin_level": level,
            "name": name,
            "division_code": code,
        }
        town.sheet.relation([(way, "outer")], tags)

    relation(blocks, STREET, STREET_CODE, "8")
    for i, name in enumerate(COMMUNITIES):
        relation([b for b in blocks if b.community == i], name, f"{STREET_CODE}{i + 1:03}", "10")


def _grid_features(bend: Bend, shapes: list[list[tuple[Polygon, int]]]) -> list[dict[str, Any]]:
    features = []
    running = 0
    corners = {(round(x, 3), round(y, 3)) for own in shapes for shape, _ in own for x, y in shape.exterior.coords}
    for community, own in enumerate(shapes):
        code = f"{STREET_CODE}{community + 1:03}"
        for serial, (shape, homes) in enumerate(own, start=1):
            running += 1
            ring = _shared(list(shape.exterior.coords), corners)
            features.append(
                {
                    "type": "Feature",
                    "properties": {"code": f"{code}{serial:03}", "name": f"第 {running} 网格", "households": homes},
                    "geometry": {"type": "Polygon", "coordinates": [[list(bend.degrees(*p)) for p in ring]]},
                }
            )
    return features


def _shared(ring: list[Point], corners: set[Point]) -> list[Point]:
    """The ring with every corner of its neighbours that lies on it, and points at fixed steps between: neighbours then
    have the very same line in common after the bending."""
    out: list[Point] = []
    for a, b in pairwise((round(x, 3), round(y, 3)) for x, y in ring):
        upright = a[0] == b[0]
        low, high = sorted((a[1], b[1]) if upright else (a[0], b[0]))
        stops = {
            p for p in corners if (p[0] == a[0] if upright else p[1] == a[1]) and low < p[1 if upright else 0] < high
        }
        at = 1 if upright else 0
        known = [low, high, *(p[at] for p in stops)]
        for n in range(int(low // GRID_STEP) + 1, int(high // GRID_STEP) + 1):
            if all(abs(n * GRID_STEP - one) > 12 for one in known):
                stops.add((a[0], n * GRID_STEP) if upright else (n * GRID_STEP, a[1]))
        out += [a, *sorted(stops, reverse=a > b)]
    return [*out, out[0]]


__all__ = ["COUNTY_CODE", "DEFAULT_SEED", "STREET_CODE", "DemoPlace", "fronts", "make_place", "write_place"]
