"""What the floor below has to thank for: service in the community that was confirmed. People stands below points and can't
register it itself."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liuchi.kernel.journal.models import Row
from liuchi.people.actions.service import person_of_claim
from liuchi.points import events


def register_all() -> None:
    """Called when the program starts."""
    events.register(
        "service.confirmed",
        _("Service in the community, confirmed"),
        "service.confirmed",
        _who_served,
        booked="shift.kept",
    )


def _who_served(row: Row) -> set[UUID]:
    """The member whose claim it was; nobody once they left the community."""
    person = person_of_claim(row.record_id)
    return {person} if person else set()
