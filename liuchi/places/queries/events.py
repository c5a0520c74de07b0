"""What is on."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from liuchi.kernel import geo
from liuchi.kernel.context import CHINA
from liuchi.places.models import Event
from liuchi.places.queries.points import to_public

# How far ahead the public list looks.
WEEKS_AHEAD = 4


def coming(at: datetime, point_id: UUID | None = None, days: int = WEEKS_AHEAD * 7) -> QuerySet[Event]:
    """What is on now or begins within so many days, the next first."""
    last = at.astimezone(CHINA).date() + timedelta(days=days)
    rows = Event.objects.filter(ends__gt=at, local_date__lte=last, point__closed_on=None)
    rows = rows.filter(to_public("point__")).select_related("point")
    if point_id is not None:
        rows = rows.filter(point_id=point_id)
    return rows.order_by("begins")


def today(at: datetime, spot: geo.Point | None, limit: int = 3) -> list[Event]:
    """What is still on today, the nearest first; without a spot the next first."""
    rows = list(coming(at, days=0).filter(cancelled_at=None)[:60])
    if spot is not None:
        rows.sort(key=lambda event: geo.distance(*spot, event.point.lon, event.point.lat))
    return rows[:limit]
