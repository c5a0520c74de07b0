"""What the house knows already of who applies: which programmes suit them, and what their form begins with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from liuchi.admissions import queries, rules
from liuchi.admissions.forms import ANSWER
from liuchi.admissions.models import Programme
from liuchi.people.access import Actor
from liuchi.people.actions.persons import phone_of
from liuchi.people.models import Person, Registration
from liuchi.territory.models import Area


def suited(actor: Actor, programmes: Sequence[Programme]) -> tuple[list[Programme], list[Programme]]:
    """The programmes that suit somebody, the closest first, and the others: a rider's before anybody's, what one keeps a
    shop or holds a post in a unit for, and then the rest (2 queries; none without sign-in)."""
    said = {one.pk: one.version.definition for one in programmes if one.version}
    here = [one for one in programmes if one.pk in said]
    here.sort(key=lambda one: rules.WHO.index(said[one.pk].who))
    if actor.person_id is None:
        return here, []
    rider = any(post.role == "rider" for post in actor.posts)
    rider = rider or Registration.objects.filter(person=actor.person_id, ended_on=None).exists()
    kinds = ["rider", "person"] if rider else ["person"]
    if queries.shops_of(actor.person_id).exists():
        kinds.insert(0, "business")
    if any(post.organisation for post in actor.posts):
        kinds.append("organisation")
    fits = [one for one in here if said[one.pk].who in kinds]
    fits.sort(key=lambda one: (not (rider and said[one.pk].for_riders), kinds.index(said[one.pk].who)))
    return fits, [one for one in here if one not in fits]


def begins_with(person: Person, said: rules.Definition, areas: Sequence[Area]) -> dict[str, Any]:
    """Name of the form's field -> what is known for it: name and phone from the account, platform and community from the
    register of new-employment groups (1 query)."""
    entry = (
        Registration.objects.filter(person=person, ended_on=None)
        .select_related("area")
        .order_by("-registered_on", "pk")
        .first()
    )
    known = {"name": person.name, "phone": phone_of(person), "platform": entry.platform if entry else ""}
    out: dict[str, Any] = {
        ANSWER + one.key: known[one.kind] for one in said.fields if one.kind in rules.KNOWN_KINDS and known[one.kind]
    }
    if entry and said.who in ("person", "rider"):
        here = next((one for one in areas if one.first <= entry.area.first <= one.last), None)
        out |= {"area": str(here.pk)} if here else {}
    return out
