"""Photos and recordings of a case: who may look (its reporter, and those who may see the case at the desk), and what one
tells about the place."""

from typing import Any

from liuchi.cases import tasks
from liuchi.cases.models import Case
from liuchi.kernel.access import Target
from liuchi.kernel.media.models import Media
from liuchi.kernel.media.preparing import register_listener
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
    if actor.may("cases.see", Target(area_first=first, units=(unit,) if unit else ())):
        return True
    # A unit that has a part sees what the whole came with.
    parts = Case.objects.filter(parent=record.pk, unit__isnull=False).values_list("unit_id", flat=True)
    return bool(actor.may("cases.see", Target(units=tuple(parts))))


def photo_ready(photo: Media) -> None:
    """A report without a place is prepared again when a photo of it turns out to know one."""
    if photo.lon is not None and Case.objects.filter(pk=photo.record_id, lon=None, state="reported").exists():
        tasks.prepare.enqueue(str(photo.record_id))


def register_all() -> None:
    """Called when the program starts."""
    register_guard(may_look)
    register_listener(photo_ready)
