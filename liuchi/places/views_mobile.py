"""The phone: where one can go, one place, what is on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from liuchi.kernel.access import needs
from liuchi.kernel.media import queries as media
from liuchi.places import words
from liuchi.places.api import spot_of
from liuchi.places.models import Event, Offer
from liuchi.places.queries import events, points
from liuchi.places.queries.hours import hours_of
from liuchi.places.services import Service, services
from liuchi.territory import queries as territory

# So many needs are shown as large keys; the others are behind "more".
FIRST_NEEDS = 8


@needs("places.look")
@require_http_methods(["GET", "HEAD", "POST"])
def near(request: HttpRequest) -> HttpResponse:
    """What one needs, and the nearest places that have it. Where somebody stands, or the place typed, is sent and not
    kept; without it the middle of the place counts. With the head X-Part only the list."""
    sent = request.POST if request.method == "POST" else request.GET
    need = sent.get("need", "") if sent.get("need", "") in services() else ""
    spot = spot_of(_degrees(request.POST.get("lon")), _degrees(request.POST.get("lat")))
    typed = request.POST.get("q", "").strip()[:80]
    found = territory.places_found(typed, points.middle(), limit=1) if typed else []
    if found:
        spot = (found[0].lon, found[0].lat)
    at = timezone.now()
    lines = points.nearest(at, spot, need)
    context: dict[str, Any] = {
        "lines": lines,
        "need": services().get(need),
        "spot": spot,
        "typed": typed,
        "from_words": str(found[0]) if found else "",
        "not_found": bool(typed and not found),
        "dots": {"type": "FeatureCollection", "features": [line.dot() for line in lines]},
        "here": list(spot or points.middle() or ()),
    }
    if request.headers.get("X-Part"):
        return render(request, "places/mobile/_near.html", context)
    first, more = _needs(need)
    context |= {"needs": first, "more_needs": more, "keeps": _keeps(request)}
    return render(request, "places/mobile/near.html", context)


def _needs(chosen: str) -> tuple[list[Service], list[Service]]:
    """Only what is offered somewhere is asked for."""
    there = set(
        Offer.objects.filter(points.to_public("point__"), point__closed_on=None)
        .values_list("service", flat=True)
        .distinct()
    )
    offered = [service for code, service in services().items() if code in there]
    first, more = offered[:FIRST_NEEDS], offered[FIRST_NEEDS:]
    if chosen in {service.code for service in more}:  # what was chosen stays in sight
        picked = next(service for service in more if service.code == chosen)
        first, more = [picked, *first[:-1]], [first[-1], *(one for one in more if one is not picked)]
    return first, more


def _keeps(request: HttpRequest) -> bool:
    actor = request.actor
    return bool(actor.is_signed_in and points.kept_by(actor).exists())


def _degrees(said: str | None) -> float | None:
    try:
        return float(said or "")
    except ValueError:
        return None


@needs("places.look")
@require_safe
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One place: how it stands in one large word, services, hours, the way."""
    at = timezone.now()
    line = points.one(pk, at, points.public())
    if line is None:
        raise Http404
    point = line.point
    there = {service.code: service for service in line.services}
    offers = [
        (there[offer.service], offer.note, line.has(offer.service))
        for offer in sorted(point.offers.all(), key=lambda offer: list(there).index(offer.service))
        if offer.service in there
    ] if there else []  # fmt: skip
    actor = request.actor
    context = {
        "line": line,
        "point": point,
        "offers": offers,
        "week": words.week(hours_of(point)),
        "exceptions": [
            (words.day(one.day), words.spans(tuple((a, b) for a, b in one.spans)), one.why)
            for one in point.exceptions.all()
            if one.day >= timezone.localdate(at)
        ],
        "events": [(event, words.span(event.begins, event.ends, at)) for event in events.coming(at, point.pk)[:5]],
        "photos": [
            {"url": media.url(one, "shown"), "thumb": media.url(one, "thumb"), "kind": one.kind, "word": point.name}
            for one in media.of_record(point.pk)
            if one.state == "ready"
        ],
        "level": words.level(point),
        "may_keep": actor.is_signed_in and points.kept_by(actor).filter(pk=point.pk).exists(),
    }
    return render(request, "places/mobile/place.html", context)


@needs("places.look")
@require_safe
def whats_on(request: HttpRequest) -> HttpResponse:
    """What is on in the next weeks, today first."""
    at = timezone.now()
    today = timezone.localdate(at)
    groups: list[tuple[str, list[tuple[Event, str]]]] = []
    for event in events.coming(at)[:80]:
        name = words.day_head(max(event.local_date, today), today)
        if not groups or groups[-1][0] != name:
            groups.append((name, []))
        groups[-1][1].append((event, words.span(event.begins, event.ends, at).split(" ", 1)[-1]))
    return render(request, "places/mobile/events.html", {"groups": groups})
