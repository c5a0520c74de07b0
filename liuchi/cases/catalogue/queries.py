"""Reads of the catalogue: what counts at a moment, and whose work it is in a place."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Prefetch, Q, QuerySet

from liuchi.cases.catalogue import rules
from liuchi.cases.models.matter import FilingCondition, Matter, Routing, UnitRole
from liuchi.people.models import Organisation
from liuchi.territory.models import Area


def in_force(at: datetime) -> Q:
    """The condition that a filing condition counts at a moment."""
    return Q(valid_from__lte=at) & (Q(valid_until=None) | Q(valid_until__gt=at))


def matters(at: datetime) -> QuerySet[Matter]:
    """The matters that a case can be about, at a moment: the events. A component's fault is an event too."""
    return Matter.objects.filter(kind="event", valid_from__lte=at).select_related("component")


def conditions_of(matter: Matter, at: datetime) -> list[FilingCondition]:
    """The filing conditions (立案条件) of a matter at a moment, the most pressing first.

    The fault of a component has those of the component as well.
    """
    owners = [matter.pk, matter.component_id] if matter.component_id else [matter.pk]
    found = FilingCondition.objects.filter(in_force(at), matter__in=owners)
    return sorted(found, key=lambda each: (*rules.urgency(each.limit_value, each.limit_type), each.position))


def unit_for(role: str, area: Area | None) -> Organisation | None:
    """The organisation that does the work of a role in an area: the entry of the area itself, else of the nearest
    area above it; None if nobody is named."""
    return units_for([role], area).get(role)


def units_for(roles: Collection[str], area: Area | None) -> dict[str, Organisation]:
    """``unit_for`` for several roles with one query. Without an area, the entries of the whole country count."""
    if area is None or not roles:
        return {}
    nearest: dict[str, Organisation] = {}
    entries = (
        Routing.objects.filter(
            unit_role__in=roles, area__first__lte=area.first, area__last__gte=area.last, organisation__closed_on=None
        )
        .select_related("organisation")
        .order_by("-area__first", "area__last")
    )
    for entry in entries:
        nearest.setdefault(entry.unit_role, entry.organisation)
    return nearest


@dataclass(frozen=True, slots=True)
class Charge:
    """Who is in charge under a condition in a place: the lead unit (主办) and those that help (协办).

    ``unit`` is None where the place has named no organisation for the role.
    """

    role: str
    unit: Organisation | None
    helpers: list[tuple[str, Organisation | None]]


def charge_of(condition: FilingCondition, area: Area | None) -> Charge:
    """Condition -> unit role -> organisation of the nearest area upwards."""
    co_roles = condition.co_roles.split()
    units = units_for([condition.unit_role, *co_roles], area)
    return Charge(condition.unit_role, units.get(condition.unit_role), [(role, units.get(role)) for role in co_roles])


@dataclass(slots=True)
class Entry:
    """One line of the catalogue as people read it: a matter with its conditions, and its drafts where asked for."""

    matter: Matter
    conditions: list[FilingCondition] = field(default_factory=list)
    drafts: list[FilingCondition] = field(default_factory=list)

    @property
    def roles(self) -> list[str]:
        """The roles in charge, each once, in the order of the conditions."""
        return list(dict.fromkeys(each.unit_role for each in self.conditions))

    @property
    def all_roles(self) -> list[str]:
        """Every role that leads or helps under any condition or draft."""
        named = [role for each in [*self.conditions, *self.drafts] for role in (each.unit_role, *each.co_roles.split())]
        return list(dict.fromkeys(named))

    def draft_of(self) -> dict[int, FilingCondition]:
        """condition id -> the draft that would replace it."""
        return {draft.replaces_id: draft for draft in self.drafts if draft.replaces_id}


