"""The pages of people in both languages: nothing that axe finds, no error, nothing that needs the mouse."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK
from tests.browser.looking import found_wrong

OPEN = ["/account/login/", "/account/signup/", "/account/password/forgotten/"]
OWN = ["/me/data", "/me/data/erase", "/account/2fa/", "/account/password/change/", "/account/logout/"]
DESK_PAGES = [
    "/desk/people", "/desk/people?q=zzzz", "/desk/people/new", "/desk/people/forgotten", "/desk/people/import", "/desk/units",
    "/desk/units/new",
]  # fmt: skip


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_signing_in_and_ones_own_data(live, browser, sign_in, language):
    page = browser(language=language, axe=True).new_page()
    assert found_wrong(page, OPEN, phone=True) == []
    sign_in(page, "resident")
    assert found_wrong(page, OWN, phone=True) == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_desk(live, browser, sign_in, language):
    page = browser(language=language, axe=True, **DESK).new_page()
    sign_in(page, "administrator")
    page.goto("/desk/people")
    person = page.locator("[data-rows] a").first.get_attribute("href")
    page.goto("/desk/units")
    unit = page.locator("[data-rows] a[href*='/desk/units/']").first.get_attribute("href")
    assert found_wrong(page, [*DESK_PAGES, person, f"{person}/correct", f"{person}/appoint", unit], phone=False) == []


def test_somebody_is_found_hired_and_given_a_deputy_without_a_mouse(live, browser, sign_in):
    page = browser(**DESK).new_page()
    sign_in(page, "administrator")
    page.goto("/desk/people")
    page.keyboard.press("n")
    expect(page).to_have_url(f"{live.url}/desk/people/new")
    page.locator("[name=name]").focus()
    page.keyboard.type("方小麦")
    page.locator("[name=role]").select_option("administrator")
    page.locator("[name=username]").focus()
    page.keyboard.type("fangxm")
    page.keyboard.press("Enter")
    expect(page.locator(".code.strong").first).to_have_text("fangxm")
    page.goto("/desk/people")
    page.keyboard.press("/")
    page.keyboard.type("fangx")
    expect(page).to_have_url(re.compile("q=~"))  # the search stays in the address, but can't be read there
    expect(page.locator("[data-rows] tr")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_text("正在使用一次性密码")).to_be_visible()
    page.get_by_role("link", name="离岗代班").focus()
    page.keyboard.press("Enter")
    page.locator("[name=deputy]").focus()
    page.keyboard.press("ArrowDown")
    page.locator("form.panel [type=submit]").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="已回岗")).to_be_visible()


def test_a_filter_is_chosen_with_the_arrow_keys(live, browser, sign_in):
    """Each arrow key changes a list that is closed; the page waits until one has chosen."""
    page = browser(**DESK).new_page()
    sign_in(page, "administrator")
    page.goto("/desk/people")
    before = page.url
    role = page.locator("select[name=role]")
    role.focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(role).to_be_focused()
    wanted = role.input_value()
    assert page.url == before and wanted
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"role={wanted}$"))
    page.locator("select[name=role]").focus()
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    expect(page).to_have_url(before)
    page.locator("select[name=role]").select_option("dispatcher")  # and with the mouse at once
    expect(page).to_have_url(re.compile("role=dispatcher$"))


@pytest.mark.parametrize(
    ("language", "empty", "day"),
    [("zh-hans", "还没有选文件", "2026年11月22日"), ("en", "No file chosen yet", "22 Nov 2026")],
)
def test_files_and_days_speak_the_language_of_the_page(live, browser, sign_in, tmp_path, language, empty, day):
    """Whatever the browser speaks: this one speaks French."""
    page = browser(language=language, **{**DESK, "locale": "fr-FR"}).new_page()
    sign_in(page, "administrator")
    for path in ("/desk/people/import", "/desk/areas/import"):
        page.goto(path)
        shown = page.locator(".file-field [data-files]")
        expect(shown).to_have_text(empty)
        field = page.locator("input[type=file]")
        field.focus()
        assert page.locator(".file-field .btn").evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
        (tmp_path / "六尺.xlsx").write_bytes(b"x")
        field.set_input_files(tmp_path / "六尺.xlsx")
        expect(shown).to_have_text("六尺.xlsx")
    page.goto("/desk/people/new")
    page.locator("[name=begins]").fill("2026-11-22")
    expect(page.locator(".field:has([name=begins]) [data-day]")).to_contain_text(day)
