"""A real server with its worker on a fresh database, and a real Chromium, for the tests that use the pages as people do."""

import json
import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, expect, sync_playwright

from tests import tables
from tools import chromium

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
LIUCHI = [str(Path(sys.executable).with_name("liuchi"))]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
]  # fmt: skip
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1440, "height": 900}}
# Where the small place of cases.tests.helpers lies.
HERE = {"longitude": 117.0342, "latitude": 30.5251, "accuracy": 8}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    files = Counter(item.path for item in items)
    for item in items:
        if item.path.is_relative_to(here):  # the hook is given the items of the whole run
            item.add_marker(pytest.mark.browser)
    if all(item.path.is_relative_to(here) for item in items):
        # What takes long begins first (a second house, many tests), so that nobody waits at the end for the last file.
        items.sort(key=lambda item: (not hasattr(item.module, "new_house"), -files[item.path], item.path))


@dataclass
class Live:
    """The running house. `url` is the address of its pages."""

    url: str
    env: dict[str, str]
    inside: subprocess.Popen[str] | None = None

    def run(self, code: str) -> Any:
        """Runs Python in the house (its database, its actions); the value of `answer` comes back."""
        if self.inside is None:
            self.inside = subprocess.Popen(
                [sys.executable, "-m", "tests.browser.house"],
                env=self.env, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )  # fmt: skip
        assert self.inside.stdin and self.inside.stdout
        print(json.dumps(textwrap.dedent(code)), file=self.inside.stdin, flush=True)
        said = json.loads(self.inside.stdout.readline())
        assert "error" not in said, said["error"]
        return said["answer"]

    def close(self) -> None:
        """Ends the program that answers `run`."""
        if self.inside and self.inside.stdin:
            self.inside.stdin.close()
            self.inside.wait(10)


def environment(var: Path, **more: str) -> dict[str, str]:
    """The environment of a house whose data lie in ``var``; its front end is built."""
    outer = {"LIUCHI_KEYS", "LIUCHI_TEST_DATABASE", "LIUCHI_DATABASE"}
    env = {name: value for name, value in os.environ.items() if name not in outer}
    env |= {"LIUCHI_VAR": str(var), "DJANGO_SETTINGS_MODULE": "liuchi.site.settings", **more}
    subprocess.run(["node", "frontend/build.mjs"], env=env, cwd=ROOT, check=True)
    return env


