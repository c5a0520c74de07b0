"""What who booked a room is told, and what is kept on them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuchi import notices
from liuchi.kernel import access, ticks
from liuchi.kernel.context import Context
from liuchi.kernel.journal.models import Row
from liuchi.kernel.recurrence import words
from liuchi.kernel.ui import nav
from liuchi.people import data
from liuchi.places.rooms import rules
from liuchi.places.rooms.abilities import ABILITIES
from liuchi.places.rooms.actions import remind_due
from liuchi.places.rooms.models import Booking, Slot


def register_all() -> None:
    """Called when the program starts."""
    access.register(ABILITIES)
    nav.register("me", key="rooms", label=gettext_lazy("Rooms to book"), icon="door", url="/rooms", order=35)
    for verb in ("booking.confirmed", "booking.refused", "booking.cancelled", "booking.tomorrow"):
        notices.register(verb, _who_booked, _told, mail=verb != "booking.tomorrow")
    data.register("bookings", data.Keeper(gettext_lazy("Rooms you booked"), kept, erase))
    ticks.register("rooms.remind", timedelta(minutes=10), remind_due)


def _who_booked(row: Row) -> set[UUID]:
    return set(Booking.objects.filter(pk=row.record_id, person__isnull=False).values_list("person", flat=True))


def _told(row: Row) -> tuple[str, str, str] | None:
    booking = Booking.objects.select_related("room").get(pk=row.record_id)
    begins, ends = booking.begins.astimezone(rules.PLACE_ZONE), booking.ends.astimezone(rules.PLACE_ZONE)
    when = f"{words.day(booking.day)} {words.hours(begins.time(), ends.time())}"
    name = {"name": booking.room.name}
    if row.verb == "booking.confirmed":
        title, body = _("The room is yours: %(name)s") % name, when
    elif row.verb == "booking.refused":
        title, body = _("Not this time: %(name)s") % name, f"{when} · {booking.why}"
    elif row.verb == "booking.cancelled":
        title, body = _("Cancelled: %(name)s") % name, f"{when} · {booking.why}" if booking.why else when
    elif booking.state != "booked":
        return None
    else:
        title, body = (
            _("Tomorrow: %(title)s") % {"title": booking.room.name},
            f"{when} · {booking.room.key or booking.room.where}",
        )
    return title, body, f"/rooms/bookings/{booking.pk}"


def kept(person_id: UUID) -> list[dict[str, Any]]:
    """What somebody booked, with their own words."""
    rows = Booking.objects.filter(person=person_id).select_related("room").order_by("begins")
    return [
        {"room": row.room.name, "begins": row.begins.isoformat(), "ends": row.ends.isoformat(), "state": row.state,
         "purpose": row.purpose}
        for row in rows
    ]  # fmt: skip


def erase(ctx: Context, person_id: UUID) -> None:
    """What lies ahead is cancelled; of the rest only that the room was used stays."""
    mine = Booking.objects.filter(person=person_id)
    ahead = mine.filter(ends__gt=ctx.at, state__in=rules.HOLDS, unit=None)
    Slot.objects.filter(booking__in=ahead).delete()
    ahead.update(state="cancelled")
    mine.update(person=None, purpose="", why="")
