"""Somebody of elsewhere who carries leaflets along is found by the whole phone number, which they gave."""

from __future__ import annotations

from liuchi.kernel.context import Context
from liuchi.people.acting import acting
from liuchi.people.actions import looking_up
from liuchi.people.models import Person
from liuchi.publications.queries.carriers import EDIT, willing


def find_by_phone(ctx: Context, phone: str) -> list[Person]:
    """The willing with this number; each reads that they were looked for. Raises Refused("phone" | "slow_down")."""
    ctx = acting(ctx, EDIT)
    return looking_up.by_phone(ctx, phone, among=willing(ctx.at), duty=EDIT, field="q")
