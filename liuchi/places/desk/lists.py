"""The list beside the map."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from liuchi.kernel.access import needs
from liuchi.places.desk.tabs import tabs
from liuchi.places.models import ServicePoint
from liuchi.places.queries import desk
from liuchi.places.services import services
from liuchi.territory import queries as territory


@require_safe
@needs("places.see")
def places(request: HttpRequest) -> HttpResponse:
    """All places of one's area; the filter stands in the address."""
    at = timezone.now()
    wanted = desk.read(request.GET)
    lines, more = desk.lines(request.actor, wanted, at)
    states = {"said": _("Keeper says something"), "silent": _("Nobody counted for a week"), "given_up": _("Given up")}
    kept = {name: request.GET[name] for name in ("kind", "state", "service", "area", "q") if request.GET.get(name)}
    context = {
        "lines": lines,
        "wanted": wanted,
        "kinds": ServicePoint.KINDS,
        "states": states.items(),
        "services": services().values(),
        "areas": [area for area in territory.tree() if area.level in ("street", "community")][:200],
        "dots": {"type": "FeatureCollection", "features": [line.shown.dot() for line in lines]},
        "before": urlencode({**kept, "page": wanted.page - 1}) if wanted.page > 1 else "",
        "after": urlencode({**kept, "page": wanted.page + 1}) if more else "",
        "filter": urlencode(kept),
        "may_edit": request.actor.may("places.edit"),
        "tabs": tabs(request.actor, "places"),
        "fixed": True,
    }
    return render(request, "places/desk/places.html", context)
