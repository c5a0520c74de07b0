"""Outside the house a person is told once, by the way they chose, when it may come."""

import json
from datetime import time, timedelta

import pytest

from liuchi.kernel import crypto
from liuchi.kernel.delivery import actions as delivery
from liuchi.kernel.delivery.channels import Failed
from liuchi.kernel.delivery.models import Message, Sending
from liuchi.kernel.tests.at_once import at_once
from liuchi.notices import Told, actions
from liuchi.notices.models import Browser, Waiting
from liuchi.notices.tests.conftest import NIGHT, TEN, again, context, happened, reachable
from liuchi.people import actions as people

pytestmark = pytest.mark.django_db


def chose(person, *order, every=False, quiet=(time(22), time(7)), urgent_passes=True, digest_at=None, at=TEN):
    actions.choose(
        context(at, person), order=order, every=every, quiet_from=quiet and quiet[0], quiet_until=quiet and quiet[1],
        urgent_passes=urgent_passes, digest_at=digest_at,
    )  # fmt: skip


def browser_of(person, name="one"):
    index = crypto.blind_index("browser", name)
    kept = crypto.encrypt(json.dumps({"endpoint": name}), f"browser:{index.hex()}")
    Browser.objects.create(person=person, endpoint_index=index, cipher=kept, made_at=TEN)


@pytest.fixture
def done(notice, somebody):
    """Something happens of which somebody is told; the worker goes its round."""
    urgent = lambda row: bool(row.facts.get("urgent"))  # noqa: E731
    notice(
        "thing.done", lambda _row: [somebody.pk], lambda row: (row.facts["what"], "", row.facts["url"]), urgent=urgent
    )

    def happen(what="已办结", at=TEN, url="", **facts):
        actions.tell_rows([happened("thing.done", at, what=what, url=url or f"/mine/{what}", **facts)])
        delivery.deliver_due(at)

    return happen


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """The rows here are never stale."""
    monkeypatch.setattr("liuchi.notices.actions.telling._STALE", timedelta(days=9000))


def test_the_first_way_that_reaches_them_and_no_other(somebody, ways_out, done):
    chose(somebody, "push", "sms", "mail")
    done()
    assert ways_out.went == [("sms", "已办结")]  # no browser of theirs takes pushes
    browser_of(somebody)
    done("已受理")
    assert ways_out.went[1:] == [("push", "已受理")]


def test_nobody_gets_a_text_message_unasked(somebody, ways_out, done):
    done()
    assert ways_out.went == [("mail", "已办结")]


def test_who_asked_for_it_gets_one_by_each_way(somebody, ways_out, done):
    chose(somebody, "sms", "mail", every=True)
    done()
    assert sorted(ways_out.went) == [("mail", "已办结"), ("sms", "已办结")]


def test_no_way_at_all_leaves_the_message_in_the_app(somebody, ways_out, done):
    chose(somebody)
    done()
    assert ways_out.went == [] and Message.objects.filter(person_id=somebody.pk).count() == 1


def test_an_unproven_phone_number_gets_nothing(somebody, ways_out, done):
    chose(somebody, "sms", "mail")
    people.correct_person(context(TEN, somebody), again(somebody), name="x", phone="13900000009", language="zh-hans")
    done()
    assert ways_out.went == [("mail", "已办结")]


def test_nothing_rings_at_night_and_the_morning_brings_one_message(somebody, ways_out, done):
    chose(somebody, "sms", "mail")
    done("甲", NIGHT)
    done("乙", NIGHT + timedelta(hours=1))
    assert ways_out.went == []
    morning = NIGHT + timedelta(hours=8)
    actions.release_due(morning - timedelta(seconds=1))
    assert Waiting.objects.count() == 2
    actions.release_due(morning)
    actions.release_due(morning)
    delivery.deliver_due(morning + timedelta(minutes=1))
    assert ways_out.went == [("sms", "2 条新消息")]
    assert Sending.objects.get().body == "· 甲\n· 乙"


def test_mail_comes_at_night_too(somebody, ways_out, done):
    chose(somebody, "mail")
    done(at=NIGHT)
    assert ways_out.went == [("mail", "已办结")]


