"""Points as people use them: switched on, exchanged on the phone, handed over at the window without a mouse."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import found_wrong

MADE = """
    from uuid import uuid4
    from django.db import transaction
    from django.utils import timezone
    from liuchi.points import actions, queries
    from liuchi.points.actions.books import account, lock, post
    from liuchi.points.models import Gift, RuleSet, Window
    from liuchi.people.models import Login
    from liuchi.territory.models import Area
    now = timezone.now()
    ctx = Context(at=now, recorded_at=now, channel="system")
    if not Window.objects.exists():
        window = actions.open_window(ctx, name="槐荫驿站窗口", area=Area.objects.get(name="第七网格"), address="槐荫路 1 号", hours="每天 9:00-18:00")
        for name, cost in (("保温杯", 10), ("理发一次", 8)):
            actions.stock_in(ctx, window, actions.make_gift(ctx, name=name, cost=cost), 8)
        draft = actions.draft_rules(ctx)
        actions.change_rules(ctx, draft, day_cap=20, lines=[{"event": "report.true", "points": 5, "day_cap": None, "once": True}])
        actions.try_rules(ctx, draft)
        actions.publish_rules(ctx, draft, timezone.localdate())
    person = Login.objects.select_related("person__record").get(username="resident").person
    actions.switch_on(ctx, person)
    holder, issued = account("person", person=person.pk), account("issued", event="report.true", day=timezone.localdate())
    with transaction.atomic():
        lock([holder, issued])
        post(ctx, "award", [(issued, -20), (holder, 20)], 20, holder=holder, event="report.true")
    gift, window = Gift.objects.get(name="保温杯"), Window.objects.get()
    answer = {"gift": str(gift.pk), "window": str(window.pk), "balance": queries.account_of(person.pk)[1]}
"""


def reserved(live) -> dict[str, str]:
    """A cup that waits for the resident: {id, code, window, gift}."""
    return live.run(
        MADE
        + """
    from liuchi.points.codes import code_of
    said = Context(at=now, recorded_at=now, person=person.pk, channel="phone")
    one = actions.reserve(said, gift.pk, window.pk, uuid4())
    answer = {"id": str(one.pk), "code": code_of(one.pk, one.code_turn), "window": str(window.pk), "gift": str(gift.pk)}
    """
    )


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_phone_in_both_languages(live, browser, sign_in, language):
    one = reserved(live)
    page = browser(language=language, axe=True).new_page()
    sign_in(page, "resident")
    addresses = [
        "/points",
        "/points/rules",
        "/points/shop",
        f"/points/shop/{one['gift']}",
        f"/points/codes/{one['id']}",
        "/points/statements",
    ]
    assert found_wrong(page, addresses, phone=True) == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_desk_in_both_languages(live, browser, sign_in, language):
    one = reserved(live)
    page = browser(language=language, axe=True, **DESK).new_page()
    sign_in(page, "administrator")
    live.run(MADE + "    actions.try_rules(ctx, actions.draft_rules(ctx))")
    addresses = [
        "/desk/points", "/desk/points/window", f"/desk/points/window?code={one['code']}", "/desk/points/windows",
        f"/desk/points/windows/{one['window']}", f"/desk/points/windows/{one['window']}/sheet", "/desk/points/gifts",
        "/desk/points/gifts/new", "/desk/points/rules", "/desk/points/rules/draft",
    ]  # fmt: skip
    assert found_wrong(page, addresses, phone=False) == []


def test_a_keeper_has_the_window_on_the_phone(live, browser, sign_in):
    one = reserved(live)
    page = browser(axe=True, **PHONE).new_page()
    sign_in(page, "gridworker")
    addresses = ["/desk/points/window", f"/desk/points/window?code={one['code']}"]
    assert found_wrong(page, addresses, phone=True) == []


def test_from_the_first_point_to_the_gift_in_the_hand(live, browser, sign_in):
    page = browser().new_page()
    sign_in(page, "handler")
    page.goto("/points")
    page.get_by_role("button", name="我要积分").click()
    expect(page.get_by_text("从现在起为您记积分。")).to_be_visible()

    live.run(MADE)
    page = browser().new_page()
    sign_in(page, "resident")
    page.goto("/points")
    page.get_by_role("link", name="去积分橱窗").click()
    page.get_by_role("link", name=re.compile("保温杯")).click()
    page.get_by_role("button", name="预约兑换").click()
    page.wait_for_url(re.compile("/points/codes/"))
    code = page.locator(".points-digits").inner_text()
    assert re.fullmatch(r"\d{4} \d{4}", code)
    expect(page.locator("svg.qr")).to_be_visible()

    desk = browser(**DESK).new_page()
    sign_in(desk, "gridworker")
    desk.goto("/desk/points/window")
    expect(desk.locator("#code")).to_be_focused()
    desk.keyboard.type("00000001")
    desk.keyboard.press("Enter")
    expect(desk.locator(".error")).to_contain_text("没有这个兑换码")
    desk.locator("#code").fill("")
    desk.keyboard.type(code)
    desk.keyboard.press("Enter")
    expect(desk.locator(".points-found")).to_have_text("保温杯")
    desk.keyboard.press("Enter")  # the one button has the focus
    expect(desk.get_by_text("已交付：保温杯")).to_be_visible()
    expect(desk.locator("#code")).to_be_focused()
    desk.keyboard.type(code)
    desk.keyboard.press("Enter")
    expect(desk.locator(".error")).to_contain_text("用过")

    page.reload()
    expect(page.get_by_role("heading", name="已领取")).to_be_visible()
    assert (
        live.run(
            "from liuchi.points.verifying import verify\nanswer = [p for p in verify().problems if 'journal' not in p['problem']]"
        )
        == []
    )


def test_rules_are_tried_and_published_at_the_desk(live, browser, sign_in):
    live.run(MADE)
    page = browser(**DESK).new_page()
    sign_in(page, "administrator")
    page.goto("/desk/points/rules")
    page.keyboard.press("n" if page.get_by_role("button", name="起草新版本").count() else "e")
    page.wait_for_url(re.compile("/rules/draft"))
    points = page.get_by_label("分值：反映的问题属实")
    points.fill("0")
    page.get_by_role("button", name="试算").click()
    expect(page.locator(".error")).to_contain_text("1 到 100")
    points = page.get_by_label("分值：反映的问题属实")
    points.fill("6")
    page.get_by_role("button", name="试算").click()
    expect(page.get_by_role("button", name="发布")).to_be_visible()
    expect(page.get_by_label("分值：反映的问题属实")).to_have_value("6")


def test_a_code_that_was_opened_can_be_shown_without_a_network(live, browser, sign_in):
    one = reserved(live)
    context = browser()
    page = context.new_page()
    sign_in(page, "resident")
    page.goto("/points")
    page.evaluate("navigator.serviceWorker.ready")
    page.goto(f"/points/codes/{one['id']}")
    digits = page.locator(".points-digits").inner_text()
    context.set_offline(True)
    page.goto(f"/points/codes/{one['id']}")
    expect(page.locator(".points-digits")).to_have_text(digits)
    expect(page.get_by_text("没有网络，看到的是上次的内容")).to_be_visible()
    page.goto("/points/shop")
    expect(page.get_by_text("没有网络").first).to_be_visible()
