"""Places from Excel: the template, what a file would make, and only then the writing."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from liuchi.kernel.access import Target, needs
from liuchi.kernel.context import of_request
from liuchi.kernel.errors import Refused
from liuchi.kernel.ui.refusals import refusal_told
from liuchi.people.sheets.reading import LARGEST
from liuchi.people.views_import import forget, keep, kept
from liuchi.places import actions
from liuchi.places.forms import SheetForm
from liuchi.places.sheets.plan import Plan, make_plan
from liuchi.places.sheets.reading import COLUMNS, read, workbook
from liuchi.territory.models import Area

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WAITING = "places.workbook"
MOST_SHOWN = 200


@require_safe
@needs("places.edit")
def template(request: HttpRequest) -> HttpResponse:
    """The empty workbook."""
    response = HttpResponse(workbook(), content_type=XLSX)
    name = _("places.xlsx")
    response.headers["Content-Disposition"] = f"attachment; filename=\"places.xlsx\"; filename*=UTF-8''{quote(name)}"
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("places.edit")
def upload(request: HttpRequest) -> HttpResponse:
    """Takes a file and shows what it would make, faults at their cells. Nothing is written yet."""
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        data = file.read(LARGEST + 1)
        plan = form.carry_out(lambda: _plan(request, data))
        if plan is not None:
            keep(request, data, WAITING)
            return render(request, "places/desk/preview.html", {"plan": plan, "file": file.name, **_shown(plan)})
    return render(request, "places/desk/import.html", {"form": form})


@require_POST
@needs("places.edit")
def confirm(request: HttpRequest) -> HttpResponse:
    """Enters what the preview showed: all of it, or nothing."""
    data = kept(request, WAITING)
    if data is None:
        messages.info(request, _("This file is no longer here. Please choose it again."))
        return redirect("places:desk_import")
    forget(request, WAITING)
    with refusal_told(request):
        plan = _plan(request, data)
        if not plan.ready:
            raise Refused("changed", _("Something has changed meanwhile. Please look at the file again."), status=409)
        made = actions.enter_points(of_request(request, "desk"), plan.fresh)
        many = len(made)
        messages.success(request, ngettext("%(n)s place entered.", "%(n)s places entered.", many) % {"n": many})
        return redirect("places:desk")
    return redirect("places:desk_import")


def _plan(request: HttpRequest, data: bytes) -> Plan:
    def may(area: Area) -> bool:
        return request.actor.may("places.edit", Target(area_first=area.first))

    return make_plan(read(data), may)


def _shown(plan: Plan) -> dict[str, Any]:
    """Rows that need a look first; only columns in which something stands."""
    rows = sorted((row.line for row in plan.rows), key=lambda line: (not line.faults, line.number))
    columns = [
        (key, head) for key, head in COLUMNS.items() if any(line.cells[key] or key in line.faults for line in rows)
    ]
    return {
        "heads": [head for _key, head in columns],
        "rows": [
            (line, [(line.cells[key], line.faults.get(key, "")) for key, _head in columns])
            for line in rows[:MOST_SHOWN]
        ],
        "more": max(0, len(rows) - MOST_SHOWN),
    }
