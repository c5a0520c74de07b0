"""Each page of the phone in both languages: no violation of accessibility, nothing wider than the screen, at 200 % text too."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK
from tests.browser.looking import axe, found_wrong, too_wide, wait_until_drawn
from tests.browser.test_phone_tasks import a_task

PAGES = ["/", "/report", "/mine", "/me", "/messages", "/tasks", "/offline"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_for_everybody(live, browser, language):
    page = browser(language=language, axe=True).new_page()
    receipt = a_task(live, "路面塌了一块，能看见下面的管子")["receipt"]
    assert found_wrong(page, [*PAGES, f"/r/{receipt}"], phone=True) == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_words_twice_as_large_fit_the_screen(live, browser, language):
    page = browser(language=language, axe=True).new_page()
    receipt = a_task(live, "路面塌了一块，能看见下面的管子")["receipt"]
    for address in [*PAGES, f"/r/{receipt}"]:
        page.goto(address)
        wait_until_drawn(page)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert not too_wide(page), address


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_of_a_worker(live, browser, sign_in, language):
    page = browser(language=language, axe=True).new_page()
    task = a_task(live, "雨棚的铁皮翘起来了，风一吹就响，住在二楼的老人说晚上睡不着，怕它掉下来砸到放学的孩子" * 2)
    sign_in(page, "handler")
    assert found_wrong(page, ["/tasks", f"/tasks/{task['id']}", "/", "/me"], phone=True) == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_gallery(live, browser, language):
    page = browser(language=language, axe=True, **DESK).new_page()
    page.goto("/desk/gallery")
    expect(page.locator("article")).to_have_count(18)
    assert axe(page) == []
