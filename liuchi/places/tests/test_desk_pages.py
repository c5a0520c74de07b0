"""The desk: list, one place, its form, lists from Excel, what is printed."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from liuchi.cases.models import Case
from liuchi.kernel.documents import pdf
from liuchi.kernel.tests.media_files import encoded
from liuchi.places import actions
from liuchi.places.desk.paper import SIGN, sign_data
from liuchi.places.models import Event, ServicePoint
from liuchi.places.services import services
from liuchi.places.tests.conftest import SPOT, Place, context, station

pytestmark = pytest.mark.django_db
FILLED = {
    "name": "河边驿站", "kind": "station", "spot": f"{SPOT[0]}, {SPOT[1]}", "services": ["charge", "drink"],
    "note-drink": "开水", "day0": "8-12 14:00-18:00", "day1": "8-18", "day5": "24", "off_own": "on", "off": "9-12",
    "floor_area": "70", "capacity": "24", "level": "3", "area": "槐荫第一网格",
}  # fmt: skip


@pytest.fixture
def clerk(client: Client, place: Place) -> Client:
    client.force_login(place.person("community_clerk").login)
    return client


def test_the_list_is_filtered_by_its_address_with_few_queries(
    clerk: Client, place: Place, django_assert_max_num_queries: Any
) -> None:
    for number in range(45):
        station(place, f"驿站{number:02d}", kind="station" if number % 2 else "shop")
    clerk.get("/desk/places")
    with django_assert_max_num_queries(14):
        page = clerk.get("/desk/places?kind=station")
    assert len(page.context["lines"]) == 22
    assert len(clerk.get("/desk/places?page=2").context["lines"]) == 5
    assert len(clerk.get("/desk/places?q=驿站07").context["lines"]) == 1
    assert len(clerk.get("/desk/places?service=read&kind=castle&area=x&page=-1").context["lines"]) == 0
    point = ServicePoint.objects.get(name="驿站07")
    actions.say(context(timezone.now(), channel="replay"), point.pk, "full", "1")
    assert [line.shown.point for line in clerk.get("/desk/places?state=said").context["lines"]] == [point]
    actions.close_point(context(channel="replay"), point.pk)
    assert [line.shown.point for line in clerk.get("/desk/places?state=given_up").context["lines"]] == [point]


def test_a_place_is_entered_and_changed_by_its_form(clerk: Client, place: Place) -> None:
    answer = clerk.post("/desk/places/new", FILLED)
    assert answer.status_code == 302, answer.content.decode()
    point = ServicePoint.objects.get()
    assert point.week == [[[480, 720], [840, 1080]], [[480, 1080]], [], [], [], [[0, 1440]], []]
    assert (point.days_off, point.floor_area, point.level) == ([[540, 720]], 70, 3)
    assert dict(point.offers.values_list("service", "note")) == {"charge": "", "drink": "开水"}
    page = clerk.get(f"/desk/places/{point.pk}/change").content.decode()
    assert "8:00-12:00 14:00-18:00" in page and 'value="开水"' in page
    clerk.post(f"/desk/places/{point.pk}/change", {**FILLED, "name": "河边暖新驿站", "version": "1"})
    slow = clerk.post(f"/desk/places/{point.pk}/change", {**FILLED, "name": "旧页面", "version": "1"})
    assert slow.status_code == 200 and "旧页面" in slow.content.decode()
    assert ServicePoint.objects.get().name == "河边暖新驿站"


def test_what_is_wrong_in_the_form_is_said_at_its_field(clerk: Client) -> None:
    wrong = clerk.post("/desk/places/new", {**FILLED, "day0": "早上到晚上", "spot": "河边", "services": ["charge"]})
    form = wrong.context["form"]
    assert {"day0", "spot"} <= set(form.errors)
    page = wrong.content.decode()
    assert "早上到晚上" in page and 'value="charge" checked' in page
    assert not ServicePoint.objects.exists()


def test_the_page_of_a_place_tells_its_month(clerk: Client, place: Place, django_assert_max_num_queries: Any) -> None:
    point = station(place)
    now = timezone.now()
    actions.count(context(now, channel="replay"), point.pk, 12, {"drink": 5})
    actions.plan_event(
        context(now, channel="replay"), point.pk, actions.Planned("clinic", "义诊", now, now + timedelta(hours=1))
    )
    actions.report_problem(context(now, channel="replay"), point, "饮水机坏了")
    Case.objects.update(area=place.grid)  # the small place has no outlines in which a spot could lie
    clerk.get(f"/desk/places/{point.pk}")
    with django_assert_max_num_queries(32):
        page = clerk.get(f"/desk/places/{point.pk}")
    assert page.context["month"]["visits"] == 12
    assert page.context["month"]["problems"] == {"raised": 1, "solved": 0}
    assert "饮水机坏了" in page.content.decode() and "喝水 <b>5</b>" in page.content.decode()


def test_days_events_keepers_and_pictures_from_the_page(clerk: Client, place: Place) -> None:
    point = station(place)
    address = f"/desk/places/{point.pk}"
    tomorrow = timezone.localdate() + timedelta(days=1)
    clerk.post(f"{address}/day", {"x-day": tomorrow.isoformat(), "x-spans": "9-11", "x-why": "停电检修"})
    assert "停电检修" in clerk.get(address).content.decode()
    clerk.post(f"{address}/day", {"drop": tomorrow.isoformat()})
    assert not point.exceptions.exists()
    said = clerk.post(f"{address}/day", {"x-day": "2020-01-01", "x-spans": ""}, follow=True).content.decode()
    assert "这一天已经过去了" in said
    sent = {
        "e-title": "义诊",
        "e-kind": "clinic",
        "e-day": tomorrow.isoformat(),
        "e-begins": "14:00",
        "e-ends": "16:00",
    }
    clerk.post(f"{address}/event", sent)
    event = Event.objects.get()
    assert "活动还没开始" in clerk.post(f"/desk/places/events/{event.pk}", {"came": "3"}, follow=True).content.decode()
    clerk.post(f"/desk/places/events/{event.pk}", {"call_off": "1"})
    assert Event.objects.get().cancelled_at
    clerk.post(f"{address}/keepers", {"k-who": "rider"})
    assert list(point.keepings.values_list("person_id", flat=True)) == [place.person("rider").pk]
    clerk.post(f"{address}/keepers", {"drop": str(place.person("rider").pk)})
    assert not point.keepings.exists()
    photo = io.BytesIO(encoded())
    photo.name = "wall.jpg"
    clerk.post(f"{address}/picture", {"p-photo": photo})
    [media] = point.record.media.all()
    clerk.post(f"{address}/picture", {"drop": str(media.pk)})
    assert not point.record.media.exists()


def test_the_sign_and_the_sheet_are_printed(clerk: Client, place: Place) -> None:
    point = station(place, "槐荫驿站", level=3, inside="绿城广场")
    for address in (f"/desk/places/{point.pk}/sign", f"/desk/places/{point.pk}/sign?size=a5", "/desk/places/signs"):
        answer = clerk.get(address)
        assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    assert len(pdf.pictures(SIGN, sign_data(point, f"https://example.org/p/{point.code}", "a5"))) == 1


@pytest.mark.parametrize("size", ["a4", "a5"])
def test_a_sign_is_one_sheet_however_much_there_is_to_say(place: Place, size: str) -> None:
    week = tuple(((480 + 30 * day, 720), (840, 1080 + 30 * day)) for day in range(7))  # each day another
    full = station(
        place, "文汇社区新就业群体暖新驿站北正街总站", level=5, services=dict.fromkeys(services(), ""), phone="0556-0000 1234",
        address="北正街一百二十八号文汇大厦", inside="文汇大厦一楼东侧", week=week, days_off=((540, 720),), unit=place.crew,
    )  # fmt: skip
    bare = station(place, "书角", services={}, week=((),) * 7)
    for point in (full, bare):
        assert len(pdf.pictures(SIGN, sign_data(point, f"https://example.org/p/{point.code}", size), 20)) == 1


def test_a_clerk_elsewhere_sees_and_changes_nothing(place: Place) -> None:
    point = station(place, area=place.other_street)
    client = Client()
    client.force_login(place.person("community_clerk").login)
    assert client.get("/desk/places").context["lines"] == []
    assert client.get(f"/desk/places/{point.pk}").status_code == 404
    assert client.post("/desk/places/new", {**FILLED, "area": "河东街道"}).status_code == 403 or not (
        ServicePoint.objects.filter(name="河边驿站").exists()
    )
