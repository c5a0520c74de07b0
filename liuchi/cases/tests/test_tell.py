"""Reporter and unit are told of the turns that concern them, each once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from liuchi.cases import actions, words
from liuchi.cases.lights import warn_due
from liuchi.cases.tests.helpers import accepted, by, closed, dispatched, handled, report, told
from liuchi.kernel.delivery.models import Message
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.journal import consumers
from liuchi.kernel.journal.models import Row
from liuchi.notices.actions import tell_held
from liuchi.people import actions as people
from liuchi.people.queries import on_duty


@pytest.fixture
def now() -> datetime:
    """Notices tell news: these turns happen today."""
    return timezone.now()


def messages(person) -> list[tuple[str, str]]:
    while journal.seal_all(timezone.now()) or consumers.run("notices"):
        pass
    tell_held(timezone.now() + timedelta(minutes=2))  # what could have been taken back is told after its minute
    return list(Message.objects.filter(person_id=person.pk).order_by("pk").values_list("title", "url"))


def test_reporter_and_handler_hear_what_concerns_them(place, now):
    case = told(place, "外墙掉了一块", now, by_whom=place.resident).case
    dispatched(case, place, now)
    accepted(case, place, now)
    handled(case, place, now)
    closed(case, place, now)
    mine, task = f"/mine/{case.pk}", f"/tasks/{case.pk}"
    heard = messages(place.resident)
    assert [url for _title, url in heard] == [mine] * 3
    assert [title.split(" · ") for title, _url in heard] == [
        ["已派出", "外墙掉了一块"],
        ["处理中", "外墙掉了一块"],
        ["办结", "外墙掉了一块"],
    ]
    assert messages(place.handler) == [("新任务 · 房屋外墙脱落", task)]
    assert messages(place.other_handler) == []
    assert messages(place.dispatcher) == []
    assert Message.objects.get(person_id=place.resident.pk, title__startswith="办结").body == "已围挡并清除松动墙面"


def test_the_handler_never_reads_the_reporters_words_in_a_message(place, now):
    case = told(place, "王某某家的墙", now, by_whom=place.resident).case
    dispatched(case, place, now)
    actions.add(by(place.resident, now, "phone"), case.pk, "还是王某某家")
    assert [title for title, _url in messages(place.handler)] == [
        "新任务 · 房屋外墙脱落",
        "上报人有补充 · 房屋外墙脱落",
    ]
    assert not Message.objects.filter(person_id=place.handler.pk, body__contains="王某某").exists()


def test_a_refusal_is_told_with_its_reason(place, now):
    case = told(place, "想换个小区", now, by_whom=place.resident).case
    actions.refuse(by(place.dispatcher, now), case.pk, "这件事不归街道管，请咨询房管部门。")
    assert [title for title, _url in messages(place.resident)] == ["不予受理 · 想换个小区"]
    assert Message.objects.get().body == "这件事不归街道管，请咨询房管部门。"


def test_without_an_account_nobody_is_told_but_the_unit(place, now):
    dispatched(report(place, at=now), place, now)
    assert len(messages(place.handler)) == 1
    assert Message.objects.count() == 1


def test_who_is_away_is_not_told_but_the_deputy_is(place, now):
    post = place.handler.posts.get()
    people.set_absence(
        by(place.administrator, now),
        post,
        begins=now - timedelta(hours=1),
        ends=now + timedelta(days=3),
        deputy=place.grid_worker,
    )
    assert on_duty("handler", place.property.pk, now) == {place.grid_worker.pk}
    dispatched(report(place, at=now), place, now)
    assert messages(place.handler) == []
    assert [url.split("/")[1] for _title, url in messages(place.grid_worker)] == ["tasks", "tasks"], (
        "that, and for whom"
    )


def test_the_desk_says_when_a_limit_reaches_into_a_year_without_known_days(place):
    last = datetime(2026, 12, 30, 2, tzinfo=UTC)
    case = report(place, at=last)
    case = actions.file_and_dispatch(
        by(place.dispatcher, last), case.pk, place.wall.pk, place.stained.pk, place.housing.pk
    )
    assert "2027" in words.unknown_days(case)
    assert words.unknown_days(dispatched(report(place, at=last), place, last)) == ""  # urgent hours run on
    early = datetime(2026, 11, 18, 2, tzinfo=UTC)
    case = report(place, at=early)
    assert (
        words.unknown_days(
            actions.file_and_dispatch(
                by(place.dispatcher, early), case.pk, place.wall.pk, place.stained.pk, place.housing.pk
            )
        )
        == ""
    )


def test_what_was_taken_back_is_not_told_to_the_reporter_and_the_unit_hears_that_it_is_gone(place, now):
    case = told(place, "外墙掉了一块", now, by_whom=place.resident).case
    dispatched(case, place, now)
    actions.undo(by(place.dispatcher, now), case.pk)
    assert messages(place.resident) == []
    assert [title for title, _url in messages(place.handler)][-1].startswith("此件已撤回或改派")


def test_the_supervisor_hears_of_a_dispute_and_the_secretary_of_what_would_burden_a_community(place, now):
    case = dispatched(report(place, at=now), place, now)
    actions.give_back(by(place.handler, now), case.pk, "不归我们")
    actions.dispatch(by(place.dispatcher, now), case.pk, place.housing.pk)
    actions.give_back(by(place.other_handler, now), case.pk, "也不归我们")
    assert [url for _title, url in messages(place.supervisor)] == [f"/desk/cases/{case.pk}"]
    unit = people.open_unit(by(None, now, "system"), kind="community", name="槐荫社区", area=place.community)
    pushed = actions.entrust(by(place.other_handler, now), unit.pk, "请协助统计出租房屋")
    assert [url for _title, url in messages(place.secretary)] == [f"/desk/cases/{pushed.pk}"]


def test_a_unit_is_told_at_eighty_and_at_a_hundred_percent_of_its_limit_once_each(place, now):
    case = accepted(dispatched(report(place, at=now), place, now), place, now)
    for minutes in (90, 97, 100, 119, 121, 200):
        warn_due(now + timedelta(minutes=minutes))
    told_of = [row.facts["light"] for row in Row.objects.filter(record_id=case.pk, verb="case.warned")]
    assert told_of == [80, 100]
