"""Duties on both sizes: a volunteer joins and takes a shift, a clerk plans one without the mouse; nothing that axe finds."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK
from tests.browser.looking import found_wrong

OPENED = """
    from datetime import date, time, timedelta
    from django.utils import timezone
    from liuchi.duties import actions
    from liuchi.duties.actions.duties import Said
    from liuchi.duties.models import Duty
    from liuchi.kernel.context import system
    from liuchi.territory.models import Area
    grid = Area.objects.get(level="grid")
    duty = Duty.objects.filter(title="驿站早班").first() or actions.open_duty(system(), Said(
        "驿站早班", grid, "FREQ=DAILY", timezone.localdate(), time(9), time(11), needs=2, where="槐荫驿站", what="添热水"))
    answer = [str(duty.pk), str(duty.shifts.order_by("begins")[1].pk)]
"""

CERTIFIED = """
    from datetime import timedelta
    from django.utils import timezone
    from liuchi.duties import actions
    from liuchi.duties.models import Certificate, Shift, Signup
    from liuchi.kernel.context import Context
    from liuchi.people.models import Login
    person = Login.objects.get(username="resident").person
    now = timezone.now()
    if not Certificate.objects.exists():
        shift = Shift.objects.order_by("begins").last()
        Signup.objects.create(shift=shift, seat=2, person=person, taken_at=now, came_at=now, minutes=120)
        actions.issue_certificate(Context(at=now, recorded_at=now, person=person.pk))
        Signup.objects.filter(person=person).delete()
    answer = 1
"""


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_in_both_languages(live, browser, sign_in, language):
    duty, shift = live.run(OPENED)
    phone = browser(language=language, axe=True).new_page()
    sign_in(phone, "resident")
    live.run(CERTIFIED)
    paper = live.run(
        "from liuchi.duties.models import Certificate\none = Certificate.objects.get()\nanswer = [str(one.pk), one.code]"
    )
    pages = ["/duties", f"/duties/{shift}", "/duties/hours", f"/duties/hours/{paper[0]}", f"/duties/v/{paper[1]}"]
    assert found_wrong(phone, pages, phone=True) == []
    desk = browser(language=language, axe=True, **DESK).new_page()
    sign_in(desk, "communityclerk")
    pages = ["/desk/duties", "/desk/duties/rhythms", "/desk/duties/new", "/desk/duties/new?kind=rhythm", f"/desk/duties/{duty}", f"/desk/duties/{duty}/sheet",
             f"/desk/duties/shifts/{shift}"]  # fmt: skip
    assert found_wrong(desk, pages, phone=False) == []


def test_a_volunteer_joins_takes_a_shift_and_hands_it_on(live, browser, sign_in):
    _duty, shift = live.run(OPENED)
    page = browser().new_page()
    sign_in(page, "resident")
    page.goto(f"/duties/{shift}")
    page.get_by_role("button", name="加入志愿者").click()
    page.get_by_role("button", name="我来值这班").click()
    expect(page.get_by_text("这一班是您的了，前一天晚上会提醒您。")).to_be_visible()
    page.get_by_role("button", name="转给别人").click()
    expect(page.get_by_text("正在转给别人")).to_be_visible()
    page.get_by_role("button", name="我还是来").click()
    page.goto("/duties")
    expect(page.get_by_role("heading", name="我的班次")).to_be_visible()


def test_a_clerk_plans_a_roster_with_the_keyboard(live, browser, sign_in):
    page = browser(**DESK).new_page()
    sign_in(page, "communityclerk")
    page.goto("/desk/duties")
    page.keyboard.press("n")
    page.locator("[name=title]").focus()
    page.keyboard.type("晚间巡逻")
    page.locator("[name=weekdays]").nth(2).focus()
    page.keyboard.press("Space")
    page.locator("[name=title]").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("已排定：每周三 9:00—11:00。")).to_be_visible()
    expect(page.get_by_text("缺 2 人").first).to_be_visible()
