"""The made-up street: the same every time, and a street that one could believe."""

import itertools
import re
from functools import cache
from xml.etree import ElementTree

import pytest
from shapely import STRtree
from shapely.geometry import LineString, Point, Polygon

from liuchi.territory.demo import DEFAULT_SEED, STREET_CODE, make_place


class Drawn:
    """The OSM file taken apart again, in rough metres."""

    def __init__(self, seed: int) -> None:
        self.place = make_place(seed)
        root = ElementTree.fromstring(self.place.osm)
        self.nodes = {
            n.get("id"): (float(n.get("lon")) * 95_200, float(n.get("lat")) * 111_195) for n in root.iter("node")
        }
        self.node_tags = {n.get("id"): self._tags(n) for n in root.iter("node") if len(n)}
        self.ways = [([d.get("ref") for d in w.iter("nd")], self._tags(w)) for w in root.iter("way")]
        self.relations = [self._tags(r) for r in root.iter("relation")]
        self.root = root

    @staticmethod
    def _tags(element) -> dict[str, str]:
        return {t.get("k"): t.get("v") for t in element.iter("tag")}

    def having(self, key: str) -> list[tuple[list[str], dict[str, str]]]:
        return [(refs, tags) for refs, tags in self.ways if key in tags]

    def polygon(self, refs: list[str]) -> Polygon:
        return Polygon([self.nodes[r] for r in refs])


@cache
def drawn_by(seed: int) -> Drawn:
    return Drawn(seed)


@pytest.fixture(scope="module")
def drawn() -> Drawn:
    return drawn_by(DEFAULT_SEED)


def test_the_same_seed_draws_the_same_street(drawn):
    again = make_place(DEFAULT_SEED)
    assert again.osm == drawn.place.osm and again.grids == drawn.place.grids
    assert drawn_by(1).place.osm != drawn.place.osm


def test_every_reference_of_the_file_exists_and_every_area_is_closed(drawn):
    for refs, tags in drawn.ways:
        assert len(refs) >= 2
        assert all(ref in drawn.nodes for ref in refs)
        if "building" in tags or "landuse" in tags:
            assert refs[0] == refs[-1]
            assert drawn.polygon(refs).is_valid, tags
    way_ids = {w.get("id") for w in drawn.root.iter("way")}
    assert all(m.get("ref") in way_ids for m in drawn.root.iter("member"))


@pytest.mark.parametrize("seed", [1, 2, DEFAULT_SEED])
def test_no_two_buildings_overlap_and_none_stands_in_the_river(seed):
    drawn = drawn_by(seed)
    shapes = [drawn.polygon(refs) for refs, _ in drawn.having("building")]
    tree = STRtree(shapes)
    for i, j in zip(*tree.query(shapes, predicate="intersects"), strict=True):
        assert i == j or shapes[i].intersection(shapes[j]).area < 0.5
    water = [drawn.polygon(refs) for refs, tags in drawn.having("natural") if tags["natural"] == "water"]
    assert not any(shape.intersects(river) for river in water for shape in shapes)


def test_no_road_runs_through_a_house(drawn):
    shapes = [drawn.polygon(refs) for refs, _ in drawn.having("building")]
    tree = STRtree(shapes)
    for refs, tags in drawn.having("highway"):
        line = LineString([drawn.nodes[r] for r in refs])
        for i in tree.query(line, predicate="intersects"):
            assert shapes[i].intersection(line).length < 1.0, tags


