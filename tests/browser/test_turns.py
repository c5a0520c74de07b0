"""Turns beside the straight way: at the desk by keys alone, on a worker's phone, and by whoever reported it."""

import pytest
from playwright.sync_api import expect

from tests.browser.looking import axe, small_targets, too_wide
from tests.browser.test_desk_inbox import open_case, reported, state_of
from tests.browser.test_phone_tasks import a_task, becomes, ready


def test_a_slip_is_taken_back_by_one_key(live, desk):
    [first, _second] = reported(live, ["第一件撤销", "第二件撤销"])
    page = desk("dispatcher", axe=True)
    page.goto("/desk/?tab=todo")
    open_case(page, "第一件撤销")
    page.keyboard.press("Enter")
    open_case(page, "第二件撤销")
    assert state_of(live, first) == "dispatched"
    page.keyboard.press("z")
    open_case(page, "第一件撤销")
    assert state_of(live, first) == "reported"


def test_what_else_can_be_done_is_two_keys_away_and_a_refusal_keeps_what_was_written(live, desk):
    [case] = reported(live, ["转派的一件"])
    page = desk("dispatcher", axe=True)
    page.goto(f"/desk/cases/{case}")
    page.keyboard.press("Enter")
    expect(page.locator(".settled")).to_contain_text("槐荫物业")
    page.keyboard.press("a")
    expect(page.locator("#more")).to_be_visible()
    assert not axe(page)
    page.keyboard.press(page.locator("#more [data-turn-form=transfer]").get_attribute("data-number"))
    expect(page.locator("#turn h2")).to_have_text("转派其他单位")
    page.locator("#transfer-words").fill("改由住建处理")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#turn [role=alert]")).to_contain_text("请先选主办单位")
    expect(page.locator("#transfer-words")).to_have_value("改由住建处理")
    assert not axe(page)
    page.locator("[data-turn-unit]").click()
    page.keyboard.type("住建")
    expect(page.locator("#picker [role=option]")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("[data-turn-unit-name]")).to_have_text("住建分局")
    page.locator("#transfer-words").press("Control+Enter")
    expect(page.locator("#turn")).to_be_hidden()
    expect(page.locator(".settled")).to_contain_text("住建分局")


def test_a_request_for_time_is_granted_with_enter(live, desk):
    [case] = reported(live, ["要延期的一件"])
    live.run(f"""
        from django.utils import timezone
        from liuchi.people.models import Person
        someone = lambda name: Context(at=timezone.now(), recorded_at=timezone.now(), person=Person.objects.get(login__username=name).pk, channel="desk")
        matter = Matter.objects.get(code="10093")
        condition = matter.conditions.first()
        from liuchi.people.models import Organisation
        actions.file_and_dispatch(someone("dispatcher"), "{case}", matter.pk, condition.pk, Organisation.objects.get(name="槐荫物业").pk)
        actions.ask_extension(someone("handler"), "{case}", 1, "等配件")
    """)
    page = desk("dispatcher", axe=True)
    page.goto("/desk/?tab=asked")
    open_case(page, "要延期的一件")
    expect(page.locator(".motion")).to_contain_text("等配件")
    assert not axe(page)
    page.keyboard.press("Enter")
    expect(page.locator("a.line:not(.gone)")).to_have_count(0)
    assert live.run(f"answer = Case.objects.get(pk='{case}').extensions") == 1


def test_a_worker_gives_a_task_back_from_the_phone_without_a_network(live, browser, sign_in):
    task = a_task(live, "不归我们的一处围墙")
    looked_at = browser(axe=True).new_page()
    sign_in(looked_at, "handler")
    looked_at.goto(f"/tasks/{task['id']}")
    looked_at.get_by_role("button", name="更多").click()
    expect(looked_at.get_by_role("button", name="退回派遣席")).to_be_visible()
    assert not axe(looked_at) and not small_targets(looked_at) and not too_wide(looked_at)
    context = browser()
    page = context.new_page()
    sign_in(page, "handler")
    ready(page, "/tasks")
    expect(page.get_by_text("不归我们的一处围墙")).to_be_visible()
    page.goto(f"/tasks/{task['id']}")
    expect(page.get_by_role("button", name="更多")).to_be_visible()
    context.set_offline(True)
    page.get_by_role("button", name="更多").click()
    page.get_by_role("button", name="退回派遣席").click()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("dialog").get_by_role("alert").last).to_have_text("请写明理由")
    page.get_by_role("dialog").get_by_role("textbox").last.fill("围墙归学校")
    page.get_by_role("button", name="提交").click()
    context.set_offline(False)
    becomes(live, task["id"], "filed")


@pytest.mark.parametrize("outcome", ["done"])
def test_whoever_reported_it_says_that_it_is_not_right(live, browser, outcome):
    task = a_task(live, "又掉了的一块")
    live.run(f"""
        from django.utils import timezone
        from liuchi.people.models import Person
        someone = lambda name: Context(at=timezone.now(), recorded_at=timezone.now(), person=Person.objects.get(login__username=name).pk, channel="desk")
        actions.accept(someone("handler"), {task["id"]!r})
        actions.handle(someone("handler"), {task["id"]!r}, "补好了", {outcome!r})
        actions.check_and_close(someone("dispatcher"), {task["id"]!r})
    """)
    page = browser(axe=True).new_page()
    page.goto(f"/r/{task['receipt']}")
    page.get_by_role("button", name="还没办好").click()
    page.get_by_role("dialog").get_by_role("textbox").fill("西边那块还在掉")
    page.get_by_role("dialog").get_by_role("button", name="发出").click()
    becomes(live, task["id"], "dispatched")
    expect(page.locator(".timeline")).to_contain_text("西边那块还在掉")
    assert not axe(page)
