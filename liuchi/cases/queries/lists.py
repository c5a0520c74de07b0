"""Lists of cases: the desk's inbox, a worker's tasks, a reporter's own."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet

from liuchi.cases import rules
from liuchi.cases.models import Case
from liuchi.kernel.search import queries as search
from liuchi.people.access import Actor
from liuchi.territory.models import Area

PAGE = 50
# Counts stop here: "1,000+" tells a person as much and costs the database far less.
COUNT_CAP = 1000

# The tabs of the inbox: what each role has to do next.
TABS = {
    "todo": ("reported", "filed"),
    "working": ("dispatched", "accepted"),
    "to_check": ("handled", "checked"),
    "ended": ("closed", "withdrawn"),
}
ORDERS = {
    "left": (F("step_due").asc(nulls_last=True), "pk"),
    "newest": ("-reported_at", "-pk"),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """What the inbox shows; kept in the page's address."""

    tab: str = "todo"
    order: str = "left"
    area: int | None = None
    unit: UUID | None = None
    matter: UUID | None = None
    channel: str = ""
    words: str = ""
    soon: bool = False  # only those whose time is nearly over or over
    box: tuple[float, float, float, float] | None = None  # west, south, east, north in WGS-84 degrees
    page: int = 1


@dataclass
class Found:
    """One page of cases. more: there is a next page."""

    cases: list[Case] = field(default_factory=list)
    more: bool = False


def visible(actor: Actor, ability: str = "cases.see") -> QuerySet[Case]:
    """The cases that a person may see at the desk; what lies outside does not exist for them."""
    return Case.objects.filter(actor.q(ability, area="area__first", units=("unit_id",)))


def inbox(actor: Actor, wanted: Filter, at: datetime) -> Found:
    """One page of the inbox (2 queries)."""
    found = narrowed(visible(actor), wanted, at)
    start = (wanted.page - 1) * PAGE
    order = ORDERS.get(wanted.order, ORDERS["left"])
    if wanted.tab == "ended":
        order = ORDERS["newest"]
    page = list(found.select_related("area", "matter", "unit", "record").order_by(*order)[start : start + PAGE + 1])
    return Found(page[:PAGE], len(page) > PAGE)


def narrowed(cases: QuerySet[Case], wanted: Filter, at: datetime) -> QuerySet[Case]:
    """The filter as conditions."""
    cases = cases.filter(state__in=TABS.get(wanted.tab, TABS["todo"]))
    if wanted.area is not None:
        area = Area.objects.filter(pk=wanted.area).first()
        cases = cases.filter(area__first__range=(area.first, area.last)) if area else cases.none()
    if wanted.unit:
        cases = cases.filter(unit_id=wanted.unit)
    if wanted.matter:
        cases = cases.filter(matter_id=wanted.matter)
    if wanted.channel:
        cases = cases.filter(channel=wanted.channel)
    if wanted.soon:
        cases = cases.filter(step_due__lt=soon_before(at))
    if wanted.box:
        west, south, east, north = wanted.box
        cases = cases.filter(lon__range=(west, east), lat__range=(south, north))
    if wanted.words.strip():
        keys = search.find("case", wanted.words, limit=COUNT_CAP).keys
        cases = cases.filter(Q(pk__in=keys) | Q(number__iexact=wanted.words.strip()))
    return cases


def soon_before(at: datetime) -> datetime:
    """Deadlines before this moment count as 将超时: one hour ahead."""
    return at + timedelta(hours=1)


def counts(actor: Actor, at: datetime) -> dict[str, int]:
    """How many wait in each tab, and how many are nearly over; each at most COUNT_CAP (one query each)."""
    seen = visible(actor)
    told = {
        tab: seen.filter(state__in=states).order_by()[:COUNT_CAP].count()
        for tab, states in TABS.items()
        if tab != "ended"
    }
    told["soon"] = seen.filter(state__in=rules.OPEN, step_due__lt=soon_before(at)).order_by()[:COUNT_CAP].count()
    return told


def mine(person_id: UUID, page: int, size: int = 20) -> Found:
    """What a person reported, newest first."""
    found = Case.objects.filter(reporter_id=person_id).select_related("area", "matter", "unit", "record")
    start = (page - 1) * size
    cases = list(found.order_by("-reported_at")[start : start + size + 1])
    return Found(cases[:size], len(cases) > size)


def tasks(actor: Actor, most: int = 50) -> list[Case]:
    """What waits to be accepted or handled by this person: given to the unit, or to be handled on one's own ground.
    What somebody else of the unit has accepted is not in it."""
    # A unit's handlers get what the unit has; grid workers what nobody of a unit has to do: cases given to a community.
    reach = actor.q("cases.handle", area=None, units=("unit_id",)) | (
        actor.q("cases.handle", area="area__first") & Q(unit__kind="community")
    )
    return list(
        Case.objects.filter(reach, state__in=("dispatched", "accepted"))
        .exclude(Q(state="accepted") & ~Q(handler_id=actor.person_id))
        .select_related("area", "matter", "unit", "record", "condition")
        .order_by(F("step_due").asc(nulls_last=True), "pk")[:most]
    )


def done_since(person_id: UUID, start: datetime) -> int:
    """How many tasks a person handled since a moment; shown to that person alone."""
    return Case.objects.filter(handler_id=person_id, handled_at__gte=start).count()
