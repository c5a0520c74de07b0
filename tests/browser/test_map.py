"""The map in a real browser: what is drawn in each layer, of the made-up street and of a real place; grids drawn by hand."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, ROOT, Live, environment, new_house, served
from tests.browser.looking import axe

# Chromium draws WebGL without a graphics card by SwiftShader, which it wants to be asked for by name.
WEBGL = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
CUT = ROOT / "liuchi" / "territory" / "tests" / "data" / "longgang" / "cut.osm"
COUNT = """element => {
  const seen = {};
  for (const feature of element.map.queryRenderedFeatures()) {
    const layer = feature.sourceLayer || feature.source;
    (seen[layer] ||= new Set()).add(feature.id ?? JSON.stringify(feature.geometry));
  }
  return Object.fromEntries(Object.entries(seen).map(([layer, ids]) => [layer, ids.size]));
}"""
DRAWN = "element => Boolean(element.map?.loaded() && element.map.areTilesLoaded() && !element.map.isMoving())"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A house of its own with the made-up street, a real map beside it, and an administrator."""
    house = new_house(
        environment(tmp_path_factory.mktemp("map")),
        ["territory", "load-demo"],
        ["territory", "import-osm", str(CUT), "--area", "440307"],
        ["cases", "import-catalogue"],
    )
    house.run("""
        from liuchi.kernel import context
        from liuchi.people import actions as people
        people.hire(context.system(), name="程知秋", role="administrator", phone="13900000001", username="guanli",
                    begins=date(2026, 1, 1), password="six foot alley")
        people.hire(context.system(), name="程听雨", role="dispatcher", phone="13900000002", username="paiqian",
                    area=Area.objects.get(level="street", code__startswith="340881"), begins=date(2026, 1, 1), password="six foot alley")
    """)
    with served(house):
        yield house


MAP_IS_KEPT = """caches.open("map-1").then((cache) => cache.keys())
    .then((keys) => keys.some((key) => key.url.includes("/map/base.pmtiles")))"""


def drawn(page: Page, selector: str = "[data-map]") -> None:
    """Waits until the map has drawn everything it has."""
    element = page.locator(selector)
    for _ in range(200):
        if element.evaluate(DRAWN):
            page.wait_for_timeout(300)
            if element.evaluate(DRAWN):
                return
        page.wait_for_timeout(100)
    raise AssertionError("the map is not drawn")


def open_areas(browser, sign_in, who: str = "guanli", **options) -> tuple[Page, list[str], list[str]]:
    context = browser(args=WEBGL, **DESK, **options)
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    # The software that stands in for a graphics card talks of its speed.
    page.on(
        "console",
        lambda m: said.append(m.text) if m.type in ("error", "warning") and "GL Driver" not in m.text else None,
    )
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    sign_in(page, who)
    page.goto("/desk/areas")
    drawn(page)
    return page, said, asked


def test_every_layer_of_the_street_is_drawn_and_nothing_is_fetched_from_outside(browser, sign_in, live):
    page, said, asked = open_areas(browser, sign_in)
    seen = page.locator("[data-map]").evaluate(COUNT)
    assert (
        seen["building"] > 550
        and seen["road"] > 100
        and seen["green"] > 20
        and seen["water"] >= 2
        and seen["land"] > 50
    )
    assert seen["label"] > 10, "names are drawn with the fonts of the machine"
    assert seen["grid-lines"] >= 22 and seen["grid-names"] > 10
    outside = [url for url in asked if not url.startswith((live.url, "blob:", "data:"))]
    assert outside == [] and said == []


def test_close_by_there_are_walls_gates_and_numbers(browser, sign_in):
    page, _said, _asked = open_areas(browser, sign_in)
    page.fill("[data-place-search]", "hyl3")
    page.locator("#place-found li").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    drawn(page)
    seen = page.locator("[data-map]").evaluate(COUNT)
    assert seen["wall"] >= 3 and seen["gate"] >= 3 and seen["building"] >= 10 and seen["dot"] == 1
    words = page.locator("[data-map]").evaluate(
        "element => element.map.queryRenderedFeatures({layers: ['house-number']}).map(one => one.properties.name)"
    )
    assert "3幢" in words or "2幢" in words


