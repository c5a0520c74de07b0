"""Mail goes to a real SMTP server, once, and is tried again until it is out or visibly stuck."""

import socketserver
import threading
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from uuid import uuid4

import pytest

from liuchi.kernel.context import Context
from liuchi.kernel.delivery import actions, queries, rules
from liuchi.kernel.delivery.models import Message, Sending
from liuchi.kernel.retention.actions import carry_out

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
CTX = Context(at=AT, recorded_at=AT)


class Talk(socketserver.StreamRequestHandler):
    """As much of SMTP (RFC 5321) as a client needs to hand over a mail."""

    def handle(self):
        self.say("220 test")
        while line := self.rfile.readline():
            verb = line.decode().strip().upper()
            if verb.startswith("RCPT") and self.server.refuses:
                self.say(self.server.refuses)
            elif verb == "DATA":
                self.say("354 go on")
                mail = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    mail += part
                self.server.got.append(message_from_bytes(mail, policy=policy.default))
                self.say("250 taken")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 yes")

    def say(self, words):
        self.wfile.write(words.encode() + b"\r\n")


@pytest.fixture
def post_office(settings):
    """A mail server on this machine: ``got`` are its mails, ``refuses`` what it answers to an address."""
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk)
    server.daemon_threads = True
    server.got, server.refuses = [], None
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.server_address[1]
    settings.DEFAULT_FROM_EMAIL = "office@example.org"
    yield server
    server.shutdown()
    server.server_close()


def send(thing="case 1", address="somebody@example.org", subject="答复", body="已经修好了。\n"):
    return actions.send_mail(CTX, thing, address, subject, body)


def test_a_mail_arrives_with_its_words(post_office):
    assert send(subject="您的诉求\r\nBcc: other@example.org")
    assert actions.deliver_due(AT) is False
    (mail,) = post_office.got
    assert (mail["To"], mail["From"]) == ("somebody@example.org", "office@example.org")
    assert mail["Subject"] == "您的诉求 Bcc: other@example.org"
    assert mail["Bcc"] is None
    assert mail.get_content().strip() == "已经修好了。"
    kept = Sending.objects.get()
    assert (kept.state, kept.sent_at, kept.tries) == ("sent", AT, 1)
    assert mail["Message-ID"] == f"<{kept.pk}@example.org>"


def test_one_mail_for_one_thing_and_address(post_office):
    assert send()
    assert not send(address="SomeBody@Example.org ")
    assert send(thing="case 2")
    assert send(address="other@example.org")
    actions.deliver_due(AT)
    actions.deliver_due(AT + timedelta(hours=1))
    assert len(post_office.got) == 3


def test_the_address_is_not_readable_in_the_database(post_office):
    send()
    mail = Sending.objects.get()
    assert b"somebody" not in bytes(mail.address) + bytes(mail.address_index)


def test_a_server_that_is_away_is_tried_again_with_longer_pauses_until_stuck(post_office):
    send()
    post_office.refuses = "450 later"
    at = AT
    for failures, pause in enumerate(rules.PAUSES, start=1):
        actions.deliver_due(at)
        mail = Sending.objects.get()
        assert (mail.state, mail.tries, mail.next_at) == ("waiting", failures, at + pause)
        actions.deliver_due(at + pause - timedelta(seconds=1))
        assert Sending.objects.get().tries == failures
        at += pause
    assert not queries.stuck().exists()
    actions.deliver_due(at)
    assert [mail.problem for mail in queries.stuck()] == ["SMTPRecipientsRefused 450"]
    post_office.refuses = None
    actions.deliver_due(at + timedelta(days=9))
    assert post_office.got == []
    assert actions.try_again(Context(at=at, recorded_at=at), [mail.pk]) == 1
    actions.deliver_due(at)
    assert len(post_office.got) == 1


def test_an_address_that_does_not_exist_is_stuck_at_once_and_its_words_are_not_kept(post_office):
    send()
    post_office.refuses = "550 no such user somebody@example.org"
    actions.deliver_due(AT)
    assert queries.stuck().get().problem == "SMTPRecipientsRefused 550"


def test_no_server_at_all_does_not_stop_the_others(post_office, settings):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    send()
    send(thing="case 2")
    actions.deliver_due(AT)
    assert [mail.state for mail in Sending.objects.all()] == ["waiting", "waiting"]
    assert Sending.objects.first().problem.startswith("ConnectionRefusedError")
    settings.EMAIL_PORT = port
    actions.deliver_due(AT + timedelta(minutes=1))
    assert len(post_office.got) == 2


def test_a_worker_that_died_while_sending_lets_go(post_office):
    send()
    Sending.objects.update(state="sending", next_at=AT + timedelta(minutes=10), tries=1)
    actions.deliver_due(AT + timedelta(minutes=9))
    assert post_office.got == []
    actions.deliver_due(AT + timedelta(minutes=10))
    assert len(post_office.got) == 1


def test_where_mail_is_off_nothing_piles_up(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert not send()
    assert actions.deliver_due(AT) is False
    assert not Sending.objects.exists()


def test_messages_inside_the_house():
    person, other = uuid4(), uuid4()
    for _again in range(2):
        actions.tell(CTX, person, "row 1", "有人接单了", url="/mine/1")
    actions.tell(CTX, person, "row 2", "已办结")
    actions.tell(CTX, other, "row 1", "有人接单了")
    assert queries.unread_count(person) == 2
    assert {message.title for message in queries.messages_of(person)} == {"有人接单了", "已办结"}
    first = Message.objects.get(person_id=person, thing="row 1")
    assert actions.mark_read(CTX, person, [first.pk]) == 1
    assert actions.mark_read(CTX, person, Message.objects.filter(person_id=other).values_list("pk", flat=True)) == 0
    assert actions.mark_read(CTX, person) == 1
    assert queries.unread_count(person) == 0
    assert queries.unread_count(other) == 1
    assert queries.unread_count(None) == 0


def test_old_and_erased_are_forgotten(post_office):
    person = uuid4()
    actions.tell(CTX, person, "old", "old")
    actions.send_mail(CTX, "old", "a@example.org", "old", "old", person)
    actions.deliver_due(AT)
    carry_out(AT + timedelta(days=89))
    assert Sending.objects.exists()
    carry_out(AT + timedelta(days=91))
    assert not Sending.objects.exists()
    assert Message.objects.exists()
    actions.forget_person(person)
    assert not Message.objects.exists()
