"""What duties keep on a person: shifts taken and hours; erased on request."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liuchi.duties.actions.volunteers import free_places
from liuchi.duties.models import Certificate, Duty, Signup
from liuchi.kernel.context import Context
from liuchi.people import data
from liuchi.people.models import Person


def kept(person_id: UUID) -> list[dict[str, Any]]:
    """The shifts that somebody has or served, with the minutes that count."""
    rows = Signup.objects.filter(person=person_id).select_related("shift__duty").order_by("shift__begins")
    issued = Certificate.objects.filter(person=person_id).order_by("issued_on")
    return [
        {
            "title": row.shift.duty.title,
            "day": row.shift.day.isoformat(),
            "came": row.came_at.isoformat() if row.came_at else None,
            "minutes": row.minutes,
        }
        for row in rows
    ] + [
        {"title": one.number, "day": one.issued_on.isoformat(), "came": None, "minutes": one.minutes} for one in issued
    ]


def erase(ctx: Context, person_id: UUID) -> None:
    """Places ahead become free, what was served is forgotten."""
    free_places(ctx, Person.objects.get(pk=person_id))
    Signup.objects.filter(person=person_id).delete()
    Certificate.objects.filter(person=person_id).update(person=None, name="", lines=[])
    Duty.objects.filter(keeper=person_id).update(keeper=None)


def register_all() -> None:
    """Called when the program starts."""
    data.register("shifts", data.Keeper(_("Shifts and hours as a volunteer"), kept, erase))
