"""All tables of the kernel; each lives in its own room."""

from liuchi.kernel.delivery.models import Gateway, Message, Sending
from liuchi.kernel.hooks.models import Failure, Hook
from liuchi.kernel.journal.models import Cursor, Position, Row, Seal, Side
from liuchi.kernel.links.models import Link
from liuchi.kernel.media.models import Media
from liuchi.kernel.outbox.models import Slowed, Token, Write
from liuchi.kernel.records.models import Record
from liuchi.kernel.retention.models import Keeping
from liuchi.kernel.search.models import Entry
from liuchi.kernel.worktime.models import CalendarVersion

__all__ = [
    "CalendarVersion",
    "Cursor",
    "Entry",
    "Failure",
    "Gateway",
    "Hook",
    "Keeping",
    "Link",
    "Media",
    "Message",
    "Position",
    "Record",
    "Row",
    "Seal",
    "Sending",
    "Side",
    "Slowed",
    "Token",
    "Write",
]
