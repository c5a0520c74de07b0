"""Reading the mailbox: each letter once, in one transaction with its request and its answer; marked as read only after."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import logging
import os
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import unquote, urlsplit
from uuid import UUID, uuid5

from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from liuchi.cases import rules as cases
from liuchi.cases import words
from liuchi.cases.actions.report import Said, Taken, report
from liuchi.cases.actions.reporter import LONGEST_WORDS, add
from liuchi.cases.mailbox import rules
from liuchi.cases.mailbox.box import Box, Unreachable, Where, opened
from liuchi.cases.models import Case, MailBox, MailLetter
from liuchi.cases.pasting.rules import contact_in
from liuchi.kernel import context, crypto
from liuchi.kernel.context import Context
from liuchi.kernel.delivery.actions import send_mail
from liuchi.kernel.errors import Refused
from liuchi.kernel.keys import key_file
from liuchi.kernel.media import actions as media
from liuchi.kernel.outbox.slowing import slow_down
from liuchi.people.acting import acting
from liuchi.territory import queries as territory

logger = logging.getLogger(__name__)
AT_ONCE = 20
AWAITED = 500
LETTERS_AN_HOUR = 10  # of one sender; the others wait in the mailbox for the next hour
DAYS = 400
_SPACE = UUID("0d0f5b0a-9c1e-5a53-8f07-6a9f3c1a7f10")


def mailbox() -> MailBox | None:
    """The one that is set on the page, else that of the environment: LIUCHI_IMAP=imaps://name:password@host:993/INBOX."""
    held = MailBox.objects.first()
    if held is not None:
        return held
    said = urlsplit(os.environ.get("LIUCHI_IMAP", ""))
    if not said.hostname or said.scheme not in ("imap", "imaps"):
        return None
    name = unquote(said.username or "")
    made = MailBox(
        host=said.hostname, port=said.port or (993 if said.scheme == "imaps" else 143), username=name, address=name,
        security="tls" if said.scheme == "imaps" else "starttls", folder=unquote(said.path.strip("/")) or "INBOX",
    )  # fmt: skip
    made.password = _closed(unquote(said.password or ""))
    return made


def keep(ctx: Context, said: MailBox, password: str = "") -> MailBox:
    """Keeps how the mailbox is reached, after it was opened once. An empty password: the one that is kept. Raises Refused."""
    from liuchi.cases.mailbox.words import PROBLEMS

    ctx = acting(ctx, "cases.mailbox")
    held = MailBox.objects.first()
    if said.security == "plain" and said.host not in ("localhost", "127.0.0.1", "::1"):
        raise Refused("security", _("Without encryption a password would travel in the open."), field="security")
    if password:
        said.password = _closed(password)
    elif held is not None and (held.host, held.username) == (said.host, said.username):
        said.password = bytes(held.password)
    else:
        raise Refused("password", _("Type the password; it is kept encrypted."), field="password")
    try:
        with opened(where(said)) as box:
            box.unread()
    except Unreachable as error:
        raise Refused(error.word, str(PROBLEMS[error.word]), field=_AT.get(error.word, "host"))
    with transaction.atomic():
        said.pk = held.pk if held else None
        said.looked_at, said.problem = ctx.recorded_at, ""
        said.save()
    return said


_AT = {"login": "password", "folder": "folder"}


def drop(ctx: Context) -> None:
    """Forgets the mailbox with its password; what came stays."""
    acting(ctx, "cases.mailbox")
    MailBox.objects.all().delete()


def where(box: MailBox) -> Where:
    password = crypto.decrypt(box.password, "cases.mailbox")
    return Where(box.host, box.port, box.security, box.username, password, box.folder, box.done_folder)


def _closed(password: str) -> bytes:
    return crypto.encrypt(password, "cases.mailbox")


