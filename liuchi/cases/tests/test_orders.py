"""Sheets of 12345 orders: heads found, words asked once, each order once, however often and however it breaks off."""

import io
from datetime import datetime, timedelta
from typing import Any

import pytest
import python_calamine
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from liuchi.cases import actions as cases
from liuchi.cases.models import Case, OrderImport, OrderSheet
from liuchi.cases.orders import actions
from liuchi.cases.tests.helpers import TEN, Place, by, verbs
from liuchi.kernel.context import CHINA, system
from liuchi.kernel.errors import Refused

HEADS = [
    "序号",
    "工单编号",
    "来电时间",
    "来电人",
    "联系电话",
    "诉求标题",
    "诉求内容",
    "所属区域",
    "诉求类别",
    "办理时限",
]
ROWS: list[list[Any]] = [
    [1, "DH2026111800001", datetime(2026, 11, 17, 9, 12), "张三", "13800001234", "路灯不亮", "槐荫里路灯不亮三天了", "槐荫社区", "路灯类", "2026-11-20 18:00"],
    [2, 20261118002.0, "2026年11月17日 10时05分", "李四", "保密", "外墙脱落", "外墙脱落\n楼下有人走", "槐荫", "房屋类", "5个工作日"],
    [3, "DH2026111800003", "2026/11/17 11:00", "", "", "", "", "", "", ""],
    [4, "", "2026/11/17 11:00", "", "", "无编号", "没有编号", "", "", ""],
    [5, "DH2026111800001", "2026/11/17 11:00", "", "", "重复", "又一次", "", "", ""],
    [6, "DH2026111800006", "昨天", "", "", "时间", "时间不对", "", "", ""],
]  # fmt: skip
COLUMNS = {
    "key": "工单编号", "title": "诉求标题", "text": "诉求内容", "reported": "来电时间", "phone": "联系电话", "area": "所属区域",
    "matter": "诉求类别", "due": "办理时限",
}  # fmt: skip


