"""From things of the map to places with a name: which compound a house stands in, what one says for it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely

from liuchi.territory import rules
from liuchi.territory.osm.classes import place_kind, road_class, what_it_is
from liuchi.territory.osm.reader import Extract, Thing
from liuchi.territory.shapes import geojson
from liuchi.territory.spelling import spell

# A gate belongs to a compound when it stands within this many degrees of its edge: about three metres.
AT_THE_WALL = 3e-5
# Things that every compound has: their name says nothing without its.
COMMON = {"waste_disposal", "recycling", "bicycle_parking", "parking", "fitness_station", "charging_station"}


@dataclass(slots=True)
class Found:
    """A place as the map has it. `inside` is the source id of its compound; the geometry is GeoJSON in degrees."""

    source_id: str
    kind: str
    name: str = ""
    number: str = ""
    street: str = ""
    inside: str = ""
    lon: float = 0.0
    lat: float = 0.0
    geometry: dict[str, Any] | None = None
    households: int = 0
    facts: dict[str, Any] = field(default_factory=dict)
    ground: str = ""  # the name of the school or park around it
    label: str = ""
    pinyin: str = ""
    initials: str = ""


def find_places(extract: Extract) -> list[Found]:
    """All places of an extract, compounds first. Each source id comes once."""
    kinds = [(place_kind(thing), thing) for thing in extract.things if thing.shape is not None]
    compounds = {thing.id: thing for kind, thing in kinds if kind == "compound"}
    whose = _Compounds(compounds)
    grounds = _Compounds({t.id: t for kind, t in kinds if kind == "other" and t.closed and "building" not in t.tags})
    found: dict[str, Found] = {}
    for kind, thing in sorted(((k, t) for k, t in kinds if k), key=lambda pair: pair[0] != "compound"):
        if kind == "compound":
            inside = ""
        elif kind == "gate":
            inside = whose.at_wall(thing.shape)
        else:
            inside = whose.around(thing.shape) or whose.named(thing.tags.get("addr:place", ""))
        if kind == "gate" and not inside and not thing.tags.get("name"):
            continue
        found[thing.id] = place = _place(kind, thing, inside, extract)
        if kind in ("building", "gate") and not inside:
            place.ground = grounds.name_of(
                grounds.at_wall(thing.shape) if kind == "gate" else grounds.around(thing.shape)
            )
    for road in _roads(extract):
        found[road.source_id] = road
    for place in found.values():
        _name(place, found)
    return list(found.values())


class _Compounds:
    """Finds the compound around a point or beside a gate; of several the smallest."""

    def __init__(self, compounds: dict[str, Thing]) -> None:
        self.ids = list(compounds)
        self.shapes = np.array([thing.shape for thing in compounds.values()], dtype=object)
        self.areas = shapely.area(self.shapes)
        self.tree = shapely.STRtree(self.shapes)
        self.by_name = {thing.tags["name"]: thing.id for thing in compounds.values()}

    def around(self, shape: Any) -> str:
        return self._smallest(self.tree.query(shape.representative_point(), predicate="within"))

    def at_wall(self, shape: Any) -> str:
        return self._smallest(self.tree.query(shape, predicate="dwithin", distance=AT_THE_WALL))

    def name_of(self, number: str) -> str:
        return next((name for name, own in self.by_name.items() if own == number), "") if number else ""

    def named(self, name: str) -> str:
        return self.by_name.get(name, "")

    def _smallest(self, numbers: Any) -> str:
        return self.ids[min(numbers, key=lambda i: self.areas[i])] if len(numbers) else ""


def _place(kind: str, thing: Thing, inside: str, extract: Extract) -> Found:
    tags = thing.tags
    point = thing.shape.representative_point() if thing.closed else thing.shape
    if thing.closed and thing.shape.centroid.within(thing.shape):
        point = thing.shape.centroid
    place = Found(
        source_id=thing.id, kind=kind, name=tags.get("name", "")[:120], inside=inside,
        street=tags.get("addr:street", "")[:120], lon=round(point.x, 7), lat=round(point.y, 7),
    )  # fmt: skip
    if thing.closed:
        place.geometry = geojson(thing.shape)
    if kind in ("building", "other", "compound", "shop", "station"):
        number = rules.house_number(tags) if kind == "building" else tags.get("addr:housenumber", "")
        place.number = number[:40]
    if kind == "building" and place.number and place.name.endswith(place.number):
        place.name = ""  # 桂语园12栋 says nothing that compound and number do not
    flats = tags.get("building:flats", "")
    place.households = int(flats) if flats.isdigit() else 0
    place.facts = _facts(kind, thing, extract)
    return place


def _facts(kind: str, thing: Thing, extract: Extract) -> dict[str, Any]:
    tags = thing.tags
    facts: dict[str, Any] = {}
    levels = tags.get("building:levels", "")
    if levels.isdigit():
        facts["levels"] = int(levels)
    if tags.get("operator"):
        facts["manager"] = tags["operator"]
    if tags.get("opening_hours"):
        facts["hours"] = tags["opening_hours"]
    what = what_it_is(tags)
    if what and kind in ("shop", "other", "station", "building"):
        facts["what"] = what
    if kind == "gate":
        facts["class"] = tags.get("barrier", "")
    doors = [extract.doors[node] for node in extract.building_nodes.get(thing.id, ())[:-1] if node in extract.doors]
    if doors:
        facts["doors"] = [
            {"ref": door.get("ref") or door.get("name", ""), "lon": lon, "lat": lat} for lon, lat, door in doors
        ]
    return facts


def _roads(extract: Extract) -> list[Found]:
    """One place for all ways of the same name."""
    ways: dict[str, list[Thing]] = defaultdict(list)
    for thing in extract.things:
        name = thing.tags.get("name", "")
        kind = road_class(thing.tags)
        if (
            name
            and kind
            and thing.id.startswith("w")
            and not thing.closed
            and not thing.tags["highway"].endswith("_link")
        ):
            ways[name].append(thing)
    roads = []
    for name, things in ways.items():
        whole = shapely.line_merge(shapely.union_all([thing.shape for thing in things]))
        longest = max(whole.geoms, key=lambda part: part.length) if hasattr(whole, "geoms") else whole
        middle = longest.interpolate(0.5, normalized=True)
        best = max(things, key=lambda thing: thing.shape.length)
        roads.append(
            Found(
                source_id=f"road:{name}",
                kind="road",
                name=name[:120],
                lon=round(middle.x, 7),
                lat=round(middle.y, 7),
                geometry=geojson(whole),
                facts={"class": road_class(best.tags)},
            )
        )
    return roads


def _name(place: Found, found: dict[str, Found]) -> None:
    """Sets the label and its spelling. Other words by which it is looked for follow the first, after a blank."""
    around = found[place.inside].name if place.inside else ""
    address = f"{place.street}{place.number}" if place.street and place.number else ""
    if place.kind == "building":
        if address:
            place.label = place.name or address
        elif place.number:
            place.label = (
                (around or place.street) + place.number if around or place.street else place.name or place.number
            )
        else:
            place.label = place.name if place.ground in place.name else place.ground + place.name
    elif place.kind == "gate":
        place.label = (around or place.ground) + place.name
    else:
        place.label = around + place.name if place.facts.get("what") in COMMON else place.name
    place.label = place.label[:160]
    spelt = [spell(rules.search_text(words)) for words in aliases(place.label, address)]
    place.pinyin = " ".join(pinyin for pinyin, _ in spelt)[:240]
    place.initials = " ".join(initials for _, initials in spelt)[:80]


def aliases(label: str, address: str) -> list[str]:
    """The words by which a place is looked for: its label, and its address where that is something else."""
    return [label, address] if address and address != label else [label]