def test_a_real_map_is_drawn_with_its_credit(browser, sign_in):
    page, said, _asked = open_areas(browser, sign_in)
    page.locator("[data-map]").evaluate("element => element.map.jumpTo({center: [114.2112, 22.6895], zoom: 16})")
    drawn(page)
    seen = page.locator("[data-map]").evaluate(COUNT)
    assert seen["building"] == 14 and seen["road"] >= 3 and seen["label"] >= 3
    expect(page.get_by_text("© OpenStreetMap contributors")).to_be_visible()
    assert said == []


def test_a_map_that_is_only_looked_at_stays_on_its_ground(browser, sign_in):
    page, said, _asked = open_areas(browser, sign_in, "paiqian")
    page.goto("/desk/")
    drawn(page, "[data-ground]")
    looked = """(element, [lon, lat, zoom]) => {
      element.map.jumpTo({center: [lon, lat], zoom});
      const edges = element.map.getBounds();
      return [edges.getWest(), edges.getSouth(), edges.getEast(), edges.getNorth()];
    }"""
    maps = page.evaluate(
        "fetch('/map/style.json').then((answer) => answer.json()).then((style) => style.metadata['liuchi:maps'])"
    )
    frame = [
        min(one[0] for one in maps),
        min(one[1] for one in maps),
        max(one[2] for one in maps),
        max(one[3] for one in maps),
    ]
    ground = page.locator("[data-ground]")
    for lon, lat in ((100, 20), (130, 20), (100, 45), (130, 45)):
        west, south, east, north = ground.evaluate(looked, [lon, lat, 16])
        paper = 40 * (east - west) / ground.bounding_box()["width"]  # a narrow margin shows that the place ends there
        assert frame[0] - paper <= west < east <= frame[2] + paper, (lon, lat)
        assert frame[1] - paper <= south < north <= frame[3] + paper, (lon, lat)
    assert said == []


def test_a_report_from_beyond_the_edge_comes_into_the_middle(browser, sign_in, live):
    lon, lat = 117.3, 30.9
    case = live.run(f"""
        from django.utils import timezone
        at = timezone.now()
        said = actions.Said(text="在界外", lon={lon}, lat={lat}, place_source="gps")
        answer = actions.report(Context(at=at, recorded_at=at, channel="phone"), said).case.pk
    """)
    page, _said, _asked = open_areas(browser, sign_in, "paiqian")
    page.goto(f"/desk/?order=newest&case={case.replace('-', '')}")
    drawn(page, "[data-ground]")
    ground = page.locator("[data-ground]")
    spot = "(element, at) => { const {x, y} = element.map.project(at); return [x / element.clientWidth, y / element.clientHeight]; }"
    for _try in range(50):
        if all(0.3 < share < 0.7 for share in ground.evaluate(spot, [lon, lat])):
            break
        page.wait_for_timeout(100)
    assert all(0.3 < share < 0.7 for share in ground.evaluate(spot, [lon, lat]))


def test_a_grid_is_drawn_corner_by_corner_and_kept(browser, sign_in, live):
    page, _said, _asked = open_areas(browser, sign_in)
    page.get_by_role("link", name="第 22 网格").click()
    page.get_by_role("button", name="停用这个网格").click()
    page.get_by_text("已停用").first.wait_for()
    page.get_by_role("link", name="划一个网格").click()
    page.get_by_text("在地图上点出第一个角").wait_for()
    drawn(page)
    community = live.run('answer = Area.objects.get(code="340881990003").boundary["coordinates"][0][0]')
    east, south = community[0] + 0.004, community[1] + 0.0006
    page.locator("[data-map]").evaluate("(element, at) => element.map.jumpTo({center: at, zoom: 17})", [east, south])
    drawn(page)
    box = page.locator("[data-map] canvas").bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for x, y in ((-60, -60), (60, -60), (60, 60), (-60, 60)):
        page.mouse.click(middle[0] + x, middle[1] + y)
        page.wait_for_timeout(400)
    page.get_by_role("button", name="闭合").click()
    expect(page.get_by_text("轮廓已闭合，4 个角")).to_be_visible()
    page.get_by_label("名称").fill("河畔网格")
    page.get_by_role("button", name="保存").click()
    page.get_by_text("已划好").wait_for()
    kept = live.run(
        'answer = [[a.code, len(a.boundary["coordinates"][0])] for a in Area.objects.filter(name="河畔网格")]'
    )
    assert kept == [["340881990003010", 5]]