def test_what_is_urgent_passes_only_for_who_lets_it(somebody, ways_out, done):
    chose(somebody, "sms")
    done("着火", NIGHT, urgent=True)
    assert ways_out.went == [("sms", "着火")]
    chose(somebody, "sms", urgent_passes=False)
    done("漏水", NIGHT, urgent=True)
    assert ways_out.went == [("sms", "着火")]


def test_one_message_a_day_without_what_was_read_and_the_last_of_each_thing(somebody, ways_out, done):
    chose(somebody, "mail", digest_at=time(18))
    done("已派", url="/mine/1")
    done("已接", url="/mine/1")
    done("别的", url="/mine/2")
    done("看过的", url="/mine/3")
    assert ways_out.went == []
    seen = Message.objects.get(title="看过的")
    actions.mark_read(context(TEN, somebody), [seen.pk])
    evening = TEN + timedelta(hours=8)
    actions.release_due(evening)
    delivery.deliver_due(evening + timedelta(minutes=1))
    assert ways_out.went == [("mail", "2 条新消息")]
    assert Sending.objects.get().body == "· 已接\n· 别的"


def test_what_one_way_cannot_bring_goes_by_the_next(somebody, ways_out, done):
    chose(somebody, "sms", "mail")
    ways_out.fails["sms"] = Failed("isv.MOBILE_NUMBER_ILLEGAL", final=True)
    done()
    delivery.deliver_due(TEN + timedelta(minutes=1))
    assert ways_out.went == [("mail", "已办结")]
    assert dict(Sending.objects.values_list("channel", "state")) == {"sms": "passed", "mail": "sent"}


def test_a_way_that_is_down_is_left_for_the_next_within_minutes(somebody, ways_out, done):
    chose(somebody, "sms", "mail")
    ways_out.fails["sms"] = Failed("ConnectTimeoutError")
    done()
    for minutes in (1, 6, 7):
        delivery.deliver_due(TEN + timedelta(minutes=minutes))
    delivery.deliver_due(TEN + timedelta(hours=1))
    assert ways_out.went == [("mail", "已办结")]


def test_the_last_way_that_fails_is_stuck(somebody, ways_out, done):
    chose(somebody, "sms")
    ways_out.fails["sms"] = Failed("isv.AMOUNT_NOT_ENOUGH", final=True)
    done()
    assert Sending.objects.get().state == "stuck"


def test_two_browsers_and_one_that_is_gone(somebody, ways_out, done):
    chose(somebody, "push", "mail")
    browser_of(somebody, "one")
    browser_of(somebody, "two")
    ways_out.fails["push"] = Failed("browser_gone", gone=True)
    done()
    delivery.deliver_due(TEN + timedelta(minutes=1))
    assert ways_out.went == [("mail", "已办结")], "the other way is taken once"


def test_the_choices_are_judged(somebody):
    from liuchi.kernel.errors import Refused

    with pytest.raises(Refused, match="两处都留空"):
        chose(somebody, "mail", quiet=(time(7), time(7)))
    with pytest.raises(Refused, match="安静时段里"):
        chose(somebody, "mail", digest_at=time(6))


def test_erasing_a_person_takes_along_what_waits(somebody, ways_out, done):
    chose(somebody, "sms")
    browser_of(somebody)
    done(at=NIGHT)
    people.erase_person(context(TEN, somebody), again(somebody))
    assert not Waiting.objects.exists() and not Browser.objects.exists()
    actions.release_due(NIGHT + timedelta(days=1))
    delivery.deliver_due(NIGHT + timedelta(days=1))
    assert ways_out.went == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_release_and_send_one_message(ways_out):
    person = reachable("twice", "13800000002")
    chose(person, "sms")
    delivery.tell(context(NIGHT), person.pk, "a", "甲")
    actions.reach(context(NIGHT), "a", {person.pk: Told("甲")})
    morning = NIGHT + timedelta(hours=9)
    at_once(*[lambda: actions.release_due(morning)] * 3)
    Sending.objects.update(next_at=morning)
    at_once(*[lambda: delivery.deliver_due(morning)] * 3)
    assert ways_out.went == [("sms", "甲")]
