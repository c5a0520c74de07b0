"""Numbers: taken, called, served or passed over."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.outbox.slowing import slow_down
from liuchi.kernel.outbox.tokens import digest_of
from liuchi.places.actions.acting import acting
from liuchi.places.counter import rules
from liuchi.places.counter.hours import is_open
from liuchi.places.counter.models import Appointment, Counter, Matter, Ticket
from liuchi.places.counter.presence import is_word
from liuchi.places.counter.shared import digest, locked

PER_MINUTE = 60  # numbers that one address may take in a minute: a whole hall may share one
WORDS_PER_MINUTE = 12  # and words of the hall that it may try; most come with the QR of the screen


def take_number(
    ctx: Context,
    counter_id: UUID,
    matter_id: int | None = None,
    *,
    sender: str = "",
    word: str = "",
    appointment: Appointment | None = None,
) -> tuple[Ticket, str]:
    """A number for today, and the code that follows it (told once, kept as a digest). Nobody's name is on it.

    sender: the address of a phone, none at the desk; word: of the hall, where the counter asks phones for it.
    Raises Refused("closed") outside of opening hours, Refused("word").
    """
    if sender:
        slow_down(digest_of(f"counter:{sender}"), PER_MINUTE, ctx.at)
        _check_word(ctx, counter_id, sender, word)
    with transaction.atomic():
        counter = locked(counter_id)
        if not is_open(counter, ctx.at):
            raise Refused("closed", _("The counter is closed now. You can make an appointment."), status=409)
        matter = Matter.objects.filter(pk=matter_id, counter=counter, closed=False).first() if matter_id else None
        day = rules.local_day(ctx.at)
        last = Ticket.objects.filter(counter=counter, day=day).aggregate(top=Max("number"))["top"] or 0
        if last >= rules.MOST_A_DAY:
            raise Refused("many", _("All numbers of today are given out. Please make an appointment."), status=409)
        code = secrets.token_urlsafe(9)
        first = appointment is not None and rules.goes_first(appointment.start, ctx.at)
        ticket = Ticket.objects.create(
            counter=counter, day=day, number=last + 1, digest=digest(code), matter=matter or (appointment.matter if appointment else None),
            appointment=appointment, taken_at=ctx.at, rank=min(appointment.start, ctx.at) if first and appointment else ctx.at,
        )  # fmt: skip
    return ticket, code


def arrive(ctx: Context, appointment_id: int, *, sender: str = "", word: str = "") -> tuple[Ticket, str]:
    """A number for who has an appointment: it goes first around the time. Raises Refused("not_yours" | "day" | "twice"), and
    as `take_number`."""
    mine = Appointment.objects.filter(pk=appointment_id, person=ctx.person, cancelled_at=None).first()
    if mine is None:
        raise Refused("not_yours", _("There is no such appointment."), status=404)
    if rules.local_day(mine.start) != rules.local_day(ctx.at):
        raise Refused("day", _("Your appointment is on another day."), status=409)
    try:
        return take_number(ctx, mine.counter_id, appointment=mine, sender=sender, word=word)
    except IntegrityError:
        raise Refused("twice", _("You already have a number for this appointment."), status=409)


def call_next(ctx: Context, counter_id: UUID, window: int) -> Ticket | None:
    """Calls the next number to a window; who was there before is served. Two clerks at once never call the same one."""
    with transaction.atomic():
        counter = locked(counter_id)
        acting(ctx, "counter.serve", counter)
        _check_window(counter, window)
        day = rules.local_day(ctx.at)
        Ticket.objects.filter(counter=counter, day=day, window=window, state="called").update(
            state="done", ended_at=ctx.at
        )
        waiting = Ticket.objects.filter(counter=counter, day=day, state="waiting")
        ticket = waiting.order_by("rank", "number").first()
        if ticket:
            ticket.state, ticket.window, ticket.called_at = "called", window, ctx.at
            ticket.save(update_fields=["state", "window", "called_at"])
    return ticket


def call_again(ctx: Context, ticket_id: int) -> Ticket:
    """The number on the screen of the hall is called once more. Raises Refused("state") when it is not being called."""
    with transaction.atomic():
        ticket = Ticket.objects.select_for_update().filter(pk=ticket_id).first()
        if ticket is None:
            raise Refused("not_found", _("There is no such number."), status=404)
        acting(ctx, "counter.serve", ticket.counter)
        if ticket.state != "called":
            raise Refused("state", _("This number is not being called."), status=409)
        ticket.called_at = ctx.at
        ticket.save(update_fields=["called_at"])
    return ticket


def end_call(ctx: Context, ticket_id: int, how: str) -> Ticket:
    """Served, or passed over because nobody came; one passed over can be called back (``waiting``: next in the queue)."""
    with transaction.atomic():
        ticket = Ticket.objects.select_for_update().filter(pk=ticket_id).first()
        if ticket is None or how not in ("done", "passed", "waiting"):
            raise Refused("not_found", _("There is no such number."), status=404)
        acting(ctx, "counter.serve", ticket.counter)
        if (how == "waiting") != (ticket.state == "passed"):
            if ticket.state == how:
                return ticket
            if ticket.state != "called":
                raise Refused("state", _("This number is not being called."), status=409)
        ticket.state = how
        ticket.ended_at = None if how == "waiting" else ctx.at
        ticket.save(update_fields=["state", "ended_at"])
    return ticket


def find_ticket(code: str) -> Ticket | None:
    """The number of a code."""
    return Ticket.objects.select_related("counter__area", "matter").filter(digest=digest(code)).first()


def _check_word(ctx: Context, counter_id: UUID, sender: str, word: str) -> None:
    if not Counter.objects.filter(pk=counter_id, asks_word=True).exists():
        return
    if not word.strip():
        raise Refused("word", _("Please enter today's word. It is shown in the hall."), field="word")
    slow_down(digest_of(f"hall word:{sender}"), WORDS_PER_MINUTE, ctx.at)
    if not is_word(counter_id, word, ctx.at):
        raise Refused("word", _("This is not today's word. Please look again in the hall."), field="word")


def _check_window(counter: Counter, window: int) -> None:
    if not 1 <= window <= counter.windows:
        raise Refused("window", _("Please choose your window."), status=409)


def secret_digest() -> bytes:
    """The digest of a code that nobody gets: of numbers given out on paper."""
    return digest(secrets.token_urlsafe(9))
