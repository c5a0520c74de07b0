"""Codes of reservations: never kept, always found. Who has the database alone can pick nothing up."""

from uuid import UUID

from liuchi.kernel import crypto
from liuchi.kernel.keys import key_file
from liuchi.points import rules
from liuchi.points.models import Reservation


def code_of(reservation_id: UUID, turn: int) -> str:
    """The eight digits of a reservation."""
    return rules.code_of(key_file("points-code.key"), reservation_id, turn)


def index_of(code: str) -> bytes:
    """The digest by which a code is found."""
    return crypto.blind_index("points.code", code)


def free_turn(reservation_id: UUID) -> tuple[int, bytes]:
    """The first try whose code no other reservation has: (turn, digest)."""
    for turn in range(100):
        index = index_of(code_of(reservation_id, turn))
        if not Reservation.objects.filter(code_index=index).exists():
            return turn, index
    raise RuntimeError("all codes are taken")
