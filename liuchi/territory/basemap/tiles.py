"""Cuts features into tiles of the web's square grid (Web Mercator), zoom by zoom."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import shapely

from liuchi.territory.basemap.features import LAYERS, Drawn
from liuchi.territory.basemap.mvt import EXTENT, LINE, POINT, POLYGON, Layer, Part

LEAST_ZOOM, MOST_ZOOM = 10, 16
# What lies this far outside of a tile is drawn too, so that outlines do not end at its edge.
MARGIN = 96
Progress = Callable[[int, int], None]


def to_mercator(lonlat: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Degrees to Web Mercator on the unit square, y growing southwards."""
    lat = np.radians(np.clip(lonlat[:, 1], -85.05, 85.05))
    return np.column_stack((lonlat[:, 0] / 360 + 0.5, 0.5 - np.log(np.tan(np.pi / 4 + lat / 2)) / (2 * np.pi)))


def cut(drawn: Sequence[Drawn], progress: Progress | None = None) -> Iterator[tuple[int, int, int, bytes]]:
    """Yields (zoom, x, y, gzipped tile), for all tiles with something in them."""
    flat = shapely.transform(np.array([feature.shape for feature in drawn], dtype=object), to_mercator)
    zooms = range(LEAST_ZOOM, MOST_ZOOM + 1)
    for step, zoom in enumerate(zooms):
        wanted = np.array([i for i, feature in enumerate(drawn) if feature.zoom <= zoom], dtype=int)
        if len(wanted):
            scale = EXTENT * 2**zoom
            shapes = shapely.transform(flat[wanted], lambda xy, scale=scale: xy * scale)
            if zoom < MOST_ZOOM:
                shapes = shapely.simplify(shapes, 4.0, preserve_topology=False)
            yield from _tiles(zoom, shapes, wanted, drawn)
        if progress:
            progress(step + 1, len(zooms))


def _tiles(zoom: int, shapes: Any, numbers: Any, drawn: Sequence[Drawn]) -> Iterator[tuple[int, int, int, bytes]]:
    bounds = shapely.bounds(shapes)
    members: dict[tuple[int, int], list[tuple[int, bool]]] = defaultdict(list)
    smallest = 0.0 if zoom == MOST_ZOOM else 40.0
    areas = shapely.area(shapes)
    for i, (west, north, east, south) in enumerate(bounds):
        if west != west:  # simplified to nothing
            continue
        kind = drawn[numbers[i]].layer
        if kind in ("building", "green", "land") and areas[i] < smallest:
            continue
        margin = 0 if kind in ("label", "gate") else MARGIN
        x_range = range(int((west - margin) // EXTENT), int((east + margin) // EXTENT) + 1)
        y_range = range(int((north - margin) // EXTENT), int((south + margin) // EXTENT) + 1)
        for x in x_range:
            for y in y_range:
                whole = (
                    west >= x * EXTENT - MARGIN
                    and east <= (x + 1) * EXTENT + MARGIN
                    and north >= y * EXTENT - MARGIN
                    and south <= (y + 1) * EXTENT + MARGIN
                )
                members[x, y].append((i, whole))
    for (x, y), inside in members.items():
        tile = _tile(x, y, inside, shapes, numbers, drawn)
        if tile:
            yield zoom, x, y, gzip.compress(tile, 6, mtime=0)


def _tile(x: int, y: int, inside: list[tuple[int, bool]], shapes: Any, numbers: Any, drawn: Sequence[Drawn]) -> bytes:
    left, top = x * EXTENT, y * EXTENT
    layers = {name: Layer(name) for name in LAYERS}
    for i, whole in inside:
        shape = shapes[i]
        if not whole:
            shape = shapely.clip_by_rect(
                shape, left - MARGIN, top - MARGIN, left + EXTENT + MARGIN, top + EXTENT + MARGIN
            )
        feature = drawn[numbers[i]]
        layer = layers[feature.layer]
        for kind, parts in _parts(shape, left, top):
            layer.add(int(numbers[i]) + 1, kind, parts, feature.tags)
    return b"".join(layer.encoded() for layer in layers.values() if layer.features)


def _parts(shape: Any, left: int, top: int) -> Iterator[tuple[int, list[Part]]]:
    """(kind, parts) of a geometry in tile units: one per polygon, all lines or points together."""
    lines: list[Part] = []
    points: list[Part] = []
    for part in shape.geoms if hasattr(shape, "geoms") else (shape,):
        if part.is_empty:
            continue
        if part.geom_type == "Polygon":
            yield POLYGON, [_whole(ring, left, top) for ring in (part.exterior, *part.interiors)]
        elif part.geom_type in ("LineString", "LinearRing"):
            lines.append(_whole(part, left, top))
        elif part.geom_type == "Point":
            points.append(_whole(part, left, top))
        else:
            yield from _parts(part, left, top)
    if lines:
        yield LINE, lines
    if points:
        yield POINT, points


def _whole(line: Any, left: int, top: int) -> list[tuple[int, int]]:
    xy = np.rint(shapely.get_coordinates(line) - (left, top)).astype(int)
    return [(int(a), int(b)) for a, b in xy.tolist()]
