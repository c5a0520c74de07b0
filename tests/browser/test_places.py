"""Where one can go, as a rider and as a keeper sees it on the phone, and as the office keeps it at the desk."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, HERE, PHONE
from tests.browser.looking import found_wrong
from tests.browser.test_phone_report import picture

MADE = """
from liuchi.places import actions
from liuchi.places.models import ServicePoint
from liuchi.territory.models import Area
from liuchi.kernel import context
from django.utils import timezone
from datetime import timedelta
ctx = context.system(channel="replay")
if not ServicePoint.objects.filter(name="浏览驿站").exists():
    grid = Area.objects.filter(level="grid").order_by("first").first()
    spot = {"lon": %(lon)s, "lat": %(lat)s + 0.002}
    point = actions.enter_point(ctx, actions.Wanted(name="浏览驿站", area=grid, services={"charge": "", "drink": "开水"},
        week=(((0, 1440),),) * 7, floor_area=70, capacity=24, address="巷口一号", directions="进门左转", **spot))
    actions.enter_point(ctx, actions.Wanted(name="浏览小店", kind="shop", area=grid, services={"heat": ""}, level=3,
        lon=%(lon)s + 0.003, lat=%(lat)s, inside="广场"))
    now = timezone.now()
    actions.plan_event(ctx, point.pk, actions.Planned("clinic", "骑手义诊", now + timedelta(days=1), now + timedelta(days=1, hours=2)))
point = ServicePoint.objects.get(name="浏览驿站")
answer = [str(point.pk), point.code]
""".replace("%(lon)s", str(HERE["longitude"])).replace("%(lat)s", str(HERE["latitude"]))


SHOP = """
from liuchi.kernel import context
from liuchi.people.actions.businesses import register_business
from liuchi.people.models import Business
from liuchi.territory.models import Area
grid = Area.objects.filter(level="grid").order_by("first").first()
if not Business.objects.filter(name="浏览面馆").exists():
    register_business(context.system(channel="replay"), name="浏览面馆", trade="catering", area=grid, address="巷口二号",
        lon=%(lon)s, lat=%(lat)s, consent=True)
