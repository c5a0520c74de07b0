"""An administrator goes from an empty installation to the first report, in a real browser with a real worker."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from liuchi.people.tests.test_desk_pages import filled
from liuchi.territory.demo import make_place
from tests.browser.conftest import DESK, Live, new_house, served
from tests.browser.looking import axe


@pytest.fixture
def empty(live: Live, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """A second house with nothing in it: its address and the address of its wizard."""
    env = live.env | {"LIUCHI_VAR": str(tmp_path)}
    (tmp_path / "front").symlink_to(Path(live.env["LIUCHI_VAR"]) / "front")
    house = new_house(env)
    wizard = house.run("from liuchi.site.setup.queries import setup_address\nanswer = setup_address()")
    with served(house):
        yield house.url, wizard


def test_from_nothing_to_the_first_report(empty: tuple[str, str], browser, tmp_path: Path) -> None:
    url, wizard = empty
    page: Page = browser(axe=True, **DESK).new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(f"error on {page.url}: {error}"))

    def look(name: str) -> None:
        wrong.extend(f"{name}: {one}" for one in axe(page))

    page.goto(url + wizard)
    look("account")
    page.fill("[name=name]", "管事的人")
    page.fill("[name=password]", "three feet each")
    page.get_by_role("button", name="继续").click()

    expect(page).to_have_url(f"{url}/setup/place")
    look("place")
    page.fill("[name=code]", "340881990")
    page.fill("[name=name]", "六尺街道")
    page.get_by_role("button", name="继续").click()

    look("map")
    street = tmp_path / "street.osm"
    street.write_text(make_place().osm)
    page.set_input_files("[name=file]", street)
    page.get_by_role("button", name="导入").click()
    expect(page.get_by_text("地图已导入")).to_be_visible(timeout=60_000)
    look("map done")
    page.get_by_role("link", name="继续").or_(page.get_by_role("link", name="先不导入地图")).first.click()

    look("people")
    book = tmp_path / "staff.xlsx"
    units = [["街道办事处", "government_unit", "", "六尺街道", ""]]
    book.write_bytes(filled(units, [["程安", "123", "dispatcher", "街道办事处", "六尺街道", "", "", "", ""]]).read())
    page.set_input_files("[name=file]", book)
    page.get_by_role("button", name="预览").click()
    expect(page.locator("td.bad-cell")).to_contain_text("这不是电话号码")
    look("preview with a fault")
    page.get_by_role("link", name="换一个文件").click()
    book.write_bytes(
        filled(units, [["程安", "13511110000", "dispatcher", "街道办事处", "六尺街道", "", "", "", ""]]).read()
    )
    page.set_input_files("[name=file]", book)
    page.get_by_role("button", name="预览").click()
    page.get_by_role("button", name=re.compile("确认写入")).click()
    expect(page.get_by_role("cell", name="chengan")).to_be_visible()
    look("imported")
    page.get_by_role("link", name="继续").click()

    look("catalogue")
    page.get_by_role("button", name="导入目录").click()
    expect(page.get_by_text("条立案条件")).to_be_visible()
    page.get_by_role("link", name="继续").click()

    look("starters")
    expect(page.locator("[name=mark]")).to_have_value("六街")
    page.get_by_role("button", name="放进来").click()
    expect(page.get_by_text("已经放好")).to_be_visible()
    page.get_by_role("link", name="继续").click()

    look("worker")
    page.fill("[name=name]", "方禾")
    page.get_by_role("button", name="任命").click()
    expect(page.locator(".code.strong").first).to_have_text("fanghe")
    page.get_by_role("link", name="继续").click()

    look("done")
    expect(page.get_by_role("link", name="责任单位")).to_be_focused()
    page.keyboard.press("Enter")
    role = page.locator("select[name^=unit-]")
    role.first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(role.nth(1)).to_be_focused()  # nothing is sent while one walks through a list
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("已保存")).to_be_visible()
    for number in (0, 1):
        expect(role.nth(number).locator("option:checked")).to_have_text("街道办事处")
    look("who does what")
    page.goto(f"{url}/setup/done")
    expect(page.get_by_role("link", name="责任单位")).to_have_count(0)
    page.get_by_role("link", name="反映第一件事").click()
    expect(page).to_have_url(f"{url}/report")
    assert wrong == []
