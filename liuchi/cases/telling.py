"""Whom a case's turns concern: its reporter follows it, the unit that has it must act, the office answers what is asked. Read
by notices."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from liuchi import notices
from liuchi.cases import groups, rules, texts, words
from liuchi.cases.models import Case
from liuchi.cases.queries.story import taken_back
from liuchi.kernel.journal.models import Row
from liuchi.notices.texts import Text
from liuchi.people.queries import on_duty, on_duty_over

Told = notices.Told
# What can be taken back within a minute is told to the reporter after it. A unit is told at once, since it may be urgent, and
# again when it was taken back.
HOLD = round(rules.UNDO_WITHIN / timedelta(seconds=1)) + 5
GIVEN = ("case.dispatched", "case.decided", "case.transferred", "case.admitted", "case.reopened", "case.recalled")
TO_ANSWER = {
    "case.extension_asked": ("dispatcher", "supervisor"),
    "case.suspension_asked": ("dispatcher", "supervisor"),
    "case.appealed": ("supervisor",),
    "case.disputed": ("supervisor",),
}


def register_all() -> None:
    """Called when the program starts."""
    for verb in ("case.dispatched", "case.decided", "case.transferred", "case.admitted"):
        notices.register(verb, reporter, to_reporter(_passed_on), hold=HOLD)
    notices.register("case.accepted", reporter, to_reporter(_in_work), mail=False, hold=HOLD)
    notices.register("case.suspended", reporter, to_reporter(_on_hold))
    notices.register("case.merged", reporter, to_reporter(_merged), hold=HOLD)
    notices.register("case.closed", reporter, to_reporter(_closed), hold=HOLD)
    notices.register("case.refused", reporter, to_reporter(_closed), hold=HOLD)
    for verb in GIVEN:
        notices.register(verb, unit, new_task, urgent=groups.is_urgent)
    groups.register_all(GIVEN)
    notices.register("case.undone", units_of_what_was_undone, _gone)
    notices.register("case.transferred", former_unit, _gone)
    for verb, (text, mail) in texts.OF_TASKS.items():
        notices.register(verb, whoever_has_it, to_handler(text), mail=mail)
    notices.register("case.supervised", whoever_has_it, supervised)
    notices.register("case.warned", whoever_has_it, warned)
    for verb, roles in TO_ANSWER.items():
        notices.register(verb, of_the_office(roles), to_office(texts.TO_ANSWER))
    notices.register("case.returned", disputed, to_office(texts.TO_DECIDE))
    notices.register("case.dispatched", admission, to_office(texts.TO_ADMIT))
    notices.register("case.entrusted", admission, to_office(texts.TO_ADMIT))
    notices.register("case.escalated", above, to_office(texts.PASSED_UP))


def reporter(row: Row) -> set[UUID]:
    """Who reported it, if they were signed in; others follow it by their receipt."""
    found = Case.objects.filter(pk=row.record_id, reporter__isnull=False).values_list("reporter", flat=True)
    return set(found)


def unit(row: Row) -> set[UUID]:
    """The handlers of the unit it was given to, as of then; nobody while it waits for the street's consent."""
    given = row.facts.get("unit")
    return on_duty("handler", UUID(given), row.at) if given and row.facts.get("state") == "dispatched" else set()


def former_unit(row: Row) -> set[UUID]:
    """The handlers of the unit that had it before."""
    return on_duty("handler", UUID(row.facts["from"]), row.at)


def units_of_what_was_undone(row: Row) -> set[UUID]:
    """The handlers who were told of a task that was then taken back."""
    told = Row.objects.filter(
        record_id=row.record_id, version__gte=row.facts["since"], version__lt=row.version, verb__in=GIVEN
    )
    return {person for one in told for person in unit(one)}


def whoever_has_it(row: Row) -> set[UUID]:
    """Who accepted it; before that, the handlers of its unit; nobody while the desk has it."""
    case = Case.objects.filter(pk=row.record_id).only("handler", "unit").first()
    if case is None or case.unit_id is None:
        return set()
    return {case.handler_id} if case.handler_id else on_duty("handler", case.unit_id, row.at)


def of_the_office(roles: Iterable[str], level: str = "") -> Callable[[Row], set[UUID]]:
    """Who holds these posts over the place of a case."""
    wanted = tuple(roles)

    def found(row: Row) -> set[UUID]:
        place = Case.objects.filter(pk=row.record_id).values_list("area__first", flat=True).first()
        return on_duty_over(wanted, place, row.at, level=level) if place is not None else set()

    return found


