"""Whom the turns of applications and admissions concern. Read by notices."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from liuchi import notices
from liuchi.admissions import words
from liuchi.admissions.actions.acting import is_vacant
from liuchi.admissions.models import Admission, Application, Programme
from liuchi.kernel.journal.models import Row
from liuchi.people.actions.posts import in_term
from liuchi.people.models import Post
from liuchi.people.rules import local_day

Told = tuple[str, str, str]


def register_all() -> None:
    """Called when the program starts."""
    for verb, said in {
        "application.returned": _returned,
        "application.passed": _passed,
        "application.refused": _refused,
        "application.approved": _approved,
        "application.overturned": _approved,
        "application.upheld": _upheld,
        "application.moved_up": _moved_up,
        "application.lapsed": _lapsed,
    }.items():
        notices.register(verb, applicant, _to_applicant(said), mail=verb != "application.passed")
    for verb in ("application.sent", "application.corrected", "application.passed", "application.appealed"):
        notices.register(verb, desk, _to_desk, mail=False)
    for verb, told in {
        "admission.begun": _begun,
        "admission.ending": _ending,
        "admission.renewed": _renewed,
        "admission.ended": _ended,
        "admission.withdrawn": _withdrawn,
    }.items():
        notices.register(verb, holder, _to_holder(told))
    notices.register("admission.asked", appointers, _asked, mail=False)
    notices.register("programme.invited", invited, _invited)


def invited(row: Row) -> set[UUID]:
    """Who was invited; nobody once the person is erased."""
    whom = row.side("personal")
    return {UUID(whom["person"])} if whom else set()


def applicant(row: Row) -> set[UUID]:
    """Who applied."""
    return set(Application.objects.filter(pk=row.record_id).values_list("person_id", flat=True))


def desk(row: Row) -> set[UUID]:
    """Who holds the role whose turn it is, where the application lies."""
    one = Application.objects.select_related("area").filter(pk=row.record_id).exclude(role="").first()
    if one is None:
        return set()
    # a check that nobody can do: those who can see to it are told, so that no application lies unseen
    roles = ("secretary", "dispatcher") if is_vacant(one, row.at) else (one.role,)
    told = set().union(*(_on_duty(role, one.area.first, row) for role in roles))
    return told - {one.person_id}


def appointers(row: Row) -> set[UUID]:
    """The clerks of where somebody holds something."""
    first = Admission.objects.filter(pk=row.record_id).values_list("area__first", flat=True).first()
    return _on_duty("community_clerk", first, row) if first else set()


def holder(row: Row) -> set[UUID]:
    """Who holds it."""
    found = Admission.objects.filter(pk=row.record_id, person__isnull=False).values_list("person_id", flat=True)
    return {one for one in found if one}


def _on_duty(role: str, first: int, row: Row) -> set[UUID]:
    posts = Post.objects.filter(in_term(local_day(row.at)), role=role, area__first__lte=first, area__last__gte=first)
    return set(posts.values_list("person_id", flat=True))


def _to_applicant(said: Callable[[Application], tuple[str, str]]) -> Callable[[Row], Told | None]:
    def tell(row: Row) -> Told | None:
        one = Application.objects.select_related("programme").get(pk=row.record_id)
        what, more = said(one)
        return f"{what} · {one.programme.name}", more, f"/admissions/applications/{one.pk}"

    return tell


def _returned(one: Application) -> tuple[str, str]:
    count = len(one.marks)
    more = ngettext(
        "%(n)s place is marked. Correct it and send it again.",
        "%(n)s places are marked. Correct them and send it again.",
        count,
    )
    return _("To be corrected"), more % {"n": count}


def _passed(one: Application) -> tuple[str, str]:
    now = _("%(who)s looks at it now.") % {"who": words.role(one.role)} if one.role else ""
    return _("Your application is one step further"), now


def _refused(one: Application) -> tuple[str, str]:
    return _("Not approved"), _("%(reason)s You can appeal once; somebody else looks at it then.") % {
        "reason": one.reason
    }


def _upheld(one: Application) -> tuple[str, str]:
    return _("Your appeal was decided"), one.reason


def _approved(one: Application) -> tuple[str, str]:
    if one.state == "waiting":
        return _("Approved, on the waiting list"), _(
            "All places are taken. You move up by yourself when one gets free."
        )
    return _("Approved"), _("Welcome. Everything about it is here.")


def _moved_up(one: Application) -> tuple[str, str]:
    return _("A place got free for you"), _("Welcome. Everything about it is here.")


def _lapsed(one: Application) -> tuple[str, str]:
    return _("Your place on the waiting list ended"), _("You hold this already, or it can't be given any more.")


def _to_desk(row: Row) -> Told | None:
    """Number and programme, and no name: messages are read on phones."""
    one = Application.objects.select_related("programme", "area").get(pk=row.record_id)
    if not one.role:
        return None
    if is_vacant(one, row.at):
        what = _("A check that nobody can do: %(role)s") % {"role": words.role(one.role)}
        return f"{what} · {one.programme.name}", f"{one.number} · {one.area.name}", f"/desk/admissions?open={one.pk}"
    what = _("Appeal to look at") if one.state == "appealed" else _("Application to check")
    return f"{what} · {one.programme.name}", f"{one.number} · {one.area.name}", f"/desk/admissions?open={one.pk}"


def _to_holder(said: Callable[[Admission, Row], tuple[str, str] | None]) -> Callable[[Row], Told | None]:
    def tell(row: Row) -> Told | None:
        one = Admission.objects.select_related("programme", "application").get(pk=row.record_id)
        told = said(one, row)
        return (f"{told[0]} · {one.title}", told[1], f"/admissions/mine/{one.pk}") if told else None

    return tell


def _begun(one: Admission, row: Row) -> tuple[str, str] | None:
    if one.application_id:  # told as the approval of the application
        return None
    return _("You are appointed"), _("It is voluntary: you can give it back at any time.")


def _ending(one: Admission, row: Row) -> tuple[str, str] | None:
    if one.ends is None:
        return None
    said = _("It ends on %(day)s, in %(n)s days or less.") % {"day": date_format(one.ends), "n": row.facts["days"]}
    return _("The term ends soon"), said


def _renewed(one: Admission, row: Row) -> tuple[str, str]:
    return _("Renewed"), _("Until %(day)s. Your new certificate is here.") % {
        "day": date_format(one.ends) if one.ends else _("without end")
    }


def _ended(one: Admission, row: Row) -> tuple[str, str]:
    return _("The term is over"), _("Thank you. The certificate is not valid any more.")


def _withdrawn(one: Admission, row: Row) -> tuple[str, str]:
    return str(words.TERM_STATES["withdrawn"][0]), one.reason


def _asked(row: Row) -> Told | None:
    one = Admission.objects.get(pk=row.record_id)
    return f"{_('Somebody would like to go on')} · {one.title}", "", f"/desk/admissions/holders/{one.pk}"


def _invited(row: Row) -> Told | None:
    one = Programme.objects.get(pk=row.record_id)
    said = _("It is voluntary. Read what it is, then decide.")
    return f"{_('You are invited')} · {one.name}", said, f"/admissions/{one.key}"
