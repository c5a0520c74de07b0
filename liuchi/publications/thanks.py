"""What earns points here: a lesson learnt, a lesson taught. Political ones thank nobody."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liuchi.kernel.journal.models import Row
from liuchi.points import events
from liuchi.publications.models import Done, Teaching


def learnt_by(row: Row) -> set[UUID]:
    """Who passed the quiz; the row is written once for each person and lesson, however often it is passed."""
    if row.facts["political"]:
        return set()
    return set(Done.objects.filter(pk=row.record_id, person__isnull=False).values_list("person", flat=True))


def taught_by(row: Row) -> set[UUID]:
    """Who taught."""
    if row.facts["political"]:
        return set()
    return set(Teaching.objects.filter(pk=row.record_id, teacher__isnull=False).values_list("teacher", flat=True))


def register_all() -> None:
    """Called when the program starts."""
    events.register("lesson.passed", _("A lesson learnt"), "lesson.passed", learnt_by)
    events.register("lesson.taught", _("A lesson taught at somebody's place"), "lesson.taught", taught_by)
