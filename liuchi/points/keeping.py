"""What points keep on a person, and how they let go of it (PIPL art. 45, 47)."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liuchi.people import data
from liuchi.points import queries
from liuchi.points.actions import erase
from liuchi.points.models import Entry


def kept(person_id: UUID) -> list[dict[str, Any]]:
    """The lines of the person's account, and the statements that they asked for."""
    lines = Entry.objects.filter(account__person=person_id).select_related("transfer__reservation__gift")
    found: list[dict[str, Any]] = [
        {
            "at": line.transfer.at.isoformat(),
            "what": line.transfer.kind,
            "event": queries.label_of(line.transfer.event) if line.transfer.event else "",
            "gift": line.transfer.reservation.gift.name if line.transfer.reservation else "",
            "points": line.amount,
            "balance": line.balance,
        }
        for line in lines.order_by("number")
    ]
    for one in queries.statements_of(person_id):
        found.append(
            {
                "at": one.asked_at.isoformat(),
                "what": "statement",
                "unit": one.home_unit,
                "from": one.begins.isoformat(),
                "until": one.ends.isoformat(),
                "points": one.points,
                "number": one.number,
            }
        )
    return found


def register_all() -> None:
    """Called when the program starts."""
    data.register("points", data.Keeper(_("Your points"), kept, erase))
