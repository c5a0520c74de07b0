"""The records of places: points, what is counted at them, what is on."""

from liuchi.places.counter.models import Appointment, Counter, CounterDay, Errand, Matter, Ticket
from liuchi.places.models.counts import DaySalt, Seen, Use, Visit, VisitDay
from liuchi.places.models.events import Event
from liuchi.places.models.points import Exceptional, Keeping, Offer, ServicePoint
from liuchi.places.rooms.models import Booking, Room, Slot

__all__ = [
    "Appointment",
    "Booking",
    "Counter",
    "CounterDay",
    "DaySalt",
    "Errand",
    "Event",
    "Exceptional",
    "Keeping",
    "Matter",
    "Offer",
    "Room",
    "Seen",
    "ServicePoint",
    "Slot",
    "Ticket",
    "Use",
    "Visit",
    "VisitDay",
]
