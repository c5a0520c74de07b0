"""Places from Excel: first what a file would make, then the writing."""

import io
from typing import Any

import pytest
import xlsxwriter
from django.test import Client
from django.utils.translation import gettext, override

from liuchi.kernel.records import actions as records
from liuchi.people.tests.workbooks import own_list
from liuchi.places import actions
from liuchi.places.models import ServicePoint
from liuchi.places.sheets import plan as planning
from liuchi.places.sheets.reading import COLUMNS, read
from liuchi.places.tests.conftest import Place, context, station
from liuchi.territory import stamps
from liuchi.territory.models import Place as OnMap

pytestmark = pytest.mark.django_db
KEYS = ("name", "kind", "lon", "lat", "address", "area", "services", "weekdays", "weekend", "floor_area")
GOOD = ("河边驿站", "驿站", "116.93", "31.05", "", "槐荫第一网格", "充电、喝水", "8:00-20:00", "休", "70")
UPLOAD, CONFIRM = "/desk/places/import", "/desk/places/import/confirm"


@pytest.fixture
def clerk(client: Client, place: Place) -> Client:
    client.force_login(place.person("community_clerk").login)
    return client


def named(content: bytes) -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = "places.xlsx"
    return file


def book(*rows: tuple[str, ...]) -> io.BytesIO:
    out = io.BytesIO()
    with override("zh-hans"):
        heads = [gettext(COLUMNS[key]) for key in KEYS]
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        page = made.add_worksheet()
        for number, row in enumerate((heads, *rows)):
            page.write_row(number, 0, row)
    return named(out.getvalue())


def but(**other: str) -> tuple[str, ...]:
    return tuple(other.get(key, cell) for key, cell in zip(KEYS, GOOD, strict=True))


def test_a_file_is_shown_first_and_entered_with_one_more_key(clerk: Client, place: Place) -> None:
    page = clerk.post(UPLOAD, {"file": book(GOOD, but(name="东街驿站"))})
    assert page.context["plan"].ready and not ServicePoint.objects.exists()
    assert "河边驿站" in page.content.decode() and "新增 2 个服务点" in page.content.decode()
    assert clerk.post(CONFIRM).url == "/desk/places"
    point = ServicePoint.objects.get(name="河边驿站")
    assert (point.kind, point.week[0], point.week[5], point.floor_area) == ("station", [[480, 1200]], [], 70)
    assert {offer.service for offer in point.offers.all()} == {"charge", "drink"}
    assert clerk.post(CONFIRM).url == UPLOAD and ServicePoint.objects.count() == 2  # a second tap enters nothing


def test_every_fault_stands_at_its_cell_and_nothing_is_entered(clerk: Client, place: Place) -> None:
    bad = ("东街驿站", "城堡", "东", "", "", "天上", "飞行、喝水", "早到晚", "", "很大")
    page = clerk.post(UPLOAD, {"file": book(GOOD, bad, but(name="", lon="", lat=""))})
    plan = page.context["plan"]
    assert [sorted(row.line.faults) for row in plan.rows] == [
        [], ["area", "floor_area", "lon", "services", "weekdays"], ["name", "place"],
    ]  # fmt: skip
    assert page.context["rows"][0][0].number == 3  # what needs a look comes first
    assert "飞行" in page.content.decode() and "bad-cell" in page.content.decode()
    assert clerk.post(CONFIRM).url == UPLOAD and not ServicePoint.objects.exists()


@pytest.mark.parametrize(("other", "cell"), [({"lon": "", "lat": ""}, "place"), ({"kind": "城堡"}, "kind")])
def test_what_the_action_would_refuse_stands_at_its_cell_too(clerk: Client, other: dict[str, str], cell: str) -> None:
    assert set(clerk.post(UPLOAD, {"file": book(but(**other))}).context["plan"].rows[0].line.faults) == {cell}


def test_doubles_are_found_by_name_and_area(clerk: Client, place: Place) -> None:
    first = ServicePoint.objects.get(pk=station(place, "河边驿站", area=place.grid).pk)
    given_up = station(place, "北街驿站", area=place.grid)
    actions.close_point(context(channel="replay"), given_up.pk)
    plan = clerk.post(
        UPLOAD, {"file": book(GOOD, but(name=" 河边驿站 ", area="槐荫社区"), but(name="北街驿站"))}
    ).context["plan"]
    assert [row.line.word for row in plan.rows] == ["same", "new", "new"] and plan.known == 1 and plan.ready
    clerk.post(CONFIRM)
    assert ServicePoint.objects.filter(closed_on=None).count() == 3 and first in ServicePoint.objects.all()
    twice = clerk.post(UPLOAD, {"file": book(but(name="南街驿站"), but(name="南街驿站", kind="友好商家"))}).context[
        "plan"
    ]
    assert list(twice.rows[1].line.faults) == ["name"] and not twice.ready


