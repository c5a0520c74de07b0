"""How one wants to be told, on the phone and at the desk; and the desk's pages of what goes out."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK
from tests.browser.looking import found_wrong

DESK_PAGES = [
    "/desk/notices", "/desk/notices/texts", "/desk/notices/texts?language=en", "/desk/notices/texts/case.passed_on",
    "/desk/notices/sms", "/desk/notices/robots", "/desk/notices/robots/new",
]  # fmt: skip


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_are_easy_to_read_and_to_hit(live, browser, sign_in, language):
    phone = browser(language=language, axe=True).new_page()
    sign_in(phone, "resident")
    assert found_wrong(phone, ["/me/notices"], phone=True) == []
    desk = browser(language=language, axe=True, **DESK).new_page()
    sign_in(desk, "administrator")
    assert found_wrong(desk, ["/me/notices", *DESK_PAGES], phone=False) == []


def test_quiet_hours_and_one_message_a_day_are_chosen_on_the_phone(live, browser, sign_in):
    page = browser().new_page()
    sign_in(page, "resident")
    page.goto("/me")
    page.get_by_role("link", name="消息提醒").click()
    page.locator("[name=quiet_from]").select_option("21:30")
    page.get_by_label("提醒频率").select_option(label="每天 21:00 汇总成一条")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存")).to_be_visible()
    expect(page.locator("[name=quiet_from]")).to_have_value("21:30")
    page.get_by_label("提醒频率").select_option(label="每天 22:00 汇总成一条")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("安静时段里")).to_be_visible()


def test_a_text_is_worded_anew_seen_at_once_and_taken_back(live, browser, sign_in):
    page = browser(**DESK).new_page()
    sign_in(page, "administrator")
    page.goto("/desk/notices/texts")
    page.get_by_role("link", name="给反映人 · 已派出").click()
    body = page.get_by_label("正文")
    body.fill("{承办单位}会在{办理时限}前上门")
    expect(page.locator("#said")).to_contain_text("环卫队会在11月25日 18:00前上门")
    body.fill("{承办人}会来")
    expect(page.locator("#said")).to_contain_text("可以用的有：{承办单位}、{办理时限}")
    body.fill("{承办单位}会来")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("今后按这个文案发送")).to_be_visible()
    page.get_by_role("button", name="恢复原文").click()
    expect(body).to_have_value("已派给{承办单位}，{办理时限} 前办好。")


def test_a_robot_of_a_group_is_set_up_with_a_refusal_on_the_way(live, browser, sign_in):
    page = browser(**DESK).new_page()
    sign_in(page, "administrator")
    page.goto("/desk/notices/robots/new")
    page.get_by_label("群名称").fill("值班群")
    page.get_by_label("Webhook 地址").fill("https://example.org/hook")
    page.locator("[name=organisation]").select_option(index=1)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("应以 https://qyapi.weixin.qq.com 开头")).to_be_visible()
    expect(page.get_by_label("群名称")).to_have_value("值班群")
    page.get_by_label("Webhook 地址").fill("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("button", name="在群里发条测试")).to_be_visible()
    assert "key=0" not in page.content()
