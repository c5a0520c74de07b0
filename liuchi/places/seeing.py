"""Pictures of a place are for everybody to see."""

from typing import Any

from liuchi.kernel.media.queries import register_guard
from liuchi.kernel.records.models import Record


def may_look(actor: Any, record: Record) -> bool:
    """The guard for media of places; False for other kinds of record."""
    return record.kind == "service_point"


def register_all() -> None:
    """Called when the program starts."""
    register_guard(may_look)