def book(rows: list[list[Any]] = ROWS, heads: list[str] = HEADS) -> bytes:
    """As 12345 exports it: a title and a date above the heads."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    page, when = made.add_worksheet(), made.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    page.write(0, 0, "12345政务服务便民热线工单")
    page.write(1, 0, "导出时间：2026-11-18")
    for at, row in enumerate([heads, *rows], start=2):
        for place, cell in enumerate(row):
            if isinstance(cell, datetime):
                page.write_datetime(at, place, cell, when)
            else:
                page.write(at, place, cell)
    made.close()
    return out.getvalue()


def words(place: Place) -> dict[str, dict[str, str]]:
    return {"matter": {"路灯类": place.lamp.code, "房屋类": ""}, "area": {"槐荫": place.community.code}}


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path


def take_in(place: Place, data: bytes | None = None) -> OrderImport:
    made = actions.begin(by(place.dispatcher), data or book(), "工单.xlsx", "12345", COLUMNS, words(place))
    while actions.carry_on(system(), made.pk):
        pass
    made.refresh_from_db()
    return made


def became(of: OrderImport) -> dict[int, str]:
    return dict(of.rows.values_list("number", "word"))


def test_orders_become_requests_with_place_phone_time_and_their_deadline(place: Place) -> None:
    done = take_in(place)
    assert done.state == "done"
    assert became(done) == {4: "new", 5: "new", 6: "empty", 7: "no_key", 8: "twice", 9: "time"}
    lamp, wall = Case.objects.order_by("reported_at")
    assert (lamp.channel, lamp.source, lamp.source_key) == ("hotline", "12345", "DH2026111800001")
    assert lamp.reported_at == datetime(2026, 11, 17, 9, 12, tzinfo=CHINA)
    assert lamp.due_at == datetime(2026, 11, 20, 18, tzinfo=CHINA)
    assert (lamp.area_id, lamp.matter_id) == (place.community.pk, place.lamp.pk)
    assert lamp.contact_cipher is not None
    assert "张三" not in lamp.text
    assert (wall.source_key, wall.text, wall.contact_cipher, wall.matter_id) == (
        "20261118002",
        "外墙脱落\n楼下有人走",
        None,
        None,
    )
    assert wall.area_id == place.community.pk
    assert wall.due_at == datetime(2026, 11, 24, 10, 5, tzinfo=CHINA)  # five working days on
    assert verbs(lamp) == ["case.reported", "case.taken_over"]


def test_their_deadline_holds_for_the_unit_where_it_is_the_earlier_one(place: Place) -> None:
    rows = [
        [
            1,
            "A1",
            "2026-11-17 09:12",
            "",
            "",
            "外墙有污渍",
            "三楼外墙有污渍",
            "",
            "",
            "2026-11-19 12:00",
        ],  # own limit: 5 working days
        [
            2,
            "A2",
            "2026-11-17 09:12",
            "",
            "",
            "外墙掉了",
            "外墙掉了，楼下有人",
            "",
            "",
            "2026-12-19 12:00",
        ],  # own limit: 2 urgent hours
    ]
    take_in(place, book(rows))
    ctx = by(place.dispatcher)
    stained = cases.file_and_dispatch(
        ctx, Case.objects.get(source_key="A1").pk, place.wall.pk, place.stained.pk, place.housing.pk
    )
    falling = cases.file_and_dispatch(
        ctx, Case.objects.get(source_key="A2").pk, place.wall.pk, place.falling.pk, place.property.pk
    )
    assert stained.due_at == datetime(2026, 11, 19, 12, tzinfo=CHINA)
    assert falling.due_at == TEN + timedelta(hours=2)


def test_the_same_orders_again_are_not_taken_twice(place: Place) -> None:
    take_in(place)
    more = [*ROWS, [7, "DH2026111800007", "2026/11/17 12:00", "", "", "井盖", "井盖没了", "", "", ""]]
    assert set(became(take_in(place, book(more))).items()) >= {(4, "there"), (5, "there"), (10, "new")}
    assert Case.objects.count() == 3


def test_killed_in_the_middle_it_goes_on_where_it_was(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "BATCH", 2)
    rows = [[n, f"D{n:05d}", "2026/11/17 11:00", "", "", f"第{n}件", "井盖没了", "", "", ""] for n in range(7)]
    made = actions.begin(by(place.dispatcher), book(rows), "工单.xlsx", "12345", COLUMNS, {})
    taken: list[int] = []
    straight = actions._take

    def killed(*args: Any) -> Any:
        taken.append(1)
        if len(taken) == 4:
            raise KeyboardInterrupt
        return straight(*args)

    monkeypatch.setattr(actions, "_take", killed)
    with pytest.raises(KeyboardInterrupt):
        actions.carry_on(system(), made.pk)
    made.refresh_from_db()
    assert (made.done, Case.objects.count()) == (2, 2)
    while actions.carry_on(system(), made.pk):
        pass
    assert Case.objects.count() == 7
    assert set(became(made).values()) == {"new"}


def test_without_its_file_an_import_says_so(place: Place) -> None:
    made = actions.begin(by(place.dispatcher), book(), "工单.xlsx", "12345", COLUMNS, {})
    (actions.folder() / made.pk.hex).unlink()
    assert not actions.carry_on(system(), made.pk)
    made.refresh_from_db()
    assert made.state == "stuck"


def test_the_file_lies_encrypted_and_for_seven_days(place: Place) -> None:
    done = take_in(place)
    path = actions.folder() / done.pk.hex
    assert "张三".encode() not in path.read_bytes()
    actions.sweep(TEN + timedelta(days=6))
    assert path.exists()
    actions.sweep(TEN + timedelta(days=8))
    assert not path.exists()


def test_only_who_gives_work_to_units_lets_a_sheet_in(place: Place) -> None:
    for role in ("grid_worker", "handler", "secretary", "administrator"):
        with pytest.raises(Refused) as refused:
            actions.begin(by(getattr(place, role)), book(), "工单.xlsx", "12345", COLUMNS, {})
        assert refused.value.status == 403


@pytest.fixture
def desk(place: Place) -> Client:
    client = Client()
    client.force_login(place.dispatcher.login)
    return client


def give(desk: Client, data: bytes, name: str = "十一月工单.xlsx") -> Any:
    return desk.post("/desk/orders", {"file": SimpleUploadedFile(name, data)}, follow=True)


def test_the_office_s_words_are_asked_once(place: Place, desk: Client) -> None:
    told = give(desk, book())
    [matter, area] = told.context["asked"]
    assert [row["word"] for row in matter["rows"]] == ["路灯类", "房屋类"]
    assert [row["word"] for row in area["rows"]] == ["槐荫"]
    assert (told.context["fresh"], told.context["total"]) == (2, 6)
    assert not Case.objects.exists()
    sent = {f"column_{name}": head for name, head in COLUMNS.items()} | {
        "said_matter": ["路灯类", "房屋类"], "means_matter": [place.lamp.name, ""], "said_area": ["槐荫"], "means_area": ["槐荫社区"],
        "name": "市 12345", "source": "12345", "do": "take",
    }  # fmt: skip
    told = desk.post("/desk/orders/new", sent, follow=True)
    assert told.status_code == 200
    held = OrderSheet.objects.get()
    assert held.words["matter"] == {"路灯类": place.lamp.code, "房屋类": ""}
    assert held.words["area"] == {"槐荫": place.community.code}
    told = give(desk, book(heads=[*HEADS, "备注"]))  # the next week
    assert told.context["held"] == held
    assert told.context["unused"] == ["序号", "来电人", "备注"]
    assert [row["means"] for row in told.context["asked"][0]["rows"]] == [place.lamp.name, ""]


def test_the_result_names_each_row_s_number_or_reason(place: Place, desk: Client) -> None:
    done = take_in(place)
    told = desk.get(f"/desk/orders/{done.pk}/result")
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(told.content)).get_sheet_by_index(0).to_python()
    assert rows[0][:3] == ["受理编号", "受理结果", "序号"]
    assert rows[1][0] == Case.objects.get(source_key="DH2026111800001").number
    assert rows[3][:2] == ["", "没有诉求内容"]
    page = desk.get(f"/desk/orders/{done.pk}").content.decode()
    assert "没有工单编号" in page
    other = Client()
    other.force_login(place.community_clerk.login)
    assert other.get(f"/desk/orders/{done.pk}").status_code == 404


def test_what_was_kept_is_changed_and_dropped(place: Place, desk: Client) -> None:
    ctx = by(place.dispatcher)
    held = actions.keep_sheet(ctx, "市 12345", "12345", COLUMNS, words(place))
    with pytest.raises(Refused):
        actions.keep_sheet(ctx, "坏", "12345", {"key": "编号"}, {})
    with pytest.raises(Refused):
        actions.keep_sheet(ctx, "坏", "12345", {"key": "编号", "text": "编号"}, {})
    page = desk.get(f"/desk/orders/kept/{held.pk}").content.decode()
    assert place.lamp.name in page
    sent = {"column_key": "单号", "column_text": "内容", "name": "市热线", "source": "12345", "do": "keep"}
    desk.post(f"/desk/orders/kept/{held.pk}", sent)
    held.refresh_from_db()
    assert (held.name, held.columns) == ("市热线", {"key": "单号", "text": "内容"})
    desk.post(f"/desk/orders/kept/{held.pk}", {"do": "drop"})
    assert not OrderSheet.objects.exists()


def test_a_file_without_columns_for_number_and_words_asks_for_them(place: Place, desk: Client) -> None:
    told = give(desk, "甲,乙\n1,路灯坏了\n".encode(), "a.csv")
    assert not told.context["ready"]
    told = desk.post("/desk/orders/new", {"column_key": "甲", "column_text": "乙", "do": "look"})
    assert told.context["fresh"] == 1
    told = desk.post("/desk/orders/new", {"column_key": "甲", "do": "take", "name": "x", "source": "x"})
    assert told.status_code == 422
    assert "哪一列是工单编号" in told.content.decode()
