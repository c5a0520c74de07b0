"""Somebody calls: the request is taken in at the desk while the caller speaks, by keys alone."""

import time

from playwright.sync_api import expect


def test_a_call_is_taken_in_under_fifteen_seconds(live, desk, known_house):
    page = desk("dispatcher")
    page.goto("/desk/")
    began = time.monotonic()
    page.keyboard.press("n")
    expect(page.locator("#t-text")).to_be_focused()
    page.keyboard.type("井盖翘起来了，电动车压上去响", delay=30)
    page.keyboard.press("Enter")
    page.keyboard.type("hyl3", delay=60)
    expect(page.locator("#t-places [role=option]").first).to_contain_text("槐荫里")
    page.keyboard.press("Enter")
    page.keyboard.type("13800001234", delay=30)
    page.keyboard.press("Enter")
    expect(page.locator(".taken-number")).to_contain_text("LC-")
    assert time.monotonic() - began < 15
    number = page.locator(".taken-number").inner_text()
    receipt = "-".join(page.locator(".taken-receipt span").all_inner_texts())
    told = live.run(f"""
        case = Case.objects.get(number="{number}")
        answer = [case.channel, case.place_words, bool(case.contact_cipher), str(actions.case_of_receipt("{receipt}")) == str(case.pk)]
    """)
    assert told == ["call", "槐荫里 3 幢", True, True]


def test_hands_quicker_than_the_network_lose_no_key(live, desk, known_house):
    page = desk("dispatcher", service_workers="block")
    page.route("**/api/territory/search", lambda route: (time.sleep(0.6), route.continue_()))
    page.goto("/desk/take")
    page.keyboard.type("井盖翘起来了")
    page.keyboard.press("Enter")
    page.keyboard.type("hyl3")
    page.keyboard.press("Enter")
    page.keyboard.type("13800001234")
    expect(page.locator("#t-place")).to_have_value("槐荫里 3 幢")
    expect(page.locator("[name=phone]")).to_have_value("13800001234")
    expect(page.locator("#t-places")).to_be_hidden()
