"""The register of shops and firms at the desk: found, written down once, doubles settled, in and out by Excel."""

from io import BytesIO

from liuchi.kernel.links.models import Link
from liuchi.people import actions as people
from liuchi.people.actions import businesses, registers
from liuchi.people.models import Business
from liuchi.people.registers.queries import businesses as queries
from liuchi.people.registers.rules import name_key, row_ranges, withheld_all
from liuchi.people.registers.sheets.columns import SHOPS
from liuchi.people.registers.trades import BUSINESSES
from liuchi.people.rules import Scope
from liuchi.people.sheets.reading import read
from liuchi.people.tests import workbooks
from liuchi.people.tests.conftest import Place, client_of, context

ALL = Scope(everything=True)
LICENCE = "91350100M000100Y43"  # the example of GB 32100


def shop(place: Place, **more: object) -> Business:
    facts = {"name": "巷口面馆", "trade": "catering", "area": place.grid, "address": "六尺巷3号"} | more
    return businesses.register_business(context(), **facts)  # type: ignore[arg-type]


LIST = "/desk/registers/businesses"


def test_a_shop_is_found_by_name_pinyin_trade_phone_and_licence(place: Place) -> None:
    shop(place, office_phone="13800000101", licence=LICENCE)
    shop(place, name="康泰药店", trade="pharmacy", address="六尺巷5号")
    clerk = client_of(place.person("community_clerk"))
    for words in ("面馆", "xkmg", "xiangkou", "138 0000 0101", LICENCE, "巷3"):
        page = clerk.post(LIST, {"q": words}, headers={"HX-Request": "true"}).content.decode()
        assert "巷口面馆" in page and "康泰" not in page, words
    page = clerk.get(LIST, {"trade": "pharmacy"}).content.decode()
    assert "康泰药店" in page and "巷口面馆" not in page
    # what was typed may be a phone number: it can't be read in the address
    assert "13800000101" not in clerk.post(LIST, {"q": "13800000101"}).headers["Location"]


def test_entered_at_the_desk_after_a_look_at_what_is_like_it(place: Place) -> None:
    clerk = client_of(place.person("community_clerk"))
    said = {"name": "巷口面馆", "trade": "catering", "area": "槐荫第一网格", "keeper_name": "程三尺", "consent": "on"}
    assert clerk.post(f"{LIST}/new", said).status_code == 302
    page = clerk.post(f"{LIST}/new", said | {"name": "巷口 面馆", "address": "别处"}).content.decode()
    assert "是不是下面这一家" in page and Business.objects.count() == 1
    assert clerk.post(f"{LIST}/new", said | {"name": "巷口 面馆", "address": "别处", "anyway": "1"}).status_code == 302
    made = Business.objects.order_by("record_id").first()
    assert made and made.keeper and made.keeper.name == "程三尺" and made.consent_at


def test_nobody_registers_outside_of_their_area(place: Place) -> None:
    clerk = client_of(place.person("community_clerk"))
    page = clerk.post(f"{LIST}/new", {"name": "河东面馆", "trade": "catering", "area": "文汇社区"}).content.decode()
    assert "不归您登记" in page and not Business.objects.exists()


def test_doubles_stand_side_by_side_and_are_settled(place: Place) -> None:
    one = shop(place, licence=LICENCE)
    two = shop(place, name="巷口面馆（个体工商户）", address="三号", office_phone="13800000101", consent=True)
    shop(place, name="康泰药店", trade="pharmacy", address="六尺巷5号")
    clerk = client_of(place.person("community_clerk"))
    page = clerk.get(f"{LIST}/doubles").content.decode()
    assert "附近同名" in page and "康泰" not in page
    clerk.post(f"{LIST}/settle", {"one": one.pk, "other": two.pk})
    one.refresh_from_db()
    two.refresh_from_db()
    assert one.office_phone == "13800000101" and one.consent_at and one.licence == LICENCE
    assert two.merged_into == one and two.closed_on
    assert queries.present(two.pk) == one
    assert Link.objects.filter(kind="same").exists()
    # settled already: the second of two clerks reads a sentence
    assert clerk.post(f"{LIST}/settle", {"one": two.pk, "other": one.pk}).status_code == 404


def test_two_that_are_two_are_not_asked_about_again(place: Place) -> None:
    one, two = shop(place, office_phone="13800000101"), shop(place, name="茶铺", office_phone="13800000101")
    clerk = client_of(place.person("community_clerk"))
    assert "电话相同" in clerk.get(f"{LIST}/doubles").content.decode()
    clerk.post(f"{LIST}/settle", {"one": one.pk, "other": two.pk, "both": "1"})
    assert "没有重复" in clerk.get(f"{LIST}/doubles").content.decode()


def test_far_away_the_same_name_is_another_shop(place: Place) -> None:
    near = {"lon": 117.0342, "lat": 30.5251}
    shop(place, **near)
    assert queries.like(name="巷口面馆", lon=117.0343, lat=30.5252, area=place.grid)
    assert not queries.like(name="巷口面馆", lon=117.0442, lat=30.5251, area=place.grid)


