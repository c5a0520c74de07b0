"""The other ways in: a WeChat chat is pasted and sent by keys alone; a sheet of orders comes in with its result."""

import base64
import io
import time

import pytest
from playwright.sync_api import Page, expect

from liuchi.cases.tests.test_orders import book
from liuchi.kernel.tests.media_files import encoded
from tests.browser.conftest import DESK, PHONE
from tests.browser.looking import found_wrong

CHAT = """张三 2026/11/20 09:12
槐荫里3幢外墙掉了一块，电话13800001234

李四 2026/11/20 09:13
我家也是

王五 2026/11/20 09:20
垃圾没人收，路灯也坏了

社区小敏 2026/11/20 09:21
收到
"""
PASTE = """([text, pictures]) => {
    const data = new DataTransfer();
    if (text) data.setData("text/plain", text);
    for (const one of pictures) data.items.add(new File([Uint8Array.from(atob(one), (sign) => sign.charCodeAt(0))], "a.png", {type: "image/png"}));
    (document.activeElement || document.body).dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def paste(page: Page, text: str = "", pictures: int = 0) -> None:
    """As Ctrl V does."""
    one = base64.b64encode(encoded(kind="PNG")).decode()
    page.evaluate(PASTE, [text, [one] * pictures])


@pytest.fixture(autouse=True)
def nothing_pasted(live) -> None:
    live.run("""
        from liuchi.cases.models import ChatLine, ChatPaste
        ChatPaste.objects.all().delete(); ChatLine.objects.all().delete()
    """)


def test_a_chat_is_sorted_changed_and_sent_by_keys_alone(live, desk, known_house):
    page = desk("dispatcher")
    page.goto("/desk/")
    page.keyboard.press("w")
    expect(page.locator("#p-text")).to_be_focused()
    paste(page, CHAT)
    drafts = page.locator("form[data-draft]")
    expect(drafts).to_have_count(2)
    expect(drafts.first.locator("[name=place_text]")).to_have_value("槐荫里3幢")
    expect(drafts.first).to_contain_text("另有 1 人说也是这样")
    expect(page.locator(".paste-left")).to_contain_text("2 行没有进草稿")
    paste(page, pictures=2)
    expect(drafts.first.locator(".chat-photo")).to_have_count(2)
    # The second draft is two matters: it is split where the cursor stands, and one of the two goes back to the first.
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.keyboard.press("Control+Home")
    for _step in range(6):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Alt+s")
    expect(drafts).to_have_count(3)
    expect(drafts.nth(2).locator("[name=words]")).to_have_value("路灯也坏了")
    page.keyboard.press("x")
    expect(drafts).to_have_count(2)
    page.keyboard.press("k")
    began = time.monotonic()
    page.keyboard.press("Enter")
    expect(page.locator(".paste-sent")).to_contain_text("已收到，编号 LC-")
    expect(drafts).to_have_count(1)
    assert time.monotonic() - began < 5
    told = live.run("""
        case = Case.objects.filter(channel="wechat").latest("reported_at")
        answer = [case.text, case.place_words, bool(case.contact_cipher), case.record.media.count()]
    """)
    assert told == ["槐荫里3幢外墙掉了一块，电话13800001234\n群里：另有 1 人说也是这样。", "槐荫里3幢", True, 2]
    # The same chat again
    page.goto("/desk/paste")
    page.locator("#p-text").focus()
    paste(page, CHAT)
    expect(page.locator(".banner.info")).to_contain_text("以前粘贴过")


def test_pictures_alone_make_a_draft(desk):
    page = desk("dispatcher")
    page.goto("/desk/paste")
    expect(page.locator("#p-text")).to_be_focused()
    paste(page, pictures=1)
    expect(page.locator("form[data-draft] .chat-photo")).to_have_count(1)


def test_a_sheet_of_orders_comes_in(live, desk):
    live.run("Case.objects.filter(source='12345').update(source='earlier')")
    page = desk("dispatcher")
    page.goto("/desk/orders")
    page.set_input_files("input[type=file]", {"name": "工单.xlsx", "mimeType": "application/zip", "buffer": book()})
    page.get_by_role("button", name="查看预览").click()
    expect(page.locator(".orders-sum")).to_contain_text("2 件将受理，共 6 行")
    page.locator("[name=means_area]").first.fill("槐荫社区")
    page.get_by_role("button", name="导入 2 件").click()
    expect(page.get_by_role("link", name="下载结果表")).to_be_visible(timeout=20_000)
    expect(page.locator(".orders-counts")).to_contain_text("2 已受理")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载结果表").click()
    assert io.BytesIO(download.value.path().read_bytes()).read(2) == b"PK"


def test_a_visit_is_written_down_by_keys_in_under_fifteen_seconds(live, desk, known_house):
    """Typed as a clerk types, 120 ms a key: words and place as initials; the keys are counted."""
    page = desk("communityclerk")
    page.goto("/desk/")
    keys = 0

    def press(name: str) -> None:
        nonlocal keys
        keys += 1
        page.keyboard.press(name, delay=40)
        page.wait_for_timeout(80)

    def write(words: str) -> None:
        nonlocal keys
        keys += len(words)
        page.keyboard.type(words, delay=120)

    began = time.monotonic()
    press("n")
    expect(page.locator("#t-text")).to_be_focused()
    press("Alt+3")
    write("楼道灯坏了，老人上下楼看不见")
    press("Enter")
    write("hyl3")
    expect(page.locator("#t-places [role=option]").first).to_contain_text("槐荫里")
    press("Enter")
    write("13800001234")
    press("Tab")
    write("王阿姨")
    press("Enter")
    expect(page.locator(".taken-number")).to_contain_text("LC-")
    seconds = time.monotonic() - began
    assert seconds < 15, seconds
    assert keys <= 40, keys
    number = page.locator(".taken-number").inner_text()
    told = live.run(f"""
        case = Case.objects.get(number="{number}")
        answer = [case.channel, case.place_words, actions.behalf_of(case), case.reporter_id]
    """)
    assert told == ["visit", "槐荫里 3 幢", "王阿姨", None]


def test_a_grid_worker_writes_down_a_visit_without_a_network(live, browser, sign_in):
    context = browser(**PHONE)
    page = context.new_page()
    sign_in(page, "gridworker")
    page.goto("/report")
    page.get_by_label("上门走访听到的").check()
    page.get_by_label("替谁反映").fill("李大爷")
    page.get_by_label("对方电话").fill("13800005678")
    page.get_by_label("说一句是什么事").fill("李大爷家门口积水")
    context.set_offline(True)
    page.locator(".btn.main").click()
    expect(page.locator("main")).to_contain_text("已存在手机里")
    assert live.run("answer = Case.objects.filter(text='李大爷家门口积水').count()") == 0
    context.set_offline(False)
    for _try in range(40):
        told = live.run("""
            case = Case.objects.filter(text='李大爷家门口积水').first()
            answer = case and [case.channel, actions.behalf_of(case), bool(case.contact_cipher), case.reporter_id]
        """)
        if told:
            break
        page.wait_for_timeout(500)
    assert told == ["visit", "李大爷", True, None]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("size", ["phone", "desk"])
def test_the_pages_look_right(live, browser, sign_in, known_house, language, size):
    page = browser(language=language, axe=True, **(PHONE if size == "phone" else DESK)).new_page()
    sign_in(page, "dispatcher")
    page.goto("/desk/paste")
    page.fill("#p-text", CHAT)
    page.locator("form[data-chat] button[type=submit]").click()
    expect(page.locator("form[data-draft]")).to_have_count(2)
    page.goto("/desk/orders")
    page.set_input_files("input[type=file]", {"name": "工单.xlsx", "mimeType": "application/zip", "buffer": book()})
    page.locator("form .btn.main").click()
    expect(page.locator(".orders-look")).to_be_visible()
    pages = ["/desk/paste", "/desk/orders", "/desk/orders/new", "/desk/take"]
    assert found_wrong(page, pages, phone=size == "phone") == []
    page = browser(language=language, axe=True, **(PHONE if size == "phone" else DESK)).new_page()
    sign_in(page, "administrator")
    assert found_wrong(page, ["/desk/mailbox"], phone=size == "phone") == []
