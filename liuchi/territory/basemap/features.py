"""From things of the map to what is drawn: layer, class, words, and from which zoom on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import shapely

from liuchi.territory import rules
from liuchi.territory.basemap.mvt import Value
from liuchi.territory.osm.classes import RIVERS, ground_class, is_gate, is_wall, place_kind, road_class, what_it_is
from liuchi.territory.osm.reader import Thing

# In this order they lie in the tile; the style draws them in its own.
LAYERS = ("land", "green", "water", "road", "wall", "building", "gate", "label")

ROAD_ZOOM = {
    "motorway": 9, "main": 9, "second": 11, "third": 12, "street": 13, "lane": 14, "service": 14, "foot": 15, "steps": 15,
}  # fmt: skip
# label kind -> (zoom, rank): the lower the rank, the sooner the words get their place.
LABEL_ZOOM = {
    "compound": (14, 2), "yard": (16, 5), "station": (14, 1), "school": (14, 3), "park": (14, 3), "water": (14, 4), "civic": (15, 4),
    "place": (15, 5), "shop": (16, 7), "gate": (16, 6), "number": (16, 5),
}  # fmt: skip
LARGE = 6e-7  # square degrees: some 6,000 square metres
AMENITY_LABEL = {
    "school": "school", "kindergarten": "school", "university": "school", "college": "school", "hospital": "civic",
    "clinic": "civic", "townhall": "civic", "police": "civic", "library": "civic", "marketplace": "civic",
}  # fmt: skip


@dataclass(slots=True)
class Drawn:
    """One feature of the base map, in degrees."""

    layer: str
    shape: Any
    tags: dict[str, Value]
    zoom: int


def draw(things: Iterable[Thing]) -> list[Drawn]:
    """Everything that is drawn of an extract, labels included."""
    drawn: list[Drawn] = []
    for thing in things:
        if thing.shape is None or thing.tags.get("boundary"):
            continue
        if thing.closed:
            _area(thing, drawn)
        elif thing.id.startswith("n"):
            _point(thing, drawn)
        else:
            _line(thing, drawn)
    return drawn


def _names(tags: dict[str, str]) -> dict[str, Value]:
    names: dict[str, Value] = {}
    if tags.get("name"):
        names["name"] = tags["name"]
        if tags.get("name:en"):
            names["name_en"] = tags["name:en"]
    return names


def _area(thing: Thing, drawn: list[Drawn]) -> None:
    tags = thing.tags
    if is_wall(tags):
        outline = thing.shape.boundary
        drawn.append(Drawn("wall", outline, {"class": tags["barrier"]}, 15))
    if "building" in tags and tags["building"] != "no":
        levels = tags.get("building:levels", "")
        facts: dict[str, Value] = {"levels": int(levels)} if levels.isdigit() else {}
        drawn.append(Drawn("building", thing.shape, {"class": tags["building"], **facts}, 13))
        number = rules.house_number(tags)
        if number:
            drawn.append(
                Drawn("label", _inside(thing), {"kind": "number", "name": number, "rank": 5}, LABEL_ZOOM["number"][0])
            )
        elif tags.get("name"):
            _label(thing, "place", drawn)
        if tags.get("amenity") == "marketplace" and number:
            _label(thing, "civic", drawn)
        return
    layer, kind = ground_class(tags)
    if not layer:
        return
    zoom = 10 if layer == "water" else 11 if kind != "parking" else 15
    drawn.append(Drawn(layer, thing.shape, {"class": kind}, zoom))
    if tags.get("name"):
        if place_kind(thing) == "compound":
            # A yard of a few houses keeps its name until one comes near.
            label = "compound" if thing.shape.area > LARGE else "yard"
        else:
            label = {"school": "school", "wood": "park", "park": "park", "water": "water"}.get(kind, "civic")
        _label(thing, label, drawn)


def _line(thing: Thing, drawn: list[Drawn]) -> None:
    tags = thing.tags
    if is_wall(tags):
        if not thing.shape.is_closed or not ground_class(tags)[0]:  # closed grounds come again as an area
            drawn.append(Drawn("wall", thing.shape, {"class": tags["barrier"]}, 15))
    if tags.get("waterway") in RIVERS:
        drawn.append(Drawn("water", thing.shape, {"class": tags["waterway"]}, 11))
        return
    kind = road_class(tags)
    if kind and not (tags.get("area") == "yes" and thing.shape.is_closed):
        facts: dict[str, Value] = {"class": kind, **_names(tags)}
        if tags.get("bridge") not in (None, "no"):
            facts["bridge"] = True
        if tags.get("tunnel") not in (None, "no"):
            facts["tunnel"] = True
        if tags.get("highway", "").endswith("_link"):
            facts["link"] = True
            facts.pop("name", None)
        drawn.append(Drawn("road", thing.shape, facts, ROAD_ZOOM[kind]))
    elif tags.get("railway") in {"rail", "light_rail", "subway"} and tags.get("tunnel") in (None, "no"):
        drawn.append(Drawn("road", thing.shape, {"class": "rail"}, 11))


def _point(thing: Thing, drawn: list[Drawn]) -> None:
    tags = thing.tags
    if is_gate(tags):
        drawn.append(Drawn("gate", thing.shape, {"class": tags["barrier"], **_names(tags)}, 16))
        return
    kind = place_kind(thing)
    if kind == "station":
        _label(thing, "station", drawn)
    elif kind == "shop":
        _label(thing, "shop", drawn)
    elif kind == "other":
        _label(thing, AMENITY_LABEL.get(what_it_is(tags), "place"), drawn)


def _label(thing: Thing, kind: str, drawn: list[Drawn]) -> None:
    zoom, rank = LABEL_ZOOM[kind]
    tags: dict[str, Value] = {"kind": kind, **_names(thing.tags), "rank": rank}
    what = what_it_is(thing.tags)
    if what:
        tags["what"] = what
    drawn.append(Drawn("label", _inside(thing), tags, zoom))


def _inside(thing: Thing) -> Any:
    """A point for the words: the middle where it lies inside, otherwise some point that does."""
    shape = thing.shape
    if not thing.closed:
        return shape
    middle = shapely.centroid(shape)
    return middle if shape.contains(middle) else shape.representative_point()
