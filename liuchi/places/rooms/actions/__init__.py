"""Every write on bookings. Rooms themselves are in `opening`."""

from liuchi.places.rooms.actions.booking import Asked, book, book_series, units_of
from liuchi.places.rooms.actions.turns import answer, cancel, hand_key, remind_due

__all__ = ["Asked", "answer", "book", "book_series", "cancel", "hand_key", "remind_due", "units_of"]
