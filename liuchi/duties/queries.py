"""Reads: the week, my shifts, free shifts, hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import (
    Count,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    Max,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Sum,
)
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from liuchi.duties import rules
from liuchi.duties.models import Certificate, Duty, Exchange, Shift, Signup
from liuchi.kernel import geo
from liuchi.kernel.recurrence import words as recurrence
from liuchi.people.models import Post
from liuchi.people.queries import in_force
from liuchi.people.rules import shown_name
from liuchi.territory.walking.graph import Way
from liuchi.territory.walking.ways import roads

if TYPE_CHECKING:
    from liuchi.people.access import Actor

FREE_DAYS = 14
PAGE = 20
ROWS = 60
LINES = 400

_here = Prefetch("signups", Signup.objects.filter(left_at=None).select_related("person"), to_attr="here")


def seen_by(actor: Actor, ability: str = "duties.see") -> QuerySet[Duty]:
    """The duties of the areas of somebody's posts."""
    return Duty.objects.filter(actor.q(ability, area="area__first")).select_related("record", "area", "unit")


def shifts_seen_by(actor: Actor, ability: str = "duties.see") -> QuerySet[Shift]:
    """Their shifts, with who is in them."""
    visible = actor.q(ability, area="duty__area__first")
    return Shift.objects.filter(visible).select_related("record", "duty__area", "duty__unit").prefetch_related(_here)


@dataclass(slots=True)
class Row:
    """One duty in the picture of the week: its shifts by day."""

    duty: Duty
    days: list[list[Shift]] = field(default_factory=list)
    holes: int = 0
    words: str = ""


def week(actor: Actor, monday: date, kind: str = "roster") -> tuple[list[Row], bool]:
    """The picture of a week: rows of duties, each with seven days; True if there are more duties than are shown."""
    last = monday + timedelta(days=6)
    shown = seen_by(actor).filter(kind=kind).filter(Q(ended_on=None) | Q(ended_on__gte=monday))
    shown = shown.filter(starts_on__lte=last).order_by("area__first", "where", "begins", "title")
    duties = list(shown[: ROWS + 1])
    rows = {duty.pk: Row(duty, [[] for _day in range(7)]) for duty in duties[:ROWS]}
    shifts = Shift.objects.filter(duty__in=list(rows), day__range=(monday, last)).exclude(state=rules.DROPPED)
    for shift in shifts.prefetch_related(_here).order_by("begins"):
        row = rows[shift.duty_id]
        shift.duty = row.duty
        row.days[(shift.day - monday).days].append(shift)
        if shift.state == rules.PLANNED:
            row.holes += missing(shift)
    return list(rows.values()), len(duties) > ROWS


def missing(shift: Shift) -> int:
    """How many people a shift still lacks; needs `.here`."""
    return max(0, shift.needs - len(shift.here))  # type: ignore[attr-defined]


def state_words(shift: Shift, at: datetime) -> tuple[str, str]:
    """(what is said of a shift, tone). The missing is said of the shift alone."""
    if shift.state == rules.KEPT:
        return _("kept"), "ok"
    if shift.state == rules.MISSED:
        return _("missed"), "bad"
    if shift.state == rules.DROPPED:
        return _("called off"), ""
    if shift.ends <= at:
        return _("waits for a word"), "info"
    if shift.needs == 0:
        return _("planned"), ""
    lack = missing(shift)
    if lack:
        return ngettext("%(n)s person wanted", "%(n)s people wanted", lack) % {"n": lack}, "warn"
    return _("full"), "ok"


def my_shifts(person: UUID, at: datetime, most: int = 10) -> list[Shift]:
    """The shifts that somebody has signed up for and that are not over, the next first."""
    mine = Signup.objects.filter(shift=OuterRef("pk"), person=person, left_at=None)
    ahead = Shift.objects.filter(Exists(mine), ends__gt=at, state=rules.PLANNED)
    return list(ahead.select_related("duty__area").prefetch_related(_here).order_by("begins")[:most])


