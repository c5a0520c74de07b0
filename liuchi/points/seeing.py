"""Pictures of gifts are open to everybody: the shop window is."""

from typing import Any

from liuchi.kernel.media import queries as media
from liuchi.kernel.records.models import Record


def may_see(actor: Any, record: Record) -> bool:
    return record.kind == "points_gift"


def register_all() -> None:
    """Called when the program starts."""
    media.register_guard(may_see)
