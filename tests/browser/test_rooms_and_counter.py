"""Rooms and the counter on both sizes: three taps to book, a number without a name, calling by keyboard; nothing that axe finds."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK
from tests.browser.looking import found_wrong

MADE = """
    from datetime import time, timedelta
    from django.utils import timezone
    from liuchi.kernel.context import system
    from liuchi.places.counter import actions as desk
    from liuchi.places.counter.models import Counter
    from liuchi.places.rooms import opening
    from liuchi.places.rooms.models import Room
    from liuchi.territory.models import Area
    grid = Area.objects.get(level="grid")
    room = Room.objects.filter(name="议事厅").first() or opening.open_room(system(), opening.Wanted(
        "议事厅", "council", grid, "二楼", time(8), time(20), equipment=["白板"], key="值班室"))
    counter = Counter.objects.filter(name="窗口").first() or desk.open_counter(
        system(), desk.Wanted(name="窗口", area=grid, where="一楼", week=(((0, 1440),),) * 7, days_off=None))
    matter = counter.matters.first() or desk.set_matter(system(), counter, desk.Said(
        "医保登记", "医保", bring=["身份证"], for_others=["委托书"], steps=["取号", "核对"], takes="当场", minutes=5))
    asking = Counter.objects.filter(name="窗口二").first() or desk.open_counter(
        system(), desk.Wanted(name="窗口二", area=grid, where="二楼", week=(((0, 1440),),) * 7, days_off=None, asks_word=True))
    receipt = desk.take_errand(system(), counter.pk, matter.pk)[1]
    answer = [str(room.pk), str(counter.pk), matter.pk, receipt, str(timezone.localdate() + timedelta(days=1)), str(asking.pk)]
