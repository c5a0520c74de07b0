"""Taking a report for somebody who calls or stands at the counter: one form, saved by one key."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from liuchi.cases import words
from liuchi.cases.actions.acting import target_of
from liuchi.cases.desk.case import as_id
from liuchi.cases.models import Case
from liuchi.cases.queries.near import cases_near
from liuchi.kernel import geo
from liuchi.kernel.access import needs
from liuchi.kernel.context import CHINA, of_request
from liuchi.kernel.errors import Refused
from liuchi.kernel.outbox import actions as outbox
from liuchi.territory import queries as territory

CHANNELS = ("call", "walk_in", "visit")
FIELDS = ("text", "place_text", "place_id", "lon", "lat", "phone", "behalf", "at", "matter", "channel", "key")


@needs("cases.take")
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest) -> HttpResponse:
    """The form; after it was sent number and receipt to read out. The form carries a key of its own, so that sending it
    twice over a bad line is one report."""
    if request.method == "POST":
        return _taken(request)
    sent = {"key": str(uuid4()), "channel": request.session.get("take_channel", "call")}
    return _form(request, sent)


def _taken(request: HttpRequest) -> HttpResponse:
    sent = {name: request.POST.get(name, "") for name in FIELDS}
    channel = sent["channel"] if sent["channel"] in CHANNELS else "call"
    request.session["take_channel"] = channel
    ctx = of_request(request, channel)
    if channel == "visit" and sent["at"]:  # written down after coming back
        with suppress(ValueError):
            ctx = ctx.happened(min(datetime.fromisoformat(sent["at"]).replace(tzinfo=CHINA), ctx.recorded_at))
    body: dict[str, Any] = {
        "text": sent["text"],
        "place_text": sent["place_text"],
        "place_id": sent["place_id"],
        "place_source": "search" if sent["place_id"] else "words",
        "phone": sent["phone"],
        "behalf": sent["behalf"],
        "matter": sent["matter"],
    }
    if (lon := _degrees(sent["lon"])) is not None and (lat := _degrees(sent["lat"])) is not None:
        body |= {"lon": lon, "lat": lat}
    try:
        key = as_id(sent["key"]) or uuid4()
        answer = outbox.deliver(ctx, f"desk {ctx.person}", key, "case.report", body, [])
    except Refused as refused:
        sent["key"] = str(uuid4()) if refused.code == "other_body" else sent["key"]
        return _form(request, sent, refused)
    told = answer.result
    case = Case.objects.select_related("area", "matter").get(pk=told["id"])
    return render(
        request,
        "cases/desk/taken.html",
        {
            "case": case,
            "title": words.title(case),
            "channel": words.channel(case.channel),
            "groups": told["receipt"].split("-"),
            "near": told["near"],
            "when": words.moment(case.step_due),
            "again": answer.again,
        },
    )


def _form(request: HttpRequest, sent: dict[str, Any], refused: Refused | None = None) -> HttpResponse:
    channels = [(name, words.channel(name)) for name in CHANNELS]
    may_import = request.actor.may("cases.dispatch")  # type: ignore[attr-defined]
    context = {
        "sent": sent,
        "channels": channels,
        "refused": refused,
        "root": territory.root(),
        "may_import": may_import,
    }
    return render(request, "cases/desk/take.html", context, status=refused.status if refused else 200)


def _degrees(said: str) -> float | None:
    try:
        return float(said)
    except ValueError:
        return None


@needs("cases.take")
@require_POST
def near(request: HttpRequest) -> HttpResponse:
    """What is open close by (lon, lat), so that the clerk can tell the caller that it is known. Sent, since addresses are
    kept in logs."""
    lon, lat = _degrees(request.POST.get("lon", "")), _degrees(request.POST.get("lat", ""))
    cases: list[dict[str, Any]] = []
    if lon is not None and lat is not None and geo.is_position(lon, lat):
        actor = request.actor  # type: ignore[attr-defined]
        cases = [
            {
                "case": one.case,
                "title": words.title(one.case),
                "state": words.state(one.case.state),
                "metres": round(one.metres),
            }
            for one in cases_near(lon, lat, timezone.now())
            if actor.may("cases.see", target_of(one.case))
        ]
    return render(request, "cases/desk/_near.html", {"cases": cases})
