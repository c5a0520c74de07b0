"""The look of the map (MapLibre style, version 8): paper, white roads, one pale yellow, green, water; quiet, because the
cases are what matters. There is no font server: the browser draws letters and characters with fonts it has."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

PAPER, GROUND, SHOPS, WORKS, CIVIC = "#F1EFE8", "#F8F7F3", "#F5F1E8", "#EBE8E0", "#F3EEE1"
PARK, WOOD, PITCH, WATER = "#DDE8D8", "#D2E1CD", "#D0E0D0", "#C9DCE4"
ROAD, CASING, MAIN, MAIN_CASING = "#FFFFFF", "#E2DED4", "#FBE9C8", "#EBD3A4"
HOUSE, HOUSE_EDGE, TILE, INK, SOFT = "#DAD6CB", "#C9C4B6", "#2B3A42", "#1D272C", "#566269"
HALO = "#F8F7F3"

FONTS = [
    "PingFang SC",
    "HarmonyOS Sans SC",
    "MiSans",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "sans-serif",
]
PLAIN = FONTS
# The weight is read from the first name; a font of that name need not exist.
STRONG = ["Liuchi Semibold", *FONTS]

# Widths in pixels at zoom 12, 15, 17 and 20, by class of road.
WIDTHS = {
    "motorway": (2.0, 6.0, 13.0, 60.0), "main": (1.8, 6.5, 16.0, 96.0), "second": (1.3, 5.0, 12.0, 72.0),
    "third": (1.0, 4.2, 10.0, 62.0), "street": (0.6, 3.0, 8.0, 44.0), "lane": (0.4, 2.0, 5.5, 30.0),
    "service": (0.3, 1.4, 4.0, 24.0), "foot": (0.2, 0.8, 2.2, 13.0), "steps": (0.2, 0.8, 2.2, 13.0),
}  # fmt: skip


def make_style(about: Json | None, english: bool, made_up: str, home: str = "") -> Json:
    """The style for a base map (`about`: its base.json, None when there is none yet).

    english: names in English where the map has them. made_up: the words for a place that does not exist, shown where
    others show the credit. home: the code of the area whose map is shown first.
    """
    style: Json = {
        "version": 8,
        "name": "Liuchi",
        "sources": {},
        "layers": [_background()],
        "metadata": {"liuchi:map": bool(about)},
    }
    if about is None:
        return style
    maps = about["maps"]
    first = next((frame for code, frame in maps.items() if home and code.startswith(home)), None) or next(
        iter(maps.values())
    )
    west, south, east, north = first
    style["center"] = [(west + east) / 2, (south + north) / 2]
    style["zoom"] = 15
    style["metadata"] |= {"liuchi:first": first, "liuchi:maps": list(maps.values()), "liuchi:bytes": about["size"]}
    style["sources"]["base"] = {
        "type": "vector",
        "url": f"pmtiles:///map/base.pmtiles?v={about['hash']}",
        "attribution": about["attribution"] or made_up,
    }
    style["layers"] += [*_grounds(), *_roads(), *_houses(), *_words(english)]
    return style


def _background() -> Json:
    return {"id": "paper", "type": "background", "paint": {"background-color": PAPER}}


def _layer(name: str, kind: str, source: str, condition: Any, paint: Json, **more: Any) -> Json:
    layer: Json = {"id": name, "type": kind, "source": "base", "source-layer": source, "paint": paint, **more}
    if condition is not None:
        layer["filter"] = condition
    return layer


def _is(key: str, *values: str) -> Json | list[Any]:
    return ["in", ["get", key], ["literal", list(values)]]


def _by_zoom(low: float, middle: float, near: float, most: float, factor: float = 1.0, extra: float = 0.0) -> list[Any]:
    stops: list[Any] = []
    for zoom, width in ((12, low), (15, middle), (17, near), (20, most)):
        stops += [zoom, round(width * factor + extra, 2)]
    return ["interpolate", ["exponential", 1.5], ["zoom"], *stops]


def _grounds() -> list[Json]:
    ground = [
        "match", ["get", "class"], "residential", GROUND, "commercial", SHOPS, "industrial", WORKS, "school", CIVIC,
        "civic", CIVIC, "parking", "#E6EAEC", "square", "#F4F2EC", GROUND,
    ]  # fmt: skip
    green = ["match", ["get", "class"], "wood", WOOD, "pitch", PITCH, PARK]
    return [
        _layer("land", "fill", "land", None, {"fill-color": ground}),
        _layer("green", "fill", "green", None, {"fill-color": green}),
        _layer("water", "fill", "water", ["==", ["geometry-type"], "Polygon"], {"fill-color": WATER}),
        _layer(
            "stream", "line", "water", ["==", ["geometry-type"], "LineString"],
            {"line-color": WATER, "line-width": ["interpolate", ["linear"], ["zoom"], 12, 1, 17, 4]},
        ),
    ]  # fmt: skip


def _roads() -> list[Json]:
    layers = []
    round_ends = {"line-cap": "round", "line-join": "round"}
    order = ["steps", "foot", "service", "lane", "street", "third", "second", "main", "motorway"]
    # First all edges, then all roads, so that crossings are open.
    for kind in order:
        edge = MAIN_CASING if kind in ("main", "motorway") else CASING
        paint: Json = {"line-color": edge, "line-width": _by_zoom(*WIDTHS[kind], extra=1.6)}
        paint["line-opacity"] = ["case", ["has", "tunnel"], 0.35, 1]
        if kind not in ("steps", "foot"):
            layers.append(_layer(f"road-{kind}-edge", "line", "road", _is("class", kind), paint, layout=round_ends))
    for kind in order:
        colour = MAIN if kind in ("main", "motorway") else ROAD
        paint = {"line-color": colour, "line-width": _by_zoom(*WIDTHS[kind])}
        paint["line-opacity"] = ["case", ["has", "tunnel"], 0.35, 1]
        if kind == "steps":
            paint["line-dasharray"] = [0.6, 0.6]
        layers.append(_layer(f"road-{kind}", "line", "road", _is("class", kind), paint, layout=round_ends))
    rail: Json = {"line-color": "#C2C4C2", "line-width": _by_zoom(0.6, 1.2, 2.0, 5.0), "line-dasharray": [4, 2]}
    layers.append(_layer("rail", "line", "road", _is("class", "rail"), rail))
    return layers


def _houses() -> list[Json]:
    return [
        _layer("building", "fill", "building", None, {"fill-color": HOUSE, "fill-outline-color": HOUSE_EDGE}),
        _layer(
            "wall", "line", "wall", None,
            {"line-color": TILE, "line-opacity": 0.55, "line-width": ["interpolate", ["linear"], ["zoom"], 15, 0.6, 17, 1.6, 20, 4]},
            layout={"line-join": "round"},
        ),
        _layer(
            "gate", "circle", "gate", None,
            {
                "circle-color": "#FFFFFF", "circle-stroke-color": TILE,
                "circle-radius": ["interpolate", ["linear"], ["zoom"], 16, 2.2, 18, 4.2, 20, 7],
                "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 16, 1.2, 19, 2.4],
            },
            minzoom=16,
        ),
    ]  # fmt: skip


def _words(english: bool) -> list[Json]:
    name: Any = ["coalesce", ["get", "name_en"], ["get", "name"]] if english else ["get", "name"]
    halo: Json = {"text-halo-color": HALO, "text-halo-width": 1.4}

    def text(size: list[Any] | float, fonts: list[str], **more: Any) -> Json:
        return {"text-field": name, "text-font": fonts, "text-size": size, "text-max-width": 8, **more}

    grown = ["interpolate", ["linear"], ["zoom"], 14, 12, 17, 15, 19, 18]
    small = ["interpolate", ["linear"], ["zoom"], 15, 11, 18, 13]
    along: Json = {"symbol-placement": "line", "symbol-spacing": 380, "text-letter-spacing": 0.08}
    return [
        _layer(
            "road-name-far", "symbol", "road", ["all", ["has", "name"], _is("class", "motorway", "main", "second")],
            {"text-color": SOFT, **halo}, layout=text(11, PLAIN) | along, minzoom=12.5, maxzoom=14,
        ),
        _layer(
            "road-name", "symbol", "road", ["all", ["has", "name"], ["!", _is("class", "foot", "steps", "service")]],
            {"text-color": SOFT, **halo},
            layout=text(["interpolate", ["linear"], ["zoom"], 14, 11, 18, 14], PLAIN) | along,
            minzoom=14,
        ),
        _layer(
            "water-name", "symbol", "label", _is("kind", "water"), {"text-color": "#3D6B80", "text-halo-color": WATER, "text-halo-width": 1},
            layout=text(small, PLAIN) | {"text-letter-spacing": 0.2},
        ),
        _layer(
            "gate-name", "symbol", "gate", ["has", "name"], {"text-color": SOFT, **halo},
            layout=text(11, PLAIN, **{"text-offset": [0, 0.9], "text-anchor": "top", "text-optional": True}), minzoom=17.2,
        ),
        _layer(
            "shop-name", "symbol", "label", _is("kind", "shop"), {"text-color": "#6F6A5C", **halo},
            layout=text(11, PLAIN) | {"symbol-sort-key": ["get", "rank"]}, minzoom=17.4,
        ),
        _layer(
            "house-number", "symbol", "label", _is("kind", "number"), {"text-color": "#59646A", "text-halo-color": HOUSE, "text-halo-width": 0.8},
            layout=text(["interpolate", ["linear"], ["zoom"], 16, 10, 19, 14], STRONG), minzoom=16.6,
        ),
        _layer(
            "yard-name", "symbol", "label", _is("kind", "yard"), {"text-color": SOFT, **halo}, layout=text(small, STRONG),
        ),
        _layer(
            "place-name", "symbol", "label", _is("kind", "place", "civic", "school", "park"), {"text-color": SOFT, **halo},
            layout=text(small, PLAIN) | {"symbol-sort-key": ["get", "rank"]},
        ),
        _layer(
            "station-name", "symbol", "label", _is("kind", "station"), {"text-color": TILE, **halo},
            layout=text(small, STRONG) | {"symbol-sort-key": 0}, minzoom=15,
        ),
        _layer(
            "compound-name", "symbol", "label", _is("kind", "compound"), {"text-color": TILE, **halo},
            layout=text(grown, STRONG) | {"symbol-sort-key": 0}, maxzoom=19,
        ),
    ]  # fmt: skip
