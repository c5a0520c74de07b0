"""The outbox takes each write once, and keeps what it answered where a thief of the database can't read it."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.outbox import actions as outbox
from liuchi.kernel.outbox import tokens
from liuchi.kernel.outbox.models import Slowed, Token, Write

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
CTX = Context(at=NOON, recorded_at=NOON, channel="phone")


def deliver(ctx, sender, key, verb, body):
    return outbox.deliver(ctx, sender, key, verb, body, [])


@pytest.fixture
def echo(monkeypatch):
    """A verb that counts how often it was carried out."""
    done = []

    def handler(ctx, body, media):
        Write.objects.count()  # as every handler, it reads before it does something
        if body.get("bad"):
            raise Refused("bad", "no")
        done.append(body)
        return {"receipt": "ABCD-EFGH-JKLM", "number": len(done)}

    monkeypatch.setattr(outbox, "_verbs", {"echo": outbox.Verb(handler, 3)})
    return done


def test_the_same_key_again_gets_the_same_answer_and_does_nothing(echo):
    key = uuid4()
    first = deliver(CTX, "phone", key, "echo", {"n": 31.50})
    again = deliver(CTX, "another token", key, "echo", {"n": 31.5})
    assert (first.result, first.again, again.result, again.again) == (first.result, False, first.result, True)
    assert len(echo) == 1


def test_of_two_that_came_at_once_the_slower_one_gets_the_answer_of_the_faster(echo, monkeypatch):
    key = uuid4()
    first = deliver(CTX, "phone", key, "echo", {"n": 1})
    monkeypatch.setattr(outbox, "_ask_whether_new", lambda *_asked: None)  # it had looked before the first was in
    slower = deliver(CTX, "phone", key, "echo", {"n": 1})
    assert (slower.result, slower.again) == (first.result, True)
    assert Write.objects.count() == 1


def test_the_same_key_with_another_body_is_a_conflict(echo):
    key = uuid4()
    deliver(CTX, "phone", key, "echo", {"n": 1})
    with pytest.raises(Refused) as refused:
        deliver(CTX, "phone", key, "echo", {"n": 2})
    assert refused.value.status == 409


def test_what_was_answered_is_not_readable_in_the_database(echo):
    deliver(CTX, "phone", uuid4(), "echo", {})
    assert b"ABCD" not in bytes(Write.objects.get().result)


def test_what_is_refused_is_not_remembered_and_may_be_sent_again(echo):
    key = uuid4()
    with pytest.raises(Refused):
        deliver(CTX, "phone", key, "echo", {"bad": True})
    assert not Write.objects.exists()
    assert not deliver(CTX, "phone", key, "echo", {}).again


def test_a_flood_is_slowed_and_arrives_later(echo):
    keys = [uuid4() for _ in range(4)]
    for key in keys[:3]:
        deliver(CTX, "phone", key, "echo", {})
    with pytest.raises(Refused) as refused:
        deliver(CTX, "phone", keys[3], "echo", {})
    assert refused.value.status == 429
    later = NOON + timedelta(seconds=refused.value.retry_after)
    deliver(Context(at=NOON, recorded_at=later, channel="phone"), "phone", keys[3], "echo", {})
    assert Write.objects.count() == 4


def test_a_token_ends_after_its_days_and_with_its_person(echo):
    person = uuid4()
    phone = tokens.phone_of(tokens.issue(Context(at=NOON, recorded_at=NOON, person=person), "127.0.0.1"))
    assert phone.person_id == person
    tokens.refuse_ended(phone, NOON + timedelta(days=89))
    with pytest.raises(Refused):
        tokens.refuse_ended(phone, NOON + timedelta(days=91))
    tokens.end_tokens(person)
    for refusing in (
        lambda: tokens.refuse_ended(phone, NOON),
        lambda: outbox.deliver(CTX, phone.device, uuid4(), "echo", {}, [], phone),
    ):
        with pytest.raises(Refused) as refused:
            refusing()
        assert refused.value.status == 401
    assert not echo
    assert not Slowed.objects.filter(sender__startswith="echo").exists()


def test_a_token_whose_words_were_changed_is_nobodys():
    token = tokens.issue(Context(at=NOON, recorded_at=NOON, person=uuid4()), "127.0.0.1")
    start, person, device, signature = token.split(".")
    for said in (
        [start, uuid4().hex, device, signature],
        [start, "", device, signature],
        [start, person, device[::-1], signature],
        [start, person, device, signature[::-1]],
        [start, person, device],
    ):
        with pytest.raises(Refused) as refused:
            tokens.phone_of(".".join(said))
        assert refused.value.status == 401


def test_sweeping_forgets_what_no_phone_sends_again(echo):
    deliver(CTX, "phone", uuid4(), "echo", {})
    tokens.issue(CTX, "127.0.0.1")
    outbox.sweep(NOON + timedelta(days=365))
    assert not Write.objects.exists()
    assert not Token.objects.exists()
    assert not Slowed.objects.exists()


@pytest.mark.parametrize(
    "said", ["yesterday", "1900-01-01T00:00:00Z", "2200-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", 5]
)
def test_a_time_that_cannot_be_is_refused_with_a_sentence(said):
    with pytest.raises(Refused) as refused:
        outbox.happened_at(said, NOON)
    assert refused.value.field == "at"


def test_a_phone_whose_clock_is_fast_reports_at_the_time_of_arrival():
    assert outbox.happened_at("2026-11-22T12:10:00+08:00", NOON) == NOON
    assert outbox.happened_at("2026-11-22T11:30:00+08:00", NOON) == NOON - timedelta(minutes=30)
    assert outbox.happened_at(None, NOON) == NOON
