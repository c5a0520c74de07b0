"""What is alike on the phone: who met the same joins with one tap, follows it, and leaves again."""

from playwright.sync_api import expect

from tests.browser.conftest import DESK
from tests.browser.looking import axe, found_wrong, small_targets, too_wide


def reported(live, words: str, east: float) -> str:
    """Somebody reported this so far east of where the phone is (degrees)."""
    return live.run(f"""
        from datetime import datetime, UTC
        from liuchi.territory.models import Area
        from liuchi.kernel.context import Context
        now = datetime.now(UTC)
        said = actions.Said(text={words!r}, lon=SPOT[0] + {east}, lat=SPOT[1], place_source="map", place_words="槐荫里3幢502室")
        answer = str(actions.report(Context(at=now, recorded_at=now, channel="phone"), said).case.pk)
    """)


def test_joined_with_one_tap_followed_and_left(live, browser):
    case = reported(live, "花坛边的消防栓一直往外喷水", 0.0001)
    page = browser(axe=True).new_page()
    page.goto("/report")
    expect(page.get_by_text("手机的位置")).to_be_visible()
    page.get_by_label("说一句是什么事").fill("消防栓往外喷水")
    hint = page.get_by_role("region", name="是不是这一件？")
    expect(hint).to_contain_text("花坛边的消防栓一直往外喷水")
    expect(hint).to_contain_text("槐荫里3幢 ·")  # down to the building
    assert (axe(page), small_targets(page), too_wide(page)) == ([], [], False)
    hint.get_by_role("button", name="我也遇到了").click()
    expect(page.get_by_role("heading", name="好，一起跟进")).to_be_visible()
    answer = live.run(
        f"answer = Case.objects.get(pk={case!r}).followers.count(), Case.objects.filter(text='消防栓往外喷水').count()"
    )
    assert answer == [1, 0]
    page.get_by_role("link", name="看办到哪了").click()
    expect(page.get_by_role("heading", name="花坛边的消防栓一直往外喷水")).to_be_visible()
    assert (axe(page), small_targets(page), too_wide(page)) == ([], [], False)
    page.get_by_role("button", name="不再跟进").click()
    page.get_by_role("dialog").get_by_role("button", name="不再跟进").click()
    expect(page).to_have_url(f"{live.url}/mine")
    expect(page.get_by_text("还没有反映过")).to_be_visible()
    assert live.run(f"answer = Case.objects.get(pk={case!r}).followers.count()") == 0


def test_without_a_network_there_is_no_hint(live, browser):
    reported(live, "凉亭的柱子断了一根", 0.00005)
    context = browser()
    page = context.new_page()
    page.goto("/report")
    expect(page.get_by_text("手机的位置")).to_be_visible()
    context.set_offline(True)
    page.get_by_label("说一句是什么事").fill("凉亭的柱子断了")
    expect(page.get_by_text("现在没有网络，提交后存在手机里")).to_be_visible()
    page.wait_for_timeout(1500)
    expect(page.get_by_role("button", name="我也遇到了")).to_have_count(0)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", name="存好了")).to_be_visible()


def test_a_sign_is_read_and_answered_at_the_desk(live, browser, sign_in):
    live.run("""
        from liuchi.cases.early.actions import raise_sign
        from liuchi.cases.early.rules import Sign
        from liuchi.cases.models import Matter
        from liuchi.kernel.context import system
        from liuchi.territory.models import Area
        ctx = system()
        grid, matter = Area.objects.get(name="第七网格"), Matter.objects.get(name="路灯不亮")
        raise_sign(ctx, Sign(f"g{grid.pk}", matter.pk, 3, 7, 0.6, 1e-7), ctx.at.date())
    """)
    page = browser(axe=True, **DESK).new_page()
    sign_in(page, "dispatcher")
    assert found_wrong(page, ["/desk/early", "/desk/topics"], phone=False) == []
    page.goto("/desk/early")
    expect(page.get_by_role("heading", name="路灯不亮 · 第七网格")).to_be_visible()
    page.get_by_role("button", name="建一件").click()
    expect(page.get_by_text("在待派里")).to_be_visible()
    expect(page.get_by_role("heading", name="一切如常")).to_be_visible()
