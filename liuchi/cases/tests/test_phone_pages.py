"""The phone's shells: the place in the head, the tabs that are one's own, and what the program is told."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from liuchi.cases import words
from liuchi.cases.tests.helpers import SPOT, brought_to, report

PAGES = ["/", "/report", "/mine", "/tasks", "/me", "/mine/01990000-0000-7000-8000-000000000000", "/r/ABCD-EFGH-JKLM"]


def start(page):
    """What the shell tells the program."""
    return json.loads(re.search(r'<script id="start" type="application/json">(.*?)</script>', page.content.decode())[1])


def tabs(page):
    nav = re.search(r'<nav class="tabbar".*?</nav>', page.content.decode(), re.S)[0]
    return re.findall(r'<a href="([^"]+)"', nav)


@pytest.mark.parametrize("address", PAGES)
def test_each_page_is_a_shell_for_everybody(client, place, address):
    page = client.get(address)
    assert page.status_code == 200
    assert not re.search(r"\sstyle=|\son[a-z]+=", page.content.decode())


def test_the_head_says_where_this_is(client, place):
    page = client.get("/")
    assert start(page) == {
        "place": {"name": "六尺街道", "more": "六尺区", "lon": SPOT[0], "lat": SPOT[1]},
        "handles": False,
        "visits": False,
    }
    assert "六尺街道" in page.content.decode()


def test_a_worker_sees_the_own_grid_and_a_tab_for_tasks(client, place):
    client.force_login(place.grid_worker.login)
    page = client.get("/")
    assert start(page)["place"]["name"] == "第七网格"
    assert start(page)["handles"] is True
    assert tabs(page) == ["/", "/places", "/mine", "/tasks", "/me"]


def test_others_have_no_tab_for_tasks(client, place):
    assert tabs(client.get("/")) == ["/", "/places", "/mine", "/me"]
    client.force_login(place.resident.login)
    assert tabs(client.get("/")) == ["/", "/places", "/mine", "/me"]


def test_the_page_knows_whose_it_is_and_speaks_their_language(client, place):
    client.force_login(place.resident.login)
    page = client.get("/", headers={"accept-language": "en"}).content.decode()
    assert f'data-person="{place.resident.pk}"' in page
    assert '<html lang="en"' in page
    client.cookies["django_language"] = "zh-hans"
    assert '<html lang="zh-Hans"' in client.get("/").content.decode()


@pytest.mark.parametrize("state", ["reported", "dispatched", "accepted"])
def test_a_time_that_is_over_is_no_promise(place, state):
    case = brought_to(state, place, timezone.now())
    assert "晚了" not in words.sentence(case)
    case.step_due = case.due_at = timezone.now() - timedelta(minutes=1)
    assert "晚了" in words.sentence(case)


def test_an_area_above_without_a_name_is_left_out(client, place):
    place.street.parent.name = "340881"
    place.street.parent.save()
    assert start(client.get("/"))["place"]["more"] is None


def test_a_long_line_has_a_headline_and_is_shown_whole(client, place):
    said = "尊敬的领导你好，我是南区三栋的业主，" + "楼顶开裂严重，下雨就漏水，" * 20
    case = report(place, said)
    title = words.title(case)
    assert said.startswith(title[:-1] + "，") and title[-1] == "…" and len(title) <= 49
    client.force_login(place.dispatcher.login)
    assert said in client.get(f"/desk/cases/{case.pk}").content.decode()
    assert words.headline("a" * 100) == "a" * 48 + "…"
