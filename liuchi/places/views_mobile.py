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
from liuchi.places import maps, words
from liuchi.places.api import spot_of
from liuchi.places.models import Event, Offer, ServicePoint
from liuchi.places.queries import events, points
from liuchi.places.queries.hours import hours_of
from liuchi.places.services import Service, matching, services
from liuchi.territory import queries as territory
from liuchi.territory.walking.ways import roads


@needs("places.look")
@require_http_methods(["GET", "HEAD", "POST"])
def near(request: HttpRequest) -> HttpResponse:
    """What one needs, and the nearest places that have it. Where somebody stands, or the place typed, is sent and not
    kept; without it the middle of the place counts. What is typed may also be a service, or the name of one of our places.
    With the head X-Part only the list."""
    sent = request.POST if request.method == "POST" else request.GET
    need = sent.get("need", "") if sent.get("need", "") in services() else ""
    spot = spot_of(_degrees(request.POST.get("lon")), _degrees(request.POST.get("lat")))
    typed = request.POST.get("q", "").strip()[:80]
    at = timezone.now()
    from_words, lines = "", []
    if typed and spot:  # chosen from what was found while typing
        from_words = typed
    elif typed and (meant := matching(typed)):
        need, typed = meant[0].code, ""
    elif typed and (found := territory.places_found(typed, points.middle(), limit=1)):
        spot, from_words = (found[0].lon, found[0].lat), str(found[0])
    elif typed:
        lines = points.named(typed, at, None)
    called = bool(lines)
    lines = lines or points.nearest(at, spot, need)
    context: dict[str, Any] = {
        "lines": lines,
        "called": called,
        "need": services().get(need),
        "spot": spot,
        "typed": typed,
        "from_words": from_words,
        "not_found": bool(typed and not called and not from_words),
        "legend": words.legend(lines),
        "dots": {"type": "FeatureCollection", "features": [line.dot() for line in lines]},
        "here": list(spot or points.middle() or ()),
    }
    if request.headers.get("X-Part"):
        return render(request, "places/mobile/_near.html", context)
    context |= {"needs": _needs(need), "keeps": _keeps(request)}
    return render(request, "places/mobile/near.html", context)


def _needs(chosen: str) -> list[Service]:
    """Only what is offered somewhere is asked for; what was chosen stays in sight."""
    there = set(
        Offer.objects.filter(points.to_public("point__"), point__closed_on=None)
        .values_list("service", flat=True)
        .distinct()
    )
    offered = [service for code, service in services().items() if code in there]
    return sorted(offered, key=lambda service: service.code != chosen)


def _keeps(request: HttpRequest) -> bool:
    actor = request.actor
    return bool(actor.is_signed_in and points.kept_by(actor).exists())


def _degrees(said: str | None) -> float | None:
    try:
        return float(said or "")
    except ValueError:
        return None


@needs("places.look")
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One place: how it stands in one large word, the way (from a place that somebody names: POST), services, hours."""
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
    typed = request.POST.get("q", "").strip()[:80]
    context = {
        "line": line,
        "point": point,
        "typed": typed,
        "way": _way(typed, point) if typed else None,
        "maps": maps.applications(point.name, point.address, point.lon, point.lat),
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


def _way(typed: str, point: ServicePoint) -> dict[str, Any]:
    """From a place that somebody names: its name, the words of the way, where it begins; nothing where none is found."""
    found = territory.places_found(typed, (point.lon, point.lat), limit=1)
    if not found:
        return {}
    start = found[0]
    way, _line = roads().route((start.lon, start.lat), (point.lon, point.lat))
    return {"start": start, "words": words.way(way.metres, way.by_road)}


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
