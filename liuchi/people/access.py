"""The one place that answers "may this person do this to that".

Pages, API, queries and the outbox all ask here; the tables of abilities come through the port `kernel.access`, the
arithmetic is in `rules`. Lower floors ask through `request.actor`, which has the same two questions:

    request.actor.may("areas.edit", target)          -> bool
    request.actor.q("cases.see", area="area__first") -> Q for a queryset: what lies outside does not exist
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Q

from liuchi.kernel import access as port
from liuchi.kernel import sql
from liuchi.kernel.access import Target
from liuchi.people import rules
from liuchi.people.models import Organisation, Role
from liuchi.people.rules import Held, Scope


class HasTarget(Protocol):
    """A record that says itself where it lies and whose it is."""

    def access_target(self) -> Target: ...


class Actor:
    """Who asks, with the posts that count at one moment. Built once a request, with one query; a second one only for
    posts that reach over a unit and those below it. Without sign-in: no query, no posts. token_id: the key, when a program
    asks (tokens.access)."""

    token_id: UUID | None = None

    def __init__(
        self,
        person_id: UUID | None = None,
        posts: Iterable[Held] = (),
        at: datetime | None = None,
        language: str = "zh-hans",
    ) -> None:
        self.person_id = person_id
        self.posts = tuple(posts)
        self.at = at
        self.language = language

    def __repr__(self) -> str:
        return f"Actor({self.person_id}, {', '.join(post.role for post in self.posts) or 'no post'})"

    @property
    def is_signed_in(self) -> bool:
        return self.person_id is not None

    @property
    def is_staff(self) -> bool:
        """Holds or deputises at least one post of the office."""
        return any(post.role in rules.STAFF_ROLES for post in self.posts)

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(post.role for post in self.posts)

    @property
    def post_id(self) -> UUID | None:
        """The post in which the person acts when no ability decides it: the first of the person's own."""
        own = [post for post in self.posts if post.deputy_for is None]
        chosen = own or list(self.posts)
        return chosen[0].post if chosen else None

    @property
    def post_title(self) -> str:
        """How the shell names the post in which somebody acts: its title, or its role."""
        own = [post for post in self.posts if post.deputy_for is None] or list(self.posts)
        return own[0].title or str(Role(own[0].role).label) if own else ""

    def scope(self, ability: str) -> Scope:
        """How far an ability reaches. Raises KeyError for an ability that no app registered."""
        return rules.scope_of(port.roles_of(ability), self.posts, signed_in=self.is_signed_in)

    def may(self, ability: str, target: Target | HasTarget | None = None) -> bool:
        """Without a target: at all, anywhere. With one (a Target, or a record with `access_target()`): to that."""
        scope = self.scope(ability)
        if target is None:
            return bool(scope)
        return scope.holds(**self._facts(target))

    def post_for(self, ability: str, target: Target | HasTarget | None = None) -> UUID | None:
        """The post in which the person does this, for the journal: with a deputy it is the absent holder's."""
        table = port.roles_of(ability)
        if target is None:
            granting = [post for post in self.posts if post.role in table]
            granting.sort(key=lambda post: post.deputy_for is not None)
            return granting[0].post if granting else None
        held = rules.post_acting(table, self.posts, **self._facts(target))
        return held.post if held else None

    def q(
        self, ability: str, *, area: str | None = "area__first", units: Collection[str] = (), owner: str | None = None
    ) -> Q:
        """A condition that keeps only what lies within the scope of the ability.

        area: the look-up of the record's `Area.first`; units: look-ups of organisation ids; owner: look-up of the
        person id that makes a record one's own. A look-up that is not given can't open anything.
        """
        scope = self.scope(ability)
        if scope.everything:
            return Q()
        opens = []
        if area:
            opens = [Q(**{f"{area}__gte": first, f"{area}__lte": last}) for first, last in scope.areas]
        if scope.units:
            opens += [Q(**{f"{unit}__in": scope.units}) for unit in units]
        if owner and scope.own and self.person_id:
            opens.append(Q(**{owner: self.person_id}))
        return reduce(or_, opens) if opens else Q(pk__in=[])

    def _facts(self, target: Target | HasTarget) -> dict[str, Any]:
        if not isinstance(target, Target):
            target = target.access_target()
        is_own = self.person_id is not None and self.person_id in target.owners
        return {"area_first": target.area_first, "units": target.units, "is_own": is_own}


NOBODY = Actor()


# Asked by every page of everybody who is signed in, so a plain statement.
_POSTS_HELD = """
    SELECT post.record_id, post.person_id, post.organisation_id, post.role, area.first, area.last, area.level, post.title
    FROM people_post AS post LEFT JOIN territory_area AS area ON area.id = post.area_id
    WHERE post.begins <= %s AND (post.ends IS NULL OR post.ends >= %s) AND (post.person_id = %s OR post.record_id IN
        (SELECT post_id FROM people_absence WHERE deputy_id = %s AND begins <= %s AND ends > %s))
    ORDER BY post.begins, post.record_id
"""


def actor_at(person_id: UUID | None, at: datetime, language: str = "zh-hans") -> Actor:
    """The actor as of a moment: terms and absences count at `at`, so that work done offline is judged by when it was
    done. One query, two for a person whose post reaches over units; none for nobody."""
    if person_id is None:
        return NOBODY
    day = rules.local_day(at)
    rows: list[Any] = [
        (*map(sql.as_uuid, row[:3]), *row[3:])
        for row in sql.rows(_POSTS_HELD, (day, day, person_id, person_id, at, at))
    ]
    parents: dict[UUID, UUID | None] = {}
    if any(role in rules.ROLES_WITH_UNIT and unit for _pk, _who, unit, role, *_rest in rows):
        parents = dict(Organisation.objects.values_list("pk", "parent_id"))
    held = [
        Held(
            post=pk,
            role=role,
            first=first,
            last=last,
            level=level,
            organisation=unit,
            units=rules.subtree(parents, unit) if unit and role in rules.ROLES_WITH_UNIT else frozenset(),
            deputy_for=holder if holder != person_id else None,
            title=title,
        )
        for pk, holder, unit, role, first, last, level, title in rows
    ]
    return Actor(person_id, held, at, language)


def may(actor: Actor, ability: str, target: Target | HasTarget | None = None) -> bool:
    """May this person do this to that."""
    return actor.may(ability, target)


def scope(actor: Actor, ability: str) -> Scope:
    """How far an ability reaches for this person."""
    return actor.scope(ability)
