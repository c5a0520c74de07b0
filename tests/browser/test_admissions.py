"""Applying, checking and verifying as people do it, on the phone and at the desk; both languages."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK
from tests.browser.looking import found_wrong

SET_UP = """
    from liuchi.admissions import actions
    from liuchi.admissions.models import Admission, Application, Programme
    from liuchi.admissions.actions.inviting import code_on
    from liuchi.admissions.actions.letters import code_of
    from liuchi.kernel.context import system
    from liuchi.people.models import Organisation, Person
    from liuchi.territory.models import Area
    street = Area.objects.get(name="六尺街道")
    actions.set_up(system(), street, Organisation.objects.get(name="六尺街道办事处"))
    community = Area.objects.get(name="槐荫社区")
    resident = Person.objects.get(login__username="resident")
    observer = Programme.objects.get(key="observer")
    held = Admission.objects.filter(person=resident).first()
    if held is None:
        line = actions.Line(resident.name, community, "治理观察员", person=resident)
        [held] = actions.appoint_many(system(), observer.pk, [line], agreed=True)
    invited = actions.make_code(system(), observer.pk, area=community, name="王小河", answers={"often": "槐荫里"})
    answer = [str(held.pk), code_of(held.letters.get()), str(observer.pk), invited.pk, code_on(invited)]
"""


@pytest.fixture(scope="module")
def made(live):
    return live.run(SET_UP)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_phones_pages(live, made, browser, sign_in, language):
    held, code, _observer, _sheet, invitation = made
    page = browser(language=language, axe=True).new_page()
    assert (
        found_wrong(
            page,
            ["/admissions", "/admissions/observer", f"/v/{code}", "/v/aaaa-bbbb-cccc", f"/i/{invitation}"],
            phone=True,
        )
        == []
    )
    sign_in(page, "resident")
    own = ["/admissions", "/admissions/friendly-shop/apply", "/admissions/trade-in/apply", f"/admissions/mine/{held}"]
    assert found_wrong(page, own, phone=True) == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_desks_pages(live, made, browser, sign_in, language):
    held, _code, observer, sheet, _invitation = made
    page = browser(language=language, axe=True, **DESK).new_page()
    sign_in(page, "secretary")
    pages = [
        "/desk/admissions", "/desk/admissions/holders", f"/desk/admissions/holders/{held}", "/desk/admissions/programmes",
        "/desk/admissions/programmes/new", f"/desk/admissions/programmes/{observer}", f"/desk/admissions/programmes/{observer}/appoint",
        f"/desk/admissions/programmes/{observer}/invite", f"/desk/admissions/invitations/{sheet}",
    ]  # fmt: skip
    assert found_wrong(page, pages, phone=False) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert found_wrong(page, [f"/desk/admissions/programmes/{observer}/preview"], phone=True) == []


def test_from_the_phone_to_the_desk_and_back(live, made, browser, sign_in):
    phone = browser().new_page()
    sign_in(phone, "resident")
    phone.goto("/admissions")
    phone.get_by_role("link", name="示范岗").click()
    expect(phone.get_by_text("全凭自愿").first).to_be_visible()
    phone.get_by_role("link", name="我要申请").click()
    phone.get_by_text("文明示范岗").click()
    phone.get_by_label("您所在的社区").select_option(label="槐荫社区")
    phone.get_by_label("在哪里、做什么").fill("菜市场 12 号摊位")
    phone.get_by_role("button", name="在地图上标").click()
    phone.get_by_role("button", name="我现在的位置").click()
    expect(phone.locator(".pick-foot .strong")).not_to_have_text("移动地图，对准地点")
    phone.get_by_role("button", name="就是这里").click()
    expect(phone.get_by_text("已标在地图上")).to_be_visible()
    phone.get_by_role("button", name="提交申请").click()
    expect(phone.get_by_text("还差一点")).to_be_visible()
    phone.get_by_label("您打算怎么做").fill("多帮忙")
    phone.get_by_label("联系电话").fill("13800001111")
    phone.get_by_text("愿意按示范岗标准做").click()
    phone.get_by_role("button", name="提交申请").click()
    expect(phone.locator(".state-word")).to_have_text("已提交")

    desk = browser(**DESK).new_page()
    sign_in(desk, "communityclerk")
    desk.goto("/desk/admissions")
    expect(desk.get_by_role("heading", name="示例居民")).to_be_visible()
    expect(desk.get_by_role("img", name="在哪里、做什么（地图）")).to_be_visible()
    desk.keyboard.press("r")
    desk.get_by_role("textbox", name="您打算怎么做").fill("写两三件具体的事")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator(".banner.ok")).to_contain_text("已退回补正")

    phone.reload()
    expect(phone.get_by_text("写两三件具体的事")).to_be_visible()
    phone.get_by_role("link", name="补正后再提交").click()
    phone.get_by_label("您打算怎么做").fill("秤摆在外面；老人来了送到楼下")
    phone.get_by_role("button", name="再次提交").click()
    expect(phone.locator(".state-word")).to_have_text("审核中")

    desk.goto("/desk/admissions")
    corrected = desk.get_by_role("region", name="补正前后对照")
    expect(corrected).to_contain_text("写两三件具体的事")
    expect(corrected).to_contain_text("秤摆在外面")
    desk.keyboard.press("a")
    desk.keyboard.press("Escape")
    expect(desk.locator("#yes")).to_be_hidden()
    desk.keyboard.press("a")
    expect(desk.get_by_role("dialog", name="转到下一步审核？")).to_be_visible()
    desk.keyboard.press("Enter")
    expect(desk.locator(".banner.ok")).to_be_visible()
    street = browser(**DESK).new_page()
    sign_in(street, "dispatcher")
    street.goto("/desk/admissions")
    street.keyboard.press("a")
    expect(street.get_by_role("dialog", name="通过这份申请？")).to_contain_text("生成“证书”并编号")
    street.keyboard.press("Enter")
    expect(street.locator(".banner.ok")).to_contain_text("已通过")
    phone.reload()
    phone.get_by_role("link", name="看我的证书").click()
    expect(phone.locator(".paper-title")).to_have_text("文明示范岗")
    phone.locator(".paper-code").click()
    expect(phone.get_by_text("真实有效")).to_be_visible()
