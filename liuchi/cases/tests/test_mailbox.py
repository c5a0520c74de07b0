"""A mailbox on a real IMAP server of this machine: letters become requests once, are answered, and answers are added."""

import imaplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from liuchi.cases import actions as cases
from liuchi.cases.mailbox import actions, box
from liuchi.cases.models import Case, MailBox, MailLetter
from liuchi.cases.tests.helpers import Place, by, verbs
from liuchi.cases.tests.test_mail_reading import letter
from liuchi.kernel.context import system
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal.models import Row
from liuchi.kernel.media.models import Media
from liuchi.kernel.tests.media_files import encoded

pytest.importorskip("pymap")
NAME, PASSWORD = "street@liuchi.example", "six foot alley"


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = int(free.getsockname()[1])
    command = [str(Path(sys.executable).with_name("pymap")), "--host", "127.0.0.1", "--port", str(number), "--no-tls",
               "dict", "--demo-data", "--demo-user", NAME, "--demo-password", PASSWORD]  # fmt: skip
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _try in range(100):
        with suppress(OSError), socket.create_connection(("127.0.0.1", number), 1):
            break
        time.sleep(0.1)
    yield number
    server.terminate()
    server.wait(10)


@pytest.fixture
def imap(port: int) -> Iterator[imaplib.IMAP4]:
    """An empty INBOX."""
    opened = imaplib.IMAP4("127.0.0.1", port)
    opened.login(NAME, PASSWORD)
    opened.select("INBOX")
    opened.store("1:*", "+FLAGS", r"(\Deleted)")
    opened.expunge()
    yield opened
    opened.logout()


@pytest.fixture
def mailbox(place: Place, port: int, imap: imaplib.IMAP4, settings: Any, tmp_path: Any) -> MailBox:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.MEDIA_FOLDER = tmp_path
    said = MailBox(
        host="127.0.0.1", port=port, security="plain", username=NAME, address=NAME, folder="INBOX", done_folder="done"
    )
    return actions.keep(by(place.administrator), said, PASSWORD)


def post(imap: imaplib.IMAP4, made: EmailMessage) -> None:
    assert imap.append("INBOX", "", imaplib.Time2Internaldate(time.time()), made.as_bytes())[0] == "OK"


def look() -> None:
    while actions.look(timezone.now()):
        pass


def unread(imap: imaplib.IMAP4, folder: str = "INBOX") -> int:
    imap.select(folder)
    return len(imap.search(None, "UNSEEN")[1][0].split())


def all_in(imap: imaplib.IMAP4, folder: str) -> int:
    if imap.select(folder)[0] != "OK":
        return 0
    return len(imap.search(None, "ALL")[1][0].split())


def sent() -> list[Any]:
    from liuchi.kernel.delivery.models import Sending

    return list(Sending.objects.order_by("made_at"))


def test_a_letter_becomes_a_request_with_its_photos_and_is_answered(
    place: Place, mailbox: MailBox, imap: imaplib.IMAP4
) -> None:
    made = letter("槐荫里路灯不亮，电话13800001234\n\n发自我的iPhone", "路灯坏了")
    made.add_attachment(encoded(), "image", "jpeg", filename="a.jpg")
    made.add_attachment(b"%PDF", "application", "pdf", filename="信.pdf")
    post(imap, made)
    look()
    case = Case.objects.get()
    assert (case.channel, case.text) == ("mail", "路灯坏了\n槐荫里路灯不亮，电话13800001234")
    assert case.contact_cipher is not None
    assert case.reported_at.isoformat() == "2026-11-18T01:00:00+00:00"
    assert case.step_from is not None and case.step_from > case.reported_at  # the office's clock begins when it has it
    assert case.record.media.count() == 1
    [answer] = sent()
    assert answer.subject.startswith(f"[{case.number} #")
    assert "回执码" in answer.body and "信.pdf" in answer.body
    code = answer.body.split("回执码：")[1].split("\n")[0]
    assert cases.case_of_receipt(code) == case.pk
    assert unread(imap) == 0
    assert (all_in(imap, "INBOX"), all_in(imap, "done")) == (0, 1)


def test_the_same_letter_is_never_two_requests(place: Place, mailbox: MailBox, imap: imaplib.IMAP4) -> None:
    for _time in range(3):
        post(imap, letter())
        look()
    post(imap, letter())
    post(imap, letter())
    look()
    assert Case.objects.count() == 1
    assert len(sent()) == 1


