"""The public map: what is being worked on around here, for everybody."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from liuchi.cases.public import queries
from liuchi.kernel.access import needs


@needs("cases.report")
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """``?show=done``: what was finished in the last 30 days."""
    done = request.GET.get("show") == "done"
    spots = queries.spots(timezone.now(), done=done)
    return render(
        request,
        "cases/mobile/public.html",
        {"spots": spots, "done": done, "count": sum(len(spot.dots) for spot in spots), "dots": _geojson(spots)},
    )


def _geojson(spots: list[queries.Spot]) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"id": spot.key, "tone": spot.tone},
                "geometry": {"type": "Point", "coordinates": [spot.lon, spot.lat]},
            }
            for spot in spots
        ],
    }
