"""Who joined is told what the reporter is told, without the reporter's words."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from liuchi import notices
from liuchi.cases import telling, words
from liuchi.cases.joining import queries, seeing
from liuchi.cases.models import Case
from liuchi.cases.queries.story import FOR_REPORTER
from liuchi.kernel.journal.models import Row
from liuchi.notices import Told


def register_all() -> None:
    """Called when the program starts, after the reporter's notices were registered: each of them has a like for who joined."""
    for verb in sorted(FOR_REPORTER):
        of_all_holds = [notice for hold in notices.holds_of(verb) for notice in notices.notices_for(verb, hold)]
        for notice in of_all_holds:
            if notice.recipients is telling.reporter:
                notices.register(verb, followers, _as_others_read(notice.words), mail=notice.mail, hold=notice.hold)
    notices.register("case.withdrawn", followers, _withdrawn, mail=False)


def followers(row: Row) -> set[UUID]:
    """Who joined with an account; others look by their receipt."""
    return queries.people_of(row.record_id)


def _as_others_read(tell: notices.Words) -> notices.Words:
    def told(row: Row) -> Told | None:
        said = tell(row)
        if said is None:
            return None
        case = Case.objects.select_related("matter", "unit").get(pk=row.record_id)
        what = said[0].removesuffix(f" · {words.title(case)}")
        more = said[1] if said[1] != case.reply else seeing.told(case.reply)
        return Told(f"{what} · {seeing.title(case)}", more, f"/mine/{case.pk}", f"{what} · {case.number}")

    return told


def _withdrawn(row: Row) -> Told:
    case = Case.objects.select_related("matter").get(pk=row.record_id)
    more = _("Who reported it took it back. If it is still there, please report it.")
    what = _("Taken back")
    return Told(f"{what} · {seeing.title(case)}", more, f"/mine/{case.pk}", f"{what} · {case.number}")
