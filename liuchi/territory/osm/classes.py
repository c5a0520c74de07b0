"""What a thing of the map is: for drawing (layer and class) and for naming (kind of place)."""

from __future__ import annotations

import re

from liuchi.territory.osm.reader import Thing

GREEN = {
    "leisure": {
        "park",
        "garden",
        "golf_course",
        "pitch",
        "playground",
        "nature_reserve",
        "track",
        "sports_centre",
        "common",
    },
    "landuse": {
        "forest",
        "grass",
        "meadow",
        "orchard",
        "village_green",
        "recreation_ground",
        "farmland",
        "cemetery",
        "flowerbed",
    },
    "natural": {"wood", "scrub", "grassland", "heath", "tree_row"},
}
WATER = {"natural": {"water"}, "waterway": {"riverbank", "dock"}, "landuse": {"basin", "reservoir"}}
RIVERS = {"river", "stream", "canal", "drain", "ditch"}
GROUNDS = {
    "residential": "residential", "commercial": "commercial", "retail": "commercial", "industrial": "industrial",
    "railway": "industrial", "construction": "industrial", "education": "school", "religious": "civic",
}  # fmt: skip
CIVIC = {
    "school": "school", "kindergarten": "school", "university": "school", "college": "school", "hospital": "civic",
    "clinic": "civic", "parking": "parking", "marketplace": "commercial", "townhall": "civic", "fuel": "commercial",
}  # fmt: skip
ROADS = {
    "motorway": "motorway", "trunk": "motorway", "primary": "main", "secondary": "second", "tertiary": "third",
    "unclassified": "street", "residential": "street", "living_street": "lane", "service": "service", "busway": "service",
    "pedestrian": "foot", "footway": "foot", "path": "foot", "cycleway": "foot", "steps": "steps", "track": "service",
}  # fmt: skip
WALLS = {"wall", "fence", "city_wall", "retaining_wall", "hedge", "guard_rail"}
GATES = {"gate", "lift_gate", "swing_gate", "sliding_gate", "entrance", "kissing_gate", "bollard"}
NAMED_GROUNDS = {"residential"}
# Amenities that nobody would call a place when telling the way.
SMALL = {"bench", "waste_basket", "parking_space", "vending_machine", "drinking_water", "street_lamp"}
SHOPLIKE = {"restaurant", "fast_food", "cafe", "pharmacy", "bank", "bar", "fuel", "ice_cream", "food_court", "pub"}
_STATION = re.compile(r"(骑手|暖新|户外劳动者|劳动者|工会|小哥|红色).{0,8}驿站")


def road_class(tags: dict[str, str]) -> str:
    """The class in which a way is drawn as a road, or an empty text. Slip roads are drawn as the road they belong to."""
    highway = tags.get("highway", "").removesuffix("_link")
    return ROADS.get(highway, "")


def ground_class(tags: dict[str, str]) -> tuple[str, str]:
    """(layer, class) of an area: ("green", "park"), ("water", "water"), ("land", "residential"); empty when it is none."""
    for key, values in WATER.items():
        if tags.get(key) in values:
            return "water", "water"
    for key, values in GREEN.items():
        if tags.get(key) in values:
            wood = tags[key] in {"forest", "wood"}
            return "green", "wood" if wood else "pitch" if tags[key] in {"pitch", "track"} else "park"
    if tags.get("landuse") in GROUNDS:
        return "land", GROUNDS[tags["landuse"]]
    if tags.get("amenity") in CIVIC:
        return "land", CIVIC[tags["amenity"]]
    if road_class(tags) == "foot" and tags.get("area") == "yes":
        return "land", "square"
    if tags.get("leisure") == "stadium" or tags.get("place") == "square":
        return "land", "square"
    return "", ""


def is_wall(tags: dict[str, str]) -> bool:
    return tags.get("barrier") in WALLS


def is_gate(tags: dict[str, str]) -> bool:
    return tags.get("barrier") in GATES - {"bollard"} or (tags.get("barrier") == "bollard" and "name" in tags)


def place_kind(thing: Thing) -> str:
    """compound, building, gate, shop, station or other; empty for what has no name to be said. Roads are told by name
    elsewhere, since one road is many ways."""
    tags = thing.tags
    name = tags.get("name", "")
    if tags.get("community_centre:for") == "couriers" or _STATION.search(name):
        return "station"
    if thing.closed:
        if tags.get("landuse") in NAMED_GROUNDS and name:
            return "compound"
        if "building" in tags and tags["building"] != "no":
            if tags.get("amenity") == "marketplace" and name:
                return "other"
            return "building" if name or "addr:housenumber" in tags or "ref" in tags else ""
        ground = tags.keys() & {
            "amenity",
            "leisure",
            "natural",
            "tourism",
            "landuse",
            "place",
            "railway",
            "shop",
            "office",
        }
        return "other" if name and ground and tags.get("amenity") not in SMALL else ""
    if thing.id.startswith("n"):
        if is_gate(tags):
            return "gate"
        if not name:
            return ""
        if "shop" in tags or "craft" in tags or tags.get("amenity") in SHOPLIKE:
            return "shop"
        if tags.get("amenity") in SMALL or "place" in tags:
            return ""
        poi = tags.keys() & {
            "amenity",
            "office",
            "leisure",
            "tourism",
            "historic",
            "healthcare",
            "public_transport",
            "railway",
            "man_made",
        }
        if tags.get("highway") == "bus_stop" or poi:
            return "other"
    return ""


def what_it_is(tags: dict[str, str]) -> str:
    """One word of OSM that says what a place is: pharmacy, school, park."""
    for key in (
        "shop",
        "amenity",
        "office",
        "leisure",
        "tourism",
        "healthcare",
        "historic",
        "railway",
        "public_transport",
        "highway",
    ):
        value = tags.get(key)
        if value and value != "yes":
            return value
    return ""
