"""The map and the answers about places over HTTP."""

import json
from typing import Any

import pytest
from django.test import Client

from liuchi.territory import views_map
from liuchi.territory.basemap import store
from liuchi.territory.models import Place

pytestmark = pytest.mark.django_db
MAP = "/map/base.pmtiles"


@pytest.fixture
def whole(street) -> bytes:
    return (store.folder() / "base.pmtiles").read_bytes()


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("bytes=0-99", 0, 100), ("bytes=100-", 100, None), ("bytes=-50", -50, None), ("bytes=500-100000000", 500, None)],
)
def test_a_range_of_the_map_is_given(client: Client, whole, asked, start, end):
    answer = client.get(MAP, headers={"Range": asked})
    assert answer.status_code == 206
    assert answer.content == whole[start:end]
    assert answer["Content-Range"].endswith(f"/{len(whole)}") and answer["Content-Length"] == str(len(answer.content))


def test_the_whole_map_is_given_and_kept(client: Client, whole):
    answer = client.get(MAP)
    assert b"".join(answer.streaming_content) == whole and answer["Accept-Ranges"] == "bytes"
    assert "no-cache" in answer["Cache-Control"]
    etag = answer["ETag"]
    assert client.get(MAP, headers={"If-None-Match": etag}).status_code == 304
    assert "immutable" in client.head(f"{MAP}?v={etag.strip(chr(34))}")["Cache-Control"]
    assert "immutable" not in client.head(f"{MAP}?v=older")["Cache-Control"]


def test_an_old_part_is_not_joined_with_a_new_map(client: Client, whole):
    answer = client.get(MAP, headers={"Range": "bytes=0-99", "If-Range": '"other"'})
    assert answer.status_code == 200


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=50-10"])
def test_a_range_that_does_not_exist_is_refused(client: Client, whole, asked):
    answer = client.get(MAP, headers={"Range": asked})
    assert answer.status_code == 416 and answer["Content-Range"] == f"bytes */{len(whole)}"


@pytest.mark.parametrize("asked", ["lines=1-2", "bytes=-", "bytes=a-b", "bytes=0-1,5-9", "bytes=" + "9" * 5000 + "-"])
def test_a_range_that_cannot_be_read_gives_the_whole(client: Client, whole, asked):
    assert client.get(MAP, headers={"Range": asked}).status_code == 200


def test_without_a_map_there_is_a_sentence_and_an_empty_style(client: Client, db):
    assert client.get(MAP).status_code == 404 and client.get(MAP).json()["message"]
    style = client.get("/map/style.json").json()
    assert style["sources"] == {} and style["metadata"]["liuchi:map"] is False


def test_the_style_needs_nothing_from_outside_and_speaks_the_persons_language(client: Client, whole):
    style = client.get("/map/style.json").json()
    assert "glyphs" not in style and "sprite" not in style
    assert "http" not in json.dumps(style)
    assert style["sources"]["base"]["url"].startswith("pmtiles:///map/base.pmtiles?v=")
    assert style["sources"]["base"]["attribution"] == "虚构地点"
    english = client.get("/map/style.json", headers={"Accept-Language": "en"}).json()
    assert english["sources"]["base"]["attribution"] == "A made-up place"
    layers = {layer["source-layer"] for layer in style["layers"] if "source-layer" in layer}
    assert layers == {"land", "green", "water", "road", "building", "wall", "gate", "label"}
    ids = [layer["id"] for layer in style["layers"]]
    assert len(ids) == len(set(ids))


def asked(client: Client, path: str, said: dict[str, Any]) -> Any:
    """What a person types and where somebody stands are sent: addresses are kept in logs."""
    return client.post(f"/api/territory/{path}", said, content_type="application/json")


def test_places_are_searched(client: Client, street):
    house = Place.objects.get(label="槐荫里3幢")
    answer = asked(client, "search", {"q": "hyl3", "lon": house.lon, "lat": house.lat})
    (first, *_rest) = answer.json()["places"]
    assert first["id"] == str(house.pk) and first["name"] == "槐荫里 3 幢" and first["metres"] == 0
    assert "楼栋" in first["detail"] and "网格" in first["detail"]
    assert asked(client, "search", {"q": "hyl3"}).json()["places"][0]["metres"] is None
    assert asked(client, "search", {}).json() == {"places": []}


def test_a_point_gets_words_area_and_grid(client: Client, street):
    house = Place.objects.get(label="槐荫里3幢")
    answer = asked(client, "at", {"lon": house.lon, "lat": house.lat}).json()
    assert answer["address"] == "槐荫里 3 幢" and answer["area"] == "槐荫社区"
    assert answer["grid"].startswith("第 ") and answer["covered"] is True and len(answer["code"]) == 15
    assert asked(client, "at", {"lon": 100, "lat": 20}).json()["covered"] is False


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("at", {"lon": "200", "lat": "31"}), ("at", {"lon": "x", "lat": "31"}), ("at", {}), ("at", {"lon": "nan", "lat": "31"}),
        ("areas", {}), ("areas", {"box": "1,2,3"}), ("areas", {"box": "100,20,140,60"}), ("areas", {"box": "117,32,116,31"}),
        ("areas", {"box": "a,b,c,d"}), ("search", {"q": "x", "lon": "999", "lat": "0"}), ("search", {"q": "x", "limit": "many"}),
    ],
)  # fmt: skip
def test_what_makes_no_sense_gets_a_clear_answer(client: Client, street, path, params):
    answer = client.get("/api/territory/areas", params) if path == "areas" else asked(client, path, params)
    assert answer.status_code == 422


def test_grids_in_a_box_are_geojson(client: Client, street):
    found = client.get("/api/territory/areas", {"box": "116.85,31.05,116.95,31.15"}).json()
    assert len(found["features"]) == 22
    found = client.get(
        "/api/territory/areas", {"box": "116.85,31.05,116.95,31.15", "levels": "community,street,nonsense"}
    ).json()
    assert {feature["properties"]["level"] for feature in found["features"]} == {"community", "street"}


def test_answering_takes_few_queries(client: Client, street, django_assert_max_num_queries):
    asked(client, "search", {"q": "hyl3"})
    asked(client, "at", {"lon": 116.9, "lat": 31.105})
    with django_assert_max_num_queries(3):  # the stamp, the places, their areas
        asked(client, "search", {"q": "hyl3"})
    with django_assert_max_num_queries(9):
        asked(client, "at", {"lon": 116.9, "lat": 31.105})


def test_a_part_is_never_the_whole_of_a_large_map(client: Client, whole, monkeypatch):
    monkeypatch.setattr(views_map, "LARGEST_PART", 100)
    answer = client.get(MAP, headers={"Range": "bytes=10-"})
    assert answer.status_code == 206 and answer.content == whole[10:110]
    assert answer["Content-Range"] == f"bytes 10-109/{len(whole)}"
