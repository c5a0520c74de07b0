"""Walled compounds (小区): rows of slabs or towers, lanes between them, gates in the wall, a door for most stairs."""

from __future__ import annotations

from dataclasses import dataclass

from . import fronts
from .drawing import Point, Tags, box
from .plan import Block, Road
from .town import Town

GATE_NAMES = {"south": "南门", "north": "北门", "west": "西门", "east": "东门"}


@dataclass(frozen=True)
class Style:
    """How the houses of a compound look; lengths in metres."""

    depth: float
    unit_length: float
    units: tuple[int, int]
    levels: tuple[int, int]
    flats_per_floor: int  # homes on one floor of one stair
    between_rows: float
    between_houses: tuple[float, float]
    suffix: str
    green: float  # chance that a garden takes the place of a house


SLAB = Style(12.5, 14.5, (2, 5), (5, 6), 2, 27.0, (8.0, 14.0), "幢", 0.05)
TOWER = Style(17.0, 15.0, (1, 2), (11, 24), 3, 36.0, (19.0, 28.0), "幢", 0.24)


def draw_compound(town: Town, block: Block, style: Style, manager: str) -> None:
    """Draws one compound with everything in it. Every compound has at least one gate on a road."""
    rng = town.rng
    shop_sides = fronts.choose_sides(town, block)
    west, south, east, north = wall = fronts.inner(block, shop_sides)
    pitch = style.depth + style.between_rows
    count = max(1, int((north - south - 9) / pitch))
    pitch += (north - south - 9 - count * pitch) / count * 0.6
    bottoms = [south + 8 + i * pitch for i in range(count)]
    lanes = [bottom + style.depth + 6.5 for bottom in bottoms]
    spine = west + (east - west) * rng.uniform(0.36, 0.64)

    gates = _gates(town, block, wall, lanes, spine)
    doors: dict[float, list[float]] = {lane: [] for lane in lanes}
    number = 0
    for bottom, lane in zip(bottoms, lanes, strict=True):
        stretches = ((west + 6, spine - 5.5), (spine + 5.5, east - 6))
        for low, high in stretches:
            number = _row(town, block.name, style, bottom, lane, low, high, number, doors[lane])
    town.cut_lines[block.name] = lanes
    _ways(town, block, wall, lanes, spine, gates, doors)
    _wall(town, block, wall, gates, manager)
    _small_things(town, wall, lanes, spine)
    by_side = {side: [p[1] if side in ("west", "east") else p[0]] for side, p in gates.items()}
    fronts.draw_fronts(town, block, shop_sides, by_side)


