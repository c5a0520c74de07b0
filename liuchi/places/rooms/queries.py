"""Reads: rooms, when they are free, a day and a week of all of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from liuchi.places.rooms import rules
from liuchi.places.rooms.models import Booking, Room, Slot

if TYPE_CHECKING:
    from liuchi.people.access import Actor

SHOWN = 40


def seen_by(actor: Actor, ability: str = "rooms.see") -> QuerySet[Room]:
    """The rooms of the areas of somebody's posts."""
    return Room.objects.filter(actor.q(ability, area="area__first"), closed_on=None).select_related("area", "record")


def bookings_seen_by(actor: Actor, ability: str = "rooms.see") -> QuerySet[Booking]:
    """Their bookings."""
    visible = actor.q(ability, area="room__area__first")
    return Booking.objects.filter(visible).select_related("room__area", "record", "person", "unit")


def taken_on(rooms: list[Room], day: date) -> dict[UUID, set[int]]:
    """Room -> half hours of a day that are held; nothing about by whom."""
    begins, ends = rules.moment(day, rules.clock(0)), rules.moment(day + timedelta(days=1), rules.clock(0))
    held: dict[UUID, set[int]] = defaultdict(set)
    for room, start in Slot.objects.filter(room__in=rooms, start__gte=begins, start__lt=ends).values_list(
        "room_id", "start"
    ):
        held[room].add(rules.half_of(start, day))
    return held


@dataclass(slots=True)
class Bar:
    """A day of a room as a picture: (x, width, taken) in half hours from its opening; x of now."""

    width: int
    first: int
    pieces: list[tuple[int, int, bool]] = field(default_factory=list)
    now: int | None = None


def bar(room: Room, taken: set[int], now: datetime, day: date) -> Bar:
    """The bar of a day."""
    first, last = rules.span(room.opens, room.closes)
    cut = rules.pieces(first, last, [(begin, end, True) for begin, end in rules.runs(taken)])
    half = rules.half_of(now, day)
    drawn = Bar(last - first, first, [(piece.first - first, piece.length, piece.by is not None) for piece in cut])
    drawn.now = half - first if first <= half < last else None
    return drawn


def how_it_stands(room: Room, taken: set[int], now: datetime) -> tuple[str, str]:
    """(words, tone): free until when, taken until when, closed."""
    today = rules.local_day(now)
    first, last = rules.span(room.opens, room.closes)
    half = rules.half_of(now, today)
    if today.weekday() not in room.weekdays or half >= last:
        return _("closed for today"), ""
    if half < first:
        free = next((one for one in range(first, last) if one not in taken), None)
        return (
            (_("free from %(time)s") % {"time": _clock(free)}, "info")
            if free is not None
            else (_("taken all day"), "warn")
        )
    if half in taken:
        free = next((one for one in range(half, last) if one not in taken), None)
        if free is None:
            return _("taken until it closes"), "warn"
        return _("taken until %(time)s") % {"time": _clock(free)}, "warn"
    end = next((one for one in range(half, last) if one in taken), last)
    return _("free now until %(time)s") % {"time": _clock(end)}, "ok"


def _clock(half: int) -> str:
    at = rules.clock(half)
    return "24:00" if half == 48 else f"{at.hour}:{at.minute:02}"


def starts(room: Room, day: date, now: datetime) -> list[tuple[str, str, int]]:
    """Where a booking may begin on a day: (value, words, half hours that are free from there on)."""
    if day.weekday() not in room.weekdays:
        return []
    first, last = rules.span(room.opens, room.closes)
    earliest = rules.half_of(now, day) if day == rules.local_day(now) else 0
    found = rules.free_starts(first, last, taken_on([room], day)[room.pk], earliest)
    return [(rules.clock(half).strftime("%H:%M"), _clock(half), min(run, room.longest * 2)) for half, run in found]


def own_starts(person: UUID | None, room: Room, day: date) -> list[tuple[str, str, int]]:
    """The same of what the person has booked there already, each as long as it is."""
    held = room.bookings.filter(day=day, person=person, state__in=rules.HOLDS) if person else []
    spans = [(rules.half_of(one.begins, day), rules.half_of(one.ends, day)) for one in held]
    return [(rules.clock(first).strftime("%H:%M"), _clock(first), last - first) for first, last in spans]


