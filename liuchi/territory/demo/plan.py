"""The plan of the demo street in plain metres: roads, and the blocks between them with their use.

x runs east and y north, from the south-west corner; `bend.py` bends the plan and puts it on the globe later.
Names are made up; any likeness to a real compound or road is chance.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

WIDTH, HEIGHT = 1505.0, 1205.0
RIVER_SOUTH, RIVER_NORTH = 290.0, 338.0
RIVER_MIDDLE = (RIVER_SOUTH + RIVER_NORTH) / 2

STREET = "六尺街道"
COMMUNITIES = ("槐荫社区", "文汇社区", "桂语社区")

# Clear space in metres from the middle of a road to the first wall, by class of road.
CLEARANCE = {
    "primary": 21.0,
    "secondary": 14.0,
    "tertiary": 12.0,
    "residential": 8.0,
    "living_street": 5.5,
    "footway": 4.0,
}


@dataclass(frozen=True)
class Road:
    """A straight road of the plan: `vertical` at x = `at`, otherwise at y = `at`, from `start` to `end`."""

    name: str
    kind: str
    vertical: bool
    at: float
    start: float
    end: float
    shops: float = 0.0  # share of its frontage with shops

    def point(self, along: float) -> tuple[float, float]:
        return (self.at, along) if self.vertical else (along, self.at)

    def meets(self, other: Road) -> tuple[float, float] | None:
        """The point where two roads of different direction meet, or None."""
        if self.vertical == other.vertical:
            return None
        inside = self.start - 0.01 <= other.at <= self.end + 0.01 and other.start - 0.01 <= self.at <= other.end + 0.01
        if not inside:
            return None
        return (self.at, other.at) if self.vertical else (other.at, self.at)


@dataclass
class Block:
    """Ground between roads. `cell` reaches to the middle of the roads, `ground` only to their edge; (west, south, east, north)."""

    use: str
    name: str
    community: int
    cell: tuple[float, float, float, float]
    ground: tuple[float, float, float, float]
    sides: dict[str, Road | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Cut:
    """A lane that cuts a piece of ground in two: `low` is west or south of it, `high` east or north."""

    lane: str
    kind: str
    vertical: bool
    share: float
    low: Cut | tuple[str, str]
    high: Cut | tuple[str, str]


# What stands where: (column, row) of the nine large squares, west to east and south to north.
SQUARES: dict[tuple[int, int], Cut] = {
    (0, 0): Cut("南塘巷", "residential", True, 0.48, ("slab", "南塘新村"), ("tower", "望溪苑")),
    (1, 0): Cut("船坊巷", "living_street", True, 0.36, ("clinic", "六尺街道社区卫生服务中心"), ("slab", "船坊里")),
    (2, 0): Cut("砚池路", "residential", True, 0.55, ("tower", "砚池园"), ("green", "南岸林")),
    (0, 1): Cut(
        "槐荫里弄",
        "living_street",
        True,
        0.50,
        Cut("染坊巷", "living_street", False, 0.52, ("yards", "河沿路"), ("slab", "前进里")),
        Cut("花井巷", "living_street", False, 0.50, ("slab", "井边里"), ("offices", "六尺街道办事处")),
    ),
    (1, 1): Cut(
        "荷塘路",
        "residential",
        True,
        0.46,
        ("park", "荷塘公园"),
        Cut("梧桐巷", "living_street", False, 0.50, ("tower", "临溪华庭"), ("slab", "梧桐里")),
    ),
    (2, 1): Cut(
        "云栖路",
        "residential",
        True,
        0.50,
        Cut("竹器巷", "living_street", False, 0.45, ("yards", "竹器巷"), ("tower", "云栖苑")),
        Cut("青砖巷", "living_street", False, 0.50, ("slab", "青砖里"), ("kindergarten", "桂语幼儿园")),
    ),
    (0, 2): Cut(
        "龙眼巷",
        "living_street",
        True,
        0.52,
        Cut("学前巷", "living_street", False, 0.44, ("school", "槐荫小学"), ("slab", "槐荫里")),
        Cut("菜场路", "residential", False, 0.40, ("market", "六尺菜场"), ("yards", "龙眼巷")),
    ),
    (1, 2): Cut(
        "文庙巷",
        "living_street",
        True,
        0.48,
        Cut("灯笼巷", "living_street", False, 0.42, ("yards", "北正街"), ("slab", "文汇里")),
        Cut("书院路", "residential", False, 0.45, ("offices", "文汇商务楼"), ("school", "六尺中学")),
    ),
    (2, 2): Cut(
        "紫藤路",
        "residential",
        True,
        0.50,
        Cut("桂花巷", "living_street", False, 0.48, ("tower", "桂语东苑"), ("tower", "桂语园")),
        Cut("石榴巷", "living_street", False, 0.50, ("yards", "石榴巷"), ("slab", "紫藤里")),
    ),
}


def make_plan(rng: Random) -> tuple[list[Road], list[Block]]:
    """The roads and blocks of one street. Lines shift a little with the seed; what stands beside what does not."""
    x = [20.0, 505 + rng.uniform(-14, 14), 1000 + rng.uniform(-14, 14), WIDTH - 20]
    y = [20.0, 362.0, 775 + rng.uniform(-12, 12), HEIGHT - 20]
    bank = RIVER_SOUTH - 12
    columns = [
        Road("槐荫路", "tertiary", True, x[0], y[1], y[3], 0.3),
        Road("北正街", "secondary", True, x[1], y[0], y[3], 0.9),
        Road("文汇路", "tertiary", True, x[2], y[0], y[3], 0.6),
        Road("桂语路", "tertiary", True, x[3], y[0], y[3], 0.3),
    ]
    rows = [
        Road("南塘路", "tertiary", False, y[0], x[0], x[3], 0.4),
        Road("河沿路", "residential", False, y[1], x[0], x[3], 0.35),
        Road("六尺大道", "primary", False, y[2], x[0], x[3], 0.8),
        Road("城北路", "tertiary", False, y[3], x[0], x[3], 0.3),
    ]
    south_west = Road("南塘西路", "residential", True, x[0], y[0], bank, 0.0)
    walk = Road("滨河步道", "footway", False, bank, x[0], x[3], 0.0)
    roads = [*columns, *rows, south_west, walk]
    blocks: list[Block] = []
    for (column, row), cut in SQUARES.items():
        west = south_west if (column, row) == (0, 0) else columns[column]
        sides: dict[str, Road | None] = {
            "west": west,
            "east": columns[column + 1],
            "south": rows[row],
            "north": walk if row == 0 else rows[row + 1],
        }
        floor = RIVER_MIDDLE if row == 1 else y[row]
        ceiling = RIVER_MIDDLE if row == 0 else y[row + 1]
        cell = (x[column], floor, x[column + 1], ceiling)
        _cut(cut, cell, sides, column, rng, roads, blocks)
    return roads, blocks


def _cut(
    piece: Cut | tuple[str, str],
    cell: tuple[float, float, float, float],
    sides: dict[str, Road | None],
    community: int,
    rng: Random,
    roads: list[Road],
    blocks: list[Block],
) -> None:
    if isinstance(piece, tuple):
        blocks.append(Block(piece[0], piece[1], community, cell, _ground(cell, sides), dict(sides)))
        return
    west, south, east, north = cell
    share = piece.share + rng.uniform(-0.025, 0.025)
    low_sides, high_sides = dict(sides), dict(sides)
    if piece.vertical:
        at = west + (east - west) * share
        start, end = _line(sides["south"], south), _line(sides["north"], north)
        lane = Road(piece.lane, piece.kind, True, at, start, end, _shops(piece.lane))
        low_sides["east"] = high_sides["west"] = lane
        low, high = (west, south, at, north), (at, south, east, north)
    else:
        at = south + (north - south) * share
        start, end = _line(sides["west"], west), _line(sides["east"], east)
        lane = Road(piece.lane, piece.kind, False, at, start, end, _shops(piece.lane))
        low_sides["north"] = high_sides["south"] = lane
        low, high = (west, south, east, at), (west, at, east, north)
    roads.append(lane)
    _cut(piece.low, low, low_sides, community, rng, roads, blocks)
    _cut(piece.high, high, high_sides, community, rng, roads, blocks)


def _shops(lane: str) -> float:
    return 0.7 if lane == "菜场路" else 0.0


def _line(road: Road | None, otherwise: float) -> float:
    return road.at if road else otherwise


def _ground(
    cell: tuple[float, float, float, float], sides: dict[str, Road | None]
) -> tuple[float, float, float, float]:
    def edge(side: str, otherwise: float, sign: int) -> float:
        road = sides[side]
        return (road.at + sign * CLEARANCE[road.kind]) if road else otherwise

    west, south, east, north = cell
    return edge("west", west, 1), edge("south", south, 1), edge("east", east, -1), edge("north", north, -1)
