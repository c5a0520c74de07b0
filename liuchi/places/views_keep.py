"""The keeper's phone: how it stands, with one tap; who came, with another."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.errors import Refused
from liuchi.kernel.ui.refusals import refusal_told
from liuchi.places import actions, rules, words
from liuchi.places.models import ServicePoint
from liuchi.places.queries import figures, points

MOST = 60


@needs("places.keep")
@require_safe
def keep(request: HttpRequest) -> HttpResponse:
    """The places that this person keeps; only one: that one."""
    at = timezone.now()
    mine = points.kept_by(request.actor)
    lines = points.shown(list(points.whole(mine, at)[:MOST]), at)
    if len(lines) == 1:
        return redirect("places:keep_one", pk=lines[0].point.pk)
    return render(request, "places/mobile/keep.html", {"lines": lines})


@needs("places.keep")
@require_safe
def keep_one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One place: its word, one more, what was used, and today's numbers."""
    point = _mine(request, pk)
    at = timezone.now()
    today = timezone.localdate(at)
    line = points.one(point.pk, at)
    used = figures.uses(today, today, point=point.pk)
    context = {
        "line": line,
        "point": point,
        "said": [(code, words.said(code)) for code in rules.SAID],
        "lasts": [(code, _(words.LASTS[code])) for code in rules.LASTS],
        "visits": figures.visits(today, today, point=point.pk),
        "services": [(service, used.get(service.code, 0)) for service in line.services] if line else [],
        "most": 500,
    }
    return render(request, "places/mobile/keep_one.html", context)


@needs("places.keep")
@require_POST
def say(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How it stands, said."""
    point = _mine(request, pk)
    said = request.POST.get("said", "")
    with refusal_told(request):
        if said:
            actions.say(of_request(request, "phone"), point.pk, said, request.POST.get("how_long", "closing"))
        else:
            actions.unsay(of_request(request, "phone"), point.pk)
    return redirect("places:keep_one", pk=pk)


@needs("places.keep")
@require_POST
def count(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One more, or many at the end of the day; or one use of a service."""
    point = _mine(request, pk)
    service = request.POST.get("used", "")
    typed = request.POST.get("visits", "0" if service else "1")
    with refusal_told(request):
        if not typed.isdecimal():
            raise Refused("visits", _("Please enter how many came."), field="visits")
        uses = {service: 1} if service else {}
        actions.count(of_request(request, "phone"), point.pk, min(int(typed), 10**6), uses)
    return redirect("places:keep_one", pk=pk)


def _mine(request: HttpRequest, pk: UUID) -> ServicePoint:
    return get_object_or_404(points.kept_by(request.actor), pk=pk)
