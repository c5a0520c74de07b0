"""What the group of a unit or of a desk reads of a case: never a word of whoever reported it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from liuchi.cases.models import FilingCondition
from liuchi.cases.tests.helpers import dispatched, told
from liuchi.kernel.context import system
from liuchi.kernel.delivery.models import Sending
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.journal import consumers
from liuchi.notices import actions as notices
from liuchi.notices.actions import tell_held

ROBOT = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k"
SAID = "王某某家楼上漏水，电话 13812345678，孩子一个人在家"


def lines():
    while journal.seal_all(timezone.now()) or consumers.run("notices"):
        pass
    tell_held(timezone.now() + timedelta(minutes=2))
    return [(one.subject, one.body) for one in Sending.objects.filter(channel="robot").order_by("made_at", "pk")]


@pytest.fixture
def groups(place):
    for name, whose in {"unit": {"organisation": place.property}, "desk": {"area": place.street}}.items():
        notices.open_robot(system(), name=name, kind="wecom", address=ROBOT, **whose)


def test_a_report_and_a_task_are_told_without_the_reporters_words(place, groups):
    now = timezone.now()
    case = told(place, SAID, now, by_whom=place.resident).case
    case.place_words = "文汇路 12 号，找王女士 13812345678"
    case.save(update_fields=["place_words"])
    dispatched(case, place, now)
    report, task = lines()
    assert report[0] == "新诉求" and task[0].endswith("新任务")
    for _subject, body in (report, task):
        assert case.number in body and "文汇路" in body
        for secret in ("漏水", "王某某", "13812345678", "孩子", place.resident.name):
            assert secret not in body
    assert "处置时限" in task[1]


def test_what_runs_day_and_night_says_that_it_is_urgent(place, groups):
    now = timezone.now()
    FilingCondition.objects.update(limit_type="urgent_hour")
    case = told(place, "墙要倒了", now).case
    dispatched(case, place, now)
    assert lines()[-1][0] == "紧急 · 新任务"
