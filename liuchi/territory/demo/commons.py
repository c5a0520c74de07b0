"""What everybody uses: schools, the market, the park, offices, the clinic, greens and the river."""

from __future__ import annotations

import math

from . import fronts
from .drawing import Point, box
from .plan import RIVER_NORTH, RIVER_SOUTH, Block, Road
from .town import Town, house_number


def _drivable_sides(block: Block) -> list[tuple[str, Road]]:
    order = ("south", "east", "west", "north")
    return [(side, road) for side in order if (road := block.sides[side]) is not None and road.kind != "footway"]


def _middle(area: tuple[float, float, float, float]) -> Point:
    return (area[0] + area[2]) / 2, (area[1] + area[3]) / 2


def _edge(area: tuple[float, float, float, float], side: str) -> Point:
    x, y = _middle(area)
    return {"west": (area[0], y), "east": (area[2], y), "south": (x, area[1]), "north": (x, area[3])}[side]


def _way_in(town: Town, side: str, road: Road, gate: Point, inside: Point, kind: str = "service") -> None:
    along = gate[1] if road.vertical else gate[0]
    town.sheet.line([town.join(road, along), gate, inside], {"highway": kind})


def draw_school(town: Town, block: Block) -> None:
    """Classrooms in rows in the north, a running track in the south, a wall and one gate."""
    sheet, rng = town.sheet, town.rng
    west, south, east, north = area = fronts.inner(block, [], 3.0)
    side, road = _drivable_sides(block)[-1]
    gate = _edge(area, side)
    ring = box(*area)
    ring.insert(("south", "east", "north", "west").index(side) + 1, gate)
    small = block.use == "kindergarten"
    along = gate[1] if road.vertical else gate[0]
    sheet.ring(
        ring,
        {
            "amenity": "kindergarten" if small else "school",
            "barrier": "wall",
            "name": block.name,
            "addr:street": road.name,
            "addr:housenumber": f"{house_number(road, along, side)}号",
        },
    )
    sheet.node(gate, {"barrier": "gate", "name": "正门"})
    inside = (min(max(gate[0], west + 14), east - 14), min(max(gate[1], south + 14), north - 14))
    _way_in(town, side, road, gate, inside)
    span, height = east - west, north - south
    tag = "kindergarten" if small else "school"
    names = ("活动楼", "食堂") if small else ("教学楼", "实验楼", "食堂")
    top = north - 16
    for i, name in enumerate(names):
        length = span * rng.uniform(0.45, 0.62)
        y = top - i * 26
        if y - 13 < south + height * 0.42:
            break
        # Keep clear of the middle line when the gate road comes in from the north.
        x = west + 18 if i % 2 == 0 else east - 18 - length
        if side == "north":
            y -= 8
        sheet.footprint(
            box(x, y - 13, x + length, y), {"building": tag, "name": name, "building:levels": str(rng.randint(2, 4))}
        )
    # The field is an oval inside the southern part.
    cx, cy = (west + east) / 2, south + height * 0.2 + 4
    rx, ry = min(span * 0.36, 60.0), min(height * 0.15, 30.0)
    oval = [(cx + rx * math.cos(a * math.tau / 20), cy + ry * math.sin(a * math.tau / 20)) for a in range(20)]
    sheet.ring(oval, {"leisure": "pitch", "sport": "athletics" if not small else "playground"})


def draw_market(town: Town, block: Block) -> None:
    """The market hall between two rows of small shops."""
    sheet = town.sheet
    shop_sides = fronts.choose_sides(town, block)
    west, south, east, north = area = fronts.inner(block, shop_sides, 6.0)
    x, y = _middle(area)
    half_x, half_y = min(44.0, (east - west) / 2 - 14), min(26.0, (north - south) / 2 - 12)
    sides = _drivable_sides(block)
    side, road = sides[0]
    along = y if road.vertical else x
    doors = {
        (x, y - half_y): {"entrance": "main", "name": "南口"},
        (x, y + half_y): {"entrance": "main", "name": "北口"},
    }
    ring = [
        (x - half_x, y - half_y),
        (x, y - half_y),
        (x + half_x, y - half_y),
        (x + half_x, y + half_y),
        (x, y + half_y),
        (x - half_x, y + half_y),
    ]
    sheet.footprint(
        ring,
        {
            "building": "retail",
            "amenity": "marketplace",
            "name": block.name,
            "building:levels": "2",
            "addr:street": road.name,
            "addr:housenumber": f"{house_number(road, along, side)}号",
        },
        doors,
    )
    gaps: dict[str, list[float]] = {}
    for way_side, way_road in sides[:2]:
        gate = _edge(area, way_side)
        _way_in(town, way_side, way_road, gate, (gate[0], gate[1]))
        gaps[way_side] = [gate[1] if way_road.vertical else gate[0]]
    lane = box(west + 3, y - half_y - 6, east - 3, y + half_y + 6)
    sheet.ring(lane, {"highway": "pedestrian", "name": f"{block.name}内街"})
    for way_side, _ in sides[:2]:
        gate = _edge(area, way_side)
        target = {"south": (x, lane[0][1]), "north": (x, lane[2][1]), "west": (lane[0][0], y), "east": (lane[1][0], y)}[
            way_side
        ]
        sheet.line([gate, target], {"highway": "service"})
    fronts.draw_fronts(town, block, shop_sides, gaps)


