"""What the floor below has to tell: who stands in for somebody; that somebody else set one's password or entered one into a
register. That one's service as a member was confirmed is not told: a stored message would name who is a member."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from liuchi import notices
from liuchi.kernel.journal.models import Row
from liuchi.notices import texts
from liuchi.people.actions.posts import in_term
from liuchi.people.models import Post, Registration, Role
from liuchi.people.rules import local_day

Told = notices.Told
_SOMEBODY = (_("their name"), _("Zhang San"))
_WHEN = (_("time"), _("25 November 18:00"))
STANDING_IN = texts.declare(
    "post.standing_in", _("To a deputy: for whom"), _("You stand in for %(name)s"),
    _("%(where)s · From %(begins)s to %(ends)s you have the tasks of this post."),
    name=_SOMEBODY, where=(_("area or unit"), _("Grid 1")), begins=(_("begins"), _("25 November 8:00")),
    ends=(_("ends"), _("25 November 18:00")),
)  # fmt: skip
PASSWORD_RESET = texts.declare(
    "login.reset", _("To whom the office gave a one-time password"), _("Your password was set anew"),
    _("On %(when)s the office gave out a one-time password for you. If you did not ask for it, tell the administrator."),
    when=_WHEN,
)  # fmt: skip
ANOTHER_SECRETARY = texts.declare(
    "post.another_secretary", _("To a secretary: another one of the unit"), _("Another secretary of your unit"),
    _("%(name)s sees from %(day)s what the secretary of %(unit)s sees. If that is wrong, tell the administrator."),
    name=_SOMEBODY, day=(_("day"), _("25 November")), unit=(_("unit"), _("Sanitation team")),
)  # fmt: skip
ENTERED = texts.declare(
    "registration.made", _("To whom a clerk wrote down"), _("You are in the register of new-employment groups"),
    _("A clerk wrote you down as you agreed. See it, correct it or leave at any time."),
)  # fmt: skip


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
    return Told(*STANDING_IN.say(name=name, where=where, begins=_moment(begins), ends=_moment(ends)), "/tasks")


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
    day = formats.date_format(post.begins)
    return Told(*ANOTHER_SECRETARY.say(name=post.person.name, day=day, unit=post.organisation.name))


def _whose(row: Row) -> set[UUID]:
    return {row.record_id}


def _reset(row: Row) -> Told:
    """A reset that nobody asked for is how a clerk would read another's reports: it is not done in silence."""
    return Told(*PASSWORD_RESET.say(when=_moment(row.at)), "/me/data")


def _registered_by_others(row: Row) -> set[UUID]:
    """Whoever was written down by a clerk and has an account reads it here; who registered themselves knows."""
    if row.facts["how"] == Registration.How.SELF:
        return set()
    found = Registration.objects.filter(pk=row.record_id, person__login__isnull=False)
    return set(found.values_list("person_id", flat=True))


def _entered(row: Row) -> Told:
    return Told(*ENTERED.say(), "/me/registers")


def _moment(at: datetime) -> str:
    return formats.date_format(timezone.localtime(at), "DATETIME_FORMAT")
