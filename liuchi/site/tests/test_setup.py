"""The wizard leads from nothing to the first report, and closes behind it."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from liuchi.admissions.models import Programme
from liuchi.cases.actions import Said, report
from liuchi.kernel import context
from liuchi.people.models import Login, Organisation, Post
from liuchi.people.tests.test_desk_pages import filled
from liuchi.publications.models import ServiceItem
from liuchi.site.opened import opened
from liuchi.site.setup.queries import setup_address
from liuchi.site.setup.tasks import import_map
from liuchi.territory import queries as territory
from liuchi.territory.models import Area
from liuchi.territory.tests.conftest import demo_place

ACCOUNT = {"name": "管事的人", "username": "admin", "password": "three feet each"}


def code() -> str:
    address = setup_address()
    assert address
    return address.partition("code=")[2]


def bring_the_map_in() -> None:
    """What the worker does; the real one would close this test's connection."""
    waiting = DBTaskResult.objects.ready().filter(task_path__endswith="import_map").order_by("-enqueued_at").first()
    assert waiting
    given = waiting.args_kwargs
    import_map.call(*given["args"], **given["kwargs"])


@pytest.fixture
def admin(db: None) -> Client:
    client = Client()
    assert client.post("/setup", {**ACCOUNT, "code": code()}).url == "/setup/place"
    return client


@pytest.mark.django_db
def test_only_the_code_opens_it_and_only_once() -> None:
    client = Client()
    assert client.get("/setup").status_code == 200
    wrong = client.post("/setup", {**ACCOUNT, "code": "guess"})
    assert wrong.status_code == 200 and wrong.context["form"].errors["code"]
    right = code()
    for step in ("place", "map", "people", "catalogue", "starters", "worker", "done"):
        assert "/account/login/" in client.get(f"/setup/{step}").url
    assert client.post("/setup", {**ACCOUNT, "code": right}).url == "/setup/place"
    assert setup_address() is None
    assert Client().post("/setup", {**ACCOUNT, "username": "second", "code": right}).status_code == 302
    assert Login.objects.count() == 1


@pytest.mark.django_db
def test_the_code_can_not_be_tried_out() -> None:
    right = code()

    def tried(said: str, **more: str) -> str:
        answer = Client(**more).post("/setup", {**ACCOUNT, "code": said})
        return "in" if answer.status_code == 302 else answer.context["form"].errors["code"][0]

    told = [tried(f"guess {number}") for number in range(15)]
    assert "不对" in told[0] and "太多" not in told[0]
    assert "太多" in told[-1] and "太多" in tried(right), "from there nothing is answered for a minute"
    assert tried(right, REMOTE_ADDR="203.0.113.9") == "in", "and the office itself is not locked out by it"


