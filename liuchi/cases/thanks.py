"""What earns points here: a report that was true. Whoever reported without signing in is thanked in words."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liuchi.cases.models import Case
from liuchi.kernel.journal.models import Row
from liuchi.points import events


def reporter(row: Row) -> set[UUID]:
    """Who reported what was then checked and closed. What was refused is a row of another verb; that something could not be
    done does not make the report less true."""
    found = Case.objects.filter(pk=row.record_id, reporter__isnull=False).values_list("reporter", flat=True)
    return set(found)


def about(person_id: UUID, cases: Collection[UUID]) -> dict[UUID, events.About]:
    """Which of their reports it was: its own first words, or its number where it has none."""
    found = Case.objects.filter(pk__in=cases, reporter=person_id).values_list("pk", "text", "number")
    return {
        pk: events.About(" ".join(text.split())[:60] or number, reverse("mine_case", args=[pk]))
        for pk, text, number in found
    }


def register_all() -> None:
    """Called when the program starts."""
    events.register("report.true", _("A report that was checked as true"), "case.closed", reporter, about=about)
