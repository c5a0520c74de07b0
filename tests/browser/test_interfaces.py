"""Other programs against the running house: a client library for Open311, every line of the page for developers, webhooks that
outlive a killed worker; and the desk's pages for keys and webhooks."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import psutil
import pytest
import requests
from georeport import GeoReport
from playwright.sync_api import expect
from standardwebhooks.webhooks import Webhook

from liuchi.kernel.tests.receiver import listening
from liuchi.site.developers import examples
from tests.browser.conftest import DESK
from tests.browser.looking import found_wrong

KEY = """
from datetime import timedelta
from django.utils import timezone
from liuchi.people.models import Post
from liuchi.people.tokens.actions import make_token
from liuchi.people.tokens.scopes import offered
now = timezone.now()
post = Post.objects.get(person__login__username="dispatcher")
ends = now.date() + timedelta(days=9)
scopes = [scope.key for scope in offered()]
answer = make_token(by(None, now, "system"), name="平台", post=post, scopes=scopes, ends=ends)[1]
"""


@pytest.fixture(scope="module")
def key(live):
    return live.run(KEY)


@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_public_client_library_reads_what_came_in(live, key, form):
    city = GeoReport(f"{live.url}/open311/v2", api_key=key, output_format=form)
    services = {one["service_code"]: one for one in city.get_service_list()}
    assert services["10093"]["service_name"] == "房屋外墙脱落"
    definition = city.get_service_definition("10093")
    assert definition["service_code"] == "10093"
    said = {"api_key": key, "service_code": "03001", "lat": 30.5251, "long": 117.0342, "description": "路灯不亮"}
    made = requests.post(f"{city.root_address}/requests.json", data=said, timeout=20).json()  # the library reads alone
    number = _one(made)["service_request_id"]
    seen = _one(city.get_service_request(number))
    assert (seen["service_request_id"], seen["status"], seen["service_code"]) == (number, "open", "03001")
    listed = city.get_service_requests(status="open", service_code="03001")
    assert number in [one["service_request_id"] for one in (listed if isinstance(listed, list) else [listed])]


def _one(told):
    return told[0] if isinstance(told, list) else told


@pytest.mark.parametrize("example", [*examples.REST, *examples.OPEN311], ids=lambda one: one.line[:60])
def test_every_line_for_developers_runs(live, key, example):
    line = example.line.replace("curl ", "curl --silent --show-error --fail-with-body ", 1)
    env = os.environ | {"LIUCHI": live.url, "KEY": key}
    done = subprocess.run(["bash", "-c", line], env=env, capture_output=True, text=True, timeout=20)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("<?xml") or json.loads(done.stdout)


def test_the_page_for_developers_has_these_lines(live, browser):
    page = browser(axe=True, **DESK).new_page()
    assert found_wrong(page, ["/developers"], phone=False) == []
    page.goto("/developers")
    shown = page.locator("pre.listing code").all_inner_texts()
    assert {example.line for example in [*examples.REST, *examples.OPEN311]} <= set(shown)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_desk_s_pages(live, browser, sign_in, key, language):
    page = browser(language=language, axe=True, **DESK).new_page()
    sign_in(page, "administrator")
    pages = ["/desk/keys", "/desk/keys/new", "/desk/hooks", "/desk/hooks/new", "/developers"]
    assert found_wrong(page, pages, phone=False) == []


def test_a_key_is_made_used_and_revoked(live, browser, sign_in):
    page = browser(**DESK).new_page()
    sign_in(page, "administrator")
    page.goto("/desk/keys")
    page.keyboard.press("n")
    page.locator("[name=name]").fill("物业维修系统")
    page.locator("[name=post]").select_option(index=1)
    page.get_by_label("查询诉求").check()
    page.get_by_role("button", name="创建密钥").click()
    secret = page.get_by_label("密钥", exact=True).input_value()
    asked = ["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "-H", f"Authorization: Bearer {secret}"]
    path = f"{live.url}/api/v1/me"
    assert subprocess.run([*asked, path], capture_output=True, text=True).stdout == "200"
    page.get_by_role("link", name="我已复制").click()
    row = page.locator("tr", has_text="物业维修系统")
    row.get_by_text("吊销", exact=True).click()
    row.get_by_role("button", name="立即吊销").click()
    expect(page.locator("tr", has_text="物业维修系统")).to_contain_text("已吊销")
    assert subprocess.run([*asked, path], capture_output=True, text=True).stdout == "401"


def test_a_killed_worker_loses_no_event(live):
    """The worker is killed (SIGKILL) while a receiver makes it wait; the house starts another, and every event arrives, in
    order, signed."""
    with listening(Path(live.env["LIUCHI_HOOK_CERTIFICATES"]).parent) as receiver:
        hook, secret = live.run(f"""
            from liuchi.kernel.hooks import actions as hooks
            from django.utils import timezone
            ctx = by(None, timezone.now(), "system")
            hook, secret = hooks.set_up(ctx, name="平台", url={receiver.url!r}, verbs=["case.reported"])
            answer = [str(hook.pk), secret]
        """)

        def slowly(number):
            if number == 2:
                time.sleep(1.5)
            return 200, b"", {}

        receiver.answer = slowly
        live.run("""
            from django.utils import timezone
            grid = Area.objects.filter(level="grid").first()
            for number in range(4):
                actions.report(by(None, timezone.now(), "phone"), actions.Said(text=f"第{number}件", area=grid))
        """)
        _until(lambda: len(receiver.got) == 2)
        os.kill(_worker(live), signal.SIGKILL)
        # its claim runs out after two minutes, which no test waits for
        live.run("""
            from liuchi.kernel.hooks.models import Hook
            from django.utils import timezone
            Hook.objects.filter(state="on").update(next_at=timezone.now())
        """)
        _until(lambda: len(_numbers(receiver)) == 4)
        live.run(f"""
            from liuchi.kernel.hooks.models import Hook
            Hook.objects.filter(pk={hook!r}).update(state="ended")
        """)
    assert _numbers(receiver) == sorted(_numbers(receiver))
    ids = [headers["webhook-id"] for headers, _body in receiver.got]
    assert len(ids) > len(set(ids)) == 4, "the one that was on its way came twice, under one id"
    for headers, body in receiver.got:
        assert Webhook(secret).verify(body, headers)["type"] == "case.reported"


def _numbers(receiver):
    """The numbers of the cases in the order of their first arrival."""
    return list(dict.fromkeys(json.loads(body)["data"]["number"] for _headers, body in receiver.got))


def _worker(house):
    """The process of the house that is its worker."""
    var = house.env["LIUCHI_VAR"]
    for process in psutil.process_iter(["cmdline"]):
        if "worker" in (process.info["cmdline"] or []) and process.environ().get("LIUCHI_VAR") == var:
            return process.pid
    raise AssertionError("no worker")


def _until(true, seconds=30):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)
