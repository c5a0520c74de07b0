"""Reads: who is who, who holds what, what is kept on somebody."""

import re
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from liuchi.kernel import crypto
from liuchi.kernel.access import Target
from liuchi.kernel.journal.models import Side
from liuchi.people import rules
from liuchi.people.access import Actor, actor_at
from liuchi.people.actions.persons import phone_of
from liuchi.people.actions.posts import in_term
from liuchi.people.consents import PURPOSES
from liuchi.people.data import keepers
from liuchi.people.models import Absence, Consent, Login, Look, Organisation, Person, Post
from liuchi.people.phones import normal_phone
from liuchi.territory.spelling import spell


def login_named(text: str) -> Login | None:
    """The login of a sign-in name or, failing that, of a phone number."""
    text = text.strip().lower()
    found = Login.objects.select_related("person").filter(username=text).first()
    if found is None and normal_phone(text):
        found = Login.objects.select_related("person").filter(person__phone_index=crypto.phone_index(text)).first()
    return found


def persons_with_phone(text: str) -> QuerySet[Person]:
    """Everybody who left exactly this number."""
    return Person.objects.filter(phone_index=crypto.phone_index(text))


def in_force(at: datetime) -> Q:
    """Posts whose term covers the day of an instant."""
    return in_term(rules.local_day(at))


def home_of(person_id: UUID) -> str:
    """The page where somebody's day begins: the desk, the tasks, or the home page."""
    roles = actor_at(person_id, timezone.now()).roles
    if roles & {"dispatcher", "community_clerk", "secretary", "supervisor"}:
        return "/desk/"
    if "administrator" in roles:
        return "/desk/people"
    if roles & {"grid_worker", "grid_leader", "handler"}:
        return "/tasks"
    return "/"


def may_be_called(person_id: UUID) -> bool:
    """Whether a person agreed to be called on the number of their account about what they reported."""
    return Consent.objects.filter(person_id=person_id, purpose="call_back", withdrawn_at=None).exists()


def posts_seen_by(actor: Actor) -> QuerySet[Post]:
    """The posts that somebody may see, newest term first."""
    visible = actor.q("people.see", units=["organisation_id"])
    return Post.objects.filter(visible).select_related("person", "organisation", "area", "record")


def staff_list(
    actor: Actor, at: datetime, *, text: str = "", role: str = "", unit: UUID | None = None, ended: bool = False
) -> QuerySet[Person]:
    """Persons with their visible posts in `.shown_posts`, by name.

    text: a name, its pinyin or initials, a title, a unit, or a whole phone number; ended: also terms that are over.
    Only persons with a visible post: the list is of staff, and no list of residents exists.
    """
    posts = posts_seen_by(actor)
    if not ended:
        day = rules.local_day(at)
        posts = posts.filter(Q(ends=None) | Q(ends__gte=day))
    if role:
        posts = posts.filter(role=role)
    if unit:
        parents = dict(Organisation.objects.values_list("pk", "parent_id"))
        posts = posts.filter(organisation_id__in=rules.subtree(parents, unit))
    people = Person.objects.filter(erased_at=None)
    text = text.strip()
    if text:
        people = people.filter(_fits(text))
    away = Absence.objects.filter(ends__gt=at).select_related("deputy").order_by("begins")
    return (
        people.filter(Exists(posts.filter(person_id=OuterRef("pk"))))
        .select_related("login")
        .prefetch_related(
            Prefetch(
                "posts", posts.prefetch_related(Prefetch("absences", away, to_attr="coming")), to_attr="shown_posts"
            )
        )
        .order_by("pinyin", "pk")
    )


def _fits(text: str) -> Q:
    if normal_phone(text):
        return Q(phone_index=crypto.phone_index(text))
    small = text.lower()
    found = (
        Q(name__icontains=text)
        | Q(posts__title__icontains=text)
        | Q(posts__organisation__name__icontains=text)
        | Q(login__username=small)
    )
    letters = small.replace(" ", "")
    if re.fullmatch(r"[a-z]+", letters):
        found |= Q(initials__startswith=letters) | Q(pinyin__startswith=letters)
    return Q(pk__in=Person.objects.filter(found).values("pk"))