"""


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_in_both_languages(live, browser, sign_in, language):
    room, counter, matter, receipt, day, asking = live.run(MADE)
    phone = browser(language=language, axe=True).new_page()
    sign_in(phone, "resident")
    pages = ["/rooms", f"/rooms/{room}?day={day}", "/counter", f"/counter/{counter}", f"/counter/m/{matter}",
             f"/counter/m/{matter}/appointment?day={day}", f"/counter/e/{receipt}", f"/counter/{asking}"]  # fmt: skip
    assert found_wrong(phone, pages, phone=True) == []
    desk = browser(language=language, axe=True, **DESK).new_page()
    sign_in(desk, "communityclerk")
    pages = [f"/desk/rooms?day={day}", "/desk/rooms?view=week", "/desk/rooms/new", f"/desk/rooms/{room}", f"/desk/rooms/{room}/book",
             f"/desk/rooms/{room}/door", "/desk/counter", f"/desk/counter/{counter}/errands/new", f"/desk/counter/{counter}/services",
             f"/desk/counter/services/{matter}", f"/counter/hall/{counter}", "/desk/counter/new", f"/desk/counter/{counter}", f"/desk/counter/{asking}/word"]  # fmt: skip
    assert found_wrong(desk, pages, phone=False) == []


def test_what_is_printed_is_one_sheet_of_paper(live, browser, sign_in):
    room, counter, _matter, _receipt, day, _asking = live.run(MADE)
    page = browser(**DESK).new_page()
    sign_in(page, "communityclerk")
    page.goto(f"/desk/rooms/{room}/door?day={day}")
    assert pages_of(page.pdf(format="A4")) == 1
    page.goto(f"/desk/counter/{counter}/errands/new")
    page.locator("main button[type=submit]").click()
    expect(page.locator(".slip-code")).to_be_visible()
    assert pages_of(page.pdf(format="A4")) == 1


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_a_room_in_three_taps_and_given_back(live, browser, sign_in):
    room, _counter, _matter, _receipt, day, _asking = live.run(MADE)
    page = browser().new_page()
    sign_in(page, "resident")
    page.goto(f"/rooms/{room}?day={day}")
    page.get_by_role("radio", name="19:30").check()
    assert page.get_by_label("持续多久").locator("option").all_inner_texts() == ["0.5 小时 (19:30–20:00)"]
    page.get_by_role("radio", name="10:00").check()
    expect(page.get_by_label("持续多久").locator("option")).to_have_count(8)
    page.get_by_role("button", name="预订").click()
    expect(page.get_by_text("订好了。")).to_be_visible()
    expect(page.get_by_text("值班室")).to_be_visible()
    page.get_by_role("button", name="不用了，取消预订").click()
    expect(page.get_by_text("已取消，房间让给了别人，谢谢！")).to_be_visible()


# A screen that looks again every five seconds does so at once, for the sake of who waits for the tests.
IMPATIENT = "const every = window.setInterval; window.setInterval = (work, wait) => every(work, Math.min(wait, 300));"


def test_a_number_on_the_phone_is_called_by_keyboard_and_seen_in_the_hall(live, browser, sign_in):
    _room, counter, matter, _receipt, _day, _asking = live.run(MADE)
    phone = browser().new_page()
    phone.goto(f"/counter/m/{matter}")
    phone.get_by_role("button", name="取号").click()
    number = phone.locator(".number-big").inner_text()
    desk = browser(**DESK).new_page()
    sign_in(desk, "communityclerk")
    desk.goto("/desk/counter")
    desk.keyboard.press("n")
    expect(desk.locator(".number-big")).to_have_text(number)
    hall = browser(**DESK).new_page()
    hall.add_init_script(IMPATIENT)
    hall.goto(f"/counter/hall/{counter}")
    expect(hall.locator(".hall-number")).to_have_text(number)
    desk.keyboard.press("d")
    expect(desk.locator(".number-big")).to_have_text("—")
    expect(hall.locator(".hall-number")).to_have_count(0, timeout=15_000)  # the screen looks again by itself
    hall.context.set_offline(True)
    expect(hall.get_by_text("号码可能不是最新的")).to_be_visible(timeout=20_000)
    hall.context.set_offline(False)
    expect(hall.get_by_text("号码可能不是最新的")).to_be_hidden(timeout=15_000)


SPOKEN = """
    window.spoken = []; window.tones = 0;
    const voices = [{ lang: "zh-CN", name: "x" }];
    Object.defineProperty(window, "speechSynthesis", { value: { getVoices: () => voices, speak: (one) => window.spoken.push(one.text), cancel() {}, addEventListener() {} } });
    window.SpeechSynthesisUtterance = function (text) { this.text = text; };
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...when) { window.tones += 1; return start.apply(this, when); };
"""


def test_the_hall_is_heard_after_one_tap_and_a_number_is_called_once_more(live, browser, sign_in):
    _room, counter, matter, receipt, _day, _asking = live.run(MADE)
    phone = browser().new_page()
    phone.goto(f"/counter/m/{matter}")
    phone.get_by_role("button", name="取号").click()
    number = phone.locator(".number-big").inner_text()
    hall = browser(**DESK).new_page()
    hall.add_init_script(SPOKEN)
    hall.add_init_script(IMPATIENT)
    hall.goto(f"/counter/hall/{counter}")
    expect(hall.get_by_role("button", name="打开声音")).to_be_visible()
    hall.keyboard.press("s")
    expect(hall.get_by_role("button", name="声音开着")).to_have_attribute("aria-pressed", "true")
    hall.wait_for_function("window.tones === 2")  # so that one hears how loud it is
    desk = browser(**DESK).new_page()
    sign_in(desk, "communityclerk")
    desk.goto("/desk/counter")
    desk.keyboard.press("n")
    expect(desk.locator(".number-big")).to_have_text(number)
    words = f"请{number}号，到1号窗口。"
    hall.wait_for_function("(words) => window.spoken.includes(words)", arg=words, timeout=15_000)
    desk.keyboard.press("r")
    expect(desk.get_by_text("又叫了一次。")).to_be_visible()
    hall.wait_for_function(
        "(words) => window.spoken.filter((one) => one === words).length === 2", arg=words, timeout=15_000
    )
    assert hall.evaluate("window.tones") == 6
    desk.keyboard.press("d")
    desk.get_by_label("回执").fill(receipt)
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="医保登记")).to_be_visible()