def test_an_area_of_somebody_else_is_refused_at_its_cell_before_and_by_the_action(clerk: Client, place: Place) -> None:
    plan = clerk.post(UPLOAD, {"file": book(but(area="河东街道"))}).context["plan"]
    assert list(plan.rows[0].line.faults) == ["area"]
    clerk.post(UPLOAD, {"file": book(GOOD)})
    place.person("community_clerk").posts.update(area=place.other_street)
    clerk.post(CONFIRM)
    assert not ServicePoint.objects.exists()


def test_somebody_was_faster_and_nothing_is_entered_twice(clerk: Client, place: Place) -> None:
    clerk.post(UPLOAD, {"file": book(GOOD, but(name="东街驿站"))})
    station(place, "东街驿站", area=place.grid)
    clerk.post(CONFIRM)
    assert ServicePoint.objects.filter(closed_on=None, name="东街驿站").count() == 1


def test_a_place_is_found_by_its_address(clerk: Client, place: Place) -> None:
    record = records.create("place", area_id=place.grid.pk)
    OnMap.objects.create(
        record=record, area=place.grid, kind="compound", name="槐荫里", label="槐荫里", lon=116.93, lat=31.05
    )
    stamps.touch("places")
    rows = but(lon="", lat="", address="槐荫里"), but(name="东街", lon="", lat="", address="无此处")
    first, second = clerk.post(UPLOAD, {"file": book(*rows)}).context["plan"].rows
    assert (first.wanted.place.name, list(second.line.faults)) == ("槐荫里", ["place"])


def test_a_preview_of_many_rows_takes_few_queries(
    clerk: Client, place: Place, django_assert_max_num_queries: Any
) -> None:
    clerk.get("/desk/places")
    many = book(*(but(name=f"驿站{number:03d}") for number in range(300)))
    with django_assert_max_num_queries(16):
        page = clerk.post(UPLOAD, {"file": many})
    assert len(page.context["rows"]) == 200 and page.context["more"] == 100
    assert len(page.context["plan"].fresh) == 300


def test_what_is_no_sheet_is_said_at_the_field(clerk: Client) -> None:
    assert clerk.post(UPLOAD, {"file": named(b"no book")}).context["form"].errors["file"]
    empty = clerk.get("/desk/places/import/template")
    assert clerk.post(UPLOAD, {"file": named(empty.content)}).context["form"].errors["file"]
    assert planning.make_plan([], lambda area: True).rows == []


def test_an_offices_own_list_of_stations_is_read_by_its_heads(db: None) -> None:
    rows = [
        ["六尺街道驿站一览表"],
        ["序号", "驿站名称", "所属社区", "联系电话"],
        ["1", "暖新驿站·老槐树", "槐荫社区", "0556-6100001"],
    ]
    (line,) = read(own_list(rows))
    assert (line.number, line.cells["name"], line.cells["area"]) == (3, "暖新驿站·老槐树", "槐荫社区")
    assert line.cells["phone"] == "0556-6100001"
    (line,) = read(own_list([["名称", "联系人", "手机号"], ["暖新驿站·老槐树", "方谷雨", "13700000002"]]))
    assert line.cells["phone"] == "", "a mobile number is somebody's own: it is not taken for the office's"


def test_nobodys_mobile_phone_becomes_the_telephone_on_the_sign(place: Place) -> None:
    def faults(said: str) -> dict[str, str]:
        lines = read(own_list([["名称", "办公电话"], ["暖新驿站·老槐树", said]]))
        return planning.make_plan(lines, lambda area: True).rows[0].line.faults

    for said in (
        "13700000002",
        "+86 137-0000-0002",
        "0086 13700000002",
        "13700000002、0556-6200001",
        "13700000002 转 2",
    ):
        assert "某人的手机" in faults(said)["phone"], said
    for said in ("0556-6200001", "0556-6200001 转 13", "12345", "400-137-0000"):
        assert "phone" not in faults(said), said