def look(at: datetime) -> bool:
    """Reads what is unread; True if there may be more. For the worker's tick."""
    held = mailbox()
    if held is None or not held.on:
        return False
    problem, more = "", False
    try:
        with opened(where(held)) as box:
            read = 0
            for uid in _in_turn(box):
                if read == AT_ONCE:
                    break
                read += _one(box, held, uid, at)
            more = read == AT_ONCE
    except Unreachable as error:
        problem = error.word
    if held.pk:
        MailBox.objects.filter(pk=held.pk).update(looked_at=at, problem=problem)
    return more


def _in_turn(box: Box) -> list[str]:
    """The unread letters in the order in which they are read: the first of each sender before the second of any, so that
    whoever sends hundreds holds up nobody."""
    uids = box.unread()[:AWAITED]
    senders, count = box.senders(uids), Counter[str]()
    turns = []
    for uid in uids:
        count[senders.get(uid, "")] += 1
        turns.append((count[senders.get(uid, "")], int(uid)))
    return [str(uid) for _turn, uid in sorted(turns)[: 5 * AT_ONCE]]


def _one(box: Box, held: MailBox, uid: str, at: datetime) -> bool:
    """Reads one letter; whether it is done with. One that can't be read holds up no other."""
    if box.size(uid) > rules.MOST_BYTES:
        box.done(uid)
        _note(crypto.blind_index("mail", f"{held.host} {held.folder} {uid}"), "too_large", at)
        return True
    data = box.letter(uid)
    if data is None:
        return True
    try:
        take(replace(context.system(at, channel="mail"), recorded_at=at), data, held.address)
    except DatabaseError:
        raise  # locked or away for a moment: the letter waits
    except Exception as error:
        if isinstance(error, Refused) and error.code == "slow_down":
            return False  # it waits in the mailbox
        logger.warning("a letter could not be taken", exc_info=True)
        _note(_digest(data, rules.read(data).id), "refused", at)
        box.flag(uid)
        return True
    box.done(uid)
    return True


def _digest(data: bytes, said: str = "") -> bytes:
    """By which a letter is known again; one without a Message-ID by all of it."""
    return crypto.blind_index("letter", said or hashlib.sha256(data).hexdigest())


def _note(digest: bytes, word: str, at: datetime) -> None:
    MailLetter.objects.get_or_create(digest=digest, defaults={"word": word, "read_at": at})


def take(ctx: Context, data: bytes, own_address: str = "") -> str:
    """Makes of a letter what it is: a request, words for one, or nothing. The word for it; ``again`` the second time.

    Raises Refused: ``slow_down`` where its sender wrote too often, and what the report refuses.
    """
    letter = rules.read(data)
    digest = _digest(data, letter.id)
    if MailLetter.objects.filter(digest=digest).exists():
        return "again"
    if letter.machine or letter.sender == own_address.strip().lower():
        _note(digest, "machine", ctx.recorded_at)
        return "machine"
    if not rules.whole(letter) and not letter.pictures:
        _note(digest, "empty", ctx.recorded_at)
        return "empty"
    sender = crypto.blind_index("mail", letter.sender).hex()[:32]
    slow_down(f"letter {sender}", LETTERS_AN_HOUR, ctx.recorded_at, minutes=60)
    # The keys of its pictures follow from the letter: sent for the second time they are the same uploads.
    keys, broken = _pictures(ctx, digest, letter)
    letter.left += broken
    at = min(letter.at or ctx.recorded_at, ctx.recorded_at)
    ctx = replace(ctx, at=max(at, ctx.recorded_at - timedelta(days=90)))
    try:
        with transaction.atomic():
            MailLetter.objects.create(
                digest=digest, word="new", read_at=ctx.recorded_at
            )  # of two readers at once one waits here, and then finds it
            case = _answered_case(letter, data)
            if case is not None:
                word = _add(ctx, case, letter, keys)
            else:
                word, case = "new", _report(ctx, letter, keys)
            MailLetter.objects.filter(digest=digest).update(word=word, case=case)
    except IntegrityError:
        if MailLetter.objects.filter(digest=digest).exists():
            return "again"
        raise
    return word


