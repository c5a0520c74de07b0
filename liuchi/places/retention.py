"""How long rooms and counters keep who came and what for; that somebody came is counted elsewhere."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from liuchi.kernel.retention.fields import Field, of_rows, register
from liuchi.places.counter import rules as counter
from liuchi.places.counter.models import Appointment, Errand, Ticket
from liuchi.places.rooms.models import Booking


def bookings(before: datetime) -> QuerySet[Booking]:
    return Booking.objects.filter(ends__lt=before).exclude(person=None, purpose="", why="")


def tickets(before: datetime) -> QuerySet[Ticket]:
    return Ticket.objects.filter(day__lt=counter.local_day(before))


def appointments(before: datetime) -> QuerySet[Appointment]:
    return Appointment.objects.filter(start__lt=before)


def errands(before: datetime) -> QuerySet[Errand]:
    """Handed over or not: what nobody touched for long."""
    return Errand.objects.filter(changed_at__lt=before, whose_cipher__isnull=False)


def register_all() -> None:
    """Called when the program starts."""
    rooms, hall = _("Rooms"), _("Counters")
    kinds = (
        ("rooms.bookings", rooms, _("Who booked a room, and what for"), _("the time that was booked"), 30, 365, bookings,
         lambda _ctx, some: some.update(person=None, purpose="", why="")),
        ("counter.tickets", hall, _("Numbers of the waiting hall"), _("the day it was for"), 30, 90, tickets, lambda _ctx, some: some.delete()),
        ("counter.appointments", hall, _("Appointments"), _("the day it was for"), 30, 365, appointments, lambda _ctx, some: some.delete()),
        ("counter.errands", hall, _("For whom papers are handed in"), _("the last change"), counter.ERRAND_KEPT.days, 365, errands,
         lambda _ctx, some: some.update(whose_cipher=None)),
    )  # fmt: skip
    for name, group, title, since, days, most, old, empty in kinds:
        due, let_go = of_rows(old, empty)
        register(name, Field(group, title, since, days, 7, most, due, let_go))
