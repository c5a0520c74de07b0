"""What happens in the journal reaches whom it concerns: once, in their language, and never who did it."""

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone
from django.utils.translation import gettext

from liuchi import notices
from liuchi.kernel.context import Context
from liuchi.kernel.delivery import actions as delivery
from liuchi.kernel.delivery.models import Message, Sending
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.journal import consumers
from liuchi.kernel.journal.models import Row
from liuchi.kernel.records import actions as records
from liuchi.people import actions as people

pytestmark = pytest.mark.django_db


def now_context(person=None, channel="phone", at=None):
    now = timezone.now()
    return Context(at=at or now, recorded_at=at or now, person=person, channel=channel)


@pytest.fixture
def resident():
    return people.register_person(now_context(), name="居民甲")


@pytest.fixture
def clerk():
    return people.register_person(now_context(), name="社工乙", language="en")


@pytest.fixture(autouse=True)
def asked(monkeypatch, resident, clerk):
    """A notice on the verb ``thing.done`` to resident and clerk; another on the same verb to the resident alone."""
    monkeypatch.setattr(notices, "_notices", {})
    notices.register("thing.done", lambda _row: [resident.pk, clerk.pk, uuid4()], said)
    notices.register("thing.done", lambda _row: [resident.pk], lambda _row: ("second", "", ""))


def said(row):
    return gettext("Messages"), str(row.facts.get("number", "")), f"/mine/{row.record_id}"


def done(ctx=None, **facts):
    thing = records.create("thing")
    journal.write(ctx or now_context(), thing, "thing.done", facts)
    journal.seal_all(timezone.now())
    consumers.run("notices")
    return thing


def titles(person):
    return list(Message.objects.filter(person_id=person.pk).values_list("title", flat=True))


def test_each_is_told_once_in_their_language(resident, clerk):
    thing = done(number=7)
    assert titles(resident) == ["消息"]
    assert titles(clerk) == ["Messages"]
    message = Message.objects.get(person_id=clerk.pk)
    assert (message.body, message.url) == ("7", f"/mine/{thing.pk}")
    assert Message.objects.count() == 2


def test_a_row_read_twice_is_told_once(resident):
    thing = done()
    consumers._consumers["notices"](list(Row.objects.filter(record=thing)))
    assert titles(resident) == ["消息"]


def test_who_did_it_is_not_told(resident, clerk):
    done(now_context(person=clerk.pk))
    assert titles(clerk) == []
    assert titles(resident) == ["消息"]


def test_imported_replayed_and_old_rows_are_silent(resident):
    for channel in ("import", "replay"):
        done(now_context(channel=channel))
    done(now_context(at=timezone.now() - timedelta(days=8)))
    assert titles(resident) == []


def test_nothing_to_say_is_not_said(resident, monkeypatch):
    monkeypatch.setattr(notices, "_notices", {})
    notices.register("thing.done", lambda _row: [resident.pk], lambda _row: None)
    done()
    assert titles(resident) == []


def test_a_notice_that_fails_holds_up_no_other(resident, monkeypatch, caplog):
    def stumble(row):
        raise ZeroDivisionError

    monkeypatch.setattr(notices, "_notices", {})
    notices.register("thing.done", lambda _row: [resident.pk], stumble)
    notices.register("thing.begun", lambda _row: [resident.pk], lambda _row: ("begun", "", ""))
    journal.write(now_context(), records.create("thing"), "thing.done")
    journal.write(now_context(), records.create("thing"), "thing.begun")
    journal.seal_all(timezone.now())
    consumers.run("notices")
    assert titles(resident) == ["begun"]
    assert "thing.done" in caplog.text


def test_mail_goes_to_a_confirmed_address_only(resident, clerk, settings):
    settings.PUBLIC_URL = "https://liuchi.example"
    for person, verified in ((resident, True), (clerk, False)):
        login, _password = people.open_login(now_context(), person, f"user{verified}")
        EmailAddress.objects.create(user=login, email=f"{verified}@example.org", verified=verified, primary=True)
    thing = done(number=7)
    delivery.deliver_due(timezone.now())
    (sent,) = mail.outbox
    assert sent.to == ["True@example.org"]
    assert (sent.subject, sent.body) == ("消息", f"7\n\nhttps://liuchi.example/mine/{thing.pk}\n")


def test_the_erased_are_not_told(resident):
    done()
    people.erase_person(now_context(), resident)
    assert titles(resident) == []
    done()
    assert titles(resident) == []


@pytest.fixture
def signed_in(client, resident):
    login, _password = people.open_login(now_context(), resident, "resident", "a long password")
    client.force_login(login)
    return client


def test_the_page_shows_ones_own_messages_and_marks_them_read(signed_in, resident, clerk):
    delivery.tell(now_context(), resident.pk, "a", "路灯修好了", "文汇路 12 号", "/mine/1")
    delivery.tell(now_context(), clerk.pk, "a", "not for the resident")
    page = signed_in.get("/messages").content.decode()
    assert "路灯修好了" in page
    assert "not for the resident" not in page
    told = signed_in.get("/api/notices/mine").json()
    assert told["unread"] == 1
    assert [(one["title"], one["url"], one["read"]) for one in told["messages"]] == [("路灯修好了", "/mine/1", False)]
    assert signed_in.get("/api/people/me").json()["messages"] == 1
    assert signed_in.post("/messages/read").status_code == 204
    told = signed_in.get("/api/notices/mine").json()
    assert (told["unread"], told["messages"][0]["read"]) == (0, True)
    assert Message.objects.get(person_id=clerk.pk).read_at is None


def test_a_stranger_has_no_messages_and_is_told_what_to_do(client):
    assert client.get("/api/notices/mine").json() == {"unread": 0, "messages": []}
    assert "回执码" in client.get("/messages").content.decode()
    assert client.post("/messages/read").status_code == 204


def test_stuck_mail_is_seen_and_sent_again_by_an_administrator(client, resident):
    at = datetime(2026, 11, 22, tzinfo=UTC)
    delivery.send_mail(Context(at=at, recorded_at=at), "thing", "gone@example.org", "subject of it", "body")
    Sending.objects.update(state="stuck", problem="SMTPRecipientsRefused 550", tries=1)
    login, _password = people.open_login(now_context(), resident, "admin", "a long password")
    client.force_login(login)
    assert client.get("/desk/notices").status_code == 403
    people.appoint(now_context(), resident, role="administrator", begins=timezone.localdate())
    page = client.get("/desk/notices").content.decode()
    assert "SMTPRecipientsRefused 550" in page
    assert "gone@example.org" not in page
    assert "subject of it" not in page
    client.post("/desk/notices", {"sending": ["nonsense"]})
    assert Sending.objects.get().state == "stuck"
    client.post("/desk/notices", {"sending": [str(Sending.objects.get().pk)]})
    assert Sending.objects.get().state == "waiting"


def test_messages_are_part_of_what_is_kept_on_a_person(resident):
    from liuchi.people.data import keepers

    delivery.tell(now_context(), resident.pk, "a", "路灯修好了")
    (kept,) = keepers()["messages"].kept(resident.pk)
    assert kept["title"] == "路灯修好了"
    json.dumps(kept)
