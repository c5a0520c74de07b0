"""A dispatcher at the desk with hands on the keys alone; a unit that reports back."""

from urllib.parse import unquote

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.looking import axe

# Words that no suggestion knows, so that the clocks of all are alike and they stand in the order in which they came.
WORDS = [f"第{number}件" for number in "一二三四五六七八九十"]


def reported(live, words: list[str], phone: str = "", alone: bool = True) -> list[str]:
    """Reports that have come in just now; their ids as the page spells them. alone: nothing else waits any more."""
    return live.run(f"""
        from django.utils import timezone
        from liuchi.cases import tasks
        house, now = Context(at=timezone.now(), recorded_at=timezone.now(), channel="system"), timezone.now
        for case in Case.objects.filter(state__in=("reported", "filed")) if {alone} else ():
            actions.refuse(house, case.pk, "测试结束")
        answer = []
        for text in {words!r}:
            said = actions.Said(text=text, area=Area.objects.get(level="grid"), place_words="槐荫里 3 幢", place_source="words", phone="{phone}")
            case = actions.report(Context(at=now(), recorded_at=now(), channel="phone"), said).case
            Case.objects.filter(pk=case.pk).update(matter=Matter.objects.get(code="10093"))
            tasks.prepare.func(str(case.pk))
            answer.append(str(case.pk))
    """)


def state_of(live, case: str) -> str:
    return live.run(f"answer = Case.objects.get(pk='{case}').state")


def open_case(page, words: str) -> None:
    """The case with these words is open, and nothing is on its way any more."""
    expect(page.locator("#detail:not([aria-busy=true]) #case-title")).to_have_text(words)


def test_ten_are_dispatched_without_a_mouse(live, desk):
    ids = reported(live, WORDS)
    page = desk("dispatcher")
    page.add_init_script("""
        for (const name of ["mousedown", "mouseup", "click", "pointerdown", "touchstart"])
          addEventListener(name, (event) => { if (event.isTrusted && event.detail > 0) { event.stopImmediatePropagation(); event.preventDefault(); } }, true);
    """)
    page.goto("/desk/?tab=todo")
    expect(page.locator("a.line")).to_have_count(10)
    for words in WORDS:
        open_case(page, words)
        expect(page.locator("[data-main]")).to_contain_text("派给槐荫物业")
        page.keyboard.press("Enter")
    expect(page.locator(".lines.none")).to_be_visible()
    expect(page.locator(".lines.none")).to_contain_text("都处理完了")
    assert live.run(f"answer = Case.objects.filter(pk__in={ids!r}, state='dispatched').count()") == 10


def test_what_was_done_stays_where_it_was(live, desk):
    reported(live, WORDS[:4])
    page = desk("dispatcher")
    page.goto("/desk/?tab=todo")
    open_case(page, WORDS[0])
    before = [line.bounding_box()["y"] for line in page.locator("a.line").all()]
    page.keyboard.press("Enter")
    open_case(page, WORDS[1])
    expect(page.locator("a.line").first).to_contain_text("已派给槐荫物业")
    assert [line.bounding_box()["y"] for line in page.locator("a.line").all()] == before
    expect(page.locator("[data-count=todo]")).to_have_text("3")


