"""What people are told: the messages on the phone, and at the desk the mail that could not be sent."""

import time

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK
from tests.browser.looking import axe, small_targets, too_wide, wait_until_drawn


def dispatched(live, words: str) -> str:
    """A report of the resident's that was given to a unit: the worker tells them. Returns the case's id."""
    return live.run(f"""
        from django.utils import timezone
        from liuchi.people.models import Organisation, Person
        from liuchi.cases.models import FilingCondition, Matter
        now = timezone.now()
        person = lambda name: Person.objects.get(login__username=name)
        taken = actions.report(by(person("resident"), now, "phone"), actions.Said(text={words!r}, lon=SPOT[0], lat=SPOT[1], place_source="gps", area=Area.objects.get(level="grid")))
        wall = Matter.objects.get(code="10093")
        falling = FilingCondition.objects.filter(matter=wall, unit_role="property").first()
        actions.file_and_dispatch(by(person("dispatcher"), now), taken.case.pk, wall.pk, falling.pk, Organisation.objects.get(name="槐荫物业").pk)
        answer = str(taken.case.pk)
    """)


def wait_until_told(live, case: str) -> None:
    """The worker has written the reporter's message about this case; the minute in which it could be undone is passed over."""
    late = time.monotonic() + 20
    while not live.run(f"""
        from datetime import timedelta
        from django.utils import timezone
        from liuchi.kernel.delivery.models import Message
        from liuchi.notices.actions import tell_held
        tell_held(timezone.now() + timedelta(minutes=2))
        answer = Message.objects.filter(url="/mine/{case}").count()
    """):
        assert time.monotonic() < late, "nobody is told"
        time.sleep(0.2)


def test_an_answer_is_told_and_is_read_once_it_was_seen(live, browser, sign_in):
    words = "围墙的砖松了，孩子从下面过"
    page = browser().new_page()
    sign_in(page, "resident")
    case = dispatched(live, words)
    wait_until_told(live, case)
    page.goto("/")
    expect(page.locator("[data-unread]")).not_to_be_empty()
    with page.expect_response("**/messages/read"):
        page.get_by_role("link", name="消息").click()
    told = page.get_by_role("link").filter(has_text=words).first
    expect(told).to_contain_text("已派")
    expect(told.get_by_role("img", name="未读")).to_be_visible()
    page.reload()
    expect(page.get_by_role("link").filter(has_text=words).first).to_be_visible()
    expect(page.get_by_role("img", name="未读")).to_have_count(0)
    page.get_by_role("link").filter(has_text=words).first.click()
    expect(page).to_have_url(f"{live.url}/mine/{case}")
    page.goto("/")
    wait_until_drawn(page)
    expect(page.locator("[data-unread]")).to_be_empty()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_messages_are_easy_to_read_and_to_hit(live, browser, sign_in, language):
    page = browser(language=language, axe=True).new_page()
    sign_in(page, "resident")
    wait_until_told(live, dispatched(live, "雨棚的铁皮翘起来了，风一吹就响，住在二楼的老人说晚上睡不着" * 2))
    page.goto("/messages")
    wait_until_drawn(page)
    wrong = [*axe(page), *small_targets(page)]
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert wrong == [] and not too_wide(page)


def test_mail_that_got_stuck_is_sent_again_with_the_keyboard(live, browser, sign_in):
    live.run("""
        from django.utils import timezone
        from liuchi.kernel import crypto
        from liuchi.kernel.delivery.models import Sending
        now = timezone.now()
        mail = Sending(thing="test stuck", address_index=b"0" * 32, subject="s", body="b", state="stuck", tries=6, next_at=now, made_at=now, problem="SMTPServerDisconnected")
        mail.address = crypto.encrypt("somebody@example.org", f"mail:{mail.pk}")
        mail.save()
    """)
    page = browser(axe=True, **DESK).new_page()
    sign_in(page, "administrator")
    page.goto("/desk/notices")
    row = page.get_by_role("row").filter(has_text="SMTPServerDisconnected")
    expect(row.get_by_role("checkbox")).to_be_checked()
    assert "example.org" not in page.content(), "nobody's address is shown"
    assert axe(page) == []
    page.get_by_role("button", name="重新发送").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 条")).to_be_visible()
    expect(page.get_by_role("heading", name="没有滞留的消息")).to_be_visible()
    assert axe(page) == []
    state = 'from liuchi.kernel.delivery.models import Sending\nanswer = Sending.objects.get(thing="test stuck").state'
    assert live.run(state) == "waiting"
