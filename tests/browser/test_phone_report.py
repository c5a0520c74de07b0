"""Reporting on the phone: three taps, a bad network, a killed browser, a sign-in that is over."""

import io
import time
from pathlib import Path

import psutil
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PHONE


def picture(where: tuple[float, float] | None = None) -> bytes:
    """A photo; with the place (lon, lat) in it when given."""
    image = Image.new("RGB", (640, 480), "#BDB49F")
    out = io.BytesIO()
    exif = Image.Exif()
    if where:
        lon, lat = where
        degrees = lambda value: (int(value), int(value % 1 * 60), round(value * 60 % 1 * 60, 4))  # noqa: E731
        exif[0x8825] = {1: "N", 2: degrees(lat), 3: "E", 4: degrees(lon)}
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def file(content: bytes) -> dict:
    return {"name": "wall.jpg", "mimeType": "image/jpeg", "buffer": content}


def cases(live, text: str) -> list[dict]:
    """What the house knows of reports with these words."""
    return live.run(f"""
        from liuchi.kernel.media.models import Media
        answer = [dict(id=c.pk, number=c.number, state=c.state, lon=c.lon, lat=c.lat, source=c.place_source,
                       photos=Media.objects.filter(record=c.pk, kind="photo").count(),
                       voices=Media.objects.filter(record=c.pk, kind="voice").count(),
                       reporter=c.reporter_id and c.reporter.login.username)
                  for c in Case.objects.filter(text={text!r})]
    """)


