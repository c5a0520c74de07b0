"""Rows of small shops along the roads, with house numbers."""

from __future__ import annotations

from .drawing import box
from .plan import Block, Road
from .town import Town, house_number

DEPTH = 12.0
STRIP = DEPTH + 2.5


def choose_sides(town: Town, block: Block) -> list[str]:
    """The sides of a block that get a row of shops."""
    chosen = []
    for side in ("west", "south", "east", "north"):
        road = block.sides[side]
        if road is not None and town.rng.random() < road.shops:
            chosen.append(side)
    return chosen


def inner(block: Block, shop_sides: list[str], margin: float = 2.5) -> tuple[float, float, float, float]:
    """The ground that is left behind the shops, `margin` metres inside the edge."""
    west, south, east, north = block.ground
    room = {side: (STRIP if side in shop_sides else margin) for side in ("west", "south", "east", "north")}
    return west + room["west"], south + room["south"], east - room["east"], north - room["north"]


def draw_fronts(town: Town, block: Block, shop_sides: list[str], gates: dict[str, list[float]]) -> None:
    """Draws the shops of all chosen sides, with a gap before each gate."""
    west, south, east, north = block.ground
    corner = {"west": 0.0, "east": 0.0}
    for side in shop_sides:
        road = block.sides[side]
        assert road is not None
        if road.vertical:
            low, high = south, north
        else:
            low = west + (STRIP + 3 if "west" in shop_sides else corner["west"])
            high = east - (STRIP + 3 if "east" in shop_sides else corner["east"])
        _row(town, block, side, road, low, high, gates.get(side, []))


def _row(town: Town, block: Block, side: str, road: Road, low: float, high: float, gaps: list[float]) -> None:
    rng = town.rng
    west, south, east, north = block.ground
    along = low + rng.uniform(0, 5)
    while True:
        width = rng.uniform(17, 32) if road.kind == "primary" else rng.uniform(7.4, 14)
        if along + width > high:
            return
        blocked = [gap for gap in gaps if along - 6 < gap < along + width + 6]
        if blocked:
            along = max(blocked) + 6.1
            continue
        depth = DEPTH - rng.uniform(0, 2.5)
        if side == "west":
            ring = box(west, along, west + depth, along + width)
        elif side == "east":
            ring = box(east - depth, along, east, along + width)
        elif side == "south":
            ring = box(along, south, along + width, south + depth)
        else:
            ring = box(along, north - depth, along + width, north)
        number = house_number(road, along + 0.1, side)
        address = {"addr:street": road.name, "addr:housenumber": f"{number}号"}
        levels = rng.randint(2, 4) if road.kind == "primary" else rng.randint(1, 3)
        town.sheet.footprint(ring, {"building": "retail", "building:levels": str(levels), **address})
        middle = ((ring[0][0] + ring[2][0]) / 2, (ring[0][1] + ring[2][1]) / 2)
        waiting = town.special.get(road.name)
        if waiting:
            name, tags = waiting.pop(0)
            town.sheet.node(middle, {"name": name, **tags, **address})
        elif rng.random() < 0.45:
            town.sheet.node(middle, {**town.next_shop(), **address})
        along += width + (0.8 if rng.random() < 0.8 else rng.uniform(5, 11))
