"""What the groups of units and desks read of a case. The words of whoever reported it stay here."""

from __future__ import annotations

from uuid import UUID

from liuchi import notices
from liuchi.cases import texts, words
from liuchi.cases.masks import masked
from liuchi.cases.models import Case
from liuchi.kernel.journal.models import Row


def register_all(given: tuple[str, ...]) -> None:
    """Called when the program starts. given: the verbs by which a unit gets a case."""
    for verb in given:
        notices.register_group(verb, _units, _task, urgent=is_urgent)
    notices.register_group("case.reported", _desks, _report)


def is_urgent(row: Row) -> bool:
    """Whether its clock runs day and night."""
    if "clock" in row.facts:
        return bool(row.facts["clock"] == "urgent_hour")
    return Case.objects.filter(pk=row.record_id, condition__limit_type="urgent_hour").exists()


def _units(row: Row) -> tuple[UUID | None, int | None]:
    """The unit; none while it waits for the street's consent."""
    given = row.facts.get("unit")
    return (UUID(given) if given and row.facts.get("state") == "dispatched" else None), None


def _desks(row: Row) -> tuple[UUID | None, int | None]:
    return None, Case.objects.filter(pk=row.record_id).values_list("area__first", flat=True).first()


def _task(row: Row) -> notices.Card | None:
    """Nothing when it has gone elsewhere meanwhile."""
    case = _case(row)
    if case.state == "withdrawn" or str(case.unit_id) != row.facts["unit"]:
        return None
    return _card(case, texts.GROUP_TASK.say()[0], words.moment(case.due_at) if case.due_at else "", f"/tasks/{case.pk}")


def _report(row: Row) -> notices.Card | None:
    case = _case(row)
    return None if case.state == "withdrawn" else _card(case, texts.GROUP_REPORT.say()[0], "", f"/desk/cases/{case.pk}")


def _card(case: Case, what: str, until: str, url: str) -> notices.Card:
    """The place as the map knows it, else as it was said without what could tell of a person."""
    place = case.place.name if case.place else masked(case.place_words) or (case.area.name if case.area else "")
    return notices.Card(what, case.number, words.matter(case.matter) or "", place, until, url)


def _case(row: Row) -> Case:
    return Case.objects.select_related("matter", "place", "area").get(pk=row.record_id)
