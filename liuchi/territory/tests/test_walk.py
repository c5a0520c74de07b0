"""How far it is on foot: against all pairs of a small net, and on the demo place."""

import time
from itertools import pairwise
from math import hypot, inf
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from liuchi.kernel import geo
from liuchi.territory.models import Place
from liuchi.territory.walking.graph import CLOSE_BY, DETOUR, Roads
from liuchi.territory.walking.ways import roads

PLANE = geo.Metres(117.0, 31.0)


def at(x: float, y: float) -> geo.Point:
    return PLANE.back(x, y)


def net(width: int, height: int, step: float, drop: frozenset[int] = frozenset()) -> list[list[geo.Point]]:
    """Streets of a chessboard, some blocks left out."""
    pairs = [((x, y), (x + 1, y)) for x in range(width - 1) for y in range(height)]
    pairs += [((x, y), (x, y + 1)) for x in range(width) for y in range(height - 1)]
    return [[at(x * step, y * step) for x, y in pair] for n, pair in enumerate(pairs) if n not in drop]


def slow(lines: list[list[geo.Point]], start: geo.Point, goal: geo.Point) -> float:
    """Every pair of corners, by repeated relaxing: the oracle for ways that begin and end at corners."""
    flat = [[tuple(round(part, 1) for part in PLANE.to(*spot)) for spot in line] for line in lines]
    nodes = {spot for line in flat for spot in line}
    metres = dict.fromkeys(nodes, inf)
    begin, end = (
        min(nodes, key=lambda one: hypot(one[0] - x, one[1] - y)) for x, y in (PLANE.to(*start), PLANE.to(*goal))
    )
    metres[begin] = 0.0
    for _turn in nodes:
        for a, b in flat:
            far = hypot(a[0] - b[0], a[1] - b[1])
            metres[a], metres[b] = min(metres[a], metres[b] + far), min(metres[b], metres[a] + far)
    return metres[end]


@settings(max_examples=40)
@given(st.frozensets(st.integers(0, 39), max_size=20), st.integers(0, 24), st.integers(0, 24))
def test_the_way_is_the_shortest_there_is(drop: frozenset[int], a: int, b: int) -> None:
    lines = net(5, 5, 200, drop)
    graph = Roads(lines)
    corners = {spot for line in lines for spot in line}
    start, goal = at(a % 5 * 200, a // 5 * 200), at(b % 5 * 200, b // 5 * 200)
    if a == b or any(
        not any(hypot(*map(float.__sub__, PLANE.to(*c), PLANE.to(*p))) < 1 for c in corners) for p in (start, goal)
    ):
        return  # a corner that no street touches any more
    metres = slow(lines, start, goal)
    [way] = graph.ways(start, [goal])
    routed, corners_of_way = graph.route(start, goal)
    if metres > 3000:
        assert not way.by_road
        return
    assert way.by_road and abs(way.metres - metres) < 2
    assert abs(routed.metres - metres) < 2
    drawn = sum(geo.distance(*one, *two) for one, two in pairwise(corners_of_way))
    assert abs(drawn - metres) < metres * 0.01 + 2


def test_who_stands_beside_a_road_walks_to_it_first() -> None:
    graph = Roads([[at(0, 0), at(1000, 0)]])
    [way] = graph.ways(at(100, 50), [at(900, -30)])
    assert way.by_road and abs(way.metres - 880) < 2
    way, corners = graph.route(at(100, 50), at(900, -30))
    assert abs(way.metres - 880) < 2 and len(corners) == 4


def test_without_roads_it_is_reckoned_and_said() -> None:
    for graph, goal in ((Roads([]), at(400, 0)), (Roads([[at(0, 5000), at(100, 5000)]]), at(400, 0))):
        [way] = graph.ways(at(0, 0), [goal])
        assert not way.by_road and abs(way.metres - 400 * DETOUR) < 2
        assert graph.route(at(0, 0), goal)[1] == [at(0, 0), goal]


def test_what_is_close_by_is_not_sent_around_the_block() -> None:
    graph = Roads(net(4, 4, 300))
    [way] = graph.ways(at(150, 80), [at(150, 80 + CLOSE_BY - 1)])
    assert not way.by_road and way.metres < CLOSE_BY * DETOUR


def test_the_nearest_ten_of_fifty_are_the_same_as_without_stopping() -> None:
    chance = Random(7)
    graph = Roads(net(30, 30, 100))
    goals = [at(chance.uniform(0, 2900), chance.uniform(0, 2900)) for _n in range(50)]
    start = at(1450, 1450)
    everything = sorted(way.metres for way in graph.ways(start, goals))[:10]
    some = sorted(way.metres for way in graph.ways(start, goals, wanted=10))[:10]
    assert all(abs(one - two) < 1 for one, two in zip(everything, some, strict=True))


def test_the_demo_street_is_walked_along_its_roads(street) -> None:
    buildings = list(Place.objects.filter(kind="building").order_by("lon", "lat").values_list("lon", "lat")[:400:8])
    graph = roads()
    began = time.thread_time()
    found = graph.ways(buildings[0], buildings[1:], wanted=10)
    took = time.thread_time() - began
    close = sum(geo.distance(*buildings[0], *goal) <= CLOSE_BY for goal in buildings[1:])
    assert sum(way.by_road for way in found) >= 10 - close > 0
    for way, goal in zip(found, buildings[1:], strict=True):
        assert way.metres >= geo.distance(*buildings[0], *goal) * 0.99
    assert took < 0.3  # 5 ms on a quiet machine
    assert roads() is graph
