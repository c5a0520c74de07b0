"""The roads as a graph, and the shortest ways in it. Knows no database."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from math import hypot, inf

import numpy as np
import shapely

from liuchi.kernel import geo

Line = Sequence[Sequence[float]]
# No way is looked for beyond this, metres.
LIMIT = 3000.0
# Who stands further from any road than this is not on it, metres.
OFF_ROAD = 300.0
# Nearer than this the roads know less than the straight line: yards and gates are not in them. Metres.
CLOSE_BY = 120.0
# How much longer than the straight line a way on foot is, where no road is known.
DETOUR = 1.3


@dataclass(frozen=True, slots=True)
class Way:
    """metres on foot; by_road: False when it is only reckoned from the straight line."""

    metres: float
    by_road: bool


@dataclass(frozen=True, slots=True)
class _Foot:
    """Where a point comes onto the roads: between the nodes a and b, so many metres from each; gap: metres to get there."""

    a: int
    b: int
    to_a: float
    to_b: float
    gap: float
    at: tuple[float, float]


class Roads:
    """Built of lines in degrees (WGS-84), which meet where they share a point to a centimetre."""

    def __init__(self, lines: Iterable[Line]) -> None:
        nodes: dict[tuple[int, int], int] = {}
        edges: set[tuple[int, int]] = set()
        for line in lines:
            before = -1
            for lon, lat, *_height in line:
                node = nodes.setdefault((round(lon * 1e7), round(lat * 1e7)), len(nodes))
                if before not in (-1, node):
                    edges.add((before, node) if before < node else (node, before))
                before = node
        degrees = np.array(list(nodes), dtype=float).reshape(-1, 2) / 1e7
        middle = degrees.mean(axis=0) if len(degrees) else (0.0, 0.0)
        self.plane = geo.Metres(float(middle[0]), float(middle[1]))
        along, across = geo.degree_lengths(float(middle[1]))
        self.spots = (degrees - middle) * (along, across)
        self.edges = np.array(sorted(edges), dtype=np.int64).reshape(-1, 2)
        self._tree = shapely.STRtree(shapely.linestrings(self.spots[self.edges])) if len(self.edges) else None
        self._link()

    def _link(self) -> None:
        """Neighbours and lengths, one run for each node."""
        ends = np.concatenate([self.edges, self.edges[:, ::-1]])
        order = np.argsort(ends[:, 0], kind="stable")
        ends = ends[order]
        span = self.spots[ends[:, 0]] - self.spots[ends[:, 1]] if len(ends) else np.empty((0, 2))
        starts = np.searchsorted(ends[:, 0], np.arange(len(self.spots) + 1))
        self.first = array("l", starts.tolist())
        self.to = array("l", ends[:, 1].tolist())
        self.length = array("d", np.hypot(span[:, 0], span[:, 1]).tolist())

    def ways(self, start: geo.Point, goals: Sequence[geo.Point], limit: float = LIMIT, wanted: int = 0) -> list[Way]:
        """The way to each goal, in the order of the goals. With `wanted`, the search ends when so many of the nearest are
        found, and the others are reckoned from the straight line, at least as far as the last one found."""
        here = self.plane.to(*start)
        straight = [geo.distance(*start, *goal) for goal in goals]
        found: dict[int, float] = {number: far * DETOUR for number, far in enumerate(straight) if far <= CLOSE_BY}
        by_road: set[int] = set()
        foot = self._foot(here)
        reached = 0.0
        if foot is not None:
            waiting = {
                number: goal_foot
                for number, far in enumerate(straight)
                if CLOSE_BY < far <= limit and (goal_foot := self._foot(self.plane.to(*goals[number])))
            }
            reached = self._search(foot, waiting, found, limit, wanted)
            by_road = {number for number in waiting if number in found}
        return [
            Way(found[number], number in by_road)
            if number in found
            else Way(max(far * DETOUR, reached if far <= limit else 0.0), False)
            for number, far in enumerate(straight)
        ]

    def _search(
        self, foot: _Foot, waiting: dict[int, _Foot], found: dict[int, float], limit: float, wanted: int
    ) -> float:
        """Puts the metres to each waiting goal into `found`; returns how far it looked."""
        on_node: dict[int, list[tuple[int, float]]] = {}
        best: dict[int, float] = {}
        for number, goal in waiting.items():
            on_node.setdefault(goal.a, []).append((number, goal.to_a + goal.gap))
            on_node.setdefault(goal.b, []).append((number, goal.to_b + goal.gap))
            if {goal.a, goal.b} == {foot.a, foot.b}:
                best[number] = hypot(goal.at[0] - foot.at[0], goal.at[1] - foot.at[1]) + foot.gap + goal.gap
        queue: list[tuple[float, int]] = [(foot.gap + foot.to_a, foot.a), (foot.gap + foot.to_b, foot.b)]
        queue.sort()
        done: set[int] = set()
        open_goals = set(waiting)
        first, to, length = self.first, self.to, self.length
        metres = 0.0
        while queue and open_goals:
            metres, node = heappop(queue)
            if metres > limit:
                break
            if node in done:
                continue
            done.add(node)
            for number, more in on_node.get(node, ()):
                best[number] = min(best.get(number, inf), metres + more)
            if best:
                for number in [one for one in open_goals if best.get(one, inf) <= metres]:
                    found[number] = best[number]
                    open_goals.discard(number)
                if wanted and len(found) >= wanted:
                    break
            for place in range(first[node], first[node + 1]):
                if to[place] not in done:
                    heappush(queue, (metres + length[place], to[place]))
        for number in open_goals & best.keys():
            if not wanted or len(found) < wanted:
                found[number] = best[number]
        return metres

    def route(self, start: geo.Point, goal: geo.Point, limit: float = LIMIT) -> tuple[Way, list[geo.Point]]:
        """The way and its corners in degrees, from the start to the goal; a straight line where no road is known."""
        here, there = self.plane.to(*start), self.plane.to(*goal)
        far = geo.distance(*start, *goal)
        begin = self._foot(here) if CLOSE_BY < far <= limit else None
        end = self._foot(there) if begin else None
        path = self._path(begin, end, limit) if begin and end else None
        if begin is None or end is None or path is None:
            return Way(far * DETOUR, False), [start, goal]
        metres, nodes = path
        corners = (
            [begin.at, *((float(x), float(y)) for x, y in self.spots[nodes]), end.at] if nodes else [begin.at, end.at]
        )
        return Way(metres, True), [start, *(self.plane.back(x, y) for x, y in corners), goal]

    def _path(self, begin: _Foot, end: _Foot, limit: float) -> tuple[float, list[int]] | None:
        """A* on the straight distance; (metres, nodes), None when they do not meet within the limit."""
        if {begin.a, begin.b} == {end.a, end.b}:
            return hypot(end.at[0] - begin.at[0], end.at[1] - begin.at[1]) + begin.gap + end.gap, []
        x, y = end.at
        spots = self.spots
        last = {end.a: end.to_a + end.gap, end.b: end.to_b + end.gap}
        came: dict[int, int] = {}
        cost: dict[int, float] = {}
        queue: list[tuple[float, float, int]] = []
        for node, metres in ((begin.a, begin.gap + begin.to_a), (begin.b, begin.gap + begin.to_b)):
            cost[node] = metres
            heappush(queue, (metres + hypot(spots[node][0] - x, spots[node][1] - y), metres, node))
        best, best_node = inf, -1
        while queue:
            guess, metres, node = heappop(queue)
            if guess > min(best, limit * 2):
                break
            if metres > cost[node]:
                continue
            if node in last and metres + last[node] < best:
                best, best_node = metres + last[node], node
            for place in range(self.first[node], self.first[node + 1]):
                after, far = self.to[place], metres + self.length[place]
                if far < cost.get(after, inf):
                    cost[after], came[after] = far, node
                    heappush(queue, (far + hypot(spots[after][0] - x, spots[after][1] - y), far, after))
        if best_node < 0:
            return None
        nodes = [best_node]
        while nodes[-1] in came:
            nodes.append(came[nodes[-1]])
        return best, nodes[::-1]

    def _foot(self, spot: tuple[float, float]) -> _Foot | None:
        """The nearest point of the roads."""
        if self._tree is None:
            return None
        near = self._tree.query_nearest(shapely.Point(spot), max_distance=OFF_ROAD, all_matches=False)
        if not len(near):
            return None
        a, b = (int(node) for node in self.edges[near[0]])
        (ax, ay), (bx, by) = self.spots[a].tolist(), self.spots[b].tolist()
        along = hypot(bx - ax, by - ay)
        part = ((spot[0] - ax) * (bx - ax) + (spot[1] - ay) * (by - ay)) / along**2
        part = min(1.0, max(0.0, part))
        at = (ax + part * (bx - ax), ay + part * (by - ay))
        gap = hypot(spot[0] - at[0], spot[1] - at[1])
        return _Foot(a, b, part * along, (1 - part) * along, gap, at)
