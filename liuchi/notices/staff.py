"""What the floor below has to tell: who stands in for somebody; that somebody else set one's password or entered one into a
register. That one's service as a member was confirmed is not told: a stored message would name who is a member."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from liuchi import notices
from liuchi.kernel.journal.models import Row
from liuchi.people.actions.posts import in_term
from liuchi.people.models import Post, Registration, Role
from liuchi.people.rules import local_day

Told = tuple[str, str, str]


def register_all() -> None:
    """Called when the program starts."""
    notices.register("post.absence_set", _deputy, _standing_in, mail=False)
    notices.register("login.reset", _whose, _reset)
    notices.register("post.begun", _secretaries_beside, _another_secretary, mail=False)
    notices.register("registration.made", _registered_by_others, _entered, mail=False)


def _deputy(row: Row) -> set[UUID]:
    return {UUID(row.facts["deputy"])}


def _standing_in(row: Row) -> Told | None:
    """To the deputy: for whom, from when until when. Nothing if the holder was back before it was told."""
    post = Post.objects.select_related("person", "area", "organisation").filter(pk=row.record_id).first()
    if post is None or not post.absences.filter(pk=row.facts["absence"]).exists():
        return None
    begins, ends = (datetime.fromisoformat(row.facts[name]) for name in ("begins", "ends"))
    where = post.area.name if post.area else post.organisation.name if post.organisation else ""
    name = " ".join(part for part in (post.title or str(post.get_role_display()), post.person.name) if part)
    body = _("From %(begins)s to %(ends)s you have the tasks of this post.") % {
        "begins": _moment(begins),
        "ends": _moment(ends),
    }
    return _("You stand in for %(name)s") % {"name": name}, " · ".join(part for part in (where, body) if part), "/tasks"


def _secretaries_beside(row: Row) -> set[UUID]:
    """What a unit's secretary alone may see is not shared in silence: whoever holds the post reads of another one."""
    if row.facts["role"] != Role.SECRETARY or not row.facts["organisation"]:
        return set()
    held = Post.objects.filter(role=Role.SECRETARY, organisation=row.facts["organisation"])
    return set(
        held.filter(in_term(local_day(row.at))).exclude(person=row.facts["person"]).values_list("person", flat=True)
    )


def _another_secretary(row: Row) -> Told | None:
    post = Post.objects.select_related("person", "organisation").filter(pk=row.record_id).first()
    if post is None or post.organisation is None:
        return None
    body = _(
        "%(name)s sees from %(day)s what the secretary of %(unit)s sees. If that is wrong, tell the administrator."
    ) % {
        "name": post.person.name,
        "day": formats.date_format(post.begins),
        "unit": post.organisation.name,
    }
    return _("Another secretary of your unit"), body, ""


def _whose(row: Row) -> set[UUID]:
    return {row.record_id}


def _reset(row: Row) -> Told:
    """A reset that nobody asked for is how a clerk would read another's reports: it is not done in silence."""
    body = _(
        "On %(when)s the office gave out a one-time password for you. If you did not ask for it, tell the administrator."
    )
    return _("Your password was set anew"), body % {"when": _moment(row.at)}, "/me/data"


def _registered_by_others(row: Row) -> set[UUID]:
    """Whoever was written down by a clerk and has an account reads it here; who registered themselves knows."""
    if row.facts["how"] == Registration.How.SELF:
        return set()
    found = Registration.objects.filter(pk=row.record_id, person__login__isnull=False)
    return set(found.values_list("person_id", flat=True))


def _entered(row: Row) -> Told:
    body = _("A clerk wrote you down as you agreed. See it, correct it or leave at any time.")
    return _("You are in the register of new-employment groups"), body, "/me/registers"


def _moment(at: datetime) -> str:
    return formats.date_format(timezone.localtime(at), "DATETIME_FORMAT")
