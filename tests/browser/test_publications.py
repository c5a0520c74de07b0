"""Lessons, lectures, leaflets and the list of services on both sizes; nothing that axe finds."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK
from tests.browser.looking import found_wrong

TOLD = """
    from datetime import timedelta
    from uuid import uuid4
    from django.utils import timezone
    from liuchi.kernel.context import system
    from liuchi.people.models import Person
    from liuchi.publications.actions import leaflets, lectures, lessons, services
    from liuchi.publications.models import Lesson, Lecture, Material, Question, ServiceItem, Batch
    from liuchi.territory.models import Area
    ctx, now = system(), timezone.now()
    street, community = Area.objects.get(name="六尺街道"), Area.objects.get(name="槐荫社区")
    if not Lesson.objects.filter(title="戴好头盔").exists():
        services.set_up(ctx, street)
        lesson = lessons.write_lesson(ctx, title="戴好头盔", area=community, needs_sign_off=True)
        asked = [{"words": f"第{n}题怎么做？", "options": [{"words": f"对{n}", "right": True}, {"words": f"错{n}", "right": False}],
                  "why": "这样更安全。"} for n in (1, 2, 3)]
        blocks = [{"kind": "text", "words": "扣紧卡扣，再出发。"}, {"kind": "video", "words": "看示范", "url": "https://example.cn/v"}]
        lessons.save_draft(ctx, lesson, blocks=blocks, questions=asked)
        lessons.publish(ctx, lesson)
        lecture = lectures.write_lecture(ctx, title="送单路上的法律事", starts=now, ends=now + timedelta(hours=1), area=community,
                                         speaker="示例律师", video_url="https://example.cn/live", lesson=lesson)
        for n, how in enumerate(("shown", "waiting", "live", "answer")):
            question = lectures.ask(ctx, lecture, text=f"第{n}个问题怎么办？", key=uuid4())
            if how != "waiting":
                lectures.show(ctx, question)
            if how == "live":
                lectures.answered_live(ctx, question)
            if how == "answer":
                lectures.answer(ctx, question, "可以申请调解。")
        leaflet = leaflets.write_material(ctx, kind="leaflet", title="安全用电", words_="不飞线充电。", area=community, purpose="消防")
        leaflets.give_out(ctx, leaflet, count=60, area=community, person=Person.objects.get(login__username="handler"))
        team = leaflets.give_out(ctx, leaflet, count=90, area=community, person=Person.objects.get(login__username="gridworker"))
        leaflets.hand_out(system(channel="replay").__class__(at=now, recorded_at=now, person=team.person_id, channel="replay"),
                          team.pk, count=20, area=Area.objects.get(level="grid"), key=uuid4())
    lesson, lecture, leaflet = Lesson.objects.get(title="戴好头盔"), Lecture.objects.get(), Material.objects.get()
    answer = {"lesson": str(lesson.pk), "x": lesson.code, "lecture": str(lecture.pk), "leaflet": str(leaflet.pk), "l": leaflet.code,
              "item": str(ServiceItem.objects.get(number=2).pk), "question": str(Question.objects.filter(state="shown").first().pk)}
