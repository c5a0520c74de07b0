"""Booking a room: once, or at a rhythm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records
from liuchi.kernel.recurrence import rules as recurrence
from liuchi.people.actions.living import living
from liuchi.people.actions.posts import in_term
from liuchi.people.models import Organisation, Post
from liuchi.places.actions.acting import acting
from liuchi.places.rooms import rules
from liuchi.places.rooms.models import Booking, Room, Slot
from liuchi.places.rooms.queries import ahead_of


@dataclass(slots=True)
class Asked:
    """What somebody wants a room for."""

    day: date
    begins: time
    ends: time
    people: int = 1
    purpose: str = ""
    title: str = ""
    unit: Organisation | None = None


def book(ctx: Context, room_id: UUID, asked: Asked) -> Booking:
    """Books a room for the acting person or a unit of theirs. The same twice stays one; two for the same half hour: one.

    Raises Refused("sign_in" | "closed" | "units" | "day" | "time" | "people" | "many" | "taken").
    """
    if ctx.person is None and not ctx.trusted:
        raise Refused("sign_in", _("Please sign in first."), status=401)
    with transaction.atomic():
        if ctx.person:
            living(ctx.person)  # one booking of theirs after the other: the limit holds for two at once, too
        room = _room(room_id)
        _check(ctx, room, asked)
        begins, ends = rules.moment(asked.day, asked.begins), _end(asked)
        same = Booking.objects.filter(
            room=room, person_id=ctx.person, begins=begins, ends=ends, state__in=rules.HOLDS
        ).first()
        if same and ctx.person:
            return same
        if ctx.person and asked.unit is None:
            if ahead_of(ctx.person, ctx.at) >= rules.MOST_AHEAD:
                n = rules.MOST_AHEAD
                said = ngettext("You have %(n)s booking ahead.", "You have %(n)s bookings ahead.", n) % {"n": n}
                raise Refused("many", said + _(" Cancel one if you no longer need it, then book."), status=409)
        _refuse_too_many(ctx, room, asked, 1)
        try:
            with transaction.atomic():
                return _hold(ctx, room, asked, begins, ends)
        except IntegrityError:
            raise Refused("taken", _("Somebody was faster: this time is taken. Please choose another."), status=409)


def book_series(ctx: Context, room_id: UUID, asked: Asked, rule: str, until: date) -> tuple[list[Booking], list[date]]:
    """Books a room for a unit at a rhythm, from the first day until another. Returns what was booked, and the days on which
    the room was taken: those are for the person to decide. Raises as `book`, and Refused("rule" | "until" | "unit" | "none")."""
    if asked.unit is None:
        raise Refused("unit", _("Only units book again and again. Please choose the unit."), field="unit")
    try:
        days = recurrence.days(rule, asked.day, asked.day, until)
    except ValueError:
        raise Refused("rule", _("Please choose how often it recurs."), field="how")
    if not days or len(days) > rules.MOST_IN_SERIES:
        raise Refused("until", _("That is no time or too many. Please choose another last day."), field="until")
    booked, taken, series = [], [], uuid4()
    with transaction.atomic():
        if ctx.person:
            living(ctx.person)
        room = _room(room_id)
        _refuse_too_many(ctx, room, asked, len(days))
        for day in days:
            one = Asked(day, asked.begins, asked.ends, asked.people, asked.purpose, asked.title, asked.unit)
            _check(ctx, room, one, series=True)
            try:
                with transaction.atomic():
                    booked.append(_hold(ctx, room, one, rules.moment(day, one.begins), _end(one), series))
            except IntegrityError:
                taken.append(day)
        if not booked:
            raise Refused("none", _("The room is taken on every one of these days."), status=409)
    return booked, taken


def units_of(person: UUID | None, day: date) -> list[Organisation]:
    """The units for which somebody may book: those in which they hold a post."""
    held = Post.objects.filter(in_term(day), person=person).values("organisation")
    return list(Organisation.objects.filter(pk__in=held, closed_on=None)) if person else []


def _refuse_too_many(ctx: Context, room: Room, asked: Asked, more: int) -> None:
    """A unit holds a room so many times ahead; the office, who looks after the room, as often as it needs."""
    if asked.unit is None or ctx.trusted or _manages(ctx, room):
        return
    ahead = Booking.objects.filter(room=room, unit=asked.unit, ends__gt=ctx.at, state__in=rules.HOLDS).count()
    if ahead + more > rules.MOST_OF_A_UNIT:
        said = _("A unit may have %(n)s bookings of a room ahead. For more, please ask the office that looks after it.")
        raise Refused("many", said % {"n": rules.MOST_OF_A_UNIT}, status=409)


def _room(pk: UUID) -> Room:
    """The room, locked: it is not closed while somebody books it."""
    room = Room.objects.select_for_update(of=("self",)).select_related("area").filter(pk=pk).first()
    if room is None or room.closed_on:
        raise Refused("closed", _("This room can't be booked any more."), status=404)
    return room


def _end(asked: Asked) -> datetime:
    last = rules.moment(asked.day, asked.ends)
    return last if asked.ends != time() else last + timedelta(days=1)


def _check(ctx: Context, room: Room, asked: Asked, series: bool = False) -> None:
    today = rules.local_day(ctx.at)
    trusted = ctx.trusted
    manages = trusted
    if not trusted and (asked.unit or series):
        manages = _manages(ctx, room)
        if asked.unit and not manages and asked.unit not in units_of(ctx.person, today):
            raise Refused("unit", _("You can book for units in which you hold a post."), field="unit", status=403)
    if room.who == "units" and asked.unit is None:
        raise Refused("units", _("This room is for units. Choose the unit for which you book."), field="unit")
    if asked.day < today or _end(asked) <= ctx.at:
        raise Refused("day", _("This time is already over."), field="day")
    if not manages and asked.day > today + timedelta(days=room.ahead):
        n = room.ahead
        raise Refused("day", _("This room can be booked %(n)s days ahead.") % {"n": n}, field="day")
    if asked.day.weekday() not in room.weekdays:
        raise Refused("day", _("The room is closed on that weekday."), field="day")
    fault = rules.fits(asked.begins, asked.ends, room.opens, room.closes, room.longest if not manages else 24)
    if fault:
        raise Refused("time", _fault(fault, room), field="ends" if fault in ("order", "long") else "begins")
    if not 1 <= asked.people <= room.seats:
        raise Refused("people", _("The room has %(n)s seats.") % {"n": room.seats}, field="people")


def _manages(ctx: Context, room: Room) -> bool:
    try:
        acting(ctx, "rooms.manage", room)
    except Refused:
        return False
    return True


def _fault(fault: str, room: Room) -> str:
    if fault == "half":
        return _("Please choose full or half hours.")
    if fault == "order":
        return _("The end must lie after the beginning.")
    if fault == "hours":
        return _("The room is open from %(opens)s to %(closes)s.") % {
            "opens": room.opens.strftime("%H:%M"), "closes": room.closes.strftime("%H:%M"),
        }  # fmt: skip
    return _("At most %(n)s hours at a time, so that others can use it too.") % {"n": room.longest}


def _hold(
    ctx: Context, room: Room, asked: Asked, begins: datetime, ends: datetime, series: UUID | None = None
) -> Booking:
    """Writes the booking and its half hours; IntegrityError where one of them is held."""
    record = records.create("booking", area_id=room.area_id)
    state = "asked" if room.approval and not (ctx.trusted or _manages(ctx, room)) else "booked"
    booking = Booking(
        record=record, room=room, person_id=ctx.person, unit=asked.unit, day=asked.day, begins=begins, ends=ends, state=state,
        people=asked.people, purpose=" ".join(asked.purpose.split())[:200], title=" ".join(asked.title.split())[:60], series=series,
    )  # fmt: skip
    booking.save(force_insert=True)
    Slot.objects.bulk_create([Slot(room=room, start=start, booking=booking) for start in rules.halves(begins, ends)])
    facts = {
        "room": str(room.pk),
        "begins": begins.isoformat(),
        "ends": ends.isoformat(),
        "unit": str(asked.unit.pk) if asked.unit else None,
    }
    journal.write(ctx, record, "booking.asked" if state == "asked" else "booking.made", facts)
    return booking
