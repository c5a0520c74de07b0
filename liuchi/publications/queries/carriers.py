"""Who may be asked to carry leaflets, and whom of them a clerk finds: those of the own area, nobody of elsewhere by guessing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from liuchi.people.models import Consent, Organisation, Person, Post, Registration, Role
from liuchi.people.queries import in_force
from liuchi.territory.models import Area

# So many people are shown to choose from.
CARRIERS = 40
EDIT = "publications.edit"


def willing(at: datetime) -> QuerySet[Person]:
    """Those who joined the volunteers, and those to whose post it belongs."""
    joined = Consent.objects.filter(purpose="volunteer", withdrawn_at=None)
    return Person.objects.filter(
        Q(pk__in=_posts(at).values("person")) | Q(pk__in=joined.values("person")), erased_at=None
    )


def carriers(
    actor: Any,
    at: datetime,
    *,
    name: str = "",
    team: UUID | None = None,
    chosen: Collection[str] = (),
    shown: Collection[UUID] = (),
) -> list[Person]:
    """The willing of the own area, by a piece of their name (two signs at least) or the team they are in; those who are chosen
    already first. shown: whom this clerk found by the whole phone number before (`actions.carrying`), wherever they are; an id
    of anybody else answers nothing, also among the chosen. `told`: the name with the teams, to tell two of one name apart."""
    posts = _posts(at)
    there = willing(at).filter(_near(actor, posts) | Q(pk__in=shown)).order_by("pinyin", "name", "pk")
    wanted = Q(pk__in=shown)
    if len(name) >= 2:
        wanted |= Q(name__icontains=name) | Q(initials__istartswith=name) | Q(pinyin__istartswith=name)
    if team:
        wanted |= Q(pk__in=posts.filter(organisation=team).values("person"))
    keys = [key for key in map(_uuid, chosen) if key]
    found = list(there.filter(pk__in=keys)[:CARRIERS])
    found += list(there.filter(wanted).exclude(pk__in=keys)[:CARRIERS])
    teams: dict[UUID, list[str]] = {}
    named = posts.filter(person__in=found, organisation__kind=Organisation.Kind.TEAM)
    for person, unit in named.values_list("person", "organisation__name").distinct():
        teams.setdefault(person, []).append(unit)
    for one in found:
        one.told = " · ".join([one.name, *sorted(teams.get(one.pk, []))])  # type: ignore[attr-defined]
    return found


def _posts(at: datetime) -> QuerySet[Post]:
    """The posts that count: of no party body, whose people nobody finds here by it."""
    found = Post.objects.filter(in_force(at)).exclude(role=Role.RESIDENT)
    return found.exclude(organisation__kind=Organisation.Kind.PARTY_BODY)


def _near(actor: Any, posts: QuerySet[Post]) -> Q:
    """A condition on persons: a post, a unit, the own record or a running registration within the clerk's area."""
    mine = posts.filter(actor.q(EDIT) | Q(organisation__in=_units(actor)))
    there = Registration.objects.filter(actor.q(EDIT), ended_on=None, person__isnull=False)
    areas = Area.objects.filter(actor.q(EDIT, area="first"))
    return (
        Q(pk__in=mine.values("person"))
        | Q(pk__in=there.values("person"))
        | Q(record__area_id__in=areas.order_by().values("pk"))
    )


def _units(actor: Any) -> set[UUID]:
    """The units of the area; one without an area of its own lies where the one above it does."""
    found = set(Organisation.objects.filter(actor.q(EDIT)).values_list("pk", flat=True))
    below = list(Organisation.objects.filter(area=None).values_list("pk", "parent"))
    fresh = found
    while fresh:
        fresh = {unit for unit, parent in below if parent in fresh} - found
        found |= fresh
    return found


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
