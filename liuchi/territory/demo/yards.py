"""Old yards (老院子): a few houses around a court on a lane, half a wall, one gate, nobody who manages them."""

from __future__ import annotations

from .drawing import Point, Tags, box
from .plan import Block, Road
from .town import Town, house_number


def draw_yards(town: Town, block: Block) -> None:
    """Cuts a block into yards along its lanes; those on the lane that the block is named after come first."""
    west, south, east, north = block.ground
    named = next(side for side in ("west", "east", "south", "north") if _name(block.sides[side]) == block.name)
    upright = named in ("west", "east")
    width = (east - west) if upright else (north - south)
    opposite = {"west": "east", "east": "west", "south": "north", "north": "south"}[named]
    back = block.sides[opposite]
    sides = [named]
    if width > 90 and back is not None and back.kind != "footway":
        sides.append(opposite)
    depth = min(width / len(sides) - 1.5, 62.0)
    for side in sides:
        _line_of_yards(town, block, side, depth)
    _square(town, block, upright, len(sides) == 2, depth)


def _square(town: Town, block: Block, upright: bool, two_rows: bool, depth: float) -> None:
    """What is left between two rows of yards is the neighbours' square: trees and a place to exercise."""
    west, south, east, north = block.ground
    if upright:
        west, east = west + depth + 6, (east - depth - 6 if two_rows else east - 4)
        south, north = south + 8, north - 8
    else:
        south, north = south + depth + 6, (north - depth - 6 if two_rows else north - 4)
        west, east = west + 8, east - 8
    if east - west > 16 and north - south > 16:
        town.sheet.ring(box(west, south, east, north), {"landuse": "grass"})
        middle = ((west + east) / 2, (south + north) / 2)
        town.sheet.node(middle, {"leisure": "fitness_station", "name": f"{block.name}健身广场"})


def _name(road: Road | None) -> str:
    return road.name if road else ""


def _line_of_yards(town: Town, block: Block, side: str, depth: float) -> None:
    rng = town.rng
    road = block.sides[side]
    assert road is not None
    west, south, east, north = block.ground
    low, high = (south, north) if road.vertical else (west, east)
    at = low + 1.0
    while high - at > 34:
        width = min(rng.uniform(36, 54), high - at - 1)
        if side == "west":
            yard = (west + 1, at, west + depth, at + width)
        elif side == "east":
            yard = (east - depth, at, east - 1, at + width)
        elif side == "south":
            yard = (at, south + 1, at + width, south + depth)
        else:
            yard = (at, north - depth, at + width, north - 1)
        _yard(town, road, side, yard, at + width / 2)
        at += width + rng.uniform(1.5, 4)


def _yard(town: Town, road: Road, side: str, yard: tuple[float, float, float, float], middle: float) -> None:
    rng = town.rng
    sheet = town.sheet
    west, south, east, north = yard
    number = house_number(road, middle, side)
    name = f"{road.name}{number}号院"
    gate: Point = {"west": (west, middle), "east": (east, middle), "south": (middle, south), "north": (middle, north)}[
        side
    ]
    court = ((west + east) / 2, (south + north) / 2)
    address = {"addr:street": road.name, "addr:housenumber": f"{number}号"}
    sheet.line([town.join(road, middle), gate, court], {"highway": "service", "service": "alley"})
    corners = box(*yard)
    if rng.random() < 0.4:  # a whole wall
        ring = [*corners[:1], *corners[1:]]
        ring.insert(("south", "east", "north", "west").index(side) + 1, gate)
        sheet.ring(ring, {"landuse": "residential", "barrier": "wall", "name": name, **address})
    else:  # only the wall on the lane still stands
        sheet.ring(corners, {"landuse": "residential", "name": name, **address})
        a, b = _front(corners, side)
        sheet.line([a, gate, b], {"barrier": "wall"})
    sheet.node(gate, {"barrier": "gate", "name": "院门"})

    for house, (ring, flats, levels, door) in enumerate(_houses(town, yard, side, court), start=1):
        doors: dict[Point, Tags] = {}
        if door and rng.random() < 0.6:
            doors[door] = {"entrance": "staircase", "ref": "1单元"}
            i = next(i for i, (a, b) in enumerate(zip(ring, [*ring[1:], ring[0]], strict=True)) if _between(a, door, b))
            ring = [*ring[: i + 1], door, *ring[i + 1 :]]
        tags = {
            "building": "apartments" if levels > 2 else "house",
            "addr:place": name,
            "addr:housenumber": f"{house}幢",
            "building:levels": str(levels),
            "building:flats": str(flats),
        }
        sheet.footprint(ring, tags, doors)
        if doors:
            sheet.line([door, court], {"highway": "footway"})
        x, y = (ring[0][0] + ring[2][0]) / 2, (ring[0][1] + ring[2][1]) / 2
        town.homes.append((x, y, flats))


def _front(corners: list[Point], side: str) -> tuple[Point, Point]:
    south_west, south_east, north_east, north_west = corners
    return {
        "south": (south_west, south_east),
        "east": (south_east, north_east),
        "north": (north_west, north_east),
        "west": (south_west, north_west),
    }[side]


def _houses(
    town: Town, yard: tuple[float, float, float, float], side: str, court: Point
) -> list[tuple[list[Point], int, int, Point]]:
    """The houses around the court, never on the side of the gate: ring, homes, floors, door."""
    rng = town.rng
    west, south, east, north = yard
    houses: list[tuple[list[Point], int, int, Point]] = []
    deep = 10.0
    if side != "north":
        levels = rng.randint(3, 5)
        ring = box(west + 5, north - 3 - deep, east - 5, north - 3)
        houses.append((ring, levels * rng.randint(3, 5), levels, (court[0], north - 3 - deep)))
    if side != "south":
        levels = rng.randint(2, 4)
        ring = box(west + 5, south + 3, east - 5, south + 3 + deep)
        houses.append((ring, levels * rng.randint(2, 4), levels, (court[0], south + 3 + deep)))
    low = south + 3 + (deep + 3 if side != "south" else 6)
    high = north - 3 - (deep + 3 if side != "north" else 6)
    for wing in ("west", "east"):
        if wing == side or rng.random() < 0.35 or high - low < 8:
            continue
        ring = box(west + 3, low, west + 10, high) if wing == "west" else box(east - 10, low, east - 3, high)
        x = west + 10 if wing == "west" else east - 10
        houses.append((ring, rng.randint(1, 4), rng.randint(1, 2), (x, (low + high) / 2)))
    return houses


def _between(a: Point, door: Point, b: Point) -> bool:
    on_line = abs((b[0] - a[0]) * (door[1] - a[1]) - (b[1] - a[1]) * (door[0] - a[0])) < 1e-6
    inside = min(a[0], b[0]) <= door[0] <= max(a[0], b[0]) and min(a[1], b[1]) <= door[1] <= max(a[1], b[1])
    return on_line and inside
