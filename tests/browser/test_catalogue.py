"""The catalogue as people use it: read on a phone, changed at the desk with the keyboard alone."""

from playwright.sync_api import expect

from tests.browser.conftest import DESK
from tests.browser.looking import axe


def test_a_resident_reads_by_when_it_is_done(browser):
    page = browser(axe=True).new_page()
    page.goto("/catalogue")
    page.get_by_role("searchbox").fill("外墙掉了")
    page.keyboard.press("Enter")
    expect(page.locator("details.matter").first).to_contain_text("房屋外墙脱落")
    expect(page.locator(".rule").first).to_contain_text("如果有坠落物，危及行人，就在2 小时内")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert axe(page) == []


def test_a_new_matter_is_added_and_published_with_the_keyboard(browser, sign_in):
    page = browser(**DESK).new_page()
    sign_in(page, "administrator")
    page.goto("/desk/catalogue")
    page.keyboard.press("n")
    page.wait_for_url("**/desk/catalogue/new")
    page.get_by_label("大类").select_option("10")
    page.get_by_label("名称", exact=True).fill("树上挂着风筝")
    page.keyboard.press("Enter")
    page.wait_for_url("**/conditions/new")
    page.get_by_label("立案条件").fill("风筝线垂到路面")
    page.get_by_label("时限").fill("3")
    page.get_by_label("计时方式").select_option("work_hour")
    page.get_by_label("结案标准").fill("清除")
    page.keyboard.press("Enter")
    expect(page.locator("#matter")).to_contain_text("3 个工作小时")
    page.keyboard.press("p")
    page.wait_for_url("**/desk/catalogue/publish")
    expect(page.get_by_role("row", name="树上挂着风筝")).to_contain_text("3 个工作小时")
    page.get_by_role("button", name="发布").press("Enter")
    page.wait_for_url("**/desk/catalogue")
    reader = browser().new_page()
    reader.goto("/catalogue?q=风筝")
    expect(reader.locator(".rule")).to_contain_text("如果风筝线垂到路面，就在3 个工作小时内清除")


def test_arrow_keys_walk_and_enter_opens_beside_the_list(browser, sign_in):
    page = browser(axe=True, **DESK).new_page()
    sign_in(page, "administrator")
    page.goto("/desk/catalogue")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    focused = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    expect(page.locator("#matter h2")).to_have_text(focused)
    expect(page.locator("[data-choose][aria-current]")).to_have_text(focused)
    assert page.evaluate("document.activeElement.textContent") == focused  # the keyboard stays in the list
    assert axe(page) == []
