"""Cuts each community of the demo street into grids (网格) of 300-500 households, in one piece, along lanes where it can.

Only for the demo: buildings are put in a winding order and the order is cut at the best places. The studio that draws
grids over a real place is another matter.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from math import sqrt

from shapely import unary_union
from shapely.geometry import MultiPolygon, Polygon, box

from .plan import Block

LEAST, MOST, WANTED = 300, 500, 400


@dataclass
class Piece:
    """A strip of ground with the homes on it."""

    shape: Polygon
    homes: int
    block: int


def cut_grids(
    blocks: list[Block], homes: list[tuple[float, float, int]], lanes: dict[str, list[float]]
) -> list[list[tuple[Polygon, int]]]:
    """For each community its grids: (polygon in plan metres, households)."""
    result = []
    for community in sorted({block.community for block in blocks}):
        own = [block for block in blocks if block.community == community]
        best: tuple[float, list[tuple[Polygon, int]]] | None = None
        for flip in range(8):
            pieces = _pieces(_walk(own, flip), homes, lanes, flip)
            found = _cut(pieces)
            if found and (best is None or found[0] < best[0]):
                best = found
        assert best is not None, "the last resort of _cut always finds something"
        result.append(best[1])
    return result


def _walk(blocks: list[Block], flip: int) -> list[Block]:
    """Blocks of a column in an order in which each touches the next as far as possible (nearest unvisited neighbour)."""
    corner = (flip % 2, (flip // 2) % 2)
    west = min(b.cell[0] for b in blocks)
    east = max(b.cell[2] for b in blocks)
    south = min(b.cell[1] for b in blocks)
    north = max(b.cell[3] for b in blocks)
    at = (east if corner[0] else west, north if corner[1] else south)
    left = list(blocks)
    order: list[Block] = []
    shape: Polygon | None = None
    while left:

        def cost(block: Block, shape: Polygon | None = shape, at: tuple[float, float] = at) -> float:
            cell = box(*block.cell)
            away = 0 if shape is None or cell.intersection(shape).length > 5 else 10_000
            x, y = (block.cell[0] + block.cell[2]) / 2, (block.cell[1] + block.cell[3]) / 2
            # Finish a level before climbing to the next.
            return away + abs(x - at[0]) + 2.2 * abs(y - at[1])

        block = min(left, key=cost)
        left.remove(block)
        order.append(block)
        shape = box(*block.cell)
        if len(order) > 1:
            at = ((block.cell[0] + block.cell[2]) / 2, (block.cell[1] + block.cell[3]) / 2)
    return order


def _pieces(
    order: list[Block], homes: list[tuple[float, float, int]], lanes: dict[str, list[float]], flip: int
) -> list[Piece]:
    pieces: list[Piece] = []
    for i, block in enumerate(order):
        west, south, east, north = block.cell
        inside = [(x, y, n) for x, y, n in homes if west < x < east and south < y < north]
        if not inside:
            pieces.append(Piece(box(*block.cell), 0, i))
            continue
        cuts = [south, *(lane for lane in lanes.get(block.name, [])[:-1]), north]
        if block.name not in lanes:
            cuts = [south, (south + north) / 2, north]
        rows = list(itertools.pairwise(cuts))
        if (i + flip // 4) % 2:
            rows.reverse()
        for j, (low, high) in enumerate(rows):
            row = sorted(((x, n) for x, y, n in inside if low < y < high))
            pieces.extend(_split_row(row, low, high, west, east, i, backwards=bool(j % 2)))
    return pieces


def _split_row(
    row: list[tuple[float, int]], low: float, high: float, west: float, east: float, block: int, backwards: bool
) -> list[Piece]:
    """A row of houses in at most three pieces, so that no piece has too many homes."""
    total = sum(n for _, n in row)
    parts = 1 if total < 110 else 2 if total < 260 else 3
    edges = [west]
    for k in range(1, parts):
        at = k * len(row) // parts
        if 0 < at < len(row):
            edges.append((row[at - 1][0] + row[at][0]) / 2)
    edges = [*sorted(set(edges)), east]
    pieces = [
        Piece(box(a, low, b, high), sum(n for x, n in row if a < x <= b), block) for a, b in itertools.pairwise(edges)
    ]
    return pieces[::-1] if backwards else pieces


def _cut(pieces: list[Piece]) -> tuple[float, list[tuple[Polygon, int]]]:
    """The cheapest way to cut the order into grids. Out-of-range or broken grids cost so much that they are a last resort."""
    n = len(pieces)
    best: list[tuple[float, int, Polygon | MultiPolygon, int]] = [(0.0, -1, Polygon(), 0)]
    for end in range(1, n + 1):
        choice: tuple[float, int, Polygon | MultiPolygon, int] | None = None
        homes = 0
        for start in range(end - 1, -1, -1):
            homes += pieces[start].homes
            if homes > 1.3 * MOST and choice is not None:
                break
            if homes < 0.6 * LEAST and start > 0:
                continue
            shape = unary_union([p.shape for p in pieces[start:end]])
            cost = best[start][0] + _price(shape, homes)
            cost += 0.15 if start and pieces[start].block == pieces[start - 1].block else 0.0
            if choice is None or cost < choice[0]:
                choice = (cost, start, shape, homes)
        best.append(choice or (1e9, 0, unary_union([p.shape for p in pieces[:end]]), homes))
    grids: list[tuple[Polygon, int]] = []
    end = n
    while end > 0:
        _, start, shape, homes = best[end]
        grids.append((shape, homes))
        end = start
    return best[n][0], grids[::-1]


def _price(shape: Polygon | MultiPolygon, homes: int) -> float:
    outside = max(0, LEAST - homes, homes - MOST)
    broken = 50.0 if isinstance(shape, MultiPolygon) else 0.0
    roundness = float(shape.length) / (4 * sqrt(shape.area)) - 1
    return 0.5 + broken + (20 + outside / 5 if outside else 0) + abs(homes - WANTED) / 400 + 1.5 * roundness
