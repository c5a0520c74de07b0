"""The registers on phone and desk: joined, came home, claimed and confirmed; nothing that axe finds."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK
from tests.browser.looking import found_wrong

READY = """
from datetime import timedelta
from django.utils import timezone
from liuchi.kernel import context
from liuchi.people import actions
from liuchi.people.actions import groups, homecoming, service
from liuchi.people.actions.businesses import register_business
from liuchi.people.models import Login, Organisation
from liuchi.territory.models import Area

ctx = context.system()
community = Area.objects.get(pk=Login.objects.get(username="communityclerk").person.posts.get().area_id)
if not Organisation.objects.filter(name="骑手支部").exists():
    actions.hire(ctx, name="程小寒", role="rider", phone="13800000777", username="rider", password="six foot alley")
    branch = groups.open_branch(ctx, name="骑手支部", trade="takeaway", area=community).organisation
    secretary = Login.objects.get(username="secretary").person
    actions.appoint(ctx, secretary, role="secretary", organisation=branch, area=community)
    homecoming.renew_code(ctx, branch)
    for name in ("巷口面馆", "巷口 面馆"):
        register_business(ctx, name=name, trade="catering", area=community, address=name)
    groups.register_worker(ctx, name="程小满", phone="13700000001", trade="takeaway", area=community, how="signed")
    now = timezone.now()
    for title, begins in (("夏夜巡逻", now + timedelta(days=1)), ("楼道清理", now - timedelta(hours=1))):
        service.open_post(ctx, area=community, title=title, where="广场", begins=begins, ends=begins + timedelta(hours=3), places=1)
branch = Organisation.objects.get(name="骑手支部")
"""


@pytest.fixture
def ready(live):
    return live.run(
        READY
        + """
from liuchi.people.models import Business, ClaimPost, Registration
answer = {
    "branch": str(branch.pk), "code": branch.home_codes.get(ended_at=None).code, "community": community.name,
    "shop": str(Business.objects.first().pk), "entry": str(Registration.objects.filter(ended_on=None).first().pk),
    "post": str(ClaimPost.objects.get(title="夏夜巡逻").pk),
}
"""
    )


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_in_both_languages(live, browser, sign_in, ready, language):
    page = browser(language=language, axe=True).new_page()
    assert found_wrong(page, [f"/g/{ready['code']}", "/g/nothing"], phone=True) == []
    sign_in(page, "resident")
    pages = [f"/g/{ready['code']}", "/registers/join", "/registers/service", "/me/registers"]
    assert found_wrong(page, pages, phone=True) == []
    page = browser(language=language, axe=True, **DESK).new_page()
    sign_in(page, "communityclerk")
    desk = [
        "businesses", "businesses/new", "businesses/doubles", f"businesses/{ready['shop']}", "businesses/import", "people",
        "people/new", f"people/{ready['entry']}", "branches", f"branches/{ready['branch']}", "service", "service/new",
        f"service/{ready['post']}",
    ]  # fmt: skip
    assert found_wrong(page, [f"/desk/registers/{one}" for one in desk], phone=False) == []


def test_a_rider_joins_comes_home_and_sees_who_looked(live, browser, sign_in, ready):
    phone = browser().new_page()
    sign_in(phone, "rider")
    phone.goto("/registers/join")
    phone.select_option("[name=trade]", "takeaway")
    phone.fill("[name=platform]", "蓝盒外卖")
    phone.select_option("[name=area]", label=ready["community"])
    phone.get_by_role("button", name="登记").click()
    expect(phone.get_by_text("没有本人同意，不能登记。")).to_be_visible()
    phone.check("[name=agree]")
    phone.get_by_role("button", name="登记").click()
    expect(phone.get_by_text("登记好了，谢谢您。")).to_be_visible()
    phone.goto(f"/g/{ready['code']}")
    phone.fill("[name=name]", "程归来")
    phone.fill("[name=phone]", "13800000009")
    phone.get_by_role("button", name="我同意，登记归队").click()
    expect(phone.get_by_text("欢迎归队")).to_be_visible()

    desk = browser(**DESK).new_page()
    sign_in(desk, "secretary")
    desk.goto(f"/desk/registers/branches/{ready['branch']}")
    desk.get_by_role("button", name="看谁登记了").click()
    expect(desk.get_by_text("程归来")).to_be_visible()

    phone.reload()
    phone.get_by_text("被查看 1 次").click()
    expect(phone.get_by_text("骑手支部").last).to_be_visible()
    phone.get_by_role("button", name="撤回").last.click()
    expect(phone.get_by_text("已退出，相关信息已删除。")).to_be_visible()


def test_a_member_claims_the_community_confirms(live, browser, sign_in, ready):
    phone = browser().new_page()
    sign_in(phone, "resident")
    phone.goto("/registers/service")
    phone.select_option("[name=area]", label=ready["community"])
    phone.fill("[name=home_unit]", "供电所")
    phone.get_by_role("button", name="登记").click()
    expect(phone.get_by_text("楼道清理")).to_be_visible()
    phone.locator("article", has_text="楼道清理").get_by_role("button", name="认领").click()
    expect(phone.get_by_text("认领成功，到时见。")).to_be_visible()

    desk = browser(**DESK).new_page()
    sign_in(desk, "communityclerk")
    desk.goto("/desk/registers/service")
    desk.get_by_role("link", name="楼道清理").click()
    desk.get_by_role("button", name="看谁认领了，并确认").click()
    desk.get_by_role("button", name="确认勾选的人").click()
    expect(desk.get_by_text("已确认 1 人。")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("服务 1 次，3.0 小时。谢谢您。")).to_be_visible()


def test_doubles_are_settled_at_the_desk(live, browser, sign_in, ready):
    desk = browser(**DESK).new_page()
    sign_in(desk, "communityclerk")
    desk.goto("/desk/registers/businesses")
    desk.keyboard.press("d")
    desk.get_by_role("button", name="保留这一条").first.click()
    expect(desk.get_by_text("没有重复")).to_be_visible()
