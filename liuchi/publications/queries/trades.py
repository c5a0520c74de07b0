"""The trade (行业) that somebody works in, as the person registered it."""

from __future__ import annotations

from uuid import UUID

from liuchi.people.models import Registration


def trade_of(person_id: UUID | None) -> str:
    """The code of people.registers.trades.GROUPS; nothing for nobody and for who is not registered."""
    if person_id is None:
        return ""
    found = Registration.objects.filter(person_id=person_id, ended_on=None).values_list("trade", flat=True)
    return found.first() or ""
