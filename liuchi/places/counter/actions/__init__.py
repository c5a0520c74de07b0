"""Every write at the counter."""

from liuchi.places.counter.actions.appointments import appoint, cancel_appointment, remind_due
from liuchi.places.counter.actions.days import drop_day, set_day
from liuchi.places.counter.actions.errands import For, find_errand, move_errand, take_errand, whose
from liuchi.places.counter.actions.numbers import (
    arrive,
    call_again,
    call_next,
    end_call,
    find_ticket,
    secret_digest,
    take_number,
)
from liuchi.places.counter.actions.opening import Wanted, change_counter, close_counter, open_counter
from liuchi.places.counter.actions.services import Said, set_matter

__all__ = [
    "For",
    "Said",
    "Wanted",
    "appoint",
    "arrive",
    "call_again",
    "call_next",
    "cancel_appointment",
    "change_counter",
    "close_counter",
    "drop_day",
    "end_call",
    "find_errand",
    "find_ticket",
    "move_errand",
    "open_counter",
    "remind_due",
    "secret_digest",
    "set_day",
    "set_matter",
    "take_errand",
    "take_number",
    "whose",
]
