"""Every write at the counter but errands: services, numbers, calls, appointments."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from liuchi.kernel.context import Context, system
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.outbox.slowing import slow_down
from liuchi.kernel.outbox.tokens import digest_of
from liuchi.kernel.records import actions as records
from liuchi.places.actions.acting import acting
from liuchi.places.counter import rules
from liuchi.places.counter.models import Appointment, Counter, Matter, Ticket
from liuchi.places.counter.shared import digest, locked

PER_MINUTE = 60  # numbers that one address may take in a minute: a whole hall may share one


def open_counter(ctx: Context, **said: object) -> Counter:
    """A new counter, with the columns of the model. Raises Refused(403)."""
    area = said["area"]
    ctx = acting(ctx, "counter.edit", area)  # type: ignore[arg-type]
    with transaction.atomic():
        counter = Counter(record=records.create("counter", area_id=area.pk), **said)  # type: ignore[attr-defined]
        counter.save(force_insert=True)
        journal.write(ctx, counter.record, "counter.opened", {"windows": counter.windows})
    return counter


@dataclass(slots=True)
class Said:
    """What somebody says of a service of the counter."""

    name: str
    group: str = ""
    for_whom: str = ""
    bring: list[str] = field(default_factory=list)
    for_others: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    takes: str = ""
    fee: str = ""
    help: str = ""
    at_home: bool = False
    minutes: int = 10
    closed: bool = False


def set_matter(ctx: Context, counter: Counter, said: Said, matter: Matter | None = None) -> Matter:
    """Enters or changes a service. Raises Refused("name" | "double")."""
    ctx = acting(ctx, "counter.edit", counter)
    said.name = " ".join(said.name.split())[:60]
    if not said.name:
        raise Refused("name", _("Please enter a name."), field="name")
    same = Matter.objects.filter(counter=counter, name=said.name)
    if (same.exclude(pk=matter.pk) if matter else same).exists():
        raise Refused("double", _("There is already a service of this name."), field="name", status=409)
    matter = matter or Matter(counter=counter)
    for name in Said.__dataclass_fields__:
        value = getattr(said, name)
        setattr(
            matter, name, [line.strip()[:120] for line in value if line.strip()] if isinstance(value, list) else value
        )
    with transaction.atomic():
        counter.record.refresh_from_db(fields=["version"])
        matter.save()
        journal.write(ctx, counter.record, "counter.service_set", {"service": matter.pk})
    return matter


def take_number(
    ctx: Context,
    counter_id: UUID,
    matter_id: int | None = None,
    *,
    sender: str = "",
    appointment: Appointment | None = None,
) -> tuple[Ticket, str]:
    """A number for today, and the code that follows it (told once, kept as a digest). Nobody's name is on it.

    Raises Refused("closed") outside of opening hours.
    """
    if sender:
        slow_down(digest_of(f"counter:{sender}"), PER_MINUTE, ctx.at)
    with transaction.atomic():
        counter = locked(counter_id)
        if not rules.is_open(counter.opens, counter.closes, counter.weekdays, ctx.at):
            raise Refused("closed", _("The counter is closed now. You can make an appointment."), status=409)
        matter = Matter.objects.filter(pk=matter_id, counter=counter, closed=False).first() if matter_id else None
        day = rules.local_day(ctx.at)
        last = Ticket.objects.filter(counter=counter, day=day).aggregate(top=Max("number"))["top"] or 0
        code = secrets.token_urlsafe(9)
        first = appointment is not None and rules.goes_first(appointment.start, ctx.at)
        ticket = Ticket.objects.create(
            counter=counter, day=day, number=last + 1, digest=digest(code), matter=matter or (appointment.matter if appointment else None),
            appointment=appointment, taken_at=ctx.at, rank=min(appointment.start, ctx.at) if first and appointment else ctx.at,
        )  # fmt: skip
    return ticket, code


def arrive(ctx: Context, appointment_id: int) -> tuple[Ticket, str]:
    """A number for who has an appointment: it goes first around the time. Raises Refused("not_yours" | "day" | "twice")."""
    mine = Appointment.objects.filter(pk=appointment_id, person=ctx.person, cancelled_at=None).first()
    if mine is None:
        raise Refused("not_yours", _("There is no such appointment."), status=404)
    if rules.local_day(mine.start) != rules.local_day(ctx.at):
        raise Refused("day", _("Your appointment is on another day."), status=409)
    try:
        return take_number(ctx, mine.counter_id, appointment=mine)
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


def appoint(ctx: Context, counter_id: UUID, matter_id: int, start: datetime) -> Appointment:
    """An appointment for the acting person. Twice stays one; a half hour has so many places and no more.

    Raises Refused("sign_in" | "matter" | "time" | "full" | "many").
    """
    if ctx.person is None:
        raise Refused("sign_in", _("Please sign in first."), status=401)
    with transaction.atomic():
        counter = locked(counter_id)
        matter = Matter.objects.filter(pk=matter_id, counter=counter, closed=False).first()
        if matter is None:
            raise Refused("matter", _("Please choose what it is about."), field="matter")
        day = rules.local_day(start)
        ahead = (day - rules.local_day(ctx.at)).days
        if day.weekday() not in counter.weekdays or start not in rules.starts(counter.opens, counter.closes, day):
            raise Refused("time", _("The counter is closed at that time. Please choose another."), field="start")
        if start <= ctx.at or ahead > rules.APPOINTED_AHEAD:
            raise Refused("time", _("Please choose a time within the next two weeks."), field="start")
        open_ = Appointment.objects.filter(counter=counter, cancelled_at=None)
        if mine := open_.filter(start=start, person_id=ctx.person).first():
            return mine
        if open_.filter(person_id=ctx.person, start__gt=ctx.at).count() >= rules.MOST_AHEAD:
            raise Refused("many", _("You have two appointments ahead. Cancel one that you do not need."), status=409)
        place = rules.free_place(counter.places, list(open_.filter(start=start).values_list("place", flat=True)))
        if place is None:
            raise Refused(
                "full", _("Somebody was faster: this time is full. Please choose another."), "start", status=409
            )
        mine = Appointment.objects.create(
            counter=counter, matter=matter, person_id=ctx.person, start=start, place=place, made_at=ctx.at
        )
        facts = {"appointment": mine.pk, "start": start.isoformat()}
        journal.write(ctx, counter.record, "counter.appointed", facts)
    return mine


def cancel_appointment(ctx: Context, appointment_id: int) -> None:
    """Gives the time free. Twice stays once."""
    with transaction.atomic():
        mine = Appointment.objects.select_for_update().filter(pk=appointment_id, person=ctx.person).first()
        if mine is None:
            raise Refused("not_yours", _("There is no such appointment."), status=404)
        if mine.cancelled_at is None:
            mine.cancelled_at = ctx.at
            mine.save(update_fields=["cancelled_at"])
            counter = locked(mine.counter_id)
            journal.write(ctx, counter.record, "counter.appointment_cancelled", {"appointment": mine.pk})


def find_ticket(code: str) -> Ticket | None:
    """The number of a code."""
    return Ticket.objects.select_related("counter__area", "matter").filter(digest=digest(code)).first()


def remind_due(at: datetime) -> None:
    """The evening before, from six on, who has an appointment is reminded once. For the worker's tick."""
    here = at.astimezone(rules.PLACE_ZONE)
    if here.hour < 18:
        return
    ctx, first = system(at), rules.moment(here.date() + timedelta(days=1), datetime.min.time())
    due = Appointment.objects.filter(
        start__gte=first, start__lt=first + timedelta(days=1), cancelled_at=None, reminded_at=None
    )
    for pk, counter_id in due.values_list("pk", "counter_id")[:500]:
        with transaction.atomic():
            counter = locked(counter_id)
            if Appointment.objects.filter(pk=pk, reminded_at=None).update(reminded_at=at):
                journal.write(ctx, counter.record, "counter.tomorrow", {"appointment": pk})


def forget_due(at: datetime) -> None:
    """Numbers of past days are counted elsewhere and deleted after a month; so are past appointments. For the worker's tick."""
    old = at - timedelta(days=30)
    Ticket.objects.filter(day__lt=rules.local_day(old)).delete()
    Appointment.objects.filter(start__lt=old).delete()


def _check_window(counter: Counter, window: int) -> None:
    if not 1 <= window <= counter.windows:
        raise Refused("window", _("Please choose your window."), status=409)


def secret_digest() -> bytes:
    """The digest of a code that nobody gets: of numbers given out on paper."""
    return digest(secrets.token_urlsafe(9))
