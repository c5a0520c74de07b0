"""Reads: what one can apply for and holds, what waits at the desk, who holds what, whether a letter is genuine, figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from liuchi.admissions import rules
from liuchi.admissions.models import Admission, Application, Letter, Programme
from liuchi.kernel import crypto
from liuchi.people.access import Actor
from liuchi.people.models import Business, Organisation, Post
from liuchi.people.queries import in_force
from liuchi.people.registers.rules import name_key
from liuchi.territory.models import Area

PAGE = 50
NEWEST = 200


# --- for oneself ------------------------------------------------------------------------------------------------------


def programmes_open(person_id: UUID | None) -> list[Programme]:
    """What one can apply for; those by invitation only for who is invited."""
    found = Programme.objects.filter(state=Programme.State.OPEN).select_related("version", "area", "unit")
    invited = (
        set(Programme.objects.filter(invitations__person=person_id).values_list("pk", flat=True))
        if person_id
        else set()
    )
    return [one for one in found if one.version and (not one.version.definition.invited or one.pk in invited)]


def mine(person_id: UUID) -> QuerySet[Application]:
    """One's own applications that are not over, the newest first; a refused one stays, since it can be appealed against."""
    shown = [*rules.OPEN, "refused"]
    return (
        Application.objects.filter(person_id=person_id, state__in=shown)
        .select_related("programme", "version", "business", "organisation", "person", "area")
        .order_by("-begun_at")
    )


def held_by(person_id: UUID, *, running: bool = True) -> QuerySet[Admission]:
    """What somebody holds, for oneself or a shop or unit of theirs."""
    found = Admission.objects.filter(person_id=person_id).select_related(
        "programme__unit", "version", "business", "organisation", "person", "area"
    )
    return found.filter(state=rules.RUNNING) if running else found.order_by("-begins")


def shops_of(person_id: UUID) -> QuerySet[Business]:
    """The shops and firms that somebody keeps."""
    return Business.objects.filter(keeper_id=person_id, closed_on=None).select_related("area", "record")


def units_of(actor: Actor) -> QuerySet[Organisation]:
    """The units in which somebody holds a post now."""
    held = Post.objects.none()
    if actor.person_id and actor.at:
        held = Post.objects.filter(in_force(actor.at), person_id=actor.person_id, organisation__isnull=False)
    return Organisation.objects.filter(pk__in=held.values("organisation"), closed_on=None).select_related("area")


def areas_for(programme: Programme) -> list[Area]:
    """The communities that somebody chooses from when applying; none to choose if the programme is of one."""
    if programme.area.level in ("community", "grid"):
        return []
    first, last = programme.area.first, programme.area.last
    found = Area.objects.filter(level="community", valid_to=None, first__gte=first, last__lte=last)
    return list(found.defer("boundary").order_by("first")[:400])


def alike(actor: Actor, application: Application) -> list[Business]:
    """What the register has that may be the shop which applies as a new one: of the same name, but for what offices leave
    out or add, in the programme's place. `told`: whether the actor may see who keeps it; the applicant chose the name by
    which it was looked up."""
    if not application.shop_name or application.business_id:
        return []
    found = Business.objects.filter(
        name_key=name_key(application.shop_name),
        closed_on=None,
        area__first__gte=application.programme.area.first,
        area__first__lte=application.programme.area.last,
    )
    shops = list(found.select_related("keeper", "area")[:5])
    for shop in shops:
        shop.told = actor.may("businesses.see", shop)  # type: ignore[attr-defined]
    return shops


# --- at the desk ------------------------------------------------------------------------------------------------------


def seen_by(actor: Actor) -> QuerySet[Application]:
    """The applications that somebody may see at the desk: sent ones of their area."""
    return (
        Application.objects.filter(actor.q("admissions.see", area="area__first"))
        .exclude(state="draft")
        .select_related("programme__area", "version", "person", "business", "organisation", "area", "record")
    )


def for_me(actor: Actor) -> Q:
    """A condition that keeps what waits for a role of this person, where it lies; never one's own."""
    parts = [
        Q(role=post.role, area__first__gte=post.first, area__first__lte=post.last)
        for post in actor.posts
        if post.role in rules.CHECK_ROLES and post.first is not None
    ]
    if not parts:
        return Q(pk__in=[])
    return reduce(or_, parts) & ~Q(person_id=actor.person_id) & ~Q(state="appealed", decided_by_id=actor.person_id)


TABS: dict[str, Q] = {
    "desk": Q(state__in=rules.AT_THE_DESK),
    "returned": Q(state="returned"),
    "waiting": Q(state="waiting"),
    "decided": Q(state__in=("admitted", "refused", "closed")),
}


