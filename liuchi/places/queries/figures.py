"""The figures of places for a period and an area: counted from the records, for the desk and for a briefing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from liuchi.cases.models import Case
from liuchi.kernel.links.models import Link
from liuchi.places.models import Event, ServicePoint, Use, Visit, VisitDay

Range = tuple[int, int]


def points_in(within: Range | None) -> QuerySet[ServicePoint]:
    """The points of an area with all below it (`Area.first`, `Area.last`); None: all."""
    rows = ServicePoint.objects.all()
    return rows.filter(area__first__gte=within[0], area__first__lte=within[1]) if within else rows


def open_on(day: date, within: Range | None = None, *, kinds: Sequence[str] = ("station",), inside: str = "") -> int:
    """How many points of these kinds there were on a day; inside: only those of one centre."""
    rows = points_in(within).filter(kind__in=kinds, opened_on__lte=day)
    if inside:
        rows = rows.filter(inside=inside)
    return rows.filter(Q(closed_on=None) | Q(closed_on__gt=day)).count()


def visits(
    first: date,
    last: date,
    within: Range | None = None,
    *,
    kinds: Sequence[str] = (),
    point: UUID | None = None,
) -> int:
    """Person-times (人次) from a day to a day, both included."""
    return _sum(_of(VisitDay.objects.all(), first, last, within, kinds, point))


def uses(
    first: date, last: date, within: Range | None = None, *, kinds: Sequence[str] = (), point: UUID | None = None
) -> dict[str, int]:
    """How often each service was used, the most used first."""
    rows = _of(Use.objects.all(), first, last, within, kinds, point).values("service").annotate(n=Sum("count"))
    return {row["service"]: row["n"] for row in rows.order_by("-n", "service")}


def events(first: date, last: date, within: Range | None = None, *, point: UUID | None = None) -> dict[str, int]:
    """How many events took place (场次), and how many came, as far as it was counted."""
    rows = _of(Event.objects.filter(cancelled_at=None), first, last, within, (), point)
    return rows.aggregate(events=Count("pk"), came=Sum("came", default=0))


def problems(first: date, last: date, within: Range | None = None, *, point: UUID | None = None) -> dict[str, int]:
    """Problems raised about points in the period, and how many of them are solved by now."""
    about = Link.objects.filter(kind="about", target__kind="service_point", source__kind="case")
    if point is not None:
        about = about.filter(target=point)
    elif within:
        about = about.filter(target__service_point__area__first__gte=within[0])
        about = about.filter(target__service_point__area__first__lte=within[1])
    rows = Case.objects.filter(pk__in=about.values("source"), local_date__gte=first, local_date__lte=last)
    return rows.aggregate(
        raised=Count("pk"), solved=Count("pk", filter=Q(state="closed", outcome="done")),
    )  # fmt: skip


def month(first: date, last: date, within: Range | None = None, *, point: UUID | None = None) -> dict[str, Any]:
    """All of it, as the desk shows a period: four statements."""
    return {
        "visits": visits(first, last, within, point=point),
        "uses": uses(first, last, within, point=point),
        **events(first, last, within, point=point),
        "problems": problems(first, last, within, point=point),
    }


def by_day(first: date, last: date, point: UUID) -> dict[date, int]:
    """Visits of one point, each day on which somebody came."""
    rows = VisitDay.objects.filter(point=point, local_date__gte=first, local_date__lte=last)
    return dict(rows.order_by("local_date").values_list("local_date", "count"))


def by_month(point: UUID, since: date) -> dict[date, int]:
    """Visits of one point by month; the key is its first day."""
    rows = VisitDay.objects.filter(point=point, local_date__gte=since).annotate(month=TruncMonth("local_date"))
    return {row["month"]: row["n"] for row in rows.values("month").annotate(n=Sum("count")).order_by("month")}


def busy_hours(point: UUID, since: date) -> dict[int, int]:
    """Visits of one point by hour of the day; hours that nobody noted (lists) are left out."""
    rows = Visit.objects.filter(point=point, local_date__gte=since).exclude(source="sheet")
    return {row["hour"]: row["n"] for row in rows.values("hour").annotate(n=Sum("count")).order_by("hour")}


def _of(
    rows: QuerySet[Any], first: date, last: date, within: Range | None, kinds: Sequence[str], point: UUID | None
) -> QuerySet[Any]:
    rows = rows.filter(local_date__gte=first, local_date__lte=last)
    if point is not None:
        return rows.filter(point=point)
    if within or kinds:
        there = points_in(within)
        rows = rows.filter(point__in=there.filter(kind__in=kinds) if kinds else there)
    return rows


def _sum(rows: QuerySet[Any, Any]) -> int:
    total: int = rows.aggregate(n=Sum("count", default=0, output_field=models.BigIntegerField()))["n"]
    return total