def person_seen_by(actor: Actor, person_id: UUID) -> Person | None:
    """A member of staff with all visible posts in `.shown_posts`, or None if none of them is visible."""
    away = Absence.objects.select_related("deputy").order_by("-begins")
    shown = posts_seen_by(actor).prefetch_related(Prefetch("absences", away, to_attr="all_absences"))
    person = (
        Person.objects.filter(pk=person_id, erased_at=None)
        .select_related("record", "login")
        .prefetch_related(Prefetch("posts", shown, to_attr="shown_posts"))
        .first()
    )
    return person if person and person.shown_posts else None  # type: ignore[attr-defined]


def units_tree(*, text: str = "", closed: bool = False) -> list[Organisation]:
    """The units in the order of the tree, each with `.depth`, `.headcount` and `.path` (names above it).

    With a text: those whose name has it, and the units above them, so that one sees where they hang.
    """
    day = timezone.localdate()
    units = list(Organisation.objects.filter(Q() if closed else Q(closed_on=None)).select_related("area"))
    heads: dict[UUID, int] = {}
    current = Post.objects.filter(Q(ends=None) | Q(ends__gte=day), begins__lte=day, organisation__isnull=False)
    for unit_id, _person in set(current.values_list("organisation_id", "person_id")):
        heads[unit_id] = heads.get(unit_id, 0) + 1
    by_parent: dict[UUID | None, list[Organisation]] = {}
    known = {unit.pk for unit in units}
    for unit in units:
        by_parent.setdefault(unit.parent_id if unit.parent_id in known else None, []).append(unit)
    ranks = {kind: rank for rank, kind in enumerate(Organisation.Kind.values)}
    out: list[Organisation] = []

    def walk(parent: UUID | None, depth: int, path: tuple[str, ...]) -> None:
        for unit in sorted(by_parent.get(parent, ()), key=lambda unit: (ranks[unit.kind], spell(unit.name)[0])):
            unit.depth, unit.path, unit.headcount = depth, path, heads.get(unit.pk, 0)  # type: ignore[attr-defined]
            out.append(unit)
            walk(unit.pk, depth + 1, (*path, unit.name))

    walk(None, 0, ())
    if not text.strip():
        return out
    wanted = text.strip().lower()
    keep: set[UUID] = set()
    parents = {unit.pk: unit.parent_id for unit in out}
    for unit in out:
        if wanted in unit.name.lower():
            above: UUID | None = unit.pk
            while above is not None and above in parents:
                keep.add(above)
                above = parents[above]
    return [unit for unit in out if unit.pk in keep]


def deputies_for(post: Post, at: datetime) -> QuerySet[Person]:
    """Who could stand in: people with a sign-in and a post of the office in force, of the same unit or area first."""
    posts = Post.objects.filter(in_force(at), role__in=rules.STAFF_ROLES, person_id=OuterRef("pk"))
    near = posts.filter(
        Q(organisation_id=post.organisation_id, organisation__isnull=False)
        | Q(area_id=post.area_id, area__isnull=False)
    )
    return (
        Person.objects.filter(Exists(posts), login__is_active=True, erased_at=None)
        .exclude(pk=post.person_id)
        .annotate(is_near=Exists(near))
        .order_by("-is_near", "pinyin")
    )


def may_reset(actor: Actor, login: Login, at: datetime) -> bool:
    """May this person hand that login a new password: the ability, the area, and a lower standing. The posts in which
    somebody stands in count as well: with the password one would stand in them oneself."""
    if not actor.may("people.reset_password") or login.person_id == actor.person_id:
        return False
    theirs = actor_at(login.person_id, at).posts
    official = [post for post in theirs if post.role in rules.STAFF_ROLES]
    if not rules.stands_above(actor.roles, [post.role for post in theirs]):
        return False
    scope = actor.scope("people.reset_password")
    return not official or any(
        scope.holds(area_first=post.first, units=[post.organisation] if post.organisation else []) for post in official
    )


