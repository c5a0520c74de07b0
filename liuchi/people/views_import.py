"""Units and staff from Excel: template, preview, and only then the writing."""

import secrets
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from liuchi.kernel import encrypted_files
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.people import rules
from liuchi.people.actions.imports import import_workbook
from liuchi.people.forms import WorkbookForm
from liuchi.people.sheets.columns import SHEETS
from liuchi.people.sheets.plan import make_plan
from liuchi.people.sheets.reading import LARGEST, read
from liuchi.people.sheets.template import workbook
from liuchi.people.tasks import waiting_folder

WAITING = "people.workbook"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@needs("people.import")
def template(request: HttpRequest) -> HttpResponse:
    """The empty workbook."""
    name = _("units-and-staff.xlsx")
    response = HttpResponse(workbook(), content_type=XLSX)
    response.headers["Content-Disposition"] = f"attachment; filename=\"liuchi.xlsx\"; filename*=UTF-8''{quote(name)}"
    return response


@never_cache
@needs("people.import")
def upload(request: HttpRequest) -> HttpResponse:
    """Takes a workbook and shows what would happen, faults by cell. Nothing is written yet."""
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        data = file.read(LARGEST + 1)
        plan = form.carry_out(lambda: make_plan(read(data), rules.local_day(timezone.now())))
        if plan is not None:
            keep(request, data)
            return render(
                request, "people/desk/preview.html", {"plan": plan, "tables": tables(plan), "file": file.name}
            )
    return render(request, "people/desk/import.html", {"form": form})


@never_cache
@require_POST
@needs("people.import")
def confirm(request: HttpRequest) -> HttpResponse:
    """Writes what the preview showed; the one-time passwords are shown once."""
    data = kept(request)
    if data is None:
        return redirect("people:import")
    try:
        done = import_workbook(of_request(request, "import"), data)
    finally:
        forget(request)
    return render(request, "people/desk/imported.html", {"done": done})


def tables(plan: object) -> list[dict]:
    """The sheets of a plan as rows of (text, fault) cells, for the preview and for the wizard."""
    out = []
    for sheet in SHEETS:
        lines = getattr(plan, sheet.key)
        rows = [
            {"line": line, "cells": [(line.cells[c.key], line.faults.get(c.key, "")) for c in sheet.columns]}
            for line in sorted(lines, key=lambda line: line.number)
        ]
        out.append({"sheet": sheet, "rows": rows})
    return [table for table in out if table["rows"]]


def keep(request: HttpRequest, data: bytes, waiting: str = WAITING) -> None:
    """Keeps an uploaded workbook, encrypted, until it is confirmed: it holds phone numbers. waiting: which one of the session."""
    forget(request, waiting)
    name = secrets.token_hex(16)
    waiting_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    encrypted_files.write_encrypted(waiting_folder() / name, data)
    request.session[waiting] = name


def kept(request: HttpRequest, waiting: str = WAITING) -> bytes | None:
    """The workbook that waits in this session, if it still does."""
    name = request.session.get(waiting)
    path = waiting_folder() / name if name else None
    if path is None or not path.exists():
        return None
    with encrypted_files.open_encrypted(path) as file:
        return file.read()


def forget(request: HttpRequest, waiting: str = WAITING) -> None:
    """Throws away what waits in this session."""
    name = request.session.pop(waiting, None)
    if name:
        (waiting_folder() / name).unlink(missing_ok=True)
