"""Whom a case's turns concern: its reporter follows it, the unit that has it must act. Read by notices."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.utils.translation import gettext as _

from liuchi import notices
from liuchi.cases import words
from liuchi.cases.models import Case
from liuchi.kernel.journal.models import Row
from liuchi.people.queries import on_duty

Told = tuple[str, str, str]


def register_all() -> None:
    """Called when the program starts."""
    notices.register("case.dispatched", reporter, to_reporter(_passed_on))
    notices.register("case.accepted", reporter, to_reporter(_in_work), mail=False)
    notices.register("case.closed", reporter, to_reporter(_closed))
    notices.register("case.refused", reporter, to_reporter(_refused))
    notices.register("case.dispatched", unit, new_task)
    notices.register("case.added", whoever_has_it, to_handler(_added))
    notices.register("case.withdrawn", whoever_has_it, to_handler(_withdrawn))
    notices.register("case.deadline_moved", whoever_has_it, to_handler(_moved), mail=False)


def reporter(row: Row) -> set[UUID]:
    """Who reported it, if they were signed in; others follow it by their receipt."""
    found = Case.objects.filter(pk=row.record_id, reporter__isnull=False).values_list("reporter", flat=True)
    return set(found)


def unit(row: Row) -> set[UUID]:
    """The handlers of the unit it was given to, as of then."""
    return on_duty("handler", UUID(row.facts["unit"]), row.at)


def whoever_has_it(row: Row) -> set[UUID]:
    """Who accepted it; before that, the handlers of its unit; nobody while the desk has it."""
    case = Case.objects.filter(pk=row.record_id).only("handler", "unit").first()
    if case is None or case.unit_id is None:
        return set()
    return {case.handler_id} if case.handler_id else on_duty("handler", case.unit_id, row.at)


def to_reporter(said: Callable[[Case], tuple[str, str]]) -> Callable[[Row], Told | None]:
    """A notice to the reporter: one's own words behind what became of them. Silent once it was taken back."""

    def tell(row: Row) -> Told | None:
        case = Case.objects.select_related("unit").get(pk=row.record_id)
        if case.state == "withdrawn":
            return None
        what, more = said(case)
        return f"{what} · {words.title(case)}", more, f"/mine/{case.pk}"

    return tell


def _passed_on(case: Case) -> tuple[str, str]:
    how = _("%(unit)s has it, to be done by %(when)s.")
    return _("Passed on"), how % {"unit": case.unit.name if case.unit else "", "when": words.moment(case.due_at)}


def _in_work(case: Case) -> tuple[str, str]:
    how = _("%(unit)s is at it, to be done by %(when)s.")
    return _("In work"), how % {"unit": case.unit.name if case.unit else "", "when": words.moment(case.due_at)}


def _closed(case: Case) -> tuple[str, str]:
    return words.state_for_reporter(case)[0], case.reply or _("It is done. Thank you for telling us.")


def _refused(case: Case) -> tuple[str, str]:
    return _("Not taken up"), case.reply


def to_handler(said: Callable[[], str]) -> Callable[[Row], Told | None]:
    """A notice to who has it: number, matter and place, and none of the reporter's words, which may have to be erased."""

    def tell(row: Row) -> Told | None:
        case = Case.objects.select_related("matter").get(pk=row.record_id)
        more = " · ".join(part for part in (case.number, case.place_words) if part)
        return f"{said()} · {words.matter(case.matter) or case.number}", more, f"/tasks/{case.pk}"

    return tell


def new_task(row: Row) -> Told | None:
    """To the unit: what, where, until when. Silent when it has gone elsewhere meanwhile."""
    case = Case.objects.select_related("matter").get(pk=row.record_id)
    if case.state == "withdrawn" or str(case.unit_id) != row.facts["unit"]:
        return None
    until = _("to be done by %(when)s") % {"when": words.moment(case.due_at)}
    title = f"{_('New task')} · {words.matter(case.matter) or case.number}"
    return title, " · ".join(part for part in (case.place_words, until) if part), f"/tasks/{case.pk}"


def _added() -> str:
    return _("The reporter added something")


def _withdrawn() -> str:
    return _("The reporter took it back")


def _moved() -> str:
    return _("A new calendar moved the deadline")
