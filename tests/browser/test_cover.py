"""Faces and number plates: covered on the phone before a photo leaves it, and by hand at the desk where the search missed one."""

import io

import numpy as np
from PIL import Image
from playwright.sync_api import Page, expect

from bench import faces as measured
from tests.browser.conftest import PHONE
from tests.browser.looking import axe, small_targets
from tests.browser.test_phone_report import arrived, cases, ready

PLATE = (1100, 850, 1400, 950)


def street() -> bytes:
    """Somebody before a wall, and a car's plate with fine lines on it; the camera's notes hold a small copy of it."""
    [one] = measured.people()
    image = measured.scene(measured.grounds()[0], [(measured.sized(one, 160), (120, 200))]).image
    image.paste(Image.effect_noise((300, 100), 100).convert("RGB"), PLATE[:2])
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()


def detail(image: Image.Image) -> float:
    grey = np.asarray(image.convert("L"), dtype=float)
    return float(np.abs(np.diff(grey, axis=0)).mean() + np.abs(np.diff(grey, axis=1)).mean())


def drag(page: Page, box: tuple[int, int, int, int]) -> None:
    """Draws a box given in pixels of the photo of 1600 x 1200."""
    stage = page.locator(".cover-stage").bounding_box()
    times = min(stage["width"] / 1600, stage["height"] / 1200)
    left, top = stage["x"] + (stage["width"] - 1600 * times) / 2, stage["y"] + (stage["height"] - 1200 * times) / 2
    page.mouse.move(left + box[0] * times, top + box[1] * times)
    page.mouse.down()
    page.mouse.move(left + (box[0] + box[2]) / 2 * times, top + box[3] * times, steps=4)
    page.mouse.move(left + box[2] * times, top + box[3] * times, steps=4)
    page.mouse.up()


def sent_photo(live, text: str) -> Image.Image:
    """The photo as it came to the server, before anything was done to it there."""
    raw = live.run(f"""
        from base64 import b64encode
        from liuchi.kernel.media import files
        from liuchi.kernel.media.models import Media
        with files.open_file(Media.objects.get(record__case__text={text!r}).original) as file:
            answer = b64encode(file.read()).decode()
    """)
    from base64 import b64decode

    return Image.open(io.BytesIO(b64decode(raw)))


def test_what_is_drawn_over_never_leaves_the_phone(live, browser):
    page = browser(**PHONE).new_page()
    page.goto("/report")
    page.set_input_files("#album", {"name": "street.jpg", "mimeType": "image/jpeg", "buffer": street()})
    page.get_by_role("button", name="遮脸遮车牌").click()
    drag(page, PLATE)
    expect(page.get_by_text("已有 1 个框")).to_be_visible()
    page.get_by_role("button", name="加一个框").click()
    page.keyboard.press("Shift+ArrowRight")
    expect(page.get_by_text("已有 2 个框")).to_be_visible()
    page.keyboard.press("Delete")
    expect(page.get_by_text("已有 1 个框")).to_be_visible()
    assert small_targets(page) == []
    page.get_by_role("button", name="遮好了").click()
    # it can be taken away and drawn again until it is sent
    page.get_by_role("button", name="遮脸遮车牌").click()
    expect(page.get_by_text("已有 1 个框")).to_be_visible()
    page.get_by_role("button", name="取消").click()
    page.get_by_label("说一句是什么事").fill("车停在盲道上")
    page.get_by_role("button", name="提交").click()
    arrived(live, "车停在盲道上")
    came = sent_photo(live, "车停在盲道上")
    assert came.size == (1600, 1200)
    assert not came.getexif()
    sure = (PLATE[0] + 15, PLATE[1] + 15, PLATE[2] - 15, PLATE[3] - 15)
    before = Image.open(io.BytesIO(street()))
    assert detail(came.crop(sure)) < detail(before.crop(sure)) / 5