def ahead_of(person: UUID, at: datetime) -> int:
    """How many bookings of their own somebody has ahead; those for units are not counted."""
    return Booking.objects.filter(person=person, unit=None, ends__gt=at, state__in=rules.HOLDS).count()


def public_events(room: Room, day: date) -> list[Booking]:
    """What is public on a day: only that has a name for others."""
    return list(room.bookings.filter(day=day, state="booked").exclude(title="").order_by("begins"))


def mine(person: UUID, at: datetime) -> list[Booking]:
    """Somebody's bookings that are not over, and what was refused or cancelled for one that lies ahead."""
    ahead = Booking.objects.filter(person=person, ends__gt=at).exclude(state="cancelled", why="")
    return list(ahead.select_related("room__area", "unit").order_by("begins")[:20])


@dataclass(slots=True)
class Row:
    """A room in the picture of a day: stretches with the booking that holds them (None: free)."""

    room: Room
    pieces: list[rules.Piece]


def day_of(actor: Actor, day: date) -> tuple[list[Row], int, int]:
    """The picture of a day: rows of rooms, the first and the last half hour that it shows."""
    rooms = list(seen_by(actor).order_by("area__first", "name")[:SHOWN])
    spans = [rules.span(room.opens, room.closes) for room in rooms] or [(16, 36)]
    first, last = min(one[0] for one in spans), max(one[1] for one in spans)
    first -= first % 2
    last += last % 2
    held: dict[UUID, list[tuple[int, int, object]]] = defaultdict(list)
    bookings = Booking.objects.filter(room__in=rooms, day=day, state__in=rules.HOLDS).select_related("person", "unit")
    for one in bookings:
        held[one.room_id].append((rules.half_of(one.begins, day), rules.half_of(one.ends, day), one))
    rows = []
    for room, (opens, closes) in zip(rooms, spans, strict=False):
        taken = list(held[room.pk])
        shut = day.weekday() not in room.weekdays
        if shut and not taken:
            taken = [(first, last, "shut")]
        else:
            taken += [(first, opens, "shut"), (closes, last, "shut")]
        rows.append(Row(room, rules.pieces(first, last, taken)))
    return rows, first, last


def week_of(actor: Actor, monday: date, now: datetime) -> list[tuple[Room, list[tuple[date, Bar, int]]]]:
    """The picture of a week: each room with seven bars, and how many half hours of each are held."""
    rooms = list(seen_by(actor).order_by("area__first", "name")[:SHOWN])
    begins, ends = rules.moment(monday, rules.clock(0)), rules.moment(monday + timedelta(days=7), rules.clock(0))
    held: dict[tuple[UUID, date], set[int]] = defaultdict(set)
    for room_id, start in Slot.objects.filter(room__in=rooms, start__gte=begins, start__lt=ends).values_list(
        "room_id", "start"
    ):
        day = rules.local_day(start)
        held[room_id, day].add(rules.half_of(start, day))
    days = [monday + timedelta(days=step) for step in range(7)]
    return [
        (room, [(day, bar(room, held[room.pk, day], now, day), len(held[room.pk, day])) for day in days])
        for room in rooms
    ]


def waiting(actor: Actor, at: datetime) -> list[Booking]:
    """What waits for a yes, the soonest first."""
    return list(bookings_seen_by(actor).filter(state="asked", ends__gt=at).order_by("begins")[:50])


def keys_out(actor: Actor) -> list[Booking]:
    """Keys that have not come back."""
    out = bookings_seen_by(actor).filter(state="booked", key_out_at__isnull=False, key_back_at=None)
    return list(out.order_by("key_out_at")[:50])


def counted(rooms: QuerySet[Room], since: date, until: date) -> dict[str, Any]:
    """Figures of rooms in a time, from records: rooms by kind, bookings held, half hours used."""
    found = list(rooms)
    held = Booking.objects.filter(room__in=found, day__range=(since, until), state="booked")
    kinds: dict[str, int] = defaultdict(int)
    for room in found:
        kinds[room.kind] += 1
    return {"rooms": dict(kinds), "bookings": held.count(), "halves": Slot.objects.filter(booking__in=held).count()}