ROW = {
    "name": "巷口面馆",
    "trade": "餐饮",
    "area": "槐荫第一网格",
    "address": "六尺巷3号",
    "phone": "13800000101",
    "consent": "是",
}


def test_a_workbook_shows_doubles_beside_the_register_and_does_as_chosen(place: Place) -> None:
    there = shop(place, name="老面馆", address="六尺巷7号", office_phone="13800000101")
    clerk = client_of(place.person("community_clerk"))
    rows = [
        ROW,
        ROW | {"name": "茶铺", "phone": "", "address": "巷口"},
        ROW | {"name": "茶铺", "phone": "", "address": "巷口"},
    ]
    file = BytesIO(workbooks.shops(rows))
    file.name = "商户.xlsx"
    page = clerk.post(f"{LIST}/import", {"file": file}).content.decode()
    assert "老面馆" in page and "是同一家" in page and "与第 3 行相同" in page
    told = clerk.post(f"{LIST}/import/confirm", {"row_2": "merge"}).content.decode()
    assert "写入 1 条，合并 1 条，未写入 1 条" in told
    there.refresh_from_db()
    assert there.consent_at and there.name == "老面馆"
    assert Business.objects.count() == 2


def test_keeping_both_or_leaving_out(place: Place) -> None:
    shop(place, name="老面馆", address="六尺巷7号", office_phone="13800000101")
    data = workbooks.shops([ROW])
    report = registers.import_shops(context(), data, ALL, {})
    assert (report.written, len(report.left)) == ([], 1)
    assert registers.import_shops(context(), data, ALL, {"2": "keep"}).written == [2]
    assert registers.import_shops(context(), data, ALL, {"2": "keep"}).left[0][1] == "已有"


def test_out_as_excel_what_may_go_out(place: Place) -> None:
    shop(place, office_phone="13800000101")
    shop(place, name="=cmd|'/c calc'!A1", address="六尺巷9号", office_phone="13800000102", consent=True)
    clerk = client_of(place.person("community_clerk"))
    data = clerk.get(f"{LIST}/export").content
    lines = read(data, [SHOPS])["shops"]
    assert {(line.cells["name"], line.cells["phone"]) for line in lines} == {
        ("巷口面馆", ""), ("=cmd|'/c calc'!A1", "13800000102"),
    }  # fmt: skip
    assert clerk.get(f"{LIST}/export", {"trade": "clinic"}).status_code == 200


def test_a_keeper_who_is_erased_leaves_a_shop_without_their_number(place: Place) -> None:
    keeper = people.register_person(context(), name="程三尺")
    made = shop(place, keeper=keeper, office_phone="13800000101", consent=True)
    people.erase_person(context(), keeper)
    made.refresh_from_db()
    assert (made.keeper, made.office_phone, made.consent_at) == (None, "", None)
    assert made.name == "巷口面馆"


def test_nobody_becomes_keeper_of_a_shop_by_writing_it_down_a_second_time(place: Place) -> None:
    real = shop(place, keeper=None, consent=False, office_phone="")
    stranger = place.person("rider")
    second = shop(place, name="巷口面馆二", keeper=stranger, consent=True, office_phone="13700000099")
    businesses.merge_businesses(context(), real, second)
    real.refresh_from_db()
    assert (real.keeper_id, real.consent_at, real.office_phone) == (None, None, "")


def test_the_list_costs_the_same_for_many(place: Place, django_assert_max_num_queries: object) -> None:
    registers.import_shops(
        context(),
        workbooks.shops([ROW | {"name": f"摊{n}", "phone": "", "address": f"{n}号"} for n in range(120)]),
        ALL,
        {},
    )
    clerk = client_of(place.person("community_clerk"))
    assert BUSINESSES  # the list of trades is in memory
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        page = clerk.get(LIST).content.decode()
    assert "page=2" in page and "摊119" not in clerk.get(LIST, {"page": "3"}).content.decode().split("tbody")[0]


def test_spellings_of_one_shop_have_one_key() -> None:
    assert name_key("巷口 面馆（个体工商户）") == name_key("巷口面馆") != name_key("巷尾面馆")
    assert name_key("六尺包装有限责任公司") == name_key("六尺包装")


def test_row_numbers_are_said_in_ranges() -> None:
    assert row_ranges([2, 3, 4, 9, 7, 8]) == "2-4, 7-9"


def test_what_is_withheld_can_not_be_worked_out_from_the_total() -> None:
    assert withheld_all({"a": 10, "b": 3, "c": 7}) == ({"a": 10, "b": None, "c": None}, 20)
    assert withheld_all({"a": 3}) == ({"a": None}, None)
    assert withheld_all({"a": 10, "b": 7}) == ({"a": 10, "b": 7}, 17)