"""


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_in_both_languages(live, browser, sign_in, language):
    told = live.run(TOLD)
    phone = browser(language=language, axe=True).new_page()
    sign_in(phone, "handler")
    pages = ["/lessons", f"/x/{told['x']}", "/lectures", f"/lectures/{told['lecture']}", "/leaflets", f"/l/{told['l']}", "/services",
             f"/services/{told['item']}"]  # fmt: skip
    assert found_wrong(phone, pages, phone=True) == []
    desk = browser(language=language, axe=True, **DESK).new_page()
    sign_in(desk, "dispatcher")
    base = "/desk/publications"
    pages = [base, f"{base}/lessons/new", f"{base}/lessons/{told['lesson']}", f"{base}/lessons/{told['lesson']}/sheet",
             f"{base}/lessons/{told['lesson']}/taught", f"{base}/lectures", f"{base}/lectures/new", f"{base}/lectures/{told['lecture']}",
             f"{base}/lectures/{told['lecture']}/screen", f"{base}/questions/{told['question']}", f"{base}/leaflets",
             f"{base}/leaflets/new", f"{base}/leaflets/{told['leaflet']}", f"{base}/leaflets/{told['leaflet']}/give", f"{base}/services",
             f"{base}/services/new", f"{base}/services/{told['item']}", f"{base}/services/import"]  # fmt: skip
    assert found_wrong(desk, pages, phone=False) == []


def test_a_lesson_is_learnt_signed_and_stays_without_a_network(live, browser, sign_in):
    told = live.run(TOLD)
    context = browser()
    page = context.new_page()
    sign_in(page, "resident")
    page.goto("/lessons")
    page.evaluate("navigator.serviceWorker.ready")
    page.get_by_role("link", name=re.compile("戴好头盔")).click()
    page.get_by_text("错1", exact=True).click()
    page.get_by_text("对2", exact=True).click()
    page.get_by_text("对3", exact=True).click()
    page.get_by_role("button", name="看看答得对不对").click()
    expect(page.get_by_text("差一点，再看看。")).to_have_count(1)
    page.get_by_text("对1", exact=True).click()
    page.get_by_role("button", name=re.compile("再试")).click()
    expect(page.get_by_text("三题全对，真不错！")).to_be_visible()
    page.get_by_role("button", name="我已学完").click()
    expect(page.get_by_text(re.compile("签收：我已学完"))).to_be_visible()
    page.goto(f"/x/{told['x']}")
    context.set_offline(True)
    page.goto(f"/x/{told['x']}")
    expect(page.get_by_text("扣紧卡扣，再出发。")).to_be_visible()


def test_a_question_goes_from_one_phone_over_the_host_to_another(live, browser, sign_in):
    told = live.run(TOLD)
    url = f"/lectures/{told['lecture']}"
    other = browser().new_page()
    other.goto(url)
    asker = browser().new_page()
    asker.goto(url)
    asker.get_by_label("您想问什么").fill("顾客不取餐怎么办？")
    asker.get_by_role("button", name="提交问题").click()
    expect(asker.get_by_text("问题已交给主持人")).to_be_visible()
    host = browser(**DESK).new_page()
    sign_in(host, "secretary")
    host.goto(f"/desk/publications{url}")
    mine = host.locator(".host-question", has_text="顾客不取餐怎么办？")
    mine.get_by_role("button", name="公开").click()
    line = other.locator(".question", has_text="顾客不取餐怎么办？")
    expect(line).to_be_visible()  # by itself
    line.get_by_role("button", name=re.compile("同问")).click()
    expect(line.get_by_role("button", name="同问 1")).to_have_attribute("aria-pressed", "true")
    expect(mine.locator(".votes")).to_contain_text("1")
    mine.get_by_role("link", name="书面答").click()
    host.get_by_label("解答").fill("先在平台申诉，留好截图。")
    host.get_by_role("button", name="公布解答").click()
    expect(other.get_by_text("先在平台申诉，留好截图。")).to_be_visible()


def test_a_need_is_found_while_one_types(live, browser):
    live.run(TOLD)
    page = browser().new_page()
    page.goto("/services")
    field = page.get_by_role("searchbox")
    field.fill("充电")
    expect(page.locator("[data-words]:visible").first).to_contain_text("充电")
    field.fill("tkyjhx")
    expect(page.locator("[data-words]:visible")).to_have_count(1)
    page.get_by_role("link", name=re.compile("头盔以旧换新")).click()
    page.get_by_role("button", name="我去办").click()
    expect(page.get_by_text("已记下一次，不记是谁")).to_be_visible()


def test_leaflets_by_a_tap(live, browser, sign_in):
    live.run(TOLD)
    page = browser().new_page()
    sign_in(page, "handler")
    page.goto("/leaflets")
    page.get_by_role("button", name="发了 10 份").click()
    expect(page.get_by_text("已记下 10 份，谢谢您。")).to_be_visible()
    expect(page.get_by_text("还剩 50 份")).to_be_visible()


def test_a_clerk_writes_a_lesson_without_a_mouse(live, browser, sign_in):
    live.run(TOLD)
    page = browser(**DESK).new_page()
    sign_in(page, "communityclerk")
    page.goto("/desk/publications")
    page.keyboard.press("n")
    page.get_by_label("标题").focus()
    page.keyboard.type("雨天骑行")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/desk/publications/lessons/[0-9a-f-]+$"))
    page.get_by_role("button", name="段落", exact=True).press("Enter")
    page.get_by_label("段落 1").focus()
    page.keyboard.type("慢一点，远一点。")
    for at in (1, 2, 3):
        page.get_by_label(f"题目 {at}").fill(f"第{at}题？")
        page.get_by_label(f"正确 {at}.1", exact=True).press("Space")
        page.get_by_label(f"解答 {at}.1", exact=True).fill("对")
        page.get_by_label(f"解答 {at}.2", exact=True).fill("错")
        page.get_by_label(f"解释（和气一点） {at}").fill("这样安全。")
    page.get_by_role("button", name="发布", exact=True).press("Enter")
    expect(page.get_by_text("已发布，扫码即可学习。")).to_be_visible()
    expect(page.locator(".phone-frame")).to_contain_text("慢一点，远一点。")
