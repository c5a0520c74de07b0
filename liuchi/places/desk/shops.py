"""Shops of the register for the form of a point: found by name, or as dots of the part of the map that is shown."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from liuchi.kernel.access import needs
from liuchi.people.models import Business
from liuchi.people.registers.queries import businesses
from liuchi.people.registers.trades import BUSINESSES

MOST = 12
MOST_DOTS = 300
WIDEST = 0.1  # degrees: of a whole town there would be too many


@require_safe
@needs("places.edit")
def shops(request: HttpRequest) -> JsonResponse:
    """``?q=``: at most a dozen by name, pinyin, initials or address. ``?box=west,south,east,north``: those in it."""
    if box := _box(request.GET.get("box", "")):
        west, south, east, north = box
        rows = businesses.seen_by(request.actor).filter(
            closed_on=None, lon__gte=west, lon__lte=east, lat__gte=south, lat__lte=north
        )
        return JsonResponse({"options": [_option(one) for one in rows.order_by("pk")[:MOST_DOTS]]})
    text = request.GET.get("q", "").strip()[:60]
    found = businesses.found(request.actor, text=text)[:MOST] if text else ()
    return JsonResponse({"options": [_option(one) for one in found]})


def _option(one: Business) -> dict[str, object]:
    detail = " · ".join(
        part for part in (str(BUSINESSES.get(one.trade, one.trade)), one.area.name, one.address) if part
    )
    hint = "" if one.consent_at else _("not shown to the public")
    return {
        "id": str(one.pk), "name": one.name, "detail": detail, "hint": hint, "address": one.address, "lon": one.lon,
        "lat": one.lat,
    }  # fmt: skip


def _box(said: str) -> tuple[float, float, float, float] | None:
    try:
        west, south, east, north = (float(part) for part in said.split(","))
    except ValueError:
        return None
    return (west, south, east, north) if 0 < east - west < WIDEST and 0 < north - south < WIDEST else None
