"""What the phone shows: the nearest, one place, the sign's page, the keeper's."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from liuchi.cases.models import Case
from liuchi.kernel.errors import Refused
from liuchi.kernel.links.models import Link
from liuchi.kernel.outbox import actions as outbox
from liuchi.places import actions, api
from liuchi.places.models import Seen, Use, Visit
from liuchi.places.tests.conftest import SPOT, Place, context, station
from liuchi.places.views_public import DAY

pytestmark = pytest.mark.django_db
ALL_DAY = (((0, 1440),),) * 7


@pytest.fixture
def points(place: Place) -> dict[str, Any]:
    return {
        "near": station(place, "近处驿站", week=((),) * 6 + (((0, 1),),), services={"charge": ""}),
        "open": station(place, "河边驿站", lon=SPOT[0] + 0.004, week=ALL_DAY, services={"charge": "", "drink": ""}),
        "far": station(place, "远处书角", kind="corner", lon=SPOT[0] + 0.012, week=ALL_DAY, services={"read": "", "drink": ""}),
    }  # fmt: skip


def test_the_nearest_open_one_with_what_is_needed_comes_first(
    client: Client, points: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    here = {"lon": SPOT[0], "lat": SPOT[1]}
    client.post("/places", here)
    with django_assert_max_num_queries(12):
        page = client.post("/places", {**here, "need": "charge"})
    names = [line.point.name for line in page.context["lines"]]
    assert names == ["河边驿站", "近处驿站"]  # the nearer one is shut
    assert "开放中 · 全天" in page.content.decode()
    assert [line.point.name for line in client.post("/places", {**here, "need": "read"}).context["lines"]] == [
        "远处书角"
    ]


def test_where_there_is_no_water_nobody_is_sent_for_it(client: Client, points: dict[str, Any]) -> None:
    actions.say(context(timezone.now(), channel="replay"), points["open"].pk, "no_water", "2")
    lines = client.post("/places", {"lon": SPOT[0], "lat": SPOT[1], "need": "drink"}).context["lines"]
    assert [line.point.name for line in lines] == ["远处书角", "河边驿站"]
    page = client.get(f"/places/{points['open'].pk}").content.decode()
    assert "缺水 · 开放中 · 全天" in page and "暂时没有" in page


def test_a_list_without_a_position_says_from_where_it_counts(client: Client, points: dict[str, Any]) -> None:
    page = client.get("/places?need=gold")
    assert page.status_code == 200 and page.context["need"] is None
    assert "从本地中心算起" in page.content.decode()
    assert client.post("/places", {"lon": "nan", "lat": "x"}).status_code == 200
    part = client.post("/places", {"q": "没有这条路"}, headers={"X-Part": "1"}).content.decode()
    assert "没找到“没有这条路”" in part and "<html" not in part


def test_one_tap_at_the_sign_counts_one_visit(client: Client, points: dict[str, Any]) -> None:
    address = f"/p/{points['open'].code}"
    assert "我到了" in client.get(address.upper().replace("/P/", "/p/")).content.decode()
    answer = client.post(address, {"used": ["charge"]})
    cookie = answer.cookies[DAY.cookie]
    assert cookie["httponly"] and cookie["path"] == "/p/"
    ends = timezone.localtime(timezone.now()).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    assert str(ends.astimezone(timezone.get_fixed_timezone(0)).day).zfill(2) in cookie["expires"]
    client.post(address, {"used": ["charge", "drink"]})
    assert (Visit.objects.get().count, dict(Use.objects.values_list("service", "count"))) == (
        1,
        {"charge": 1, "drink": 1},
    )
    assert cookie.value not in str(Seen.objects.values())
    assert "记上了" in client.get(address).content.decode()


def test_a_flood_of_taps_from_one_address_is_slowed(points: dict[str, Any]) -> None:
    answers = [Client().post(f"/p/{points['open'].code}").status_code for _n in range(42)]
    assert answers.count(302) == 40 and set(answers[40:]) == {429}


def test_a_problem_at_a_station_is_a_case_that_its_reporter_follows(client: Client, points: dict[str, Any]) -> None:
    point = points["open"]
    sent = {"text": "插座坏了两个", "phone": "", "key": str(uuid4())}
    first = client.post(f"/p/{point.code}/problem", sent)
    again = client.post(f"/p/{point.code}/problem", sent)
    assert first.url == again.url and Case.objects.count() == 1
    case = Case.objects.get()
    assert (case.lon, case.lat, case.place_words) == (point.lon, point.lat, point.name)
    assert Link.objects.get(source=case.pk, kind="about").target_id == point.pk
    page = client.get(first.url)
    receipt = page.context["receipt"]
    assert receipt in page.content.decode() and receipt not in first.url
    assert Client().get(first.url).status_code == 302  # another phone reads nothing there
    assert client.get(f"/api/cases/follow/{receipt}").status_code == 200
    wrong = client.post(f"/p/{point.code}/problem", {**sent, "phone": "12", "key": str(uuid4())})
    assert "插座坏了两个" in wrong.content.decode() and Case.objects.count() == 1


def test_a_given_up_place_says_so_and_counts_nothing(client: Client, points: dict[str, Any]) -> None:
    point = points["open"]
    actions.close_point(context(channel="replay"), point.pk)
    assert "已经撤销" in client.get(f"/p/{point.code}").content.decode()
    assert client.post(f"/p/{point.code}").status_code == 409
    assert client.get(f"/places/{point.pk}").status_code == 404
    assert not Visit.objects.exists()


def test_the_keepers_phone(client: Client, place: Place, points: dict[str, Any]) -> None:
    worker, point = place.person("grid_worker"), points["open"]
    client.force_login(worker.login)
    assert client.get("/places/keep").status_code == 200
    client.post(f"/places/keep/{point.pk}/count", {"visits": "1"})
    client.post(f"/places/keep/{point.pk}/count", {"used": "charge"})
    client.post(f"/places/keep/{point.pk}/count", {"visits": "-3"})
    client.post(f"/places/keep/{point.pk}/say", {"said": "full", "how_long": "1"})
    page = client.get(f"/places/keep/{point.pk}")
    assert "已满" in page.content.decode()
    assert (Visit.objects.get().count, Use.objects.get().count) == (1, 1)
    client.post(f"/places/keep/{point.pk}/say", {"said": ""})
    assert "开放中" in client.get(f"/places/keep/{point.pk}").content.decode()


def test_home_tells_the_nearest_station_and_what_is_on_today(
    client: Client, points: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    at = timezone.now()
    planned = actions.Planned("clinic", "义诊", at - timedelta(minutes=1), at + timedelta(minutes=1))
    actions.plan_event(context(at, channel="replay"), points["far"].pk, planned)
    api.home(api.Standing())
    with django_assert_max_num_queries(8):
        told = api.home(api.Standing(lon=SPOT[0], lat=SPOT[1]))
    assert told["nearest"]["name"] == "河边驿站" and told["nearest"]["metres"] > 380
    assert told["nearest"]["minutes"] == "步行 7 分钟"
    assert [one["title"] for one in told["today"]] in (["义诊"], [])  # [] in the minute after midnight
    nowhere = api.home(api.Standing())
    assert nowhere["nearest"]["metres"] is None


def test_the_way_is_told_in_words_and_drawn(client: Client, points: dict[str, Any]) -> None:
    body = {"id": str(points["far"].pk), "lon": SPOT[0], "lat": SPOT[1]}
    told = client.post("/api/places/way", body, content_type="application/json").json()
    assert not told["by_road"] and told["words"].startswith("约 1.5 公里") and len(told["line"]) == 2
    gone = client.post("/api/places/way", {**body, "id": str(uuid4())}, content_type="application/json")
    assert gone.status_code == 404


def test_a_common_fault_needs_no_words_and_is_offered_where_it_can_be(client: Client, points: dict[str, Any]) -> None:
    page = client.get(f"/p/{points['near'].code}/problem")
    assert [one.name for one in page.context["faults"]] == ["手机充不了电", "门锁着", "太脏了", "其他"]
    address = f"/p/{points['open'].code}/problem"
    client.post(address, {"what": "no_water", "text": "", "key": str(uuid4())}, HTTP_ACCEPT_LANGUAGE="en")
    assert Case.objects.get().text == "驿站没水"  # the office reads it in Chinese
    client.post(address, {"what": "no_charge", "text": "三个口都不行", "key": str(uuid4())})
    assert Case.objects.filter(text="驿站手机充不了电。三个口都不行").exists()
    nothing = client.post(address, {"what": "other", "text": " ", "key": str(uuid4())})
    assert "请用几个字说说" in nothing.content.decode() and Case.objects.count() == 2


def test_the_phone_delivers_a_fault_once_however_often_it_sends_it(points: dict[str, Any]) -> None:
    key, body = uuid4(), {"point": points["open"].code, "what": "locked", "text": "", "phone": ""}
    first, again = (outbox.deliver(context(), "phone", key, "place.problem", body, []) for _time in range(2))
    assert again.again and first.result == again.result and first.result["url"].startswith("/r/")
    assert Link.objects.get(source=Case.objects.get().pk, kind="about").target_id == points["open"].pk
    actions.close_point(context(channel="replay"), points["open"].pk)
    for wrong in ({**body, "point": ["x"]}, body):
        with pytest.raises(Refused):
            outbox.deliver(context(), "phone", uuid4(), "place.problem", wrong, [])
    assert Case.objects.count() == 1
