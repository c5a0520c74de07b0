"""Makes the one PMTiles file out of all maps that were brought in."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from liuchi.territory.basemap.features import LAYERS, Drawn, draw
from liuchi.territory.basemap.tiles import LEAST_ZOOM, MOST_ZOOM, cut
from liuchi.territory.osm.reader import Extract, read

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Made:
    """A base map that was made: counts of features by layer, of tiles, and the size in bytes."""

    features: dict[str, int]
    tiles: int
    size: int
    bounds: tuple[float, float, float, float]


def keep_source(folder: Path, code: str, source: Path) -> Path:
    """Keeps the map file of an area, so that the base map can be made again when another is added. Returns its place."""
    kept = folder / "sources"
    kept.mkdir(parents=True, exist_ok=True)
    suffix = ".osm.pbf" if source.name.endswith(".pbf") else "".join(source.suffixes[-2:]) or ".osm"
    target = kept / f"{code}{suffix if suffix.startswith('.osm') else '.osm'}"
    if source.resolve() == target.resolve():
        return target
    draft = target.with_name(f".{os.getpid()}-{target.name}")
    shutil.copyfile(source, draft)
    for old in kept.glob(f"{code}.osm*"):
        old.unlink()
    return draft.replace(target)


def sources(folder: Path) -> list[Path]:
    """The map files that are kept."""
    return sorted(path for path in (folder / "sources").glob("*.osm*") if not path.name.startswith("."))


def make(folder: Path, fresh: dict[str, Extract] | None = None, progress: Progress | None = None) -> Made:
    """Makes `base.pmtiles` and `base.json` in the folder from all kept maps, and puts them in place at once.

    fresh: extracts that are in memory already, by area code.
    """
    extracts = []
    for path in sources(folder):
        code = path.name.split(".")[0]
        extracts.append((fresh or {}).get(code) or read(path))
    drawn: list[Drawn] = [feature for extract in extracts for feature in draw(extract.things)]
    west, south, east, north = zip(*(extract.bounds for extract in extracts), strict=True)
    bounds = (min(west), min(south), max(east), max(north))
    about: dict[str, Any] = {
        "bounds": bounds,
        # Each map with its own frame: two maps far apart have a middle where nothing is.
        "maps": {
            path.name.split(".")[0]: list(extract.bounds)
            for path, extract in zip(sources(folder), extracts, strict=True)
        },
        "attribution": "" if all(extract.made_up for extract in extracts) else "© OpenStreetMap contributors",
        "features": {layer: sum(feature.layer == layer for feature in drawn) for layer in LAYERS},
    }
    draft = folder / f".{os.getpid()}-base.pmtiles"
    tiles = _write(draft, drawn, about, progress)
    about["tiles"], about["size"] = tiles, draft.stat().st_size
    about["hash"] = hashlib.sha256(draft.read_bytes()).hexdigest()[:16]
    (folder / ".base.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
    draft.replace(folder / "base.pmtiles")
    (folder / ".base.json").replace(folder / "base.json")
    return Made(about["features"], tiles, about["size"], bounds)


def _write(path: Path, drawn: list[Drawn], about: dict[str, Any], progress: Progress | None) -> int:
    west, south, east, north = about["bounds"]
    count = 0
    with path.open("wb") as file:
        writer: Any = Writer(file)  # type: ignore[no-untyped-call]
        for zoom, x, y, data in cut(drawn, progress):
            writer.write_tile(zxy_to_tileid(zoom, x, y), data)
            count += 1
        writer.finalize(
            {
                "tile_type": TileType.MVT,
                "tile_compression": Compression.GZIP,
                "min_lon_e7": int(west * 1e7), "min_lat_e7": int(south * 1e7),
                "max_lon_e7": int(east * 1e7), "max_lat_e7": int(north * 1e7),
                "center_zoom": 15,
                "center_lon_e7": int((west + east) * 5e6), "center_lat_e7": int((south + north) * 5e6),
            },
            {
                "name": "Liuchi base map",
                "attribution": about["attribution"],
                "vector_layers": [
                    {"id": layer, "fields": {}, "minzoom": LEAST_ZOOM, "maxzoom": MOST_ZOOM} for layer in LAYERS
                ],
            },
        )  # fmt: skip
    return count