def draw_offices(town: Town, block: Block) -> None:
    """One or two large houses with parking; open to the road, no wall."""
    sheet, rng = town.sheet, town.rng
    shop_sides = fronts.choose_sides(town, block)
    west, _south, east, _north = area = fronts.inner(block, shop_sides, 8.0)
    x, y = _middle(area)
    side, road = _drivable_sides(block)[0]
    along = y if road.vertical else x
    tags = {"addr:street": road.name, "addr:housenumber": f"{house_number(road, along, side)}号"}
    clinic = block.use == "clinic"
    kind = {"building": "clinic", "amenity": "clinic"} if clinic else {"building": "office"}
    half = min(46.0, (east - west) / 2 - 10)
    sheet.footprint(
        box(x - half, y + 4, x + half, y + 22),
        {**kind, "name": block.name, "building:levels": str(rng.randint(4, 9)), **tags},
    )
    wing = half * rng.uniform(0.4, 0.7)
    sheet.footprint(
        box(x - half, y - 34, x - half + wing, y - 20), {"building": kind["building"], "building:levels": "3"}
    )
    sheet.ring(box(x + half - 34, y - 30, x + half, y - 12), {"amenity": "parking"})
    gate = _edge(area, side)
    inside = (x, y - 8) if side in ("south", "north") else (x, y)
    if side == "north":
        inside = (x, y + 30)
    _way_in(town, side, road, gate, inside)
    by_side = {side: [gate[1] if road.vertical else gate[0]]}
    fronts.draw_fronts(town, block, shop_sides, by_side)


def draw_park(town: Town, block: Block) -> None:
    """A pond with a path around it and a pavilion."""
    sheet = town.sheet
    west, south, east, north = area = fronts.inner(block, [], 2.0)
    if block.ground[1] < RIVER_NORTH:
        area = (west, RIVER_NORTH + 40, east, north)
    west, south, east, north = area
    x, y = _middle(area)
    sheet.ring(box(*area), {"leisure": "park", "name": block.name})
    rx, ry = (east - west) * 0.24, (north - south) * 0.2

    def round_pond(scale: float, wobble: float) -> list[Point]:
        ring = []
        for i in range(28):
            a = i * math.tau / 28
            r = scale * (1 + wobble * math.sin(3 * a + 0.6))
            ring.append((x + rx * r * math.cos(a), y + ry * r * math.sin(a)))
        return ring

    sheet.ring(round_pond(1.0, 0.16), {"natural": "water", "water": "pond", "name": "荷塘"})
    path = round_pond(1.45, 0.06)
    sheet.ring(path, {"highway": "footway", "name": "荷塘步道"})
    for side, road in _drivable_sides(block)[:3]:
        gate = _edge(area, side)
        nearest = min(path, key=lambda p: math.dist(p, gate))
        _way_in(town, side, road, gate, nearest, "footway")
        sheet.node(
            gate,
            {"barrier": "entrance", "name": {"south": "南门", "north": "北门", "west": "西门", "east": "东门"}[side]},
        )
    sheet.footprint(box(west + 16, north - 26, west + 26, north - 16), {"building": "pavilion", "name": "听荷亭"})


def draw_green(town: Town, block: Block) -> None:
    """Trees on the bank, with a path through them."""
    west, south, east, north = area = fronts.inner(block, [], 2.0)
    town.sheet.ring(box(*area), {"landuse": "forest", "name": block.name})
    side, road = _drivable_sides(block)[0]
    gate = _edge(area, side)
    end = (gate[0], north - 6) if side == "south" else ((west + east) / 2, (south + north) / 2)
    _way_in(town, side, road, gate, end, "footway")


def draw_river(town: Town, west: float, east: float) -> None:
    """The river with a strip of green on each bank."""
    sheet = town.sheet
    xs = [west - 30 + i * 25 for i in range(int((east - west + 60) / 25) + 1)]
    south_bank = [(x, RIVER_SOUTH + 4 * math.sin(x / 90)) for x in xs]
    north_bank = [(x, RIVER_NORTH + 5 * math.sin(x / 120 + 2)) for x in xs]
    sheet.ring([*south_bank, *reversed(north_bank)], {"natural": "water", "water": "river", "name": "桐溪"})
    sheet.line([(x, (RIVER_SOUTH + RIVER_NORTH) / 2) for x in xs], {"waterway": "river", "name": "桐溪"})