def _gates(
    town: Town, block: Block, wall: tuple[float, float, float, float], lanes: list[float], spine: float
) -> dict[str, Point]:
    """Side -> point of the wall; the widest road gets the main gate, others follow by chance."""
    west, south, east, north = wall
    middle = lanes[len(lanes) // 2]
    spots = {"south": (spine, south), "north": (spine, north), "west": (west, middle), "east": (east, middle)}
    open_sides = [side for side in ("south", "north", "west", "east") if _drivable(block.sides[side])]
    town.rng.shuffle(open_sides)
    keep = max(1, min(len(open_sides), town.rng.choice((1, 2, 2, 3))))
    return {side: spots[side] for side in sorted(open_sides[:keep])}


def _drivable(road: Road | None) -> bool:
    return road is not None and road.kind != "footway"


def _row(
    town: Town,
    name: str,
    style: Style,
    bottom: float,
    lane: float,
    low: float,
    high: float,
    number: int,
    doors: list[float],
) -> int:
    """One row of houses between `low` and `high`; gives back the last house number used."""
    rng = town.rng
    at = low + rng.uniform(0, 2)
    while True:
        room = high - at
        most = min(style.units[1], int(room / style.unit_length))
        if most < style.units[0]:
            return number
        units = rng.randint(style.units[0], most)
        length = units * style.unit_length
        if rng.random() < style.green:
            ring = _round_corners(at, bottom - 3, at + length, bottom + style.depth)
            town.sheet.ring(ring, {"leisure": "garden"})
        else:
            number += 1
            _house(town, name, style, at, bottom, lane, units, number, doors)
        at += length + rng.uniform(*style.between_houses)


def _house(
    town: Town,
    name: str,
    style: Style,
    west: float,
    south: float,
    lane: float,
    units: int,
    number: int,
    doors: list[float],
) -> None:
    rng = town.rng
    length = units * style.unit_length
    north, east = south + style.depth, west + length
    levels = rng.randint(*style.levels)
    flats = units * levels * style.flats_per_floor - rng.randint(0, 3)
    entrances: dict[Point, Tags] = {}
    for unit in range(units):
        x = round(west + (unit + 0.5) * style.unit_length, 2)
        if rng.random() < 0.14:
            continue  # nobody has mapped this door yet
        tags = {"entrance": "staircase", "ref": f"{unit + 1}单元"}
        if rng.random() < 0.08:
            tags = {"entrance": "yes"}
        entrances[(x, north)] = tags
        doors.append(x)
    ring: list[Point] = [(west, south)]
    if style.depth > 15:  # towers have bays towards the sun
        third = length / 3
        ring += [(west + third, south), (west + third, south + 3.5), (east - third, south + 3.5), (east - third, south)]
    ring += [(east, south), (east, north), *sorted(entrances, reverse=True), (west, north)]
    town.sheet.footprint(
        ring,
        {
            "building": "apartments",
            "addr:place": name,
            "addr:housenumber": f"{number}{style.suffix}",
            "building:levels": str(levels),
            "building:flats": str(flats),
        },
        entrances,
    )
    for door in entrances:
        town.sheet.line([door, (door[0], lane)], {"highway": "footway"})
    town.homes.append(((west + east) / 2, (south + north) / 2, flats))


def _ways(
    town: Town,
    block: Block,
    wall: tuple[float, float, float, float],
    lanes: list[float],
    spine: float,
    gates: dict[str, Point],
    doors: dict[float, list[float]],
) -> None:
    """The lanes before the doors, the spine that ties them, and the last metres to the road."""
    west, _, east, _ = wall
    spine_points = [(spine, lane) for lane in lanes]
    for side, place in gates.items():
        road = block.sides[side]
        assert road is not None
        if side == "south":
            spine_points = [town.join(road, spine), place, *spine_points]
        elif side == "north":
            spine_points = [*spine_points, place, town.join(road, spine)]
    for lane in lanes:
        points: set[Point] = {(west + 4, lane), (east - 4, lane), (spine, lane), *((x, lane) for x in doors[lane])}
        for side, place in gates.items():
            road = block.sides[side]
            if side in ("west", "east") and place[1] == lane and road is not None:
                points |= {place, town.join(road, lane)}
        town.sheet.line(sorted(points), {"highway": "service", "service": "driveway", "access": "destination"})
    if len(spine_points) > 1:
        town.sheet.line(spine_points, {"highway": "service", "access": "destination"})


def _wall(
    town: Town, block: Block, wall: tuple[float, float, float, float], gates: dict[str, Point], manager: str
) -> None:
    ring: list[Point] = []
    corners = box(*wall)
    for side, corner in zip(("south", "east", "north", "west"), corners, strict=True):
        ring.append(corner)
        if side in gates:
            ring.append(gates[side])
    tags = {"landuse": "residential", "barrier": "wall", "name": block.name}
    if manager:
        tags["operator"] = manager
    main = min(gates, key=lambda side: -(block.sides[side].end - block.sides[side].start))  # type: ignore[union-attr]
    road = block.sides[main]
    assert road is not None
    town.sheet.ring(ring, tags)
    for side, place in gates.items():
        kind = "lift_gate" if side == main else "gate"
        town.sheet.node(place, {"barrier": kind, "name": GATE_NAMES[side], "foot": "yes"})


def _small_things(town: Town, wall: tuple[float, float, float, float], lanes: list[float], spine: float) -> None:
    """Bins, e-bike charging and a parking strip, where people really look for them."""
    west, _, _east, _ = wall
    rng = town.rng
    town.sheet.node((spine - 4, lanes[0] + 3), {"amenity": "waste_disposal", "name": "垃圾分类亭"})
    charging = {"amenity": "bicycle_parking", "covered": "yes", "name": "电动车充电棚"}
    town.sheet.node((spine + 4, lanes[-1] + 3), charging)
    lane = rng.choice(lanes)
    if spine - 8 - west - 10 > 20:
        spots = box(west + 6, lane + 3.5, west + 6 + rng.uniform(18, 34), lane + 8.5)
        town.sheet.ring(spots, {"amenity": "parking", "access": "private"})


def _round_corners(west: float, south: float, east: float, north: float) -> list[Point]:
    cut = min(east - west, north - south) / 4
    return [
        (west + cut, south),
        (east - cut, south),
        (east, south + cut),
        (east, north - cut),
        (east - cut, north),
        (west + cut, north),
        (west, north - cut),
        (west, south + cut),
    ]
