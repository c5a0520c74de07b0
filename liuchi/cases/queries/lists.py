"""Lists of cases: the desk's inbox, a worker's tasks, a reporter's own."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from liuchi.cases import rules
from liuchi.cases.actions.motions import GRANTED
from liuchi.cases.models import Case, Motion
from liuchi.cases.queries.offers import OF_THE_STREET
from liuchi.kernel.access import roles_of
from liuchi.kernel.search import queries as search
from liuchi.people.access import Actor
from liuchi.territory.models import Area

PAGE = 50
# Counts stop here: "1,000+" tells a person as much and costs the database far less.
COUNT_CAP = 1000

# The tabs of the inbox: what each role has to do next.
TABS: Mapping[str, Collection[str]] = {
    "todo": ("reported", "filed"),  # 待派
    "asked": rules.STATES,  # 待批: somebody asks, and this person may answer
    "working": ("dispatched", "accepted", "suspended"),  # 处理中
    "to_accept": ("dispatched",),  # 待接: a unit's own
    "doing": ("accepted", "suspended"),  # 在办: a unit's own
    "to_check": ("handled", "checked"),  # 待核
    "soon": rules.OPEN,  # 将超时: whose time is nearly over, or over
    "ended": ("closed", "withdrawn", "merged"),  # 已结
}
DESK_TABS = ("todo", "asked", "working", "to_check", "soon", "ended")
UNIT_TABS = ("to_accept", "doing", "to_check", "soon", "ended")
ORDERS = ("left", "newest")  # least time left first, or the latest report first


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


# What a line of the inbox shows. An area's border or a report's whole text would only be read to be dropped.
SHOWN = (
    "number", "state", "outcome", "channel", "masked", "place_words", "lon", "lat", "suggestions", "step_from",
    "step_value", "step_clock", "step_due", "supervised_at", "urges", "suspended_until", "area__name", "matter__name", "matter__name_en", "unit__name",
)  # fmt: skip


def inbox(actor: Actor, wanted: Filter, at: datetime) -> Found:
    """One page of the inbox (at most 3 queries), each case with what a line of it shows."""
    found = narrowed(actor, wanted, at)
    start = (wanted.page - 1) * PAGE
    newest = wanted.tab == "ended" or wanted.order == "newest"
    states = TABS.get(wanted.tab, TABS["todo"])
    # Few are running out or ask for an answer, and few fit some words: those are sorted as they are found.
    few = wanted.words or wanted.tab in ("soon", "asked")
    chosen = _first(found, () if few else states, newest, start)
    by_id = {case.pk: case for case in _shown(Case.objects.filter(pk__in=chosen))}
    return Found([by_id[pk] for pk in chosen[:PAGE] if pk in by_id], len(chosen) > PAGE)


def _shown(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.select_related("area", "matter", "unit").only(*SHOWN)


def _first(found: QuerySet[Case], states: Collection[str], newest: bool, start: int) -> list[UUID]:
    """The ids of a page and one more. Asked state by state, because only so an index gives them in their order; of two
    states at once a database would sort all that there are."""
    column = "reported_at" if newest else "step_due"
    parts = [found.filter(state=state) for state in states] or [found]
    near: list[Any] = []
    for part in parts:
        near += part.order_by(f"-{column}" if newest else column).values_list(column, "pk")[: start + PAGE + 1]
    near.sort(key=lambda one: (one[0] is None, one), reverse=newest)
    return [pk for _at, pk in near[start : start + PAGE + 1]]


def narrowed(actor: Actor, wanted: Filter, at: datetime) -> QuerySet[Case]:
    """What a person may see of a filter, as conditions."""
    cases = visible(actor)
    states = TABS.get(wanted.tab, TABS["todo"])
    if wanted.tab == "todo":
        cases = cases.filter(level__in=(0, *levels_of(actor, "cases.dispatch")))
    if wanted.tab == "asked":
        waiting = Motion.objects.filter(state="open", kind__in=kinds_to_answer(actor))
        cases = cases.filter(pk__in=waiting.values("case"))
    if wanted.area is not None:
        area = Area.objects.filter(pk=wanted.area)
        cases = cases.filter(area__first__gte=area.values("first")[:1], area__first__lte=area.values("last")[:1])
    if wanted.unit:
        cases = cases.filter(unit_id=wanted.unit)
    if wanted.matter:
        cases = cases.filter(matter_id=wanted.matter)
    if wanted.channel:
        cases = cases.filter(channel=wanted.channel)
    if wanted.tab == "soon":
        cases = cases.filter(step_due__lt=soon_before(at))
    if wanted.box:
        west, south, east, north = wanted.box
        cases = cases.filter(lon__range=(west, east), lat__range=(south, north))
    if wanted.words.strip():
        keys: list[Any] = list(search.find("case", wanted.words, limit=COUNT_CAP).keys)
        if any(sign.isdigit() for sign in wanted.words):  # a number may be asked for before the worker has indexed it
            keys += Case.objects.filter(number=wanted.words.strip().upper()).values_list("pk", flat=True)
        # Looked up by their keys: the state is hidden from SQLite, which would walk through all that are finished.
        return cases.alias(told=Coalesce("state", Value(""))).filter(pk__in=keys, told__in=states)
    return cases.filter(state__in=states) if len(states) < len(rules.STATES) else cases


def levels_of(actor: Actor, ability: str) -> set[int]:
    """The levels of the office on which somebody holds a post with an ability."""
    roles = roles_of(ability)
    return {rules.LEVELS.get(post.level or "", 0) for post in actor.posts if post.role in roles}


def kinds_to_answer(actor: Actor) -> list[str]:
    """Which kinds of motion somebody answers; disputes and admissions not below the street."""
    kinds = []
    for kind, turn in GRANTED.items():
        highest = max(levels_of(actor, rules.TURNS[turn].ability), default=0)
        if highest >= (rules.LEVELS["street"] if turn in OF_THE_STREET else 1):
            kinds.append(kind)
    return kinds


def soon_before(at: datetime) -> datetime:
    """Deadlines before this moment count as 将超时: one hour ahead."""
    return at + timedelta(hours=1)


def tabs_of(actor: Actor) -> tuple[str, ...]:
    """The tabs of a person's inbox: a unit's handlers accept and handle, the others dispatch, check or read."""
    if actor.may("cases.handle") and not actor.may("cases.check"):
        return UNIT_TABS
    return DESK_TABS if kinds_to_answer(actor) else tuple(tab for tab in DESK_TABS if tab != "asked")


def counts(actor: Actor, wanted: Filter, at: datetime) -> dict[str, int]:
    """How many wait in each tab under the same filter, each at most COUNT_CAP (one query for all; the ended are not
    counted, since nobody has to do anything about them)."""
    told: dict[str, int] = {}
    parts: list[str] = []
    values: list[Any] = []
    for tab in tabs_of(actor):
        if tab == "ended":
            continue
        told[tab] = 0
        # No more than the index holds is read: with its id each case would be fetched from the table.
        cases = narrowed(actor, replace(wanted, tab=tab, words="", box=None), at).order_by().values("state")[:COUNT_CAP]
        with suppress(EmptyResultSet):  # who may see nothing
            statement, its_values = cases.query.sql_with_params()
            parts.append(f"SELECT '{tab}', count(*) FROM ({statement}) AS {tab}")
            values += its_values
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), values)
            told.update(cursor.fetchall())
    return told


# Since when a case is in a tab, to tell what is new there. In the first it is its id, which grows with time: a report
# may arrive long after it was made.
ENTERED = {
    "working": "dispatched_at",
    "to_accept": "dispatched_at",
    "doing": "accepted_at",
    "to_check": "handled_at",
    "ended": "closed_at",
}


def arrived(actor: Actor, wanted: Filter, since: datetime, newest: UUID | None, at: datetime) -> int:
    """How many came into the tab after a moment, or after the newest case known then; at most 99 (one query)."""
    cases = narrowed(actor, wanted, at)
    if column := ENTERED.get(wanted.tab):
        cases = cases.filter(**{f"{column}__gt": since})
    elif newest is not None:
        cases = cases.filter(pk__gt=newest)
    return cases.order_by()[:99].count()


def still_there(actor: Actor, wanted: Filter, ids: Collection[UUID], at: datetime) -> set[UUID]:
    """Which of the cases on somebody's screen are still in the tab they are shown in (one query)."""
    return set(narrowed(actor, wanted, at).filter(pk__in=ids).values_list("pk", flat=True))


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
        Case.objects.filter(reach, state__in=("dispatched", "accepted", "suspended"))
        .exclude(Q(state__in=("accepted", "suspended")) & ~Q(handler_id=actor.person_id))
        .select_related("area", "matter", "unit", "record", "condition")
        .order_by(F("step_due").asc(nulls_last=True), "pk")[:most]
    )


def done_since(person_id: UUID, start: datetime) -> int:
    """How many tasks a person handled since a moment; shown to that person alone."""
    return Case.objects.filter(handler_id=person_id, handled_at__gte=start).count()