answer = None
""".replace("%(lon)s", str(HERE["longitude"])).replace("%(lat)s", str(HERE["latitude"]))


@pytest.fixture
def made(live):
    return live.run(MADE)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_nothing_that_axe_finds(live, browser, sign_in, made, language):
    pk, code = made
    page = browser(language=language, axe=True, **PHONE).new_page()
    addresses = ["/places", f"/places/{pk}", "/places/events", f"/p/{code}", f"/p/{code}/problem"]
    assert found_wrong(page, addresses, phone=True) == []
    sign_in(page, "communityclerk")
    assert found_wrong(page, ["/places/keep", f"/places/keep/{pk}"], phone=True) == []
    desk = browser(language=language, axe=True, **DESK).new_page()
    sign_in(desk, "administrator")
    pages = [
        "/desk/places",
        "/desk/places/new",
        "/desk/places/import",
        f"/desk/places/{pk}",
        f"/desk/places/{pk}/change",
    ]
    assert found_wrong(desk, pages, phone=False) == []


def test_a_rider_finds_what_is_needed_from_where_they_stand(live, browser, made):
    page = browser(geolocation=HERE, permissions=["geolocation"], **PHONE).new_page()
    page.goto("/places")
    expect(page.get_by_text("从您所在的位置算起")).to_be_visible()
    page.get_by_role("button", name="手机充电").click()
    expect(page.get_by_role("heading", name="附近有手机充电的")).to_be_visible()
    line = page.locator("a.place-line").first
    expect(line).to_contain_text("浏览驿站")
    expect(line).to_contain_text("步行")
    assert "lon" not in page.url and "117" not in page.url
    line.click()
    expect(page.get_by_text("开放中 · 全天")).to_be_visible()
    expect(page.locator("[data-way-words]")).to_contain_text(re.compile("米 · 步行"))


def test_three_places_show_at_once_and_the_map_says_what_its_dots_mean(live, browser, made):
    page = browser(**PHONE).new_page()
    page.goto("/places")
    tabs = page.locator(".tabbar").evaluate("(bar) => bar.getBoundingClientRect().y")
    # the list is drawn anew once the phone knows where it is: the line is asked for itself, whichever it is by then
    three = "(line) => line.getBoundingClientRect().y + 3 * line.getBoundingClientRect().height"
    assert page.locator("a.place-line").first.evaluate(three) < tabs
    page.get_by_role("button", name="地图").click()
    expect(page.locator(".legend")).to_contain_text("开放中")


def test_what_is_meant_is_offered_while_typing(live, browser, made):
    page = browser(**PHONE).new_page()
    page.goto("/places")
    expect(page.locator("[data-locate]")).to_be_visible()
    page.get_by_role("searchbox").fill("充电")
    page.get_by_role("button", name="手机充电 服务").click()
    expect(page.get_by_role("heading", name="附近有手机充电的")).to_be_visible()
    page.get_by_role("searchbox").fill("浏览驿")
    page.get_by_role("button", name="浏览驿站").click()
    expect(page.get_by_role("heading", name="浏览驿站")).to_be_visible()


def test_without_a_position_there_is_a_way_all_the_same(live, browser, made):
    pk, _code = made
    page = browser(**{**PHONE, "permissions": []}).new_page()
    page.goto(f"/places/{pk}")
    page.get_by_role("button", name="从我这里走").click()  # no permission: none is had
    expect(page.locator("[data-way-words]")).to_contain_text("定位不到您")
    hrefs = [page.get_by_role("link", name=name).get_attribute("href") for name in ("高德地图", "百度地图", "腾讯地图")]
    assert all(href.startswith("https://") for href in hrefs)
    page.get_by_role("button", name="复制地址").click()
    expect(page.get_by_text("地址已复制")).to_be_visible()
    page.get_by_role("searchbox").fill("无此处")
    page.keyboard.press("Enter")
    expect(page.locator("[data-way-words]")).to_contain_text("没找到“无此处”")


def test_enter_searches_and_chooses_no_need(live, browser, made):
    page = browser(**PHONE).new_page()
    page.goto("/places")
    expect(page.locator("[data-locate]")).to_be_visible()  # the page's program is there
    page.get_by_role("searchbox").fill("无此处")
    page.keyboard.press("Enter")
    expect(page.locator(".need[aria-pressed=true]")).to_have_count(0)
    expect(page.locator("[data-near]")).to_contain_text("无此处")


def test_a_shop_is_chosen_by_its_name_or_its_dot(live, browser, sign_in, made):
    live.run(SHOP)
    page = browser(**DESK).new_page()
    sign_in(page, "administrator")
    page.goto("/desk/places/new")
    field = page.get_by_role("combobox", name="在册商户")
    field.fill("浏览面")
    expect(page.get_by_role("option", name="浏览面馆")).to_be_visible()
    field.press("Enter")
    expect(page.get_by_label("名称", exact=True)).to_have_value("浏览面馆")
    expect(page.get_by_label("在地图上的位置")).to_have_value(re.compile(r"^\d+\.\d+, \d+\.\d+$"))
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("link", name="浏览面馆")).to_be_visible()


def test_one_tap_at_the_sign_is_one_visit(live, browser, made):
    _pk, code = made
    page = browser(**PHONE).new_page()
    page.goto(f"/p/{code}")
    page.locator(".use-face", has_text="喝水").click(force=True)  # the checkbox below it is out of sight
    page.get_by_role("button", name="我到了").click()
    expect(page.get_by_text("记上了")).to_be_visible()
    page.goto(f"/p/{code}")
    expect(page.get_by_role("button", name="我到了")).to_have_count(0)
    page.get_by_role("link", name="这里有问题").click()
    page.locator(".use-face", has_text="没水").click(force=True)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("回执码", exact=True)).to_be_visible()
    page.get_by_role("link", name="看办到哪了").click()
    expect(page.get_by_text("驿站没水").first).to_be_visible()


def test_a_fault_is_told_with_a_photo_and_kept_without_a_network(live, browser, made):
    _pk, code = made
    context = browser(**PHONE)
    page = context.new_page()
    page.goto(f"/p/{code}/problem")
    expect(page.get_by_text("拍一张")).to_be_visible()  # the page's program is there
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("点一项，或写一句、说一句、拍一张")).to_be_visible()
    page.locator("#shot").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture()})
    expect(page.locator(".shot-view")).to_be_visible()
    page.get_by_role("textbox", name="补充一句").fill("插座烧黑了")
    page.wait_for_timeout(500)
    context.set_offline(True)
    page.get_by_role("button", name="提交").click()
    expect(page.locator("[data-sent=kept]")).to_be_visible()
    context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-sent=taken]")).to_be_visible(timeout=20000)


def test_a_keeper_counts_without_a_network(live, browser, sign_in, made):
    pk, _code = made
    context = browser(**PHONE)
    page = context.new_page()
    sign_in(page, "communityclerk")
    page.goto(f"/places/keep/{pk}")
    before = int(page.locator("[data-visits]").inner_text())
    page.wait_for_timeout(500)
    context.set_offline(True)
    for _tap in range(3):
        page.get_by_role("button", name="来了一位").click()
    expect(page.locator("[data-visits]")).to_have_text(str(before + 3))
    context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    for _try in range(40):
        page.wait_for_timeout(250)
        page.goto(f"/places/keep/{pk}")
        if int(page.locator("[data-visits]").inner_text()) == before + 3:
            break
    expect(page.locator("[data-visits]")).to_have_text(str(before + 3))
    page.get_by_role("button", name="缺水").click()
    expect(page.locator("[data-state]")).to_contain_text("缺水")
    page.get_by_role("button", name="恢复按时间").click()
    expect(page.locator("[data-state]")).to_contain_text("开放中")


def test_the_office_enters_a_station_without_a_mouse(live, browser, sign_in, made):
    page = browser(**DESK).new_page()
    sign_in(page, "administrator")
    page.goto("/desk/places")
    page.keyboard.press("n")
    page.locator("[name=name]").fill("键盘驿站")
    page.locator("[name=spot]").fill(f"{HERE['longitude']}, {HERE['latitude']}")
    page.locator("[name=day0]").fill("8-22")
    page.get_by_role("button", name="每天同周一").click()
    expect(page.locator("[name=day6]")).to_have_value("8-22")
    page.locator("[name=services][value=charge]").check()
    page.locator("[name=name]").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="键盘驿站")).to_be_visible()
    expect(page.get_by_text("8:00–22:00")).to_be_visible()
    page.keyboard.press("e")
    expect(page.locator("[name=day3]")).to_have_value("8:00-22:00")
    page.goto("/desk/places?q=键盘")
    expect(page.locator("[data-rows] tr")).to_have_count(1)