def test_the_street_is_as_large_and_varied_as_a_real_one(drawn):
    compounds = [tags for _, tags in drawn.having("landuse") if tags["landuse"] == "residential"]
    walled = [tags for tags in compounds if tags.get("operator")]
    assert 12 <= len(walled) <= 24
    assert sum("operator" not in tags for tags in compounds) >= 15, "old yards have nobody who manages them"
    houses = [tags for _, tags in drawn.having("building") if "building:flats" in tags]
    households = sum(int(tags["building:flats"]) for tags in houses)
    assert 6_000 <= households <= 13_000
    levels = {int(tags["building:levels"]) for tags in houses}
    assert min(levels) <= 2 and max(levels) >= 18
    names = {tags.get("name") for _, tags in drawn.ways}
    assert {"槐荫里", "桂语园", "文汇里", "龙眼巷", "北正街", "六尺菜场", "荷塘公园", "桐溪"} <= names
    kinds = {tags["highway"] for _, tags in drawn.having("highway")}
    assert {"primary", "secondary", "tertiary", "residential", "living_street", "service", "footway"} <= kinds
    assert any(tags.get("bridge") == "yes" for _, tags in drawn.having("highway"))
    assert sum(tags.get("community_centre:for") == "couriers" for tags in drawn.node_tags.values()) == 3
    assert {r["division_code"] for r in drawn.relations} == {STREET_CODE, *(f"{STREET_CODE}00{i}" for i in (1, 2, 3))}


def test_most_houses_have_doors_and_some_have_not(drawn):
    with_doors = without = 0
    for refs, tags in drawn.having("building"):
        if tags["building"] == "apartments":
            if any(drawn.node_tags.get(ref, {}).get("entrance") for ref in refs):
                with_doors += 1
            else:
                without += 1
    assert with_doors > 4 * without > 0


@pytest.mark.parametrize("seed", [1, 2, DEFAULT_SEED])
def test_every_compound_has_a_gate_that_can_be_reached_from_a_named_road(seed):
    drawn = drawn_by(seed)
    roads = drawn.having("highway")
    neighbours: dict[str, set[str]] = {}
    for refs, _ in roads:
        for a, b in itertools.pairwise(refs):
            neighbours.setdefault(a, set()).add(b)
            neighbours.setdefault(b, set()).add(a)
    reached = {ref for refs, tags in roads if tags.get("name") == "北正街" for ref in refs}
    edge = list(reached)
    while edge:
        for following in neighbours.get(edge.pop(), ()):
            if following not in reached:
                reached.add(following)
                edge.append(following)
    gates = [ref for ref, tags in drawn.node_tags.items() if tags.get("barrier") in ("gate", "lift_gate")]
    points = {ref: Point(drawn.nodes[ref]) for ref in gates}
    for refs, tags in drawn.having("landuse"):
        if tags["landuse"] == "residential":
            wall = drawn.polygon(refs).exterior
            own = [ref for ref in gates if wall.distance(points[ref]) < 0.5]
            assert own, tags
            assert reached.intersection(own), tags
    doors = [ref for ref, tags in drawn.node_tags.items() if "entrance" in tags]
    assert sum(door in reached for door in doors) > 0.95 * len(doors)


@pytest.mark.parametrize("seed", [1, 2, DEFAULT_SEED])
def test_grids_have_the_right_size_are_in_one_piece_and_share_the_ground(seed):
    grids = drawn_by(seed).place.grids["features"]
    codes = [grid["properties"]["code"] for grid in grids]
    assert len(set(codes)) == len(codes) and all(re.fullmatch(STREET_CODE + r"\d{6}", code) for code in codes)
    sizes = [grid["properties"]["households"] for grid in grids]
    assert sum(300 <= size <= 500 for size in sizes) >= len(sizes) - 1
    shapes = [Polygon(grid["geometry"]["coordinates"][0]) for grid in grids]
    assert all(shape.is_valid for shape in shapes)
    tree = STRtree(shapes)
    for i, j in zip(*tree.query(shapes, predicate="intersects"), strict=True):
        assert i == j or shapes[i].intersection(shapes[j]).area < 0.002 * shapes[i].area


def test_the_addresses_of_the_stories_exist(drawn):
    addresses = {
        (t.get("addr:place") or t.get("addr:street"), t.get("addr:housenumber")) for _, t in drawn.having("building")
    }
    assert {
        ("北正街", "41号"),
        ("槐荫里", "3幢"),
        ("槐荫里", "6幢"),
        ("文汇里", "8幢"),
        ("桂语园", "12幢"),
    } <= addresses
    yards = {tags.get("name") for _, tags in drawn.having("landuse")}
    assert {"龙眼巷5号院", "龙眼巷9号院"} <= yards
