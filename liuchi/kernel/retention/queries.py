"""How long what is kept, and what would go now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from liuchi.kernel.retention.fields import Field, fields
from liuchi.kernel.retention.models import Keeping

# More than this nobody needs to know exactly before it goes.
COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class Line:
    """One field: with its days now, and how many are over their time (None: not counted)."""

    name: str
    field: Field
    days: int
    own: bool
    due: int | None

    @property
    def more(self) -> bool:
        """Whether there are more than were counted."""
        return self.due is not None and self.due > COUNTED


def days(name: str) -> int:
    """How long this field is kept. KeyError for a field that nobody registered."""
    usual = fields()[name].days
    return Keeping.objects.filter(pk=name).values_list("days", flat=True).first() or usual


def before(name: str, at: datetime) -> datetime:
    """What began before this moment has had its time."""
    return at - timedelta(days=days(name))


def table(at: datetime, *, counted: bool = True) -> list[Line]:
    """All fields; counted: with what would go now. Nothing is changed. One query, and one or more for each that is counted."""
    own = dict(Keeping.objects.values_list("name", "days"))
    lines = []
    for name, field in fields().items():
        kept = own.get(name, field.days)
        due = field.due(at - timedelta(days=kept), COUNTED + 1) if counted else None
        lines.append(Line(name, field, kept, name in own, due))
    return lines