def test_killed_before_the_letter_was_marked_it_is_one_request(
    place: Place, mailbox: MailBox, imap: imaplib.IMAP4, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(imap, letter())

    def killed(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(box.Box, "done", killed)
    with pytest.raises(KeyboardInterrupt):
        look()
    monkeypatch.undo()
    assert (Case.objects.count(), unread(imap)) == (1, 1)
    look()
    assert (Case.objects.count(), unread(imap), len(sent())) == (1, 0, 1)


def test_killed_in_the_middle_nothing_is_half(
    place: Place, mailbox: MailBox, imap: imaplib.IMAP4, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = letter()
    made.add_attachment(encoded(), "image", "jpeg", filename="a.jpg")
    post(imap, made)
    monkeypatch.setattr(actions, "send_mail", lambda *_args: 1 / 0)
    with suppress(ZeroDivisionError):
        actions.take(system(channel="mail"), made.as_bytes())
    assert (Case.objects.count(), MailLetter.objects.count(), len(sent())) == (0, 0, 0)
    monkeypatch.undo()
    look()
    assert Case.objects.get().record.media.count() == 1
    assert Media.objects.count() == 1


def test_an_answer_is_added_to_its_request(place: Place, mailbox: MailBox, imap: imaplib.IMAP4) -> None:
    post(imap, letter())
    look()
    case = Case.objects.get()
    back = letter(
        "还是不亮\n\n在 2026年11月20日 09:12，街道写道：\n> 已收到",
        f"回复：{sent()[0].subject}",
        Message_ID="<a2@example.cn>",
    )
    back.add_attachment(encoded(), "image", "jpeg", filename="b.jpg")
    post(imap, back)
    look()
    assert Case.objects.count() == 1
    assert verbs(case)[-1] == "case.added"
    assert case.record.media.count() == 1
    assert len(Row.objects.get(record_id=case.pk, verb="case.added").facts["media"]) == 1
    assert len(sent()) == 1  # an answer is not answered: no loop


@pytest.mark.parametrize("subject", ["[{number} #aaaaaaaaaa] 路灯", "{number} 路灯"])
def test_without_our_secret_nobody_adds_to_a_request(
    place: Place, mailbox: MailBox, imap: imaplib.IMAP4, subject: str
) -> None:
    post(imap, letter())
    look()
    number = Case.objects.get().number
    post(imap, letter("别修了", subject.format(number=number), Message_ID="<b@example.cn>"))
    look()
    assert Case.objects.count() == 2


@pytest.mark.parametrize(
    "heads", [{"Auto_Submitted": "auto-replied"}, {"List_Id": "<x.example.cn>"}, {"Return_Path": "<>"}, {"From": NAME}]
)
def test_machines_are_never_answered(
    place: Place, mailbox: MailBox, imap: imaplib.IMAP4, heads: dict[str, str]
) -> None:
    post(imap, letter(**heads))
    look()
    assert not Case.objects.exists()
    assert not sent()
    assert actions.counts(timezone.now()) == {"machine": 1}


def test_who_writes_too_much_waits_and_holds_up_nobody(place: Place, mailbox: MailBox, imap: imaplib.IMAP4) -> None:
    for number in range(13):
        post(imap, letter(f"第{number}封", Message_ID=f"<f{number}@example.cn>"))
    post(imap, letter("别人的信", From="li@example.cn", Message_ID="<l@example.cn>"))
    look()
    assert Case.objects.count() == 11
    assert Case.objects.filter(text__contains="别人的信").exists()
    assert unread(imap) == 3  # they wait, nothing is lost
    actions.look(timezone.now() + timedelta(hours=1, minutes=1))
    assert Case.objects.count() == 14


def test_a_letter_that_breaks_the_program_holds_up_no_other(
    place: Place, mailbox: MailBox, imap: imaplib.IMAP4, monkeypatch: pytest.MonkeyPatch
) -> None:
    straight = actions.take

    def breaking(ctx: Any, data: bytes, own: str = "") -> str:
        if b"bad@example.cn" in data:
            raise ValueError
        return straight(ctx, data, own)

    monkeypatch.setattr(actions, "take", breaking)
    post(imap, letter(From="bad@example.cn", Message_ID="<bad>"))
    post(imap, letter(Message_ID="<good>"))
    look()
    assert Case.objects.count() == 1
    imap.select("INBOX")
    assert imap.search(None, "FLAGGED")[1][0].split()
    assert actions.counts(timezone.now()) == {"new": 1, "refused": 1}


def test_what_is_wrong_with_a_mailbox_is_said_before_it_is_kept(place: Place, mailbox: MailBox) -> None:
    ctx = by(place.administrator)
    facts = {"host": "127.0.0.1", "port": mailbox.port, "security": "plain", "username": NAME, "address": NAME}
    for change, password, code in (
        ({}, "wrong", "login"),
        ({"folder": "nowhere"}, PASSWORD, "folder"),
        ({"port": 1}, PASSWORD, "network"),
        ({"host": "mail.example.cn"}, PASSWORD, "security"),
        ({"username": "other"}, "", "password"),
    ):
        with pytest.raises(Refused) as refused:
            actions.keep(ctx, MailBox(**facts | change), password)
        assert refused.value.code == code
    with pytest.raises(Refused) as refused:
        actions.keep(by(place.dispatcher), MailBox(**facts), PASSWORD)
    assert refused.value.status == 403


def test_a_server_that_is_away_shows_on_the_page_and_the_password_does_not(place: Place, mailbox: MailBox) -> None:
    MailBox.objects.update(port=1)
    assert not actions.look(timezone.now())
    desk = Client()
    desk.force_login(place.administrator.login)
    page = desk.get("/desk/mailbox").content.decode()
    assert "收信服务器没有应答" in page
    assert PASSWORD not in page
    assert PASSWORD.encode() not in bytes(MailBox.objects.get().password)
    desk.post("/desk/mailbox", {"drop": "1"})
    assert not MailBox.objects.exists()


def test_the_environment_says_it_where_nothing_is_kept(
    place: Place, port: int, imap: imaplib.IMAP4, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIUCHI_IMAP", "imaps://a%40b:se%3Acret@imap.example.cn/INBOX")
    found = actions.mailbox()
    assert found is not None
    assert actions.where(found) == box.Where("imap.example.cn", 993, "tls", "a@b", "se:cret")
    assert actions.look(timezone.now()) is False  # away: no error
