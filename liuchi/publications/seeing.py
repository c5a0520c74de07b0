"""Pictures of lessons and leaflets: open to everybody once they are out, before that to the desk."""

from typing import Any

from liuchi.kernel.access import Target
from liuchi.kernel.media.queries import register_guard
from liuchi.kernel.records.models import Record
from liuchi.publications.models import Lesson, Material


def may_look(actor: Any, record: Record) -> bool:
    """The guard for media of lessons and materials; False for other kinds of record."""
    if record.kind == "material":
        return Material.objects.filter(pk=record.pk).exists()
    if record.kind != "lesson":
        return False
    found = Lesson.objects.filter(pk=record.pk).values_list("version", "area__first").first()
    if found is None:
        return False
    version, first = found
    return bool(version or actor.may("publications.see", Target(area_first=first)))


def register_all() -> None:
    """Called when the program starts."""
    register_guard(may_look)