def new_house(env: dict[str, str], *commands: list[str]) -> Live:
    """A house with fresh tables, in which these commands of ``liuchi`` were carried out; nobody serves it yet."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    house = Live(f"http://127.0.0.1:{port}", env)
    tables.copy_sqlite(Path(env["LIUCHI_VAR"]) / "liuchi.sqlite3")
    for command in (["prepare", "--no-demo"], *commands):
        house.run(f"liuchi(*{command!r})")
    return house


@contextmanager
def served(house: Live) -> Iterator[Live]:
    """The house with its server and worker."""
    command = [*LIUCHI, "serve", "--port", house.url.rpartition(":")[2]]
    with (Path(house.env["LIUCHI_VAR"]) / "serve.log").open("w") as log:
        process = subprocess.Popen(command, env=house.env, cwd=ROOT, stdout=log, stderr=log, start_new_session=True)
        try:
            _wait_for(f"{house.url}/healthz", process)
            yield house
        finally:
            house.close()
            process.send_signal(signal.SIGINT)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


def _wait_for(url: str, process: subprocess.Popen) -> None:
    for _ in range(150):
        assert process.poll() is None, "the server ended"
        try:
            urllib.request.urlopen(url, timeout=2)
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server does not answer")


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """Server and worker on a fresh database that holds the small place of cases.tests.helpers, with a login for each role."""
    var = tmp_path_factory.mktemp("live")
    house = new_house(
        environment(
            var, LIUCHI_REPORTS_PER_MINUTE="1000", LIUCHI_HOOK_NETWORKS="127.0.0.0/8,::1/128",
            LIUCHI_HOOK_CERTIFICATES=str(var / "authority.pem"),
        )
    )  # fmt: skip
    house.run("a_place()")
    with served(house):
        yield house


@pytest.fixture(scope="session")
def play() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


Opener = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def windows(play: Playwright) -> Iterator[Callable[[list[str]], Browser]]:
    """A Chromium for each set of flags: starting one takes longer than most tests."""
    started: dict[tuple[str, ...], Browser] = {}

    def with_flags(flags: list[str]) -> Browser:
        key = tuple(flags)
        if key not in started or not started[key].is_connected():
            started[key] = play.chromium.launch(executable_path=chromium.find(), args=flags)
        return started[key]

    yield with_flags
    for one in started.values():
        one.close()


@pytest.fixture
def browser(play: Playwright, windows: Callable[[list[str]], Browser], live: Live, tmp_path: Path) -> Iterator[Opener]:
    """Opens a window that shares nothing with others: ``browser()`` a phone in Chinese, ``browser(**DESK)``;
    ``browser(profile="a")`` twice is the same phone again (its storage is kept);
    ``browser(axe=True)`` for pages that axe looks at (tests.browser.looking);
    ``browser(**PHONE, service_workers="block")`` for a test that answers in the server's place: what a service worker
    sends or controls can go past ``page.route``."""
    opened: list[BrowserContext] = []

    def open_(profile: str = "", language: str = "zh-hans", axe: bool = False, **options: Any) -> BrowserContext:
        flags = [*FLAGS, *options.pop("args", [])]
        settings = {
            "locale": "zh-CN" if language == "zh-hans" else "en-GB",
            "timezone_id": "Asia/Shanghai",
            "base_url": live.url,
            "geolocation": HERE,
            "permissions": ["geolocation", "microphone"],
            "reduced_motion": "reduce",
            **({"bypass_csp": True, "service_workers": "block"} if axe else {}),
            **(options or PHONE),
        }
        if profile:
            context = play.chromium.launch_persistent_context(
                tmp_path / profile, executable_path=chromium.find(), args=flags, **settings
            )
        else:
            context = windows(flags).new_context(**settings)
        if axe:
            context.add_init_script(path=AXE)
        context.add_cookies([{"name": "django_language", "value": language, "url": live.url}])
        context.set_default_timeout(10_000)
        opened.append(context)
        return context

    expect.set_options(timeout=10_000)
    yield open_
    for context in opened:
        with suppress(Error):  # a test may have closed or killed it
            context.close()


@pytest.fixture(scope="session")
def signed_in() -> dict[tuple[str, str], Any]:
    """The cookies of those who signed in, by house and name."""
    return {}


@pytest.fixture
def sign_in(live: Live, signed_in: dict[tuple[str, str], Any]) -> Callable[[Page, str], None]:
    """Signs in on the sign-in page as one of the small place's people. Who did that before is let in by the same cookie,
    as long as it is good."""

    def enter(page: Page, username: str, password: str = "six foot alley") -> None:
        if kept := signed_in.get((live.url, username)):
            page.context.add_cookies([kept])
        page.goto("/account/login/")
        if "/account/login" not in page.url:
            return
        page.fill("input[name=login]", username)
        page.fill("input[name=password]", password)
        page.locator("form:has(input[name=password]) [type=submit]").click()
        page.wait_for_url(lambda url: "/account/login" not in url)
        [kept] = [cookie for cookie in page.context.cookies() if cookie["name"] == "sessionid"]
        signed_in[live.url, username] = kept

    return enter


@pytest.fixture
def desk(browser, sign_in):
    """Opens the desk as one of the people of the small place, and counts what the mouse does there: nothing."""

    def open_(role: str, **more):
        page = browser(**(DESK | more)).new_page()
        sign_in(page, role)
        return page

    return open_


@pytest.fixture
def known_house(live) -> None:
    """槐荫里 3 幢, which the search for places knows."""
    live.run("""
        from liuchi.kernel.records import actions as records
        from liuchi.territory.models import Place as Spot
        from liuchi.territory.spelling import spell
        from liuchi.territory.stamps import touch
        grid = Area.objects.get(level="grid")
        if not Spot.objects.filter(label="槐荫里3幢").exists():
            pinyin, initials = spell("槐荫里3幢")
            Spot.objects.create(record=records.create("place", grid.pk), kind="building", label="槐荫里3幢", number="3幢", area=grid,
                lon=SPOT[0], lat=SPOT[1], pinyin=pinyin, initials=initials)
            touch("places")
    """)