def _open(person: UUID | None, at: datetime) -> Q:
    """Shifts of which somebody may have a place: for everybody, or for the team in which they hold a post."""
    held = Post.objects.filter(in_force(at), person=person, organisation__isnull=False).values("organisation")
    return Q(duty__team_only=False) | Q(duty__unit__in=held)


def free_shifts(
    person: UUID | None, at: datetime, page: int = 1, spot: geo.Point | None = None
) -> tuple[list[Shift], bool]:
    """Shifts of the next two weeks that still lack somebody or of which a place is offered: the soonest first; from a spot
    the nearest, and those at no point of the map after them. The spot is used and forgotten."""
    mine = Signup.objects.filter(shift=OuterRef("pk"), person=person, left_at=None)
    offered = Signup.objects.filter(shift=OuterRef("pk"), left_at=None, offered_at__isnull=False)
    found = (
        Shift.objects.filter(
            _open(person, at),
            state=rules.PLANNED,
            begins__gt=at,
            begins__lte=at + timedelta(days=FREE_DAYS),
            needs__gt=0,
        )
        .filter(~Exists(mine))
        .annotate(taken=Count("signups", filter=Q(signups__left_at=None)), is_offered=Exists(offered))
        .filter(Q(taken__lt=F("needs")) | Q(is_offered=True))
    )
    start = PAGE * (max(page, 1) - 1)
    rows = found.select_related("duty__area", "duty__about__service_point").order_by(*_nearest(spot), "begins", "pk")
    shown: list[Shift] = [*rows[start : start + PAGE + 1]]
    return shown[:PAGE], len(shown) > PAGE


def _nearest(spot: geo.Point | None) -> list[Any]:
    """The order by the straight line; none without a spot."""
    if spot is None:
        return []
    along, across = geo.degree_lengths(spot[1])
    east = (F("duty__about__service_point__lon") - spot[0]) * along
    north = (F("duty__about__service_point__lat") - spot[1]) * across
    return [ExpressionWrapper(east * east + north * north, FloatField()).asc(nulls_last=True)]


def ways_to(shifts: Sequence[Shift], spot: geo.Point) -> dict[UUID, Way]:
    """Shift -> the way on foot to the point where it is; without those that are at no point of the map."""
    points = {
        shift.pk: (about.service_point.lon, about.service_point.lat)
        for shift in shifts
        if (about := shift.duty.about) and hasattr(about, "service_point")
    }
    goals = sorted(set(points.values()))
    found = dict(zip(goals, roads().ways(spot, goals), strict=True))
    return {pk: found[goal] for pk, goal in points.items()}


def shift_for(person: UUID | None, shift_id: UUID, at: datetime) -> Shift | None:
    """A shift as a volunteer may see it: of a roster, for everybody or for one's own team."""
    found = Shift.objects.filter(_open(person, at), pk=shift_id, duty__kind=Duty.Kind.ROSTER)
    return found.select_related("record", "duty__area", "duty__unit").prefetch_related(_here).first()


def others_in(shift: Shift, person: UUID | None, language: str) -> list[str]:
    """Who shares a shift: by the full name to those in it, else as 程某."""
    inside = any(place.person_id == person for place in shift.here)  # type: ignore[attr-defined]
    return [
        place.person.name if inside else shown_name(place.person.name, language=language)
        for place in shift.here  # type: ignore[attr-defined]
        if place.person_id != person
    ]


def questions_to(person: UUID) -> list[Exchange]:
    """Exchanges that wait for somebody's answer."""
    asked = Exchange.objects.filter(answered_at=None, offered__person=person, offered__left_at=None)
    return list(asked.select_related("offered__shift__duty", "against__shift__duty", "against__person")[:20])


def just_left(person: UUID, shift: Shift, at: datetime) -> bool:
    """Whether somebody gave their place up a moment ago, maybe by a wrong tap, and one is free."""
    if shift.state != rules.PLANNED or shift.begins <= at or not missing(shift):
        return False
    return Signup.objects.filter(shift=shift, person=person, left_at__gte=at - rules.UNDO).exists()


