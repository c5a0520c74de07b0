"""The desk in the hand of somebody who is out, and at 200 %: nothing is wider than the screen, and a thumb hits what it means."""

import time

import pytest
from playwright.sync_api import expect

from tests.browser.looking import small_targets, too_wide

PAGES = {
    "dispatcher": ["/desk/", "/desk/take", "/desk/catalogue"],
    "administrator": ["/desk/people", "/desk/units", "/desk/calendar", "/desk/people/new", "/desk/catalogue/units"],
}


@pytest.mark.parametrize("role", PAGES)
def test_the_desk_fits_a_phone(live, browser, sign_in, role):
    page = browser().new_page()
    sign_in(page, role)
    wrong = []
    for address in PAGES[role]:
        page.goto(address)
        page.wait_for_timeout(500)
        wrong += [f"{address} too small: {one}" for one in small_targets(page)]
        if too_wide(page):
            wrong.append(f"{address} is wider than the screen")
        narrow = page.evaluate(
            "[...document.querySelectorAll('main :is(textarea, .field > input)')].filter(e => e.offsetParent && e.offsetWidth < 160).map(e => e.name)"
        )
        wrong += [f"{address}: {name} is too narrow to write in" for name in narrow]
    assert wrong == []


def test_a_line_of_the_inbox_leads_to_its_case_below(live, browser, sign_in):
    from tests.browser.test_phone_tasks import a_task

    a_task(live, "路灯杆歪了，压着行道树")
    page = browser().new_page()
    sign_in(page, "dispatcher")
    page.goto("/desk/?tab=working")
    page.locator("a.line").last.click()
    # by its beginning: of a case with many words less than a third of it fits on the screen
    expect(page.locator("#case-title")).to_be_in_viewport()
    # asked from outside: a page of this policy evaluates no text, which waiting inside of it would need
    detail, late = page.locator("#detail"), time.monotonic() + 10
    while detail.evaluate("element => element.getBoundingClientRect().top / innerHeight") >= 1 / 3:
        assert time.monotonic() < late, "the case stays below"
        page.wait_for_timeout(50)
