"""The desk's list of points, and what its page says about one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, Sum
from django.http import QueryDict

from liuchi.cases.models import Case
from liuchi.kernel.context import CHINA
from liuchi.kernel.links.models import Link
from liuchi.places.models import ServicePoint, VisitDay
from liuchi.places.queries import figures, points
from liuchi.places.queries.points import Shown
from liuchi.places.services import services
from liuchi.territory.models import Area

A_PAGE = 40
LAST_PAGE = 200
STATES = ("said", "silent", "given_up")


@dataclass(frozen=True, slots=True)
class Filter:
    """What the address of the list asks for. state: said (the keeper said something that counts now), silent (nobody was
    counted for a week), given_up; page: from 1."""

    kind: str = ""
    state: str = ""
    service: str = ""
    area: int | None = None
    words: str = ""
    page: int = 1


def read(query: QueryDict) -> Filter:
    """What can't be read in an address is left out, because old links should still open."""
    kind, state, service = (query.get(name, "") for name in ("kind", "state", "service"))
    area, page = query.get("area", ""), query.get("page", "")
    return Filter(
        kind=kind if kind in dict(ServicePoint.KINDS) else "",
        state=state if state in STATES else "",
        service=service if service in services() else "",
        area=int(area) if area.isdecimal() and len(area) < 19 else None,
        words=" ".join(query.get("q", "").split())[:60],
        page=min(max(int(page) if page.isdecimal() and len(page) < 6 else 1, 1), LAST_PAGE),
    )


@dataclass(slots=True)
class Line:
    """A point of the list. visits: of this month."""

    shown: Shown
    visits: int = 0


def lines(actor: Any, wanted: Filter, at: datetime) -> tuple[list[Line], bool]:
    """One page of the list, and whether there are more. Four queries."""
    today = at.astimezone(CHINA).date()
    rows = ServicePoint.objects.filter(actor.q("places.see", area="area__first", units=["unit_id"]))
    if wanted.state == "given_up":
        rows = rows.exclude(closed_on=None)
    else:
        rows = rows.filter(closed_on=None)
    if wanted.state == "said":
        rows = rows.filter(said_until__gt=at).exclude(said="")
    elif wanted.state == "silent":
        lately = VisitDay.objects.filter(local_date__gt=today - timedelta(days=7)).values("point")
        rows = rows.exclude(pk__in=lately)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.service:
        rows = rows.filter(offers__service=wanted.service)
    if wanted.area:
        area = Area.objects.filter(pk=wanted.area).values_list("first", "last").first()
        rows = rows.filter(area__first__gte=area[0], area__first__lte=area[1]) if area else rows.none()
    if wanted.words:
        rows = rows.filter(
            Q(name__icontains=wanted.words) | Q(address__icontains=wanted.words) | Q(inside__icontains=wanted.words)
        )
    first = (wanted.page - 1) * A_PAGE
    page = list(points.whole(rows.order_by("name", "pk"), at)[first : first + A_PAGE + 1])
    shown = points.shown(page[:A_PAGE], at)
    counted = VisitDay.objects.filter(point__in=[one.point.pk for one in shown], local_date__gte=today.replace(day=1))
    visits = {row["point"]: row["n"] for row in counted.values("point").annotate(n=Sum("count"))}
    return [Line(one, visits.get(one.point.pk, 0)) for one in shown], len(page) > A_PAGE


@dataclass(frozen=True, slots=True)
class Day:
    """A bar of the drawing: how high it is of 60, and from where on."""

    day: date
    visits: int
    x: int
    y: int
    height: int


def days(point: UUID, today: date, many: int = 30) -> list[Day]:
    """The visits of the last days as bars."""
    first = today - timedelta(days=many - 1)
    counted = figures.by_day(first, today, point)
    most = max(counted.values(), default=0) or 1
    found = []
    for ahead in range(many):
        day = first + timedelta(days=ahead)
        visits = counted.get(day, 0)
        height = round(60 * visits / most)
        found.append(Day(day, visits, ahead * 12, 60 - height, height))
    return found


def cases_of(actor: Any, point: UUID, limit: int = 20) -> list[Case]:
    """The cases about a point that this person may see, the newest first."""
    about = Link.objects.filter(target=point, kind="about").values("source")
    rows = Case.objects.filter(pk__in=about).filter(actor.q("cases.see", area="area__first", units=["unit_id"]))
    return list(rows.select_related("matter", "area").order_by("-reported_at")[:limit])
