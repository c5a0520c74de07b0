"""A sheet of nodes, ways and relations, written out as an OSM XML file."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from .bend import Bend

Point = tuple[float, float]
Tags = dict[str, str]
STEP = 22.0  # metres between two nodes of a bent line


@dataclass
class Sheet:
    """Collects what is drawn. Points are in plan metres; equal points share one node, so that roads join."""

    bend: Bend
    nodes: dict[int, tuple[Point, Tags]] = field(default_factory=dict)
    ways: list[tuple[int, list[int], Tags]] = field(default_factory=list)
    relations: list[tuple[int, list[tuple[int, str]], Tags]] = field(default_factory=list)
    _ids: dict[Point, int] = field(default_factory=dict)

    def node(self, point: Point, tags: Tags | None = None) -> int:
        """The node at a plan point, made when it is new; tags are added to it."""
        key = (round(point[0], 2), round(point[1], 2))
        if key not in self._ids:
            self._ids[key] = self._new_node(self.bend.degrees(*key))
        number = self._ids[key]
        if tags:
            self.nodes[number][1].update(tags)
        return number

    def _new_node(self, place: Point) -> int:
        number = len(self.nodes) + 1
        self.nodes[number] = (place, {})
        return number

    def line(self, points: Iterable[Point], tags: Tags) -> int:
        """A bent line through the points; further nodes are put between distant ones."""
        return self._way([self.node(p) for p in densify(list(points))], tags)

    def ring(self, points: list[Point], tags: Tags) -> int:
        """A bent closed line."""
        return self.line([*points, points[0]], tags)

    def footprint(self, ring: list[Point], tags: Tags, doors: dict[Point, Tags] | None = None) -> int:
        """A building with straight walls; `doors` are points of its outline that become nodes with tags."""
        numbers = []
        for point, place in zip(ring, self.bend.rigid(ring), strict=True):
            number = self._new_node(place)
            if doors and point in doors:
                self.nodes[number][1].update(doors[point])
                self._ids[(round(point[0], 2), round(point[1], 2))] = number
            numbers.append(number)
        return self._way([*numbers, numbers[0]], tags)

    def _way(self, numbers: list[int], tags: Tags) -> int:
        number = len(self.ways) + 1
        self.ways.append((number, numbers, tags))
        return number

    def relation(self, members: list[tuple[int, str]], tags: Tags) -> None:
        self.relations.append((len(self.relations) + 1, members, tags))

    def xml(self) -> str:
        """The sheet as OSM XML (API 0.6)."""
        lons = [place[0] for place, _ in self.nodes.values()]
        lats = [place[1] for place, _ in self.nodes.values()]
        stamp = 'visible="true" version="1" timestamp="2026-01-01T00:00:00Z"'
        out = [
            "<?xml version='1.0' encoding='UTF-8'?>",
            '<osm version="0.6" generator="liuchi demo" attribution="a made-up place" license="Apache-2.0">',
            f'<bounds minlat="{min(lats)}" minlon="{min(lons)}" maxlat="{max(lats)}" maxlon="{max(lons)}"/>',
        ]
        for number, ((lon, lat), tags) in self.nodes.items():
            head = f'<node id="{number}" {stamp} lat="{lat:.7f}" lon="{lon:.7f}"'
            out.append(f"{head}>{_tags(tags)}</node>" if tags else f"{head}/>")
        for number, numbers, tags in self.ways:
            refs = "".join(f'<nd ref="{n}"/>' for n in numbers)
            out.append(f'<way id="{number}" {stamp}>{refs}{_tags(tags)}</way>')
        for number, members, tags in self.relations:
            refs = "".join(f'<member type="way" ref="{n}" role="{role}"/>' for n, role in members)
            out.append(f'<relation id="{number}" {stamp}>{refs}{_tags(tags)}</relation>')
        out.append("</osm>\n")
        return "\n".join(out)


def _tags(tags: Tags) -> str:
    return "".join(f"<tag k={quoteattr(k)} v={quoteattr(v)}/>" for k, v in tags.items())


def densify(points: list[Point]) -> list[Point]:
    """The same line with no two points further apart than `STEP` metres."""
    out = [points[0]]
    for (ax, ay), (bx, by) in itertools.pairwise(points):
        pieces = max(1, round(max(abs(bx - ax), abs(by - ay)) / STEP))
        for i in range(1, pieces):
            out.append((ax + (bx - ax) * i / pieces, ay + (by - ay) * i / pieces))
        out.append((bx, by))
    return out


def box(west: float, south: float, east: float, north: float) -> list[Point]:
    """The four corners of a rectangle, counter-clockwise."""
    return [(west, south), (east, south), (east, north), (west, north)]
