"""What the phone asks of places. Where somebody stands is sent (POST), used, and forgotten: addresses are kept in logs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema

from liuchi.kernel import geo
from liuchi.kernel.errors import Refused
from liuchi.places import words
from liuchi.places.models import ServicePoint
from liuchi.places.queries import events, points
from liuchi.places.services import matching
from liuchi.territory import queries as territory
from liuchi.territory.walking.ways import roads

router = Router(tags=["places"])


class Standing(Schema):
    """WGS-84 degrees; both may be missing."""

    lon: float | None = None
    lat: float | None = None


class Going(Schema):
    """From where (WGS-84 degrees) to which point."""

    id: UUID
    lon: float
    lat: float


def spot_of(lon: float | None, lat: float | None) -> geo.Point | None:
    """The position, None when there is none or it is none on the earth."""
    return (lon, lat) if lon is not None and lat is not None and geo.is_position(lon, lat) else None


def home(standing: Standing) -> dict[str, Any]:
    """What a rider's first page shows: the nearest station where one can go in, and what is on today."""
    at = timezone.now()
    spot = spot_of(standing.lon, standing.lat)
    found = points.nearest(at, spot, kinds=("station",), limit=1)
    return {
        "nearest": _line(found[0], known=spot is not None) if found else None,
        "today": [
            {
                "title": event.title,
                "when": words.span(event.begins, event.ends, at),
                "where": event.point.name,
                "url": f"/places/{event.point_id}",
            }
            for event in events.today(at, spot)
        ],
        "url": "/places",
    }


class Typed(Schema):
    """What somebody has typed so far; WGS-84 degrees of where they look."""

    q: str
    lon: float | None = None
    lat: float | None = None


@router.post("/find")
def find(request: HttpRequest, typed: Typed) -> dict[str, Any]:
    """What somebody may mean who types on the page of what is near: services, our own places by name, places of the map."""
    said = typed.q.strip()[:80]
    if not said:
        return {"services": [], "points": [], "places": []}
    spot = spot_of(typed.lon, typed.lat) or points.middle()
    return {
        "services": [{"code": one.code, "name": one.name, "icon": one.icon} for one in matching(said)[:3]],
        "points": [
            {"name": one.point.name, "detail": one.state_words, "far": one.far, "url": f"/places/{one.point.pk}"}
            for one in points.named(said, timezone.now(), spot)[:3]
        ],
        "places": [
            {"name": str(one), "lon": one.lon, "lat": one.lat} for one in territory.places_found(said, spot, limit=5)
        ],
    }


@router.post("/way")
def way(request: HttpRequest, going: Going) -> dict[str, Any]:
    """The way on foot as a line of [lon, lat] (WGS-84), and in words."""
    spot = spot_of(going.lon, going.lat)
    point = points.public().filter(pk=going.id).first()
    if spot is None or point is None:
        raise Refused("not_found", _("There is no such place."), status=404)
    found, line = roads().route(spot, (point.lon, point.lat))
    return {
        "metres": round(found.metres),
        "by_road": found.by_road,
        "words": words.way(found.metres, found.by_road),
        "line": [[round(lon, 6), round(lat, 6)] for lon, lat in line],
    }


def _line(shown: points.Shown, *, known: bool) -> dict[str, Any]:
    point: ServicePoint = shown.point
    return {
        "name": point.name,
        "state_words": shown.state_words,
        "tone": shown.tone,
        # without a position the way would be one from the middle of the place, which helps nobody
        "metres": round(shown.metres) if known and shown.metres is not None else None,
        "minutes": shown.minutes if known else "",
        "far": shown.far if known else "",
        "services": [service.name for service in shown.services],
        "url": f"/places/{point.pk}",
    }