def test_without_webgl_a_sentence_stands_there_and_the_page_works(browser, sign_in):
    context = browser(args=["--disable-3d-apis"], **DESK)
    page = context.new_page()
    sign_in(page, "guanli")
    page.goto("/desk/areas")
    expect(page.get_by_text("这台设备显示不了地图，其他功能照常可用。")).to_be_visible()
    page.get_by_role("link", name="第 7 网格").click()
    expect(page.get_by_role("heading", name="第 7 网格")).to_be_visible()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_of_areas_has_no_fault_for_those_who_do_not_see(browser, sign_in, language):
    page, _said, _asked = open_areas(browser, sign_in, language=language, axe=True)
    page.locator("a[data-area]").nth(3).click()
    page.locator("[data-shown] h2").wait_for()
    drawn(page)
    assert axe(page) == []


def test_the_map_is_there_on_a_phone_without_a_network(browser):
    context = browser(args=WEBGL, profile="rider", **PHONE)
    context.set_geolocation({"longitude": 116.8982, "latitude": 31.1072})
    page = context.new_page()
    page.goto("/report")
    page.get_by_role("button", name="改地点").wait_for()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()  # from now on the service worker keeps what passes
    page.get_by_role("button", name="改地点").click()
    drawn(page, ".pick-map .map")
    context.set_offline(True)
    page.reload()
    page.get_by_role("button", name="改地点").or_(page.get_by_role("button", name="选地点")).first.click()
    drawn(page, ".pick-map .map")
    seen = page.locator(".pick-map .map").evaluate(COUNT)
    assert seen["building"] >= 10 and seen["wall"] >= 2


def test_the_way_to_a_task_is_there_though_only_the_list_was_opened_before(browser, sign_in, live):
    live.run("""
        from django.utils import timezone
        from liuchi.cases.models import FilingCondition
        from liuchi.kernel import context
        from liuchi.people import actions as people
        now, system = timezone.now(), context.system()
        grid = Area.objects.get(code="340881990001001")
        committee = people.open_unit(system, kind="community", name="槐荫社区居委会", area=grid.parent)
        people.hire(system, name="方禾", role="grid_worker", organisation=committee, area=grid, username="wangge", phone="13900000003",
                    begins=date(2026, 1, 1), password="six foot alley")
        taken = actions.report(by(None, now, "phone"), actions.Said(text="阴沟里全是蚊子", lon=grid.lon, lat=grid.lat, place_source="gps", area=grid))
        mosquitoes = FilingCondition.objects.filter(matter__code="99088").first()
        actions.file_and_dispatch(system, taken.case.pk, mosquitoes.matter_id, mosquitoes.pk, committee.pk)
    """)
    context = browser(args=WEBGL, profile="worker", **PHONE)
    page = context.new_page()
    sign_in(page, "wangge")
    page.goto("/tasks")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    for _ in range(100):
        if page.evaluate(MAP_IS_KEPT):
            break
        page.wait_for_timeout(100)
    else:
        raise AssertionError("the map is not kept")
    context.set_offline(True)
    page.get_by_text("阴沟里全是蚊子").click()
    drawn(page, ".spot-map .map")
    seen = page.locator(".spot-map .map").evaluate(COUNT)
    assert seen["building"] >= 2 and seen["dot"] == 1
    expect(page.get_by_text("现在没有地图")).to_have_count(0)


def test_the_gallery_shows_the_map_too(browser, live):
    page = browser(args=WEBGL, **DESK).new_page()
    page.goto("/desk/gallery#map")
    drawn(page, "#map [data-spot]")
    assert page.locator("#map [data-spot]").evaluate(COUNT)["building"] > 100
