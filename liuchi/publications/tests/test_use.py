"""The list of services: found by need, by aspect and by initials, used without identity, out to Excel and in again."""

import io
import re
from datetime import date

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from liuchi.publications.actions import services
from liuchi.publications.models import Count, Seen, ServiceItem
from liuchi.publications.queries import services as reading
from liuchi.publications.tests.conftest import context
from liuchi.publications.tests.test_learn import refused

DAY = date(2026, 4, 14)


@pytest.fixture
def listed(house):
    services.set_up(context(house.place, channel="system"), house.place.street)
    return house


def names(**asked) -> list[str]:
    return [item.name for item in reading.listed(DAY, **asked)]


def test_42_items_in_10_aspects_and_three_lists(listed):
    items = reading.listed(DAY)
    assert len(items) == 42 and len({item.aspect for item in items}) == 10
    assert {item.kind for item in items} == {"service", "benefit", "measure"}
    assert [item.number for item in items] == list(range(1, 43))
    assert all(item.english["name"] and item.english["steps"] for item in items)


def test_found_by_need_by_initials_and_by_aspect(listed):
    assert "手机应急充电" in names(text="充电")
    assert names(text="tkyjhx") == ["头盔以旧换新"]
    assert "租房合同把关" in names(text="合同")
    assert len(names(text="心理")) >= 3  # the whole aspect
    assert names(text="飞船") == []


def test_what_has_ended_or_run_out_is_not_offered(listed):
    clerk = context(listed.place, "dispatcher")
    first, second = ServiceItem.objects.order_by("number")[:2]
    services.end_item(clerk, first)
    ServiceItem.objects.filter(pk=second.pk).update(valid_until=date(2026, 4, 13))
    assert len(names()) == 40 and first.name not in names(text=first.name)


def test_uses_are_counted_once_a_day_and_device_without_anybody(listed):
    item = ServiceItem.objects.get(name="头盔以旧换新")
    client, other = Client(), Client()
    for one in (client, client, other):
        one.get("/services")
        told = one.post(f"/services/{item.pk}/use")
        assert told.status_code == 302
    assert reading.uses([item.pk]) == {item.pk: 2}
    cookie = client.cookies["liuchi_day"]
    assert cookie["httponly"] and 0 < int(cookie["max-age"]) <= 86_400
    assert Count.objects.get(what="use").count == 2 == Seen.objects.count()
    assert not Seen.objects.filter(digest__contains=cookie.value).exists()


def test_what_one_needs_stands_in_no_address(listed):
    client = Client()
    told = client.post("/services", {"q": "心理"})
    assert told.status_code == 200 and "一对一心理咨询" in told.content.decode()
    assert not told.headers.get("Location")


def test_the_list_costs_the_same_for_many_lines(listed, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        Client().get("/services")


def test_news_stand_at_the_head(listed):
    item = ServiceItem.objects.get(name="爱心套餐")
    services.tell_news(context(listed.place, "dispatcher"), item, "本周加汤不加价。")
    assert "本周加汤不加价。" in Client().get("/services").content.decode()
    services.tell_news(context(listed.place, "dispatcher"), item, "")
    assert "本周加汤不加价。" not in Client().get("/services").content.decode()


def test_in_english_as_far_as_somebody_wrote_it(listed):
    page = Client(headers={"Accept-Language": "en"}).get("/services").content.decode()
    assert "New helmets for old" in page


def test_an_item_needs_steps_and_an_aspect(house):
    clerk, area = context(house.place, "dispatcher"), house.place.community
    values = {"aspect": "rest", "kind": "service", "name": "歇脚", "what": "坐坐", "area": area}
    assert refused(services.write_item, clerk, **values, steps=[]).field == "steps"
    assert refused(services.write_item, clerk, **{**values, "aspect": "war"}, steps=["来"]).field == "aspect"
    assert refused(services.write_item, context(house.place, "supervisor"), **values, steps=["来"]).status == 403


def signed_in(house, role: str) -> Client:
    client = Client()
    client.force_login(house.place.person(role).login)
    return client


def test_out_to_excel_changed_and_in_again(listed):
    client, street = signed_in(listed, "dispatcher"), listed.place.street
    out = client.get("/desk/publications/services/file")
    assert out.status_code == 200 and out.content[:2] == b"PK"
    told = client.post(
        "/desk/publications/services/import",
        {"area": street.pk, "file": SimpleUploadedFile("list.xlsx", out.content)},
    )
    assert told.status_code == 302 and ServiceItem.objects.count() == 42
    told = client.post(
        "/desk/publications/services/import",
        {
            "area": street.pk,
            "file": book(
                [
                    ["", "出行", "服务", "代驾", "送你回家", "", "打电话\n等人来"],
                    ["2", "出行", "福利", "换头盔", "旧换新", "", "来驿站"],
                ]
            ),
        },
    )
    assert told.status_code == 302
    assert ServiceItem.objects.get(number=43).steps == ["打电话", "等人来"]
    assert ServiceItem.objects.get(number=2).name == "换头盔"


def test_a_workbook_with_a_fault_changes_nothing(listed):
    client = signed_in(listed, "dispatcher")
    told = client.post(
        "/desk/publications/services/import",
        {
            "area": listed.place.street.pk,
            "file": book(
                [["", "出行", "服务", "代驾", "送你回家", "", "打电话"], ["", "打仗", "", "甲", "乙", "", "丙"]]
            ),
        },
    )
    assert told.status_code == 200 and "没有这个方面：打仗" in told.content.decode()
    assert ServiceItem.objects.count() == 42


def book(rows: list[list[str]]) -> SimpleUploadedFile:
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out)
    page = made.add_worksheet()
    for at, row in enumerate([["序号", "方面", "清单", "名称", "是什么", "面向谁", "怎么办"], *rows]):
        page.write_row(at, 0, row)
    made.close()
    return SimpleUploadedFile("list.xlsx", out.getvalue())


def test_the_desk_lists_what_the_street_offers_to_its_communities(listed):
    page = signed_in(listed, "community_clerk").get("/desk/publications/services").content.decode()
    assert "头盔以旧换新" in page
    item = ServiceItem.objects.get(name="头盔以旧换新")
    assert not re.search(f'href="/desk/publications/services/{item.pk}"', page)  # the street's to change
