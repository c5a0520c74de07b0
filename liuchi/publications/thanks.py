"""What earns points here: a lesson learnt, a lesson taught. Political ones thank nobody."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.urls import reverse
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


def about_learnt(person_id: UUID, done: Collection[UUID]) -> dict[UUID, events.About]:
    """Which lessons of theirs these were."""
    return _lessons(Done.objects.filter(pk__in=done, person=person_id).values_list("pk", *_LESSON))


def about_taught(person_id: UUID, taught: Collection[UUID]) -> dict[UUID, events.About]:
    """Which lessons they taught."""
    return _lessons(Teaching.objects.filter(pk__in=taught, teacher=person_id).values_list("pk", *_LESSON))


_LESSON = ("lesson__title", "lesson__code")


def _lessons(rows: Iterable[tuple[UUID, str, str]]) -> dict[UUID, events.About]:
    return {pk: events.About(title, reverse("publications:lesson", args=[code])) for pk, title, code in rows}


def register_all() -> None:
    """Called when the program starts."""
    events.register("lesson.passed", _("A lesson learnt"), "lesson.passed", learnt_by, about=about_learnt)
    events.register(
        "lesson.taught", _("A lesson taught at somebody's place"), "lesson.taught", taught_by, about=about_taught
    )
