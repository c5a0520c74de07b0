"""Posts: appointed, corrected, ended; absences with a deputy."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records
from liuchi.people import rules
from liuchi.people.models import Absence, Organisation, Person, Post, Role

if TYPE_CHECKING:
    from liuchi.territory.models import Area


def appoint(
    ctx: Context,
    person: Person,
    *,
    role: str,
    organisation: Organisation | None = None,
    area: "Area | None" = None,
    title: str = "",
    begins: date | None = None,
    ends: date | None = None,
) -> Post:
    """Gives a person a post for a term; without `begins` it starts on the day of the context.

    Raises Refused("role" | "area" | "organisation" | "ends" | "person" | "double").
    """
    begins = begins or rules.local_day(ctx.at)
    if role not in Role.values:
        raise Refused("role", _("Please choose a role."), field="role")
    if person.erased_at:
        raise Refused("person", _("This person's data was erased; register the person again first."), field="person")
    levels = rules.LEVELS_OF_ROLE.get(role)
    if (area is None and rules.needs_area(role, organisation is not None)) or (
        area and levels and area.level not in levels
    ):
        raise Refused("area", area_sentence(role), field="area")
    if role in rules.ROLES_WITH_UNIT and organisation is None:
        raise Refused("organisation", _("A handler acts for a unit: please choose it."), field="organisation")
    if organisation and organisation.closed_on and organisation.closed_on <= begins:
        raise Refused("organisation", _("This unit is closed. Please choose another one."), field="organisation")
    _check_term(begins, ends)
    same = Post.objects.filter(person=person, role=role, organisation=organisation, area=area)
    overlap = Q(ends=None) | Q(ends__gte=begins)
    if ends:
        overlap &= Q(begins__lte=ends)
    if same.filter(overlap).exists():
        raise Refused("double", _("This person already holds this post in that time."), field="role", status=409)
    title = " ".join(title.split())[:60]
    with transaction.atomic():
        record = records.create("post", area_id=area.pk if area else None)
        post = Post(
            record=record,
            person=person,
            organisation=organisation,
            role=role,
            area=area,
            title=title,
            begins=begins,
            ends=ends,
        )
        post.save(force_insert=True)
        facts = {
            "person": str(person.pk),
            "role": role,
            "organisation": str(organisation.pk) if organisation else None,
            "begins": begins.isoformat(),
            "ends": ends.isoformat() if ends else None,
        }
        journal.write(ctx, record, "post.begun", facts)
    return post


def correct_post(
    ctx: Context, post: Post, *, title: str, begins: date, ends: date | None, expect: int | None = None
) -> Post:
    """Corrects title and term. Role, area and unit don't change under a post: end it and appoint anew.

    Raises Refused("ends" | "last_administrator")."""
    _check_term(begins, ends)
    title = " ".join(title.split())[:60]
    if (title, begins, ends) == (post.title, post.begins, post.ends):
        return post
    today = rules.local_day(ctx.at)
    without = [ends + timedelta(days=1)] if ends else []
    if not rules.term_covers(begins, ends, today):
        without.append(today)
    post.title, post.begins, post.ends = title, begins, ends
    with transaction.atomic():
        if post.role == Role.ADMINISTRATOR:
            refuse_without_administrator(post.person, without)
        post.save(update_fields=["title", "begins", "ends"])
        facts = {"begins": begins.isoformat(), "ends": ends.isoformat() if ends else None}
        journal.write(ctx, post.record, "post.corrected", facts, expect=expect)
    return post


def end_post(ctx: Context, post: Post, *, last_day: date | None = None, expect: int | None = None) -> Post:
    """Ends the term with a last day, included; without one with the day before the context's, so at once.

    Raises Refused("last_day") if it had ended before, Refused("last_administrator") for the only one left.
    """
    day = rules.local_day(ctx.at)
    last_day = last_day or day - timedelta(days=1)
    if post.ends and post.ends < last_day:
        raise Refused("last_day", _("This post had already ended on that day."), field="last_day")
    with transaction.atomic():
        if post.role == Role.ADMINISTRATOR:
            refuse_without_administrator(post.person, [last_day + timedelta(days=1)])
        post.ends = max(last_day, post.begins - timedelta(days=1))
        post.save(update_fields=["ends"])
        journal.write(ctx, post.record, "post.ended", {"ends": post.ends.isoformat()}, expect=expect)
    return post


def set_absence(ctx: Context, post: Post, *, begins: datetime, ends: datetime, deputy: Person) -> Absence:
    """The holder is away from `begins` up to `ends`; the deputy acts with the post's powers. No reason is asked.

    Raises Refused("ends" | "deputy" | "double").
    """
    if ends <= begins:
        raise Refused("ends", _("The end must lie after the beginning."), field="ends")
    if deputy.pk == post.person_id:
        raise Refused("deputy", _("Nobody can be their own deputy."), field="deputy")
    if deputy.erased_at or not hasattr(deputy, "login"):
        raise Refused("deputy", _("The deputy has no sign-in. Please choose somebody who has."), field="deputy")
    with transaction.atomic():
        if post.absences.filter(begins__lt=ends, ends__gt=begins).exists():
            raise Refused("double", _("An absence is already entered for that time."), field="begins", status=409)
        absence = Absence.objects.create(post=post, begins=begins, ends=ends, deputy=deputy)
        facts = {
            "deputy": str(deputy.pk),
            "begins": begins.isoformat(),
            "ends": ends.isoformat(),
            "absence": absence.pk,
        }
        journal.write(ctx, post.record, "post.absence_set", facts)
    return absence


def end_absence(ctx: Context, absence: Absence) -> None:
    """The holder is back, or never left: the absence ends at the context's moment."""
    with transaction.atomic():
        journal.write(ctx, absence.post.record, "post.absence_ended", {"absence": absence.pk})
        if absence.begins >= ctx.at:
            absence.delete()
        elif absence.ends > ctx.at:
            absence.ends = ctx.at
            absence.save(update_fields=["ends"])


def in_term(day: date) -> Q:
    """Posts whose term covers a day."""
    return Q(begins__lte=day) & (Q(ends=None) | Q(ends__gte=day))


def refuse_without_administrator(leaving: Person, days: Iterable[date]) -> None:
    """Raises Refused("last_administrator") if on one of the days nobody but ``leaving`` would be an administrator who can
    sign in. Call inside the transaction of the change."""
    others = list(
        Post.objects.select_for_update(of=("self",))
        .filter(role=Role.ADMINISTRATOR, person__login__is_active=True)
        .exclude(person=leaving)
    )
    for day in days:
        if not any(rules.term_covers(other.begins, other.ends, day) for other in others):
            sentence = _("This is the only administrator. Appoint another one first.")
            raise Refused("last_administrator", sentence, status=409)


def _check_term(begins: date, ends: date | None) -> None:
    if ends and ends < begins:
        raise Refused("ends", _("The last day must not lie before the first."), field="ends")


def area_sentence(role: str) -> str:
    if role == Role.GRID_WORKER:
        return _("A grid worker belongs to one grid: please choose a grid, not a larger area.")
    if role == Role.GRID_LEADER:
        return _("A grid leader belongs to a community or a grid: please choose one.")
    if role == Role.COMMUNITY_CLERK:
        return _("A community clerk belongs to a community: please choose one.")
    return _("This role covers a street or a larger area: please choose one.")