def test_another_matter_another_unit_and_a_refusal_by_keys(live, desk):
    ids = reported(live, WORDS[:3])
    page = desk("dispatcher")
    page.goto("/desk/?tab=todo")
    open_case(page, WORDS[0])
    page.keyboard.press("m")
    expect(page.locator("#picker")).to_be_visible()
    page.keyboard.type("ldbl")
    expect(page.locator("#picker [role=option]")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#proposal")).to_contain_text("路灯不亮")
    expect(page.locator("[data-main]")).to_contain_text("派给住建分局")
    page.keyboard.press("m")
    page.keyboard.type("外墙")
    expect(page.locator("#picker [role=option]")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#picker h2")).to_have_text("符合哪条立案条件？")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#proposal")).to_contain_text("墙面有污渍")
    page.keyboard.press("u")
    page.keyboard.type("槐荫物业")
    expect(page.locator("#picker [role=option]")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#proposal")).to_contain_text("您选的")
    page.keyboard.press("Enter")
    open_case(page, WORDS[1])
    assert live.run(f"c = Case.objects.get(pk='{ids[0]}'); answer = [c.unit.name, c.condition.text]") == [
        "槐荫物业",
        "墙面有污渍",
    ]
    page.keyboard.press("r")
    page.keyboard.type("住建")
    expect(page.locator("#picker [role=option]")).to_have_count(1)
    page.keyboard.press("Enter")
    open_case(page, WORDS[2])
    assert live.run(f"answer = Case.objects.get(pk='{ids[1]}').unit.name") == "住建分局"
    page.keyboard.press("x")
    page.keyboard.press("2")
    page.keyboard.press("Enter")
    expect(page.locator(".lines.none")).to_be_visible()
    assert live.run(f"c = Case.objects.get(pk='{ids[2]}'); answer = [c.outcome, c.reply]") == [
        "known",
        "之前已有人反映同一件事，正在按那个编号办理。",
    ]


def test_somebody_else_was_faster(live, desk):
    ids = reported(live, WORDS[:2])
    page = desk("dispatcher")
    page.goto("/desk/?tab=todo")
    open_case(page, WORDS[0])
    live.run(f"""
        from django.utils import timezone
        now = timezone.now()
        actions.refuse(Context(at=now, recorded_at=now, channel="system"), "{ids[0]}", "已在别处办理")
    """)
    page.keyboard.press("Enter")
    expect(page.locator("#detail [role=alert]")).to_contain_text("这件诉求刚才已有新进展")
    assert state_of(live, ids[0]) == "closed"


def test_an_address_shows_the_same_to_the_next_person(live, desk):
    reported(live, WORDS[:3])
    page = desk("dispatcher")
    page.goto("/desk/?tab=todo&channel=phone")
    open_case(page, WORDS[0])
    page.keyboard.press("j")
    page.keyboard.press("j")
    open_case(page, WORDS[2])
    other = desk("communityclerk")
    other.goto(page.url)
    open_case(other, WORDS[2])
    expect(other.locator(".on-filter")).to_contain_text("随手拍")


def test_what_is_typed_stands_in_no_address(live, desk, known_house):
    """Addresses are kept in logs and in the history of the browser."""
    reported(live, WORDS[:2])
    page = desk("dispatcher")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(unquote(request.url)))
    page.goto("/desk/?tab=todo&order=newest")
    page.keyboard.press("/")
    page.keyboard.type("13800001234")
    page.keyboard.press("Enter")
    expect(page.get_by_text("没有符合筛选的诉求")).to_be_visible()
    expect(page.locator(".topbar [name=q]")).to_have_value("13800001234")
    page.keyboard.press("f")
    page.locator("#f-words").fill(WORDS[0])
    page.keyboard.press("Enter")
    expect(page.locator("a.line")).to_have_count(1)
    expect(page.locator(".topbar [name=q]")).to_have_value(WORDS[0])
    page.reload()
    expect(page.locator("a.line")).to_have_count(1)
    page.goto("/desk/people")
    page.keyboard.press("/")
    page.keyboard.type("13800001234")
    expect(page.get_by_text("没有找到")).to_be_visible()
    page.goto("/desk/take")
    with page.expect_response("**/api/cases/suggest") as answer:
        page.locator("#t-text").fill("路灯不亮")
    assert answer.value.ok
    page.locator("#t-place").fill("槐荫里")
    with page.expect_response("**/desk/take/near") as answer:
        page.locator("#t-places li").first.click()
    assert answer.value.ok
    assert len(asked) > 10
    assert not [one for one in asked if "lon=" in one]
    assert not [one for one in asked if any(words in one for words in ("13800001234", WORDS[0], "路灯", "槐荫"))]


def test_new_ones_are_told_and_nothing_moves(live, desk):
    reported(live, WORDS[:2])
    page = desk("dispatcher")
    page.goto("/desk/?tab=todo")
    open_case(page, WORDS[0])
    reported(live, WORDS[2:3], alone=False)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("[data-new]")).to_contain_text("新到 1 件")
    expect(page.locator("a.line")).to_have_count(2)
    page.keyboard.press(".")
    expect(page.locator("a.line")).to_have_count(3)
    open_case(page, WORDS[0])


def test_keys_are_told(live, desk):
    page = desk("dispatcher")
    page.goto("/desk/")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("/")
    expect(page.locator(".topbar [name=q]")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.wait_for_url("**/desk/take")
    expect(page.locator("#t-text")).to_be_focused()  # the page puts the hands there when it is first drawn
    page.keyboard.press("Escape")
    expect(page.locator("#t-text")).not_to_be_focused()
    page.keyboard.press("g")
    page.keyboard.press("i")
    page.wait_for_url("**/desk/?*")


def test_a_unit_accepts_reports_back_with_a_photo_and_the_desk_closes(live, desk, tmp_path):
    (case,) = reported(live, WORDS[:1])
    page = desk("dispatcher")
    page.goto("/desk/?tab=todo")
    open_case(page, WORDS[0])
    page.keyboard.press("Enter")
    expect(page.locator(".lines.none")).to_be_visible()
    unit = desk("handler")
    unit.goto(f"/desk/?tab=to_accept&case={case}")
    open_case(unit, WORDS[0])
    unit.keyboard.press("Enter")
    expect(unit.locator(".toasts")).to_contain_text("已接单")
    unit.goto(f"/desk/cases/{case}")
    expect(unit.locator("#case-title")).to_have_text(WORDS[0])
    unit.keyboard.press("Enter")
    expect(unit.locator("#handle-words")).to_be_focused()
    unit.keyboard.type("松动的墙面已清除")
    Image.new("RGB", (640, 480), (120, 90, 60)).save(tmp_path / "after.jpg")
    unit.locator("[name=photos]").set_input_files(tmp_path / "after.jpg")
    expect(unit.locator("[data-files]")).to_have_text("after.jpg")
    unit.locator("#handle-words").press("Control+Enter")
    expect(unit.locator(".answer")).to_contain_text("松动的墙面已清除")
    page.goto(f"/desk/?tab=to_check&case={case}")
    open_case(page, WORDS[0])
    expect(page.locator(".answer")).to_contain_text("松动的墙面已清除")
    page.keyboard.press("Enter")
    expect(page.locator(".toasts")).to_contain_text("已核实并办结")
    assert state_of(live, case) == "closed"


def test_a_number_is_shown_on_request_and_the_case_can_still_be_dispatched(live, desk):
    ids = reported(live, WORDS[:1], phone="13800001234")
    page = desk("dispatcher")
    page.goto("/desk/?tab=todo")
    open_case(page, WORDS[0])
    expect(page.locator("#contact")).to_contain_text("138****1234")
    page.keyboard.press("c")
    expect(page.locator("#contact")).to_contain_text("138 0000 1234")
    page.locator("#case-title").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".lines.none")).to_be_visible()
    told = live.run(f"answer = verbs(Case.objects.get(pk='{ids[0]}'))")
    assert told == ["case.reported", "case.contact_seen", "case.filed", "case.dispatched"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_everybody_can_read_it(live, desk, language):
    ids = reported(live, ["外墙掉了一块，" + "楼下有人走路，" * 40, "路灯不亮"])
    page = desk("dispatcher", language=language, axe=True)
    for path in (
        "/desk/?tab=todo",
        "/desk/?tab=ended",
        "/desk/?tab=todo&q=xyzzy",
        f"/desk/cases/{ids[0]}",
        "/desk/take",
        f"/desk/cases/{ids[0]}/sheet",
    ):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert axe(page) == [], path
    page.goto("/desk/?tab=todo")
    page.wait_for_load_state("networkidle")
    for key, dialog in (("m", "#picker"), ("x", "#refuse"), ("f", "#filters"), ("?", "#keys")):
        page.keyboard.press(key)
        expect(page.locator(dialog)).to_be_visible()
        page.wait_for_timeout(400)
        assert axe(page) == [], dialog
        page.keyboard.press("Escape")
        expect(page.locator(dialog)).to_be_hidden()
