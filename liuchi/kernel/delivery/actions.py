"""Telling people: a message inside the house, and what is tried again until it is out or visibly stuck."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

from django.db import transaction

from liuchi.kernel import crypto
from liuchi.kernel.context import Context
from liuchi.kernel.delivery import channels, rules
from liuchi.kernel.delivery.channels import Failed, Send
from liuchi.kernel.delivery.mail import is_on as mail_is_on
from liuchi.kernel.delivery.models import Message, Sending

__all__ = ["deliver_due", "forget_person", "mail_is_on", "mark_read", "send", "send_mail", "tell", "try_again"]

logger = logging.getLogger(__name__)

# A worker that dies while sending lets go of what it has after this time.
_CLAIM = timedelta(minutes=10)
_BATCH = 50
# The worker has more to do than to wait for others' servers: what a round does not reach is the next one's. In seconds.
_LONGEST = 20


def tell(ctx: Context, person_id: UUID, thing: str, title: str, body: str = "", url: str = "") -> bool:
    """A message inside the house; whether it is new: a second one for the same thing and person is not made."""
    message = Message(
        person_id=person_id, thing=thing, title=title[:120], body=body[:500], url=url, written_at=ctx.recorded_at
    )
    Message.objects.bulk_create([message], ignore_conflicts=True)
    return Message.objects.filter(pk=message.pk).exists()


def mark_read(ctx: Context, person_id: UUID, message_ids: Iterable[UUID] | None = None) -> int:
    """Marks a person's messages as read: those named, or all; returns how many were unread."""
    unread = Message.objects.filter(person_id=person_id, read_at=None)
    if message_ids is not None:
        unread = unread.filter(pk__in=list(message_ids))
    return unread.update(read_at=ctx.at)


def send_mail(ctx: Context, thing: str, address: str, subject: str, body: str, person_id: UUID | None = None) -> bool:
    """Puts a mail on its way. False where mail is off or one went out for this thing already."""
    return send(ctx, "mail", thing, address, subject, body, person_id=person_id)


def send(
    ctx: Context,
    channel: str,
    thing: str,
    address: str,
    subject: str,
    body: str = "",
    *,
    url: str = "",
    short: str = "",
    person_id: UUID | None = None,
    rest: Sequence[str] = (),
) -> bool:
    """Puts something on its way; the worker sends it. False where the channel is off or this address has the thing already.

    rest: the channels that may bring it if this one can't. short: what a text message says instead of the subject.
    """
    if not channels.is_on(channel):
        return False
    address = address.strip()
    index = crypto.blind_index(channel, address.casefold())
    if Sending.objects.filter(thing=thing, address_index=index).exists():
        return False
    one = Sending(
        channel=channel,
        person_id=person_id,
        thing=thing,
        address_index=index,
        subject=" ".join(subject.split())[:120],  # a line break would begin another header
        body=body,
        url=url,
        short=" ".join(short.split())[:120],
        rest=list(rest),
        next_at=ctx.recorded_at,
        made_at=ctx.recorded_at,
    )
    one.address = crypto.encrypt(address, f"{channel}:{one.pk}")
    Sending.objects.bulk_create([one], ignore_conflicts=True)
    return True


def deliver_due(at: datetime) -> bool:
    """Sends what is due; True if there may be more. For the worker's tick.

    Each is claimed before it is sent, so that two workers never send the same one; what a worker that died had claimed is
    let go after a while and goes out again.
    """
    open_states = (Sending.State.WAITING, Sending.State.SENDING)
    found = Sending.objects.filter(state__in=open_states, next_at__lte=at, channel__in=channels.names_on())
    due = list(found.order_by("next_at")[:_BATCH])
    late = monotonic() + _LONGEST
    with ExitStack() as stack:
        opened: dict[str, Send] = {}
        for one in due:
            if monotonic() > late:
                return True
            mine = Sending.objects.filter(pk=one.pk, state__in=open_states, next_at=one.next_at)
            if not mine.update(state=Sending.State.SENDING, next_at=at + _CLAIM, tries=one.tries + 1):
                continue
            one.tries += 1
            if one.channel not in opened:
                opened[one.channel] = stack.enter_context(channels.get(one.channel).opened())
            _send(one, opened[one.channel], at)
    return len(due) == _BATCH


def _send(one: Sending, send_one: Send, at: datetime) -> None:
    try:
        send_one(one)
    except Exception as error:
        failed = error if isinstance(error, Failed) else Failed(type(error).__name__)
        if failed is not error:  # a fault of ours: nothing of it may hold up the others, and nothing is lost
            logger.exception("%s %s could not be sent", one.channel, one.pk)
        pause = None if failed.final else rules.next_try(one.tries, another_way=bool(one.rest))
        one.problem = failed.problem
        one.state = Sending.State.WAITING if pause else Sending.State.STUCK
        one.next_at = at + (pause or timedelta())
        gone = failed.gone
    else:
        one.state, one.sent_at, one.problem, gone = Sending.State.SENT, at, "", False
    with transaction.atomic():
        if one.state == Sending.State.STUCK:
            elsewhere = bool(one.rest) and channels.went_another_way(one, at)
            if elsewhere or gone:
                one.state = Sending.State.PASSED
        one.save(update_fields=["state", "next_at", "problem", "sent_at"])


def try_again(ctx: Context, ids: Iterable[UUID]) -> int:
    """Sends what is stuck anew, after somebody has put right what was wrong; returns how many."""
    with transaction.atomic():
        return Sending.objects.filter(pk__in=list(ids), state=Sending.State.STUCK).update(
            state=Sending.State.WAITING, tries=0, next_at=ctx.recorded_at
        )


def forget_person(person_id: UUID) -> None:
    """Deletes what was sent to a person: part of erasing the person."""
    Message.objects.filter(person_id=person_id).delete()
    Sending.objects.filter(person_id=person_id).delete()
