"""A photo at the desk: covered more or less by hand, and drawn again once the worker has made it anew."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from liuchi.cases import actions, shapes
from liuchi.cases.desk.case import visible_case
from liuchi.cases.desk.figures import figures
from liuchi.cases.models import Case
from liuchi.cases.seeing import clear_addresses
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.errors import Refused
from liuchi.kernel.media import queries as media
from liuchi.kernel.media.models import Media


@needs("cases.see")
@require_safe
def photo(request: HttpRequest, case_id: UUID, media_id: UUID) -> HttpResponse:
    """One photo of a case as it is now."""
    return _figure(request, visible_case(request, case_id), media_id)


@needs("cases.dispatch")
@require_POST
def cover(request: HttpRequest, case_id: UUID, media_id: UUID) -> HttpResponse:
    """Takes the boxes that were drawn and those that were taken away; the photo comes back as it is now."""
    case = visible_case(request, case_id)
    more, away = (_boxes(request.POST.get(name, "[]")) for name in ("more", "away"))
    actions.cover(of_request(request, "desk"), case.pk, media_id, more, away)
    case.record.refresh_from_db()
    response = _figure(request, case, media_id)
    told = {"case:version": {"id": case.pk.hex, "version": case.record.version}}
    response["HX-Trigger"] = json.dumps(told | {"toast": {"words": _("Covered; the picture is being made anew")}})
    return response


def _figure(request: HttpRequest, case: Case, media_id: UUID) -> HttpResponse:
    files: list[Media] = [one for one in media.of_record(case.pk) if one.pk == media_id]
    if not files:
        raise Http404
    clear = clear_addresses(request.actor, case, files)  # type: ignore[attr-defined]
    [piece] = figures(request.actor, case, files, shapes.pieces(files, [], clear=clear))
    response = render(request, "cases/desk/_photo.html", {"piece": piece})
    response["Cache-Control"] = "no-store"
    return response


def _boxes(said: str) -> Any:
    try:
        return json.loads(said)
    except (ValueError, RecursionError):
        raise Refused("covers", _("What you drew could not be read. Please draw it again."), field="covers")
