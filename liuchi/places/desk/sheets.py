"""Places from Excel: the template, and all of a file or nothing of it."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.places import sheets
from liuchi.places.forms import SheetForm

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@needs("places.edit")
def template(request: HttpRequest) -> HttpResponse:
    """The empty workbook."""
    response = HttpResponse(sheets.workbook(), content_type=XLSX)
    name = _("places.xlsx")
    response.headers["Content-Disposition"] = f"attachment; filename=\"places.xlsx\"; filename*=UTF-8''{quote(name)}"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@needs("places.edit")
def upload(request: HttpRequest) -> HttpResponse:
    """A file: if all its rows can be, they are entered; else each fault is shown in its row, and nothing is."""
    form = SheetForm(request.POST or None, request.FILES or None)
    rows: list[sheets.Row] = []
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(lambda: sheets.bring_in(of_request(request, "desk"), form.cleaned_data["file"].read()))
        if done is not None:
            if not any(row.fault for row in done):
                many = len(done)
                said = ngettext("%(n)s place entered.", "%(n)s places entered.", many) % {"n": many}
                messages.success(request, said)
                return redirect("places:desk")
            rows = [row for row in done if row.fault]
    return render(request, "places/desk/import.html", {"form": form, "rows": rows})
