"""The records of places: points, what is counted at them, what is on."""

from liuchi.places.models.counts import DaySalt, Seen, Use, Visit
from liuchi.places.models.events import Event
from liuchi.places.models.points import Exceptional, Keeping, Offer, ServicePoint

__all__ = ["DaySalt", "Event", "Exceptional", "Keeping", "Offer", "Seen", "ServicePoint", "Use", "Visit"]