def arrived(live, text: str, seconds: float = 25) -> list[dict]:
    """Waits until it is there, and then a moment for a second one that must not come."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and not cases(live, text):
        time.sleep(0.5)
    time.sleep(1.5)
    return cases(live, text)


def ready(page: Page, address: str = "/") -> None:
    """Opens a page and waits until the phone has kept what it needs without a network: the pages, and a token to send with."""
    page.goto(address)
    for _ in range(100):
        if page.evaluate(
            """async () => {
                if (!(await indexedDB.databases()).some((one) => one.name === 'liuchi')) return false;
                const request = await new Promise((done) => {
                    const opening = indexedDB.open('liuchi');
                    opening.onsuccess = () => done(opening.result.transaction('notes').objectStore('notes').getAllKeys());
                });
                const names = await new Promise((done) => { request.onsuccess = () => done(request.result); });
                const kept = await Promise.all(['/report', '/mine', '/me'].map((path) => caches.match(path)));
                return kept.every(Boolean) && names.includes(`token:${document.documentElement.dataset.person}`);
            }"""
        ):
            return
        page.wait_for_timeout(100)
    raise AssertionError("the phone has not kept its pages")


def kill(context: BrowserContext, profile: Path) -> None:
    """Ends the browser the hard way, as a phone without power does."""
    mine = [
        one
        for one in psutil.process_iter(["cmdline"])
        if any(str(profile) in part for part in one.info["cmdline"] or [])
    ]
    for one in mine:
        one.kill()
    psutil.wait_procs(mine, timeout=5)
    for lock in profile.glob("Singleton*"):
        lock.unlink()


def test_three_taps_with_a_photo(live, browser):
    page = browser().new_page()
    page.goto("/")
    began = time.monotonic()
    with page.expect_file_chooser() as chosen:
        page.get_by_text("随手拍").first.click()  # 1
    chosen.value.set_files(file(picture()))
    expect(page.get_by_text("手机的位置")).to_be_visible()
    page.get_by_role("button", name="外墙掉东西").click()  # 2
    page.get_by_role("button", name="提交").click()  # 3
    expect(page.get_by_role("heading", name="收到了")).to_be_visible()
    assert time.monotonic() - began < 20
    receipt = page.locator(".receipt").inner_text()
    assert len(receipt.replace("-", "")) == 12
    [case] = arrived(live, "外墙掉东西")
    assert (case["photos"], case["source"]) == (1, "gps")
    assert (round(case["lon"], 4), round(case["lat"], 4)) == (117.0342, 30.5251)
    page.get_by_role("link", name="看办到哪了").click()
    expect(page.get_by_role("heading", name="外墙掉东西")).to_be_visible()
    expect(page.locator(".stops .now")).to_have_text("收到")


def test_the_place_comes_from_the_photo(live, browser):
    page = browser().new_page()
    page.goto("/report")
    page.set_input_files("#shot", file(picture((117.0351, 30.5262))))
    expect(page.get_by_text("照片里的位置")).to_be_visible()
    page.get_by_label("说一句是什么事").fill("墙皮松动，像要掉下来")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", name="收到了")).to_be_visible()
    [case] = arrived(live, "墙皮松动，像要掉下来")
    assert case["source"] == "photo"
    assert abs(case["lon"] - 117.0351) < 2e-5
    assert abs(case["lat"] - 30.5262) < 2e-5


def test_a_spoken_report(live, browser):
    page = browser().new_page()
    page.goto("/report")
    talk = page.get_by_role("button", name="按住说话")
    talk.hover()
    page.mouse.down()
    page.wait_for_timeout(1800)
    page.mouse.up()
    expect(page.locator("audio")).to_be_visible()
    page.get_by_label("说一句是什么事").fill("录了一段话")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", name="收到了")).to_be_visible()
    [case] = arrived(live, "录了一段话")
    assert case["voices"] == 1


def test_written_without_a_network_and_the_browser_killed_it_arrives_once(live, browser, tmp_path):
    context = browser(profile="rider")
    page = context.new_page()
    ready(page)
    context.set_offline(True)
    page.goto("/report")
    page.set_input_files("#shot", file(picture()))
    page.get_by_label("说一句是什么事").fill("没有网络时写的")
    expect(page.get_by_text("现在没有网络，提交后存在手机里")).to_be_visible()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", name="存好了")).to_be_visible()
    expect(page.get_by_text("1 条存在手机里")).to_be_visible()
    assert cases(live, "没有网络时写的") == []
    page.get_by_role("link", name="看我反映的").click()
    expect(page.get_by_text("待发送")).to_be_visible()
    expect(page.get_by_text("还没有反映过")).to_have_count(0)
    page.wait_for_timeout(1500)  # the disk has it
    kill(context, tmp_path / "rider")

    again = browser(profile="rider").new_page()
    again.goto("/mine")
    [case] = arrived(live, "没有网络时写的")
    assert case["photos"] == 1
    expect(again.get_by_role("link", name="没有网络时写的")).to_be_visible()
    expect(again.get_by_text("待发送")).to_have_count(0)


def test_a_sign_in_that_ends_while_offline_loses_nothing(live, browser, sign_in):
    context = browser()
    page = context.new_page()
    sign_in(page, "resident")
    ready(page)
    context.set_offline(True)
    page.goto("/report")
    page.get_by_label("说一句是什么事").fill("登录过期时写的")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", name="存好了")).to_be_visible()
    live.run("from django.contrib.sessions.models import Session; Session.objects.all().delete()")
    context.set_offline(False)
    [case] = arrived(live, "登录过期时写的")
    assert case["reporter"] == "resident"


def test_what_is_sent_without_signing_in_is_nobodys_whoever_is_signed_in(live, browser, sign_in):
    context = browser()
    page = context.new_page()
    sign_in(page, "resident")
    ready(page)
    page.goto("/report")
    page.get_by_label("说一句是什么事").fill("前一个人写的，没发出去")
    context.set_offline(True)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", name="存好了")).to_be_visible()
    context.clear_cookies(name="sessionid")  # the sign-in ran out, and all the tokens of the phone
    live.run("from liuchi.kernel.outbox.models import Token; Token.objects.all().delete()")
    context.set_offline(False)
    sign_in(page, "gridworker")
    page.goto("/mine")
    page.get_by_role("button", name="不登录，直接发").click()
    [case] = arrived(live, "前一个人写的，没发出去")
    assert case["reporter"] is None


def test_two_windows_send_once(live, browser):
    context = browser()
    page, other = context.new_page(), context.new_page()
    ready(page)
    other.goto("/mine")
    context.set_offline(True)
    page.goto("/report")
    page.get_by_label("说一句是什么事").fill("两个窗口都开着")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", name="存好了")).to_be_visible()
    context.set_offline(False)
    assert len(arrived(live, "两个窗口都开着")) == 1
    expect(page.get_by_role("heading", name="收到了")).to_be_visible()


def test_what_the_server_refuses_can_be_mended(live, browser):
    page = browser(**PHONE, service_workers="block").new_page()  # the test answers in the server's place
    page.goto("/report")
    refusal = {"error": "text", "message": "再说清楚一点，是哪个井盖？", "field": "text"}
    page.route("**/outbox", lambda route: route.fulfill(status=422, json=refusal))
    page.get_by_label("说一句是什么事").fill("井盖")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("再说清楚一点，是哪个井盖？")).to_be_visible()
    page.unroute("**/outbox")
    page.get_by_role("link", name="改一下再发").click()
    page.get_by_role("button", name="改一下再发").click()
    words = page.get_by_label("说一句是什么事")
    expect(words).to_have_value("井盖")
    words.fill("菜场南口的井盖碎了")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", name="收到了")).to_be_visible()
    assert len(arrived(live, "菜场南口的井盖碎了")) == 1
    assert cases(live, "井盖") == []


def test_what_is_slowed_says_so_and_goes_out_later(live, browser):
    page = browser(**PHONE, service_workers="block").new_page()  # the test answers in the server's place
    page.goto("/report")
    turns = []

    def answer(route):
        turns.append(1)
        if len(turns) > 1:
            return route.fallback()
        return route.fulfill(status=429, json={"message": "一分钟里太多了，3 秒后自动发出", "retry_after": 3})

    page.route("**/outbox", answer)
    page.get_by_label("说一句是什么事").fill("慢一点也会到")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("一分钟里太多了").first).to_be_visible()
    expect(page.get_by_role("heading", name="收到了")).to_be_visible()
    assert len(arrived(live, "慢一点也会到")) == 1


def test_plain_http_in_an_office(live, browser):
    """No service worker, no locks, no randomUUID, no clipboard, no microphone, no position: it still reports, also offline."""
    office = live.url.replace("127.0.0.1", "office.lan")
    context = browser(args=["--host-resolver-rules=MAP office.lan 127.0.0.1"], **PHONE)
    page = context.new_page()
    page.goto(office)
    assert page.evaluate("[isSecureContext, 'serviceWorker' in navigator, 'locks' in navigator]") == [
        False,
        False,
        False,
    ]
    page.wait_for_load_state("networkidle")
    context.set_offline(True)
    page.get_by_role("link", name="没有照片，直接说").click()  # drawn without asking the server
    page.get_by_label("说一句是什么事").fill("办公室局域网里写的")
    page.set_input_files("#shot", file(picture()))
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", name="存好了")).to_be_visible()
    context.set_offline(False)
    expect(page.get_by_role("heading", name="收到了")).to_be_visible()
    [case] = arrived(live, "办公室局域网里写的")
    assert case["photos"] == 1
