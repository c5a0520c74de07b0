"""Who may look at the photos and recordings of a case: its reporter, and those who may see the case at the desk."""

from typing import Any

from liuchi.cases.models import Case
from liuchi.kernel.access import Target
from liuchi.kernel.media.queries import register_guard
from liuchi.kernel.records.models import Record


def may_look(actor: Any, record: Record) -> bool:
    """The guard for media of cases; False for other kinds of record."""
    if record.kind != "case" or not actor.is_signed_in:
        return False
    found = Case.objects.filter(pk=record.pk).values_list("area__first", "unit_id", "reporter_id").first()
    if found is None:
        return False
    first, unit, reporter = found
    if reporter and reporter == actor.person_id:
        return True
    return bool(actor.may("cases.see", Target(area_first=first, units=(unit,) if unit else ())))


def register_all() -> None:
    """Called when the program starts."""
    register_guard(may_look)
