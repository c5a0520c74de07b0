"""The base map: every thing in its layer, readable by an independent decoder, the same bytes for the same map."""

import gzip
import math

import mapbox_vector_tile
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pmtiles.reader import MmapSource, Reader
from shapely.geometry import Polygon, shape

from liuchi.territory.basemap import build
from liuchi.territory.basemap.mvt import LINE, POLYGON, Layer, varint
from liuchi.territory.tests.conftest import CUT


def tile_of(lon: float, lat: float, zoom: int) -> tuple[int, int]:
    y = (1 - math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) / math.pi) / 2
    return int((lon + 180) / 360 * 2**zoom), int(y * 2**zoom)


@pytest.fixture
def made(demo_osm, tmp_path):
    build.keep_source(tmp_path, "340881990", demo_osm)
    return tmp_path, build.make(tmp_path)


def tiles(folder, zoom, bounds):
    """All decoded tiles of a zoom over the bounds."""
    with (folder / "base.pmtiles").open("rb") as file:
        reader = Reader(MmapSource(file))
        west, south, east, north = bounds
        (x0, y1), (x1, y0) = tile_of(west, south, zoom), tile_of(east, north, zoom)
        for x in range(x0, x1 + 1):
            for y in range(y0, y1 + 1):
                data = reader.get(zoom, x, y)
                if data:
                    yield mapbox_vector_tile.decode(gzip.decompress(data))


def test_every_building_and_road_is_in_the_closest_tiles(made):
    folder, figures = made
    seen: dict[str, set[int]] = {}
    for tile in tiles(folder, 16, figures.bounds):
        for name, layer in tile.items():
            seen.setdefault(name, set()).update(feature["id"] for feature in layer["features"])
    for layer in ("building", "road", "land", "green", "wall", "label", "gate"):
        assert len(seen[layer]) == figures.features[layer], layer


def test_polygons_are_valid_and_labels_lie_in_one_tile_only(made):
    folder, figures = made
    labels = []
    broken = total = 0
    for tile in tiles(folder, 16, figures.bounds):
        labels += [feature["id"] for feature in tile.get("label", {"features": []})["features"]]
        for feature in tile.get("building", {"features": []})["features"]:
            total += 1
            broken += not shape(feature["geometry"]).is_valid
    assert len(labels) == len(set(labels))
    assert total > 600 and broken == 0


def test_far_tiles_show_less(made):
    folder, figures = made
    far = next(iter(tiles(folder, 11, figures.bounds)))
    assert "building" not in far and "wall" not in far
    assert {feature["properties"]["class"] for feature in far["road"]["features"]} <= {"main", "second", "motorway"}


def test_the_same_map_gives_the_same_bytes_and_says_where_it_is(made):
    folder, figures = made
    before = (folder / "base.pmtiles").read_bytes()
    again = build.make(folder)
    assert (folder / "base.pmtiles").read_bytes() == before
    assert again == figures and figures.size == len(before) < 300_000
    west, south, east, north = figures.bounds
    assert 114 < west < east < 120 and 29 < south < north < 35, "inside Anhui"
    assert 1200 < (east - west) * 95_300 < 1900 and 1000 < (north - south) * 111_195 < 1600


def test_a_real_map_has_its_credit(tmp_path):
    build.keep_source(tmp_path, "440307", CUT)
    build.make(tmp_path)
    with (tmp_path / "base.pmtiles").open("rb") as file:
        assert "OpenStreetMap" in Reader(MmapSource(file)).metadata()["attribution"]


coordinate = st.integers(-200, 4300)
ring = st.lists(st.tuples(coordinate, coordinate), min_size=3, max_size=12)


@given(ring)
def test_any_outline_survives_the_encoding(points):
    layer = Layer("x")
    layer.add(7, POLYGON, [points], {"name": "槐荫里", "levels": 18, "bridge": True})
    decoded = mapbox_vector_tile.decode(layer.encoded(), default_options={"y_coord_down": True})
    whole = Polygon(points)
    if not layer.features:
        assert whole.area == 0 or not whole.is_valid
        return
    (feature,) = decoded["x"]["features"]
    assert feature["properties"] == {"name": "槐荫里", "levels": 18, "bridge": True} and feature["id"] == 7
    if whole.is_valid:
        assert shape(feature["geometry"]).equals(whole)


@given(st.lists(st.tuples(coordinate, coordinate), min_size=2, max_size=12, unique=True))
def test_any_line_survives_the_encoding(points):
    layer = Layer("x")
    layer.add(1, LINE, [points], {})
    decoded = mapbox_vector_tile.decode(layer.encoded(), default_options={"y_coord_down": True})
    (feature,) = decoded["x"]["features"]
    assert [tuple(point) for point in feature["geometry"]["coordinates"]] == points


@given(st.integers(0, 2**40))
def test_whole_numbers_are_written_seven_bits_at_a_time(value):
    read = sum((byte & 0x7F) << (7 * place) for place, byte in enumerate(varint(value)))
    assert read == value
