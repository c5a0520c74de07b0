"""Finding what is near and the way there, with and without a position."""

from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from liuchi.kernel import geo
from liuchi.kernel.records import actions as records
from liuchi.places import api, maps
from liuchi.places.queries import points
from liuchi.places.tests.conftest import SPOT, Place, station
from liuchi.territory import stamps
from liuchi.territory.models import Place as Spot

pytestmark = pytest.mark.django_db
ALL_DAY = (((0, 1440),),) * 7
NEVER_SAID = ((),) * 7


@pytest.fixture
def compound(place: Place) -> Spot:
    record = records.create("place", area_id=place.grid.pk)
    made = Spot.objects.create(
        record=record, area=place.grid, kind="compound", name="槐荫里", label="槐荫里", lon=SPOT[0], lat=SPOT[1]
    )
    stamps.touch("places")
    return made


def test_an_open_station_stands_before_nearer_ones_of_which_nobody_knows(client: Client, place: Place) -> None:
    for number in range(25):
        station(place, f"没人说过{number}", lon=SPOT[0] + 0.0001 * number, week=NEVER_SAID)
    station(place, "开着的", lon=SPOT[0] + 0.02, week=ALL_DAY)
    names = [line.point.name for line in points.nearest(timezone.now(), SPOT)]
    assert (names[0], names[1], len(names)) == ("开着的", "没人说过0", 10)
    told = api.home(api.Standing(lon=SPOT[0], lat=SPOT[1]))["nearest"]
    assert (told["name"], told["tone"]) == ("开着的", "ok")


def test_a_place_of_which_nobody_knows_the_hours_is_not_green(place: Place) -> None:
    station(place, "没人说过", week=NEVER_SAID)
    assert api.home(api.Standing())["nearest"]["tone"] == "info"


def test_what_is_typed_may_be_a_service_a_place_of_the_map_or_one_of_ours(
    client: Client, place: Place, compound: Spot
) -> None:
    station(place, "槐荫驿站", week=ALL_DAY)
    far = station(place, "河边驿站", lon=SPOT[0] + 0.01, week=ALL_DAY, services={"ebike": ""})
    page = client.post("/places", {"q": "电动车充电"})
    assert page.context["need"].code == "ebike" and [one.point for one in page.context["lines"]] == [far]
    assert "附近有电动车充电的" in page.content.decode()
    assert "从槐荫里算起" in client.post("/places", {"q": "槐荫里"}).content.decode()
    page = client.post("/places", {"q": "河边"})
    assert [one.point.name for one in page.context["lines"]] == [
        "河边驿站"
    ] and "名字里有“河边”的" in page.content.decode()
    told = client.post("/api/places/find", {"q": "充电"}, content_type="application/json").json()
    assert [one["name"] for one in told["services"]] == ["手机充电", "电动车充电"]
    told = client.post("/api/places/find", {"q": "河边"}, content_type="application/json").json()
    assert [one["url"] for one in told["points"]] == [f"/places/{far.pk}"]
    assert client.post("/api/places/find", {"q": " "}, content_type="application/json").json()["places"] == []


def test_the_legend_names_only_the_dots_that_are_there(client: Client, place: Place) -> None:
    station(place, "开着的", week=ALL_DAY)
    station(place, "关着的", week=NEVER_SAID, days_off=((0, 1),))
    page = client.get("/places")
    assert [word for _tone, _ring, word in page.context["legend"]] == ["开放中", "已关"]
    assert [one["properties"]["ring"] for one in page.context["dots"]["features"]] == [False, True]


def test_without_a_position_the_way_is_told_from_a_place_that_one_names(
    client: Client, place: Place, compound: Spot, django_assert_max_num_queries: Any
) -> None:
    point = station(place, lon=SPOT[0] + 0.004, address="河沿路3号", directions="从北门进")
    client.get(f"/places/{point.pk}")
    with django_assert_max_num_queries(12):
        page = client.post(f"/places/{point.pk}", {"q": "槐荫里"}).content.decode()
    assert "从槐荫里走" in page and "步行" in page and "从北门进" in page
    assert "没找到“那边”" in client.post(f"/places/{point.pk}", {"q": "那边"}).content.decode()
    assert client.post(f"/places/{uuid4()}", {"q": "槐荫里"}).status_code == 404


def test_map_applications_get_the_spot_in_their_own_degrees(client: Client, place: Place) -> None:
    point = station(place, "河边;驿站", address="河沿路3号")
    amap, baidu, tencent = (
        parse_qs(urlsplit(href).query) for _name, href in maps.applications(point.name, point.address, *SPOT)
    )
    lon, lat, name = amap["to"][0].split(",")
    assert geo.distance(*SPOT, *geo.gcj_to_wgs(float(lon), float(lat))) < 1 and name == "河边;驿站"
    lat, lon = baidu["location"][0].split(",")
    assert geo.distance(*SPOT, *geo.bd_to_wgs(float(lon), float(lat))) < 1 and baidu["coord_type"] == ["bd09ll"]
    spot, title, address = tencent["marker"][0].split(";")
    lat, lon = spot.removeprefix("coord:").split(",")
    assert geo.distance(*SPOT, *geo.gcj_to_wgs(float(lon), float(lat))) < 1
    assert (title, address) == ("title:河边 驿站", "addr:河沿路3号")
    page = client.get(f"/places/{point.pk}")
    assert page.content.decode().count('rel="noopener noreferrer external" referrerpolicy="no-referrer"') == 3
    assert "amap.com" not in page.headers["Content-Security-Policy"]  # opened by a person, loaded by nobody