def test_the_desk_covers_a_plate_by_hand(live, browser, desk):
    phone = browser(**PHONE).new_page()
    phone.goto("/report")
    phone.set_input_files("#album", {"name": "street.jpg", "mimeType": "image/jpeg", "buffer": street()})
    phone.get_by_label("说一句是什么事").fill("车堵了消防通道")
    phone.get_by_role("button", name="提交").click()
    [case] = arrived(live, "车堵了消防通道")
    page = desk("dispatcher", axe=True)
    page.goto(f"/desk/cases/{case['id']}")
    cover = page.get_by_role("button", name="遮挡")
    cover.wait_for(timeout=15000)
    old = page.locator(".photos img").first.get_attribute("src")
    cover.click()
    expect(page.get_by_text("已有 1 个框")).to_be_visible()  # the face that was found
    assert axe(page) == []
    drag(page, PLATE)
    page.get_by_role("button", name="遮好了").click()
    expect(page.get_by_text("正在处理")).to_be_visible()
    expect(page.locator(".photos img").first).not_to_have_attribute("src", old, timeout=20000)
    shown = Image.open(io.BytesIO(page.request.get(page.locator(".photos a").first.get_attribute("href")).body()))
    assert detail(shown.crop(PLATE)) < 10
    assert cases(live, "车堵了消防通道")[0]["state"] == "reported"


def test_everybody_sees_what_is_worked_on_and_nobody_who_said_it(browser):
    page = browser(axe=True, **PHONE).new_page()
    page.goto("/")
    page.get_by_role("link", name="看看周边正在办的事").click()
    expect(page.get_by_role("heading", name="周边正在办的事")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("link", name="近30天办结").click()
    expect(page.get_by_role("link", name="近30天办结")).to_have_attribute("aria-current", "true")
    assert axe(page) == []


def test_the_administrator_says_how_long_what_is_kept(browser, desk):
    page = desk("administrator", axe=True)
    page.goto("/desk/retention")
    page.get_by_role("link", name="试算").click()
    expect(page.get_by_text("没有到期的内容")).to_be_visible()
    assert axe(page) == []
    field = page.get_by_label("反映时留的电话")
    field.fill("3")
    field.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("30")
    assert field.input_value() == "3"
    field.fill("60")
    field.press("Enter")
    expect(page.get_by_text("已保存")).to_be_visible()
    assert page.get_by_label("反映时留的电话").input_value() == "60"
    page.get_by_label("反映时留的电话").fill("")
    page.get_by_label("反映时留的电话").press("Enter")
    expect(page.get_by_label("反映时留的电话")).to_have_value("180")


def test_a_phone_keeps_no_picture_without_covers_and_none_from_before(live, browser, sign_in):
    page = browser(**PHONE).new_page()
    sign_in(page, "resident")
    ready(page, "/report")
    page.set_input_files("#album", {"name": "street.jpg", "mimeType": "image/jpeg", "buffer": street()})
    page.get_by_label("说一句是什么事").fill("台阶松动了")
    page.get_by_role("button", name="提交").click()
    [case] = arrived(live, "台阶松动了")

    def kept() -> list[str]:
        return page.evaluate("(async () => (await (await caches.open('media-1')).keys()).map((one) => one.url))()")

    for _ in range(20):
        page.goto(f"/mine/{case['id']}")
        page.wait_for_timeout(1000)
        if page.get_by_role("button", name="看未遮挡的").count():
            break
    page.get_by_role("button", name="看未遮挡的").click()
    page.wait_for_function("document.querySelector('.clear-look img')?.naturalWidth > 0")
    page.get_by_role("button", name="关闭").click()
    assert any(url.endswith("/thumb") for url in kept())
    page.get_by_role("button", name="遮脸遮车牌").click()
    drag(page, PLATE)
    page.get_by_role("button", name="遮好了").click()
    for _ in range(20):
        page.wait_for_timeout(1000)
        page.goto(f"/mine/{case['id']}")
        page.wait_for_timeout(1000)
        if any("again=1" in url for url in kept()):
            break
    assert any(url.endswith("/thumb?again=1") for url in kept()), kept()
    assert not any(url.endswith(("/thumb", "/clear")) for url in kept()), kept()