def disputed(row: Row) -> set[UUID]:
    """The supervisors, when a unit returned it for the second time."""
    return of_the_office(("supervisor",))(row) if row.facts.get("state") == "disputed" else set()


def admission(row: Row) -> set[UUID]:
    """Those of the street who say whether a community may be given something."""
    if row.facts.get("state") != "approval":
        return set()
    return of_the_office(("secretary", "supervisor"), level="street")(row)


def above(row: Row) -> set[UUID]:
    """The desk of the level that it was passed up to."""
    level = next((name for name, rank in rules.LEVELS.items() if rank == row.facts["level"]), "street")
    return of_the_office(("dispatcher", "community_clerk"), level=level)(row)


def to_reporter(said: Callable[[Case], tuple[str, str]]) -> Callable[[Row], Told | None]:
    """A notice to the reporter: one's own words behind what became of them. Silent once it was taken back, by either side."""

    def tell(row: Row) -> Told | None:
        case = Case.objects.select_related("unit", "main__unit").get(pk=row.record_id)
        if case.state in ("withdrawn", "approval") or taken_back(row):
            return None
        what, more = said(case)
        # the companies that carry a text message read the number instead of the person's words
        return Told(f"{what} · {words.title(case)}", more, f"/mine/{case.pk}", f"{what} · {case.number}")

    return tell


def _passed_on(case: Case) -> tuple[str, str]:
    return texts.PASSED_ON.say(unit=case.unit.name if case.unit else "", when=words.moment(case.due_at))


def _in_work(case: Case) -> tuple[str, str]:
    return texts.IN_WORK.say(unit=case.unit.name if case.unit else "", when=words.moment(case.due_at))


def _on_hold(case: Case) -> tuple[str, str]:
    return _("On hold"), words.sentence(case)


def _merged(case: Case) -> tuple[str, str]:
    return _("Goes with another report"), words.sentence(case)


def _closed(case: Case) -> tuple[str, str]:
    return words.state_for_reporter(case)[0], case.reply or _("It is done. Thank you for telling us.")


def to_handler(text: Text) -> Callable[[Row], Told | None]:
    """A notice to who has it: number, matter and place, and none of the reporter's words, which may have to be erased."""

    def tell(row: Row) -> Told | None:
        return _card(row, text, "/tasks/{}")

    return tell


def to_office(text: Text) -> Callable[[Row], Told | None]:
    """The same to the desk, unless it was taken back."""

    def tell(row: Row) -> Told | None:
        return None if taken_back(row) else _card(row, text, "/desk/cases/{}")

    return tell


def supervised(row: Row) -> Told | None:
    """To the unit: somebody above watches."""
    return _card(row, texts.SUPERVISED if row.facts.get("on") else texts.NO_LONGER_SUPERVISED, "/tasks/{}")


def warned(row: Row) -> Told | None:
    """To the unit: how much of its limit is used."""
    if row.facts["light"] >= 100:
        return _card(row, texts.OVER, "/tasks/{}")
    return _card(row, texts.WARNED, "/tasks/{}", share=row.facts["light"])


def _card(row: Row, text: Text, page: str, **more: object) -> Told:
    case = Case.objects.select_related("matter").get(pk=row.record_id)
    day = date_format(case.suspended_until, "DATE_FORMAT") if case.suspended_until else ""
    said, told = text.say(number=case.number, place=case.place_words, day=day, **more)
    return Told(f"{said} · {words.matter(case.matter) or case.number}", told, page.format(case.pk))


def _gone(row: Row) -> Told:
    return _card(row, texts.GONE, "/tasks")


def new_task(row: Row) -> Told | None:
    """To the unit: what, where, until when. Silent when it has gone elsewhere meanwhile."""
    case = Case.objects.select_related("matter").get(pk=row.record_id)
    if case.state == "withdrawn" or str(case.unit_id) != row.facts["unit"]:
        return None
    text = texts.ONCE_MORE if row.verb in ("case.reopened", "case.recalled") else texts.NEW_TASK
    said, told = text.say(place=case.place_words, when=words.moment(case.due_at))
    return Told(f"{said} · {words.matter(case.matter) or case.number}", told, f"/tasks/{case.pk}")
