"""All tables of the kernel; each lives in its own room."""

from liuchi.kernel.journal.models import Cursor, Position, Row, Seal, Side
from liuchi.kernel.links.models import Link
from liuchi.kernel.outbox.models import Slowed, Token, Write
from liuchi.kernel.records.models import Record

__all__ = ["Cursor", "Link", "Position", "Record", "Row", "Seal", "Side", "Slowed", "Token", "Write"]
