"""The records of places: points, what is counted at them, what is on."""

from liuchi.places.models.counts import DaySalt, Seen, Use, Visit
from liuchi.places.models.events import Event
from liuchi.places.models.points import Exceptional, Keeping, Offer, ServicePoint
from liuchi.places.rooms.models import Booking, Room, Slot

__all__ = [
    "Booking",
    "DaySalt",
    "Event",
    "Exceptional",
    "Keeping",
    "Offer",
    "Room",
    "Seen",
    "ServicePoint",
    "Slot",
    "Use",
    "Visit",
]
