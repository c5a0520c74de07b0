"""How long it is kept who did what without an office: where a rider or a resident was is nobody's business after this."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from liuchi.kernel.context import system
from liuchi.kernel.retention.fields import Field, register
from liuchi.people.actions import data


def _due(before: datetime, most: int) -> int:
    return min(most, data.tracks(before))


def _cut(at: datetime, before: datetime, most: int) -> int:
    data.cut_tracks(system(at), before)
    return 0  # all at once, in steps of its own; the journal says how many


def register_all() -> None:
    """Called when the program starts."""
    title = _("Who it was that reported, visited or helped, beside what was done")
    days = data.TRACKS_KEPT.days
    register("people.tracks", Field(_("People"), title, _("it was done"), days, 30, 365, _due, _cut))