def entries(
    at: datetime, *, text: str = "", major: str = "", role: str = "", code: str = "", drafts: bool = False
) -> list[Entry]:
    """The catalogue: events with the conditions they share with their component, in the order of the codes.

    text: words, code, pinyin or initials; major: the first two digits; role: who is in charge; code: only this one;
    drafts: with what is not published yet. Four queries at most, whatever the size.
    """
    wanted = Matter.objects.filter(kind="event")
    if not drafts:
        wanted = wanted.filter(valid_from__lte=at)
    if major:
        wanted = wanted.filter(code__startswith=major)
    if code:
        wanted = wanted.filter(code=code)
    now = in_force(at) | Q(valid_from=None) if drafts else in_force(at)
    current = Prefetch("conditions", FilingCondition.objects.filter(now).select_related("replaces"))
    found = wanted.select_related("component").prefetch_related(
        current, Prefetch("component__conditions", current.queryset)
    )
    lines = [_entry(matter) for matter in found]
    if role:
        lines = [line for line in lines if role in line.roles]
    said = text.strip().lower()
    if not said:
        return lines
    # Names that begin so come first.
    spoken = [line for line in lines if _speaks_of(line, said)]
    return sorted(
        spoken, key=lambda line: not (line.matter.name.startswith(said) or line.matter.initials.startswith(said))
    )


def _entry(matter: Matter) -> Entry:
    """One line from what ``entries`` has fetched beforehand."""
    shared = list(matter.component.conditions.all()) if matter.component else []
    both = [*matter.conditions.all(), *shared]
    current = [each for each in both if each.valid_from]
    current.sort(key=lambda each: (*rules.urgency(each.limit_value, each.limit_type), each.position))
    return Entry(matter, current, [each for each in both if not each.valid_from])


def _speaks_of(line: Entry, text: str) -> bool:
    matter = line.matter
    if text in matter.name or matter.code.startswith(text) or text in matter.name_en.lower() or text in matter.major:
        return True
    tight = text.replace(" ", "")
    if len(tight) > 1 and tight.isascii() and (tight in matter.initials or tight in matter.pinyin):
        return True
    return any(text in each.text or text in each.label for each in line.conditions)


def majors(at: datetime) -> list[tuple[str, Matter]]:
    """The major classes (大类) of the events: their two digits and one matter that carries the names."""
    seen: dict[str, Matter] = {}
    for matter in matters(at).order_by("code"):
        seen.setdefault(matter.code[:2], matter)
    return sorted(seen.items())


def found(text: str, at: datetime, limit: int = 12) -> list[Matter]:
    """Matters by words, code, pinyin or initials, for the picker of the desk: those whose name begins so come first."""
    said = text.strip().lower()
    if not said:
        return []
    tight = said.replace(" ", "")
    hits = matters(at).filter(
        Q(name__contains=said)
        | Q(code__startswith=said)
        | Q(name_en__icontains=said)
        | Q(initials__contains=tight)
        | Q(pinyin__contains=tight)
    )
    return sorted(
        hits, key=lambda each: (not each.name.startswith(said), not each.initials.startswith(tight), each.code)
    )[:limit]


def by_codes(codes: Iterable[str]) -> dict[str, Matter]:
    """Events by their code, for suggestions and imports."""
    return {matter.code: matter for matter in Matter.objects.filter(kind="event", code__in=list(codes))}


def drafts() -> list[FilingCondition]:
    """What waits to be published, by the code of its matter."""
    waiting = FilingCondition.objects.filter(valid_from=None).select_related("matter", "replaces")
    return list(waiting.order_by("matter__code", "position", "id"))


def counts(at: datetime) -> dict[str, int]:
    """How much the catalogue holds now: ``standard`` and ``local`` codes of both kinds, and ``conditions``."""
    published = Matter.objects.filter(valid_from__lte=at)
    return {
        "standard": published.filter(source="gbt").count(),
        "local": published.filter(source="local", kind="event").count(),
        "conditions": FilingCondition.objects.filter(in_force(at)).count(),
    }


@dataclass(frozen=True, slots=True)
class RoutingLine:
    """One role in an area: ``own`` is named for this very area, ``inherited`` comes from above."""

    role: str
    label: str
    matters: int
    own: Organisation | None
    inherited: Organisation | None


def routing_of(area: Area | None) -> list[RoutingLine]:
    """Each role, how many matters it leads, and who does its work in the area: the desk's table with its gaps."""
    leads = dict(
        FilingCondition.objects.filter(valid_until=None)
        .exclude(valid_from=None)
        .values_list("unit_role")
        .annotate(count=Count("matter", distinct=True))
    )
    own = {
        each.unit_role: each.organisation for each in Routing.objects.filter(area=area).select_related("organisation")
    }
    above = units_for(UnitRole.values, area.parent if area else None)
    lines = [
        RoutingLine(role, str(label), leads.get(role, 0), own.get(role), above.get(role))
        for role, label in UnitRole.choices
    ]
    return sorted(lines, key=lambda line: -line.matters)
