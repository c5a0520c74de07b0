"""What becomes of a booking: answered, cancelled, its key, its reminder."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.kernel.context import Context, system
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.people.actions.living import living
from liuchi.places.actions.acting import acting
from liuchi.places.rooms import rules
from liuchi.places.rooms.models import Booking


def answer(ctx: Context, booking_id: UUID, yes: bool, why: str = "") -> Booking:
    """Says yes or no to somebody who asked. Raises Refused("answered" | "why")."""
    why = " ".join(why.split())[:200]
    with transaction.atomic():
        booking = locked(booking_id)
        ctx = acting(ctx, "rooms.manage", booking.room)
        if booking.state != "asked":
            raise Refused("answered", _("This has already been answered."), status=409)
        if not yes and not why:
            raise Refused("why", _("Please say why, in a few words: who asked reads it."), field="why")
        booking.state, booking.why = ("booked", "") if yes else ("refused", why)
        booking.save(update_fields=["state", "why"])
        if not yes:
            booking.slots.all().delete()
        journal.write(
            ctx, booking.record, "booking.confirmed" if yes else "booking.refused", {"room": str(booking.room_id)}
        )
    return booking


def cancel(ctx: Context, booking_id: UUID, why: str = "") -> Booking:
    """Gives the time free: who booked at any time before it ends, or the office with a reason. Twice stays once."""
    why = " ".join(why.split())[:200]
    with transaction.atomic():
        booking = locked(booking_id)
        if booking.state == "cancelled":
            return booking
        own = ctx.person is not None and booking.person_id == ctx.person
        if not own:
            ctx = acting(ctx, "rooms.manage", booking.room)
            if not why:
                raise Refused("why", _("Please say why, in a few words: who booked reads it."), field="why")
        if booking.state not in rules.HOLDS or booking.ends <= ctx.at:
            raise Refused("over", _("This is already over."), status=409)
        booking.state, booking.why = "cancelled", why
        booking.save(update_fields=["state", "why"])
        booking.slots.all().delete()
        journal.write(ctx, booking.record, "booking.cancelled", {"room": str(booking.room_id), "own": own})
    return booking


def hand_key(ctx: Context, booking_id: UUID, back: bool) -> Booking:
    """The key is picked up, or returned. Raises Refused("order" | "not_booked")."""
    with transaction.atomic():
        booking = locked(booking_id)
        ctx = acting(ctx, "rooms.manage", booking.room)
        if booking.state != "booked":
            raise Refused("not_booked", _("There is no booking for which a key could be handed out."), status=409)
        if back and not booking.key_out_at:
            raise Refused("order", _("The key was not picked up yet."), status=409)
        column = "key_back_at" if back else "key_out_at"
        if getattr(booking, column) is None:
            setattr(booking, column, ctx.at)
            booking.save(update_fields=[column])
            journal.write(ctx, booking.record, "booking.key_back" if back else "booking.key_out", {})
    return booking


def remind_due(at: datetime) -> bool:
    """The evening before, from six on, who booked is reminded once. For the worker's tick."""
    here = at.astimezone(rules.PLACE_ZONE)
    if here.hour < 18:
        return False
    ctx, tomorrow = system(at), here.date() + timedelta(days=1)
    due = list(
        Booking.objects.filter(day=tomorrow, state="booked", reminded_at=None).values_list("pk", flat=True)[:200]
    )
    for pk in due:
        with transaction.atomic():
            booking = locked(pk)
            if booking.state == "booked" and booking.reminded_at is None:
                booking.reminded_at = at
                booking.save(update_fields=["reminded_at"])
                journal.write(ctx, booking.record, "booking.tomorrow", {"day": tomorrow.isoformat()})
    return len(due) == 200


def locked(pk: UUID) -> Booking:
    """A booking that nobody else changes until the transaction ends; who booked it is not erased meanwhile. Raises Refused
    (404)."""
    with suppress(Refused):  # erased at this moment: nobody's by now, and what was written to them is gone
        if person := Booking.objects.filter(pk=pk).values_list("person", flat=True).first():
            living(person)
    found = Booking.objects.select_for_update().filter(pk=pk).first()
    if found is None:
        raise Refused("not_found", _("There is no such booking."), status=404)
    return found