def _pictures(ctx: Context, digest: bytes, letter: rules.Letter) -> tuple[list[UUID], list[str]]:
    keys: list[UUID] = []
    broken: list[str] = []
    for at, picture in enumerate(letter.pictures):
        key = uuid5(_SPACE, f"{digest.hex()} {at}")
        try:
            media.receive(ctx, key, "photo", io.BytesIO(picture), len(picture))
            keys.append(key)
        except Refused:
            broken.append(_("picture %(number)s") % {"number": at + 1})
    return keys, broken


def _report(ctx: Context, letter: rules.Letter, keys: list[UUID]) -> Case:
    text = rules.whole(letter)[: rules.MOST_SIGNS]
    root = territory.root()
    near = (root.lon, root.lat) if root and root.lon is not None and root.lat is not None else None
    places = territory.places_named(text, near, 1) if text else []
    taken = report(
        ctx,
        Said(
            text=text,
            place_source="search" if places else "none",
            place_id=places[0].pk if places else None,
            place_words=places[0].label if places else "",
            phone=contact_in(text),
            media=keys,
        ),
    )
    _answer(ctx, letter, taken)
    return taken.case


def _answer(ctx: Context, letter: rules.Letter, taken: Taken) -> None:
    case = taken.case
    lines = [
        _("We have your letter. Its number is %(number)s.") % {"number": case.number},
        _("Somebody will look at it by %(when)s.") % {"when": words.moment(case.step_due)},
        _("Receipt, to follow it: %(receipt)s") % {"receipt": taken.receipt},
    ]
    if letter.left:
        lines.append(
            _("Not taken of what you attached: %(names)s. Photos can be sent.") % {"names": rules.names(letter.left)}
        )
    lines += ["", _("If you want to add something, answer this letter and leave its subject as it is.")]
    subject = f"{subject_of(case)} {rules.bare_subject(letter.subject) or _('Your letter')}"
    send_mail(ctx, f"case.letter:{case.pk}", letter.sender, subject[:110], "\n".join(lines))


def subject_of(case: Case) -> str:
    """What the subject of our letters begins with: [LC-2026-11-0417 #k3f9x2a8bc], by which an answer finds its request."""
    return f"[{case.number} #{secret_of(case)}]"


def secret_of(case: Case) -> str:
    """Fifty bits that only who got our letter knows."""
    made = hmac.digest(key_file("outbox.key"), f"letter {case.pk}".encode(), "sha256")
    return base64.b32encode(made).decode().lower()[:10]


def _answered_case(letter: rules.Letter, data: bytes) -> Case | None:
    """The open request that the letter answers to. A closed one is not opened again by a letter: it becomes a new one."""
    found = rules.token_in(letter.subject, rules.recipients(data))
    case = Case.objects.select_related("record").filter(number=found[0]).first() if found else None
    if case is None or found is None or not hmac.compare_digest(found[1], secret_of(case)):
        return None
    return case if case.state in cases.OPEN | {"merged"} else None


def _add(ctx: Context, case: Case, letter: rules.Letter, keys: list[UUID]) -> str:
    said = letter.words or _("(pictures)")
    for start in range(0, len(said), LONGEST_WORDS):
        part = said[start : start + LONGEST_WORDS]
        add(ctx, case.pk, part, by_receipt=True, pictures=keys if start == 0 else ())
    return "added"


def sweep(at: datetime) -> None:
    """Forgets letters that no server sends again. For the worker's tick."""
    MailLetter.objects.filter(read_at__lt=at - timedelta(days=DAYS)).delete()


def counts(at: datetime, days: int = 7) -> dict[str, int]:
    """What became of the letters of the last days, by word."""
    since = at - timedelta(days=days)
    found = MailLetter.objects.filter(read_at__gte=since).values("word").annotate(n=Count("pk")).order_by("-n")
    return {row["word"]: row["n"] for row in found}
