"""A worker's tasks on the phone, with and without a network."""

import time

from playwright.sync_api import expect

from tests.browser.test_phone_report import file, picture, ready


def a_task(live, words: str) -> dict:
    """A case given to the property manager."""
    return live.run(f"""
        from django.utils import timezone
        from liuchi.people.models import Person
        from liuchi.cases.models import Case, FilingCondition, Matter
        from liuchi.people.models import Organisation
        now = timezone.now()
        dispatcher = Person.objects.get(login__username="dispatcher")
        taken = actions.report(by(None, now, "phone"), actions.Said(text={words!r}, lon=SPOT[0], lat=SPOT[1], place_source="gps", area=Area.objects.get(level="grid")))
        wall = Matter.objects.get(code="10093")
        falling = FilingCondition.objects.filter(matter=wall, unit_role="property").first()
        actions.file_and_dispatch(by(dispatcher, now), taken.case.pk, wall.pk, falling.pk, Organisation.objects.get(name="槐荫物业").pk)
        answer = dict(id=taken.case.pk, receipt=taken.receipt)
    """)


def state(live, case_id: str) -> dict:
    return live.run(f"""
        from liuchi.kernel.media.models import Media
        c = Case.objects.get(pk={case_id!r})
        answer = dict(state=c.state, photos=Media.objects.filter(record=c.pk).count(), reply=c.reply)
    """)


def becomes(live, case_id: str, wanted: str, seconds: float = 25) -> dict:
    until = time.monotonic() + seconds
    while (now := state(live, case_id))["state"] != wanted and time.monotonic() < until:
        time.sleep(0.5)
    assert now["state"] == wanted
    return now


def test_accept_and_handle_without_a_network(live, browser, sign_in):
    words = "三单元门头的灰块要掉了"
    task = a_task(live, words)
    context = browser()
    page = context.new_page()
    sign_in(page, "handler")
    ready(page, "/tasks")
    expect(page.get_by_text(words)).to_be_visible()
    context.set_offline(True)
    page.goto("/tasks")
    card = page.locator(f"[data-task='{task['id']}']")
    card.get_by_role("button", name="接单").click()
    expect(card.get_by_text("待发送 · 接单")).to_be_visible()
    card.get_by_role("link").click()
    page.get_by_role("button", name="办好了，拍一张").click()
    sheet = page.get_by_role("dialog")
    page.set_input_files("#after", file(picture()))
    sheet.get_by_label("办得怎么样了？").last.fill("已围挡，松动的都敲掉了")
    sheet.get_by_role("button", name="提交").click()
    expect(page.get_by_text("待发送 · 办理结果")).to_be_visible()
    assert state(live, task["id"])["state"] == "dispatched"
    context.set_offline(False)
    done = becomes(live, task["id"], "handled")
    assert (done["photos"], done["reply"]) == (1, "已围挡，松动的都敲掉了")
    expect(page.get_by_text("待发送")).to_have_count(0)


def test_a_task_done_meanwhile_on_another_device_says_so(live, browser, sign_in):
    words = "楼顶的广告牌晃动"
    task = a_task(live, words)
    context = browser()
    page = context.new_page()
    sign_in(page, "handler")
    ready(page, "/tasks")
    expect(page.get_by_text(words)).to_be_visible()
    context.set_offline(True)
    page.locator(f"[data-task='{task['id']}']").get_by_role("button", name="接单").click()
    live.run(f"""
        from django.utils import timezone
        from liuchi.people.models import Person
        actions.accept(by(Person.objects.get(login__username="handler"), timezone.now()), {task["id"]!r})
        actions.handle(by(Person.objects.get(login__username="handler"), timezone.now()), {task["id"]!r}, "拆掉了")
    """)
    context.set_offline(False)
    expect(page.get_by_text("1 条没有发出，要您看一下")).to_be_visible(timeout=20_000)
    page.get_by_role("link", name="去看看").click()
    expect(page.locator("[data-waiting]").get_by_role("alert")).not_to_be_empty()
    page.get_by_role("button", name="不要了").click()
    page.get_by_role("button", name="删掉").click()
    expect(page.locator("[data-waiting]")).to_have_count(0)


def test_the_reporter_adds_a_word_and_rates_with_one_tap(live, browser):
    task = a_task(live, "门口的灯不亮了")
    page = browser().new_page()
    page.goto(f"/r/{task['receipt']}")
    page.get_by_role("button", name="补充一句").click()
    page.get_by_role("dialog").get_by_role("textbox").fill("是东边那一盏")
    page.get_by_role("dialog").get_by_role("button", name="发出").click()
    expect(page.locator(".timeline")).to_contain_text("是东边那一盏")
    expect(page.get_by_text("待发送")).to_have_count(0)
    live.run(f"""
        from django.utils import timezone
        from liuchi.people.models import Person
        who = lambda name: by(Person.objects.get(login__username=name), timezone.now())
        actions.accept(who("handler"), {task["id"]!r})
        actions.handle(who("handler"), {task["id"]!r}, "换了灯泡")
        actions.check_and_close(who("dispatcher"), {task["id"]!r})
    """)
    page.reload()
    page.get_by_role("button", name="5 星").click()
    expect(page.get_by_text("您的评价")).to_be_visible()
    expect(page.get_by_role("heading", name="办得怎么样？")).to_have_count(0)
    assert live.run(f"answer = Case.objects.get(pk={task['id']!r}).stars") == 5
