"""The dispatch sheet (派遣单): what a unit takes along on paper."""

from __future__ import annotations

from uuid import UUID

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from liuchi.cases import words
from liuchi.cases.desk.case import visible_case
from liuchi.cases.desk.plan import plan_of
from liuchi.kernel.access import needs
from liuchi.kernel.media import queries as media
from liuchi.territory import queries as territory


@needs("cases.see")
@require_safe
def sheet(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One A4 page, made for the printer. The reporter's number is not on it: paper leaves no trace of who read it."""
    case = visible_case(request, case_id)
    photos = [one for one in media.of_record(case.pk) if one.kind == "photo" and one.shown]
    address = request.build_absolute_uri(reverse("desk_case", args=[case.pk]))
    context = {
        "case": case,
        "office": territory.root(),
        "words": case.masked.strip() or words.title(case),
        "channel": words.channel(case.channel),
        "area": case.area,
        "limit": words.limit(case.condition.limit_value, case.condition.limit_type)
        if case.condition
        else (words.limit(5, "work_day") if case.dispatched_at else ""),
        "photo": media.url(photos[0], "shown") if photos else "",
        "qr": _qr(address),
        "plan": plan_of(case.lon, case.lat) if case.lon is not None and case.lat is not None else None,
        "printed": timezone.now(),
    }
    return render(request, "cases/desk/sheet.html", context)


def _qr(address: str) -> SafeString:
    """The case's address as an SVG element."""
    code = segno.make(address, error="m")
    return SafeString(code.svg_inline(scale=3, border=0, omitsize=True, svgclass="qr", lineclass=None))
