"""Each page of the phone in both languages: no violation of accessibility, nothing wider than the screen, at 200 % text too."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, axe
from tests.browser.test_phone_tasks import a_task

PAGES = ["/", "/report", "/mine", "/me", "/messages", "/tasks", "/offline"]


def wait_until_drawn(page: Page) -> None:
    expect(page.locator("main .skeleton")).to_have_count(0)
    page.wait_for_timeout(250)


def too_wide(page: Page) -> bool:
    return page.evaluate("document.scrollingElement.scrollWidth > innerWidth + 1")


def small_targets(page: Page) -> list[str]:
    """Buttons and links that a thumb would miss (under 44 pixels); links within a sentence do not count."""
    return page.evaluate("""[...document.querySelectorAll('button, a[href], label.btn, summary, input:not([type=file]):not([type=hidden]), select, textarea')]
        .filter(e => e.offsetParent && !e.closest('.photos, .maplibregl-ctrl, p') && !e.matches('.skip'))
        .map(e => [e, e.getBoundingClientRect()])
        .filter(([e, r]) => r.width && r.height && (r.height < 43.5 || r.width < 43.5) && getComputedStyle(e, '::after').position !== 'absolute')
        .map(([e, r]) => `${e.outerHTML.slice(0, 120)} ${Math.round(r.width)}x${Math.round(r.height)}`)""")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_for_everybody(live, browser, language):
    page = browser(language=language, bypass_csp=True).new_page()
    wrong = []
    page.on("pageerror", lambda error: wrong.append(f"error on {page.url}: {error}"))
    receipt = a_task(live, "路面塌了一块，能看见下面的管子")["receipt"]
    for address in [*PAGES, f"/r/{receipt}"]:
        page.goto(address)
        wait_until_drawn(page)
        wrong += [f"{address} {one}" for one in axe(page)]
        wrong += [f"{address} too small: {one}" for one in small_targets(page)]
        if too_wide(page):
            wrong.append(f"{address} is wider than the screen")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        if too_wide(page):
            wrong.append(f"{address} is wider than the screen at 200 % text")
    assert wrong == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_of_a_worker(live, browser, sign_in, language):
    page = browser(language=language, bypass_csp=True).new_page()
    task = a_task(live, "雨棚的铁皮翘起来了，风一吹就响，住在二楼的老人说晚上睡不着，怕它掉下来砸到放学的孩子" * 2)
    sign_in(page, "handler")
    wrong = []
    for address in ["/tasks", f"/tasks/{task['id']}", "/", "/me"]:
        page.goto(address)
        wait_until_drawn(page)
        wrong += [f"{address} {one}" for one in axe(page)]
        wrong += [f"{address} too small: {one}" for one in small_targets(page)]
        if too_wide(page):
            wrong.append(f"{address} is wider than the screen")
    assert wrong == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_gallery(live, browser, language):
    page = browser(language=language, bypass_csp=True, **DESK).new_page()
    page.goto("/desk/gallery")
    expect(page.locator("article")).to_have_count(18)
    assert axe(page) == []
