"""Documents and photos of an application: its applicant looks, and those whose duty it is to check it."""

from typing import Any

from liuchi.admissions.models import Application
from liuchi.kernel.access import Target
from liuchi.kernel.media.queries import register_guard
from liuchi.kernel.records.models import Record


def may_look(actor: Any, record: Record) -> bool:
    """The guard for media of applications; False for other kinds of record. A draft is the applicant's alone."""
    if record.kind != "application" or not actor.is_signed_in:
        return False
    found = Application.objects.filter(pk=record.pk).values_list("area__first", "person_id", "state").first()
    if found is None:
        return False
    first, person, state = found
    if person == actor.person_id:
        return True
    return state != "draft" and bool(actor.may("admissions.see", Target(area_first=first)))


def register_all() -> None:
    """Called when the program starts."""
    register_guard(may_look)
