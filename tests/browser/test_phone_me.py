"""Me: the language, and leaving without leaving anything behind."""

from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.test_phone_report import arrived

HELD = """async () => {
    const opened = await new Promise((done) => { const r = indexedDB.open('liuchi'); r.onsuccess = () => done(r.result); });
    const keys = (name) => new Promise((done) => {
        const r = opened.transaction(name).objectStore(name).getAllKeys();
        r.onsuccess = () => done(r.result.map(String).filter((key) => !['csrf', 'whose', 'token:'].includes(key)));
    });
    const held = Object.fromEntries(await Promise.all(['outbox', 'kept', 'sent', 'notes'].map(async (name) => [name, await keys(name)])));
    opened.close();
    return held;
}"""


def test_the_language_is_one_tap_away(live, browser):
    page = browser().new_page()
    page.goto("/me")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", name="Not signed in")).to_be_visible()
    page.get_by_role("button", name="简体中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")


def test_signing_out_asks_first_and_then_forgets(live, browser, sign_in):
    page = browser(**PHONE, service_workers="block").new_page()  # the test answers in the server's place
    sign_in(page, "resident")
    page.goto("/report")
    page.route("**/outbox", lambda route: route.fulfill(status=503))
    page.get_by_label("说一句是什么事").fill("退出前写的")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", name="存好了")).to_be_visible()
    page.goto("/me")
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_text("还有 1 条没有发出")).to_be_visible()
    page.get_by_role("button", name="取消").click()

    page.unroute("**/outbox")
    page.get_by_role("button", name="现在发").or_(page.get_by_text("1 条存在手机里")).first.wait_for()
    page.reload()
    assert len(arrived(live, "退出前写的")) == 1
    page.goto("/mine")
    expect(page.get_by_text("退出前写的")).to_be_visible()
    page.goto("/me")
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url(lambda url: "/me" not in url)
    page.wait_for_load_state("networkidle")
    held = page.evaluate(HELD)
    assert (held["outbox"], held["sent"], held["notes"]) == ([], [], [])
    assert not any("cases" in path for path in held["kept"])


KEPT = """async () => {
    const opened = await new Promise((done) => { const r = indexedDB.open('liuchi'); r.onsuccess = () => done(r.result); });
    const found = await new Promise((done) => {
        const r = opened.transaction('kept').objectStore('kept').getAll();
        r.onsuccess = () => done(JSON.stringify(r.result));
    });
    opened.close();
    return found;
}"""


def test_who_comes_next_on_the_same_phone_sees_nothing_of_the_one_before(live, browser, sign_in):
    context = browser()
    page = context.new_page()
    sign_in(page, "resident")
    page.goto("/report")
    page.get_by_label("说一句是什么事").fill("只给我自己看的")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", name="收到了").or_(page.get_by_role("heading", name="存好了"))).to_be_visible()
    page.goto("/mine")
    expect(page.get_by_text("只给我自己看的")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert "只给我自己看的" in page.evaluate(KEPT)
    context.clear_cookies()  # the sign-in ran out; nobody signed out
    sign_in(page, "gridworker")
    page.goto("/me")
    page.wait_for_load_state("networkidle")
    assert "只给我自己看的" not in page.evaluate(KEPT)
    context.set_offline(True)
    page.goto("/mine")
    expect(page.get_by_text("只给我自己看的")).to_have_count(0)
