"""Telling people: a message inside the house, and mail that is tried again until it is out or visibly stuck."""

from __future__ import annotations

import smtplib
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q

from liuchi.kernel import crypto
from liuchi.kernel.context import Context
from liuchi.kernel.delivery import rules
from liuchi.kernel.delivery.models import Mail, Message

# A worker that dies while sending lets go of its mail after this time.
_CLAIM = timedelta(minutes=10)
_BATCH = 50
_MESSAGE_DAYS = 365
_MAIL_DAYS = 90


def tell(ctx: Context, person_id: UUID, thing: str, title: str, body: str = "", url: str = "") -> None:
    """A message inside the house. A second one for the same thing and person is not made."""
    Message.objects.bulk_create(
        [
            Message(
                person_id=person_id,
                thing=thing,
                title=title[:120],
                body=body[:500],
                url=url,
                written_at=ctx.recorded_at,
            )
        ],
        ignore_conflicts=True,
    )


def mark_read(ctx: Context, person_id: UUID, message_ids: Iterable[UUID] | None = None) -> int:
    """Marks a person's messages as read: those named, or all; returns how many were unread."""
    unread = Message.objects.filter(person_id=person_id, read_at=None)
    if message_ids is not None:
        unread = unread.filter(pk__in=list(message_ids))
    return unread.update(read_at=ctx.at)


def mail_is_on() -> bool:
    """Whether this installation sends mail (``LIUCHI_MAIL``)."""
    return not settings.EMAIL_BACKEND.endswith(".dummy.EmailBackend")


def send_mail(ctx: Context, thing: str, address: str, subject: str, body: str, person_id: UUID | None = None) -> bool:
    """Puts a mail on its way; the worker sends it. False where mail is off or one went out for this thing already."""
    if not mail_is_on():
        return False
    address = address.strip()
    index = crypto.blind_index("mail", address.casefold())
    if Mail.objects.filter(thing=thing, address_index=index).exists():
        return False
    mail = Mail(
        person_id=person_id,
        thing=thing,
        address_index=index,
        subject=" ".join(subject.split())[:120],  # a line break would begin another header
        body=body,
        next_at=ctx.recorded_at,
        made_at=ctx.recorded_at,
    )
    mail.address = crypto.encrypt(address, f"mail:{mail.pk}")
    Mail.objects.bulk_create([mail], ignore_conflicts=True)
    return True


def deliver_due(at: datetime) -> bool:
    """Sends mails that are due; True if there may be more. For the worker's tick.

    A mail is claimed before it is sent, so that two workers never send the same one. One whose worker dies between the
    server's yes and ours goes out again under the same Message-ID, which mail servers and readers know as one.
    """
    if not mail_is_on():
        return False
    open_states = (Mail.State.WAITING, Mail.State.SENDING)
    due = list(Mail.objects.filter(state__in=open_states, next_at__lte=at).order_by("next_at")[:_BATCH])
    if not due:
        return False
    backend = get_connection()
    try:
        for mail in due:
            mine = Mail.objects.filter(pk=mail.pk, state__in=open_states, next_at=mail.next_at)
            if mine.update(state=Mail.State.SENDING, next_at=at + _CLAIM, tries=mail.tries + 1):
                mail.tries += 1
                _send(mail, backend, at)
    finally:
        backend.close()
    return len(due) == _BATCH


def _send(mail: Mail, backend: BaseEmailBackend, at: datetime) -> None:
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">")
    try:
        EmailMessage(
            mail.subject,
            mail.body,
            to=[crypto.decrypt(mail.address, f"mail:{mail.pk}")],
            headers={"Message-ID": f"<{mail.pk}@{host}>"},
            connection=backend,
        ).send()
    except Exception as error:  # whatever the mail server or the network does, the mail is kept
        backend.close()  # the connection may be in any state: the next mail opens its own
        pause = None if _is_final(error) else rules.next_try(mail.tries)
        mail.problem = _problem(error)
        mail.state = Mail.State.WAITING if pause else Mail.State.STUCK
        mail.next_at = at + (pause or timedelta())
    else:
        mail.state, mail.sent_at, mail.problem = Mail.State.SENT, at, ""
    mail.save(update_fields=["state", "next_at", "problem", "sent_at"])


def _is_final(error: Exception) -> bool:
    """Whether the server said that this address will never work (RFC 5321: 5xx), so that trying again only annoys."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in error.recipients.values())
    return isinstance(error, crypto.CryptoError)


def _problem(error: Exception) -> str:
    """What went wrong, without the address that servers like to repeat."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = sorted({str(code) for code, _words in error.recipients.values()})
        return f"SMTPRecipientsRefused {' '.join(codes)}"
    code = getattr(error, "smtp_code", None) or getattr(error, "errno", None)
    return f"{type(error).__name__} {code or ''}".strip()


def try_again(ctx: Context, mail_ids: Iterable[UUID]) -> int:
    """Sends stuck mails anew, after somebody has put right what was wrong; returns how many."""
    with transaction.atomic():
        return Mail.objects.filter(pk__in=list(mail_ids), state=Mail.State.STUCK).update(
            state=Mail.State.WAITING, tries=0, next_at=ctx.recorded_at
        )


def forget_person(person_id: UUID) -> None:
    """Deletes what was sent to a person: part of erasing the person."""
    Message.objects.filter(person_id=person_id).delete()
    Mail.objects.filter(person_id=person_id).delete()


def sweep(at: datetime) -> None:
    """Deletes old messages and sent mails: what they told stands in the journal. For the worker's tick."""
    Message.objects.filter(written_at__lt=at - timedelta(days=_MESSAGE_DAYS)).delete()
    Mail.objects.filter(Q(state=Mail.State.SENT) & Q(made_at__lt=at - timedelta(days=_MAIL_DAYS))).delete()
