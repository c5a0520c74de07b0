"""Reading leaflets: what one has to hand out, and how far a material went, by grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from liuchi.people.models import Post
from liuchi.people.queries import in_force
from liuchi.people.rules import FEWEST
from liuchi.publications import rules
from liuchi.publications.models import Batch, Count, HandOut, Material
from liuchi.publications.queries.scope import own_or_above
from liuchi.territory.models import Area


def mine(person_id: UUID, teams: list[UUID]) -> list[Batch]:
    """The open batches that a person was given, alone or as one of a team."""
    found = Batch.objects.filter(Q(person_id=person_id) | Q(team_id__in=teams), closed_on=None)
    return list(found.select_related("material", "area", "team")[:20])


def grids_of(areas: list[Area]) -> dict[int, list[Area]]:
    """Area -> the grids below it (itself, when it is one), in one query."""
    if not areas:
        return {}
    within = Q(pk__in=[])
    for area in areas:
        within |= Q(first__gte=area.first, first__lte=area.last)
    grids = list(Area.objects.filter(within, level="grid", valid_to=None).defer("boundary").order_by("first"))
    return {area.pk: [g for g in grids if area.first <= g.first <= area.last] or [area] for area in areas}


@dataclass(frozen=True, slots=True)
class Reach:
    """One grid: how many may be shown, whether some are left out, and the width of its bar in percent."""

    name: str
    number: int
    partly: bool
    width: int


def reach(material: Material) -> list[Reach]:
    """How far a material went, by grid, the most first. What fewer than five people handed out is left out, whether each
    for themselves or as a small team; who was erased is nobody, and makes no five."""
    rows = list(
        HandOut.objects.filter(batch__material=material)
        .values_list("area__name", "batch__team_id", "batch__person_id")
        .annotate(total=Sum("count"))
    )
    members: dict[Any, set[Any]] = {}
    in_team = Post.objects.filter(
        in_force(timezone.now()), organisation__in={team for _name, team, _person, _total in rows if team}
    )
    for team, person in in_team.values_list("organisation", "person"):
        members.setdefault(team, set()).add(person)
    found: dict[str, dict[str, Any]] = {}
    for name, team, person, total in rows:
        one = found.setdefault(name, {"teams": 0, "people": 0, "who": set()})
        if len(members.get(team, ())) >= FEWEST:
            one["teams"] += total
        else:
            one["people"] += total
            one["who"] |= members.get(team, {person} if person else set())
    shown = [
        (name, *rules.reach_shown(one["teams"], one["people"], len(one["who"]))) for name, one in sorted(found.items())
    ]
    shown.sort(key=lambda line: -line[1])
    most = max((number for _name, number, _partly in shown), default=0)
    return [
        Reach(name, number, partly, max(2, round(100 * number / most)) if most and number else 0)
        for name, number, partly in shown
    ]


def totals(materials: list[UUID]) -> dict[UUID, dict[str, int]]:
    """Material -> {given, opened}: how many were given out in batches, how often its page was opened; two queries."""
    out = {pk: {"given": 0, "opened": 0} for pk in materials}
    for pk, total in Batch.objects.filter(material__in=materials).values_list("material").annotate(total=Sum("count")):
        out[pk]["given"] = total
    opened = Count.objects.filter(record__in=materials, what="open").values_list("record").annotate(total=Sum("count"))
    for pk, total in opened:
        out[pk]["opened"] = total
    return out


def seen_by(actor: Any) -> QuerySet[Material]:
    """The materials that somebody may see at the desk: the own ones and those of an area above."""
    return Material.objects.filter(own_or_above(actor, "publications.see")).select_related("record", "area")