def test_from_nothing_to_work(admin: Client) -> None:
    place = {"code": "340881990", "name": "六尺街道", "communities": "槐荫社区\n文汇社区\n\n槐荫社区"}
    assert admin.post("/setup/place", place).url == "/setup/map"
    home = territory.root()
    assert home and home.name == "六尺街道" and home.parent and home.parent.code == "340881"
    codes = Area.objects.filter(level="community").order_by("code").values_list("code", "name")
    assert list(codes) == [("340881990001", "槐荫社区"), ("340881990002", "文汇社区")]
    assert admin.post("/setup/place", place).url == "/setup/map"
    assert Area.objects.filter(level="community").count() == 2, "the same answer again changes nothing"

    file = BytesIO(demo_place().osm.encode())
    file.name = "street.osm"
    assert admin.post("/setup/map", {"file": file}).url == "/setup/map"
    assert "hx-trigger" in admin.get("/setup/map/progress").content.decode()
    bring_the_map_in()
    told = admin.get("/setup/map/progress")
    assert told.context["told"]["state"] == "done" and "hx-trigger" not in told.content.decode()

    units = [["街道办事处", "government_unit", "", "六尺街道", ""]]
    staff = [["程安", "13511110000", "dispatcher", "街道办事处", "六尺街道", "", "", "", ""]]
    preview = admin.post("/setup/people", {"file": filled(units, staff)})
    assert preview.context["plan"].ready and not Organisation.objects.exists()
    assert admin.post("/setup/people/confirm").context["done"].keys[0].username == "chengan"

    assert admin.post("/setup/catalogue").url == "/setup/catalogue"
    assert admin.get("/setup/catalogue").context["conditions"] > 400

    page = admin.get("/setup/starters").content.decode()
    assert 'value="六街"' in page
    starters = {"services": "on", "programmes": "on", "mark": "六尺街办"}
    for _twice in range(2):
        assert admin.post("/setup/starters", starters).url == "/setup/starters"
    assert ServiceItem.objects.count() == 42 and Programme.objects.filter(state="open").count() == 6
    assert Programme.objects.get(key="observer").version.definition.letter_mark.startswith("六尺街办")

    community = Area.objects.get(name="槐荫社区")
    done = admin.post("/setup/worker", {"name": "方禾", "phone": "", "area": community.pk})
    assert re.fullmatch(r"[a-z2-9-]{14}", done.context["password"])
    post = Post.objects.get(role="grid_worker")
    assert post.area and post.area.level == "grid" and post.area.parent == community
    page = admin.get("/setup/done").content.decode()
    assert "/report" in page and 'href="/desk/places"' in page and "还没有" in page and "已开张" in page
    assert all(stage.done for stage in admin.get("/setup/done").context["stages"])
    assert community.boundary, "the map brought the outline of the community, and the grid covers it"
    taken = report(context.system(), Said(text="第一件", lon=community.lon, lat=community.lat, place_source="map"))
    assert taken.case.area == post.area
    assert admin.get("/setup/place").url == "/desk/people", "with the first report the wizard closes"


@pytest.mark.django_db
def test_no_door_of_an_empty_house_leads_to_an_empty_room(admin: Client, django_assert_max_num_queries: Any) -> None:
    def doors() -> list[str]:
        told = admin.post("/api/home", "{}", content_type="application/json").json()["doors"]
        return [one["url"] for one in told]

    assert doors() == []
    admin.post("/setup/place", {"code": "340881990", "name": "六尺街道"})
    assert doors() == []
    admin.post("/setup/starters", {"services": "on", "mark": "六街"})
    assert doors() == ["/services"]
    with django_assert_max_num_queries(1):
        assert opened() == {"services"}


def test_a_map_that_is_none_ends_with_a_sentence(admin: Client) -> None:
    admin.post("/setup/place", {"code": "340881990", "name": "六尺街道"})
    file = BytesIO(b"<osm")
    file.name = "street.txt"
    assert admin.post("/setup/map", {"file": file}).context["map_form"].errors["file"]
    file = BytesIO(b"this is no map")
    file.name = "street.osm"
    admin.post("/setup/map", {"file": file})
    bring_the_map_in()
    told = admin.get("/setup/map/progress").context["told"]
    assert told["state"] == "failed" and told["sentence"]


def test_places_are_searched_in_the_list_of_divisions(admin: Client) -> None:
    admin.post("/setup/place", {"code": "340881990", "name": "六尺街道"})
    for text in ("六尺", "3408819", "lcjd"):
        assert "340881990" in admin.get("/setup/place/areas", {"q": text}).content.decode()
    assert "340881990" not in admin.get("/setup/place/areas", {"q": "zzz"}).content.decode()


@pytest.mark.parametrize("place", [{"code": "12", "name": "x"}, {"code": "340881", "name": "x", "communities": "y"}])
def test_a_place_that_cannot_be_is_refused(admin: Client, place: dict[str, Any]) -> None:
    assert admin.post("/setup/place", place).context["form"].errors
    assert not Area.objects.exists()
