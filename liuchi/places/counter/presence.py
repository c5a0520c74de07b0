"""The word of the hall (当日口令): who takes a number with a phone has been there today.

It is computed, not kept: four digits of the day and the counter, which only this house can know. The screen of the hall
shows it, and with it the QR that carries it; that address is opened from the desk and holds a key of its own, because the
screen's page is there for everybody to see.
"""

from __future__ import annotations

import hmac
from datetime import datetime
from uuid import UUID

from liuchi.kernel.keys import key_file
from liuchi.places.counter import rules

_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


def word_of(counter_id: UUID, at: datetime) -> str:
    """Today's word."""
    return f"{int(_digest(f'word {counter_id} {rules.local_day(at)}')[:12], 16) % 10_000:04d}"


def is_word(counter_id: UUID, said: str, at: datetime) -> bool:
    """Whether somebody said today's word."""
    typed = "".join(said.split()).translate(_FULL_WIDTH)
    return hmac.compare_digest(typed.encode(), word_of(counter_id, at).encode())


def screen_key(counter_id: UUID) -> str:
    """What the address of the hall's own screen ends in."""
    return _digest(f"screen {counter_id}")[:24]


def is_screen(counter_id: UUID, key: str) -> bool:
    """Whether an address was opened from the desk."""
    return hmac.compare_digest(key.encode(), screen_key(counter_id).encode())


def _digest(said: str) -> str:
    return hmac.new(key_file("hall-word.key"), said.encode(), "sha256").hexdigest()