def exchangeable(person: UUID, shift: Shift, at: datetime) -> list[Shift]:
    """The person's own shifts that could be given for a place in this one."""
    mine = Signup.objects.filter(shift=OuterRef("pk"), person=person, left_at=None)
    ahead = Shift.objects.filter(Exists(mine), begins__gt=at, state=rules.PLANNED).exclude(pk=shift.pk)
    return list(ahead.select_related("duty").order_by("begins")[:8])


@dataclass(frozen=True, slots=True)
class Served:
    """One shift that somebody served: for their own eyes and their certificate."""

    day: date
    title: str
    where: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Hours:
    """What somebody served in a time: the sums of all of it, and its newest shifts."""

    minutes: int
    times: int
    begins: date | None  # the first day
    ends: date | None  # the last
    newest: list[Served]


def hours(person: UUID, year: int | None = None, most: int = LINES) -> Hours:
    """The hours of somebody, of a year or ever, with at most so many shifts. Every sum is of all shifts, listed or not."""
    came = Signup.objects.filter(person=person, left_at=None, came_at__isnull=False)
    if year:
        came = came.filter(shift__day__year=year)
    sums = came.aggregate(
        minutes=Sum("minutes", default=0), times=Count("pk"), begins=Min("shift__day"), ends=Max("shift__day")
    )
    rows = came.select_related("shift__duty").order_by("-shift__begins")[:most]
    newest = [Served(row.shift.day, row.shift.duty.title, row.shift.duty.where, row.minutes) for row in rows]
    return Hours(**sums, newest=newest)


def certificates_of(person: UUID | None) -> QuerySet[Certificate]:
    """The certificates that the person who asks has, the newest first."""
    if person is None:
        return Certificate.objects.none()
    return Certificate.objects.filter(person=person).select_related("person").order_by("-issued_on", "-number")


def lines_of(one: Certificate) -> list[Served]:
    """What stands on a certificate."""
    return [Served(date.fromisoformat(day), title, where, minutes) for day, title, where, minutes in one.lines]


def words_of(duty: Duty) -> str:
    """每周三 9:00—11:00."""
    return f"{recurrence.rhythm(duty.rule, duty.starts_on)} {recurrence.hours(duty.begins, duty.ends)}"


def record_of(duty: Duty, since: date, until: date) -> dict[str, int]:
    """Kept and missed shifts of a duty in a time, and the people-hours served: counted from records."""
    shifts = Shift.objects.filter(duty=duty, day__range=(since, until))
    counted = shifts.aggregate(
        kept=Count("pk", filter=Q(state=rules.KEPT)), missed=Count("pk", filter=Q(state=rules.MISSED))
    )
    served = Signup.objects.filter(shift__in=shifts, left_at=None, came_at__isnull=False)
    sums = served.aggregate(times=Count("pk"), minutes=Sum("minutes"))
    return {**counted, "times": sums["times"], "minutes": sums["minutes"] or 0}


def home(person: UUID | None, at: datetime) -> dict[str, Any]:
    """What a person's home shows: the next shift of one's own, and how many are free in the next two weeks."""
    mine = my_shifts(person, at, most=1) if person else []
    free, more = free_shifts(person, at)
    return {
        "next": [_short(shift) for shift in mine],
        "free": len(free),
        "more": more,
        "soonest": [_short(shift) for shift in free[:2]],
        "url": "/duties",
    }


def _short(shift: Shift) -> dict[str, Any]:
    here = shift.begins.astimezone(rules.PLACE_ZONE), shift.ends.astimezone(rules.PLACE_ZONE)
    return {
        "title": shift.duty.title,
        "where": shift.duty.where or shift.duty.area.name,
        "when": f"{recurrence.day(shift.day)} {recurrence.hours(here[0].time(), here[1].time())}",
        "begins": shift.begins,
        "url": f"/duties/{shift.pk}",
    }