def inbox(actor: Actor, tab: str, programme: UUID | None = None) -> QuerySet[Application]:
    """The list of a tab: ``mine`` waits for this person, ``desk`` for anybody here; the shortest time left first."""
    found = seen_by(actor).filter(for_me(actor) if tab == "mine" else TABS.get(tab, TABS["desk"]))
    if programme:
        found = found.filter(programme=programme)
    if tab == "decided":
        return found.order_by("-decided_at", "pk")
    return found.order_by("due_at" if tab in ("mine", "desk") else "begun_at", "sent_at", "pk")


def waiting_for(actor: Actor) -> int:
    """How many applications wait for this person."""
    return seen_by(actor).select_related(None).filter(for_me(actor)).count()


def programmes_seen_by(actor: Actor) -> QuerySet[Programme]:
    """The programmes that somebody may write."""
    found = Programme.objects.filter(actor.q("admissions.programmes", area="area__first"))
    return found.select_related("area", "unit", "version", "record")


def programmes_for(actor: Actor) -> QuerySet[Programme]:
    """The open programmes whose place touches the areas in which somebody may appoint."""
    scope = actor.scope("admissions.appoint")
    touching = [Q(area__first__lte=last, area__last__gte=first) for first, last in scope.areas]
    within = Q() if scope.everything else reduce(or_, touching) if touching else Q(pk__in=[])
    return Programme.objects.filter(within, state=Programme.State.OPEN).select_related("area", "version")


def holders_seen_by(actor: Actor) -> QuerySet[Admission]:
    """Who holds what, where it is somebody's duty to know."""
    return Admission.objects.filter(actor.q("admissions.see", area="area__first")).select_related(
        "programme__unit", "version", "person", "business", "organisation", "area", "record"
    )


def holders(
    actor: Actor, *, programme: UUID | None = None, state: str = "running", text: str = ""
) -> QuerySet[Admission]:
    """The register: the nearest end first."""
    found = holders_seen_by(actor).filter(state=state)
    if programme:
        found = found.filter(programme=programme)
    if text:
        fits = Q(person__name__icontains=text, business=None, organisation=None)
        found = found.filter(
            fits | Q(business__name__icontains=text) | Q(organisation__name__icontains=text) | Q(letters__number=text)
        ).distinct()
    return found.order_by("ends", "-begins", "pk")


def unprinted(actor: Actor, programme: UUID | None = None) -> QuerySet[Letter]:
    """The letters that count and were never printed, of all programmes or one, in the order of their numbers."""
    held = holders_seen_by(actor).filter(state=rules.RUNNING)
    if programme:
        held = held.filter(programme=programme)
    return Letter.objects.filter(admission__in=held.values("pk"), replaced=False, printed=0).order_by("pk")


def newest_letters(admissions: list[Admission]) -> dict[UUID, Letter]:
    """The letter that counts of each, with one query."""
    found: dict[UUID, Letter] = {}
    for letter in Letter.objects.filter(admission__in=admissions, replaced=False).order_by("pk"):
        found[letter.admission_id] = letter
    return found


# --- verifying --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Verified:
    """What anybody may know of a letter. state: valid, not_yet, renewed (another letter counts now), ended,
    withdrawn or erased."""

    state: str
    letter: Letter
    admission: Admission
    name: str


def verified(code: str, today: date) -> Verified | None:
    """What a code says, or None for one that no letter has."""
    code = rules.clean_code(code)
    if not code:
        return None
    letter = (
        Letter.objects.filter(code_index=crypto.blind_index("letter", code))
        .select_related(
            "admission__programme__unit", "admission__person", "admission__business", "admission__organisation"
        )
        .first()
    )
    if letter is None:
        return None
    held = letter.admission
    if held.business or held.organisation:
        name = str(held.business or held.organisation)
    else:
        name = rules.masked_name(held.person.name) if held.person else ""
    if held.person and held.person.erased_at and not (held.business or held.organisation):
        return Verified("erased", letter, held, "")
    return Verified(_validity(letter, held, today), letter, held, name)


def _validity(letter: Letter, held: Admission, today: date) -> str:
    if held.state == rules.WITHDRAWN:
        return "withdrawn"
    if held.state != rules.RUNNING:
        return "ended"
    if letter.ends and letter.ends < today:
        return "renewed" if letter.replaced else "ended"
    return "not_yet" if letter.begins > today else "valid"


# --- figures ----------------------------------------------------------------------------------------------------------


def figures(area: Area, since: date, until: date) -> list[dict[str, Any]]:
    """What was admitted within an area and a period (both days included), by programme and title: exact numbers, for
    briefings. Pages that describe persons show them through rules.told."""
    counted = (
        Admission.objects.filter(
            begins__gte=since, begins__lte=until, area__first__gte=area.first, area__first__lte=area.last
        )
        .values("programme__key", "programme__name", "title")
        .annotate(admitted=Count("pk"), running=Count("pk", filter=Q(state=rules.RUNNING)))
        .order_by("programme__key", "title")
    )
    return [
        {
            "programme": row["programme__key"],
            "name": row["programme__name"],
            "title": row["title"],
            "admitted": row["admitted"],
            "running": row["running"],
        }
        for row in counted
    ]