def may_set_absence(actor: Actor, post: Post) -> bool:
    """May this person enter when somebody else is away: the ability, the area, and a lower standing of the post. Who
    could send their equals away would give themselves those posts as the deputy."""
    target = Target(
        area_first=post.area.first if post.area else None,
        units=(post.organisation_id,) if post.organisation_id else (),
        owners=(post.person_id,),
    )
    return actor.may("people.absence", target) and rules.stands_above(actor.roles, [post.role])


def own_posts(actor: Actor, at: datetime) -> list[Post]:
    """The posts of the office that somebody holds: those for which they say themselves when they are away."""
    mine = Post.objects.filter(in_force(at), person_id=actor.person_id, role__in=rules.STAFF_ROLES)
    return list(mine.select_related("record", "area", "organisation").order_by("begins", "pk"))


def own_absences(actor: Actor, at: datetime) -> QuerySet[Absence]:
    """Somebody's absences that are not over."""
    mine = Absence.objects.filter(post__person_id=actor.person_id, ends__gt=at)
    return mine.select_related("post__record", "post__area", "post__organisation", "deputy").order_by("begins")


def kept_on(person: Person) -> dict[str, Any]:
    """All that the house keeps on a person, as plain values: what they see, and what goes into the file they take."""
    consents = Consent.objects.filter(person=person).order_by("given_at")
    looks = Look.objects.filter(person=person).select_related("by_post", "by_post__organisation")
    login = Login.objects.filter(person=person).first()
    return {
        "person": {
            "name": person.name,
            "phone": phone_of(person),
            "has_id_number": bool(person.id_cipher),
            "language": person.language,
            "sign_in_name": login.username if login else "",
            "last_sign_in": _iso(login.last_login) if login else None,
        },
        "consents": [
            {
                "purpose": str(PURPOSES[consent.purpose].title),
                "version": consent.text_version,
                "given": _iso(consent.given_at),
                "withdrawn": _iso(consent.withdrawn_at),
            }
            for consent in consents
            if consent.purpose in PURPOSES
        ],
        "posts": [
            {
                "role": str(post.get_role_display()),
                "title": post.title,
                "unit": post.organisation.name if post.organisation else "",
                "area": post.area.name if post.area else "",
                "begins": post.begins.isoformat(),
                "ends": post.ends.isoformat() if post.ends else None,
            }
            for post in person.posts.select_related("organisation", "area")
        ],
        "looks": [
            {
                "at": _iso(look.at),
                "what": look.what,
                "by": str(look.by_post.get_role_display()) if look.by_post else "",
                "unit": look.by_post.organisation.name if look.by_post and look.by_post.organisation else "",
            }
            for look in looks[:500]
        ],
        "journal": [
            {"at": _iso(side.row.at), "what": side.row.verb, "values": side.body}
            for side in Side.objects.filter(person_id=person.pk, kind="personal")
            .select_related("row")
            .order_by("row_id")[:2000]
        ],
        **{name: keeper.kept(person.pk) for name, keeper in keepers().items()},
    }


def _iso(at: datetime | None) -> str | None:
    return at.astimezone(rules.PLACE_ZONE).isoformat(timespec="minutes") if at else None


def on_duty(role: str, unit: UUID, at: datetime) -> set[UUID]:
    """Who holds a role in a unit at a moment: the holders, or for who is away their deputies."""
    return _serving(Post.objects.filter(in_force(at), role=role, organisation=unit), at)


def on_duty_over(roles: Collection[str], place: int, at: datetime, *, level: str = "") -> set[UUID]:
    """Who holds one of the roles over a place (``Area.first``) at a moment, or for who is away the deputy. level: only posts on
    this level of area."""
    posts = Post.objects.filter(in_force(at), role__in=roles, area__first__lte=place, area__last__gte=place)
    return _serving(posts.filter(area__level=level) if level else posts, at)


def _serving(posts: QuerySet[Post], at: datetime) -> set[UUID]:
    held = dict(posts.values_list("pk", "person_id"))
    away = Absence.objects.filter(post__in=held, begins__lte=at, ends__gt=at)
    return set((held | dict(away.values_list("post_id", "deputy_id"))).values())
