"""The registers from Excel: template, preview with doubles, and only then the writing, with what became of each row."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.people.actions.registers import Report, import_shops, import_workers
from liuchi.people.forms import WorkbookForm
from liuchi.people.registers.rules import row_ranges
from liuchi.people.registers.sheets import shops, workers
from liuchi.people.registers.sheets.books import template as empty_book
from liuchi.people.registers.sheets.columns import SHOPS, WORKERS
from liuchi.people.registers.sheets.meaning import Meanings, posted
from liuchi.people.registers.trades import BUSINESSES
from liuchi.people.registers.views.shared import as_workbook, tabs
from liuchi.people.sheets.reading import LARGEST, read
from liuchi.people.views_import import forget, keep, kept

MOST_SHOWN = 200
SHEETS = {"businesses": SHOPS, "people": WORKERS}
ABILITIES = {"businesses": "businesses.edit", "people": "registers.edit"}
TABS = {"businesses": "businesses", "people": "workers"}


@require_GET
@needs("businesses.edit", "registers.edit")
def template(request: HttpRequest, name: str) -> HttpResponse:
    """The empty workbook."""
    _scope(request, name)
    titles = {"businesses": _("shops-and-firms.xlsx"), "people": _("new-employment-groups.xlsx")}
    return as_workbook(empty_book(SHEETS[name]), titles[name])


@never_cache
@needs("businesses.edit", "registers.edit")
def upload(request: HttpRequest, name: str) -> HttpResponse:
    """Takes a workbook and shows what would happen. Nothing is written yet."""
    scope = _scope(request, name)
    if request.method == "POST" and "again" in request.POST:
        return _again(request, name, scope)
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        data = file.read(LARGEST + 1)
        plan: Any = form.carry_out(lambda: _plan(name, data, scope, {}))
        if plan is not None:
            keep(request, data)
            return render(request, "people/registers/desk/preview.html", _preview(name, plan, file.name))
    context = {"form": form, "name": name, "tabs": tabs(request, TABS[name]), "sheet": SHEETS[name]}
    return render(request, "people/registers/desk/import.html", context)


def _again(request: HttpRequest, name: str, scope: Any) -> HttpResponse:
    """The same file, now that somebody has said what its own words stand for."""
    data = kept(request)
    if data is None:
        return redirect("people:reg_import", name)
    plan = _plan(name, data, scope, posted(request.POST.items()))
    return render(request, "people/registers/desk/preview.html", _preview(name, plan, request.POST.get("file", "")))


@never_cache
@require_POST
@needs("businesses.edit", "registers.edit")
def confirm(request: HttpRequest, name: str) -> HttpResponse:
    """Writes what the preview showed, and says what became of each row."""
    scope = _scope(request, name)
    data = kept(request)
    if data is None:
        return redirect("people:reg_import", name)
    ctx, means = of_request(request, "import"), posted(request.POST.items())
    try:
        if name == "people":
            done = import_workers(ctx, data, scope, means)
        else:
            chosen = {key[4:]: str(value) for key, value in request.POST.items() if key.startswith("row_")}
            done = import_shops(ctx, data, scope, chosen, means)
    finally:
        forget(request)
    return render(request, "people/registers/desk/imported.html", {"name": name, **_told(done)})


def _scope(request: HttpRequest, name: str) -> Any:
    if name not in SHEETS:
        raise Http404
    scope = request.actor.scope(ABILITIES[name])
    if not scope:
        raise Http404
    return scope


def _plan(name: str, data: bytes, scope: Any, means: Meanings) -> Any:
    lines = read(data, [SHEETS[name]])[SHEETS[name].key]
    if name == "people":
        return workers.make_plan(lines, scope, means)
    return shops.make_plan(lines, scope, means=means)


def _preview(name: str, plan: Any, file: str) -> dict[str, Any]:
    """What needs a look is shown row by row, the rest is counted."""
    sheet = SHEETS[name]
    bad = [row.line for row in plan.rows if row.line.faults]
    same = plan.same if name == "businesses" else plan.doubles
    beside = plan.doubles if name == "businesses" else []
    for row in beside:
        row.double.trade_name = BUSINESSES.get(row.double.trade, row.double.trade)
    return {
        "name": name,
        "plan": plan,
        "file": file,
        "columns": sheet.columns,
        "bad": [
            {"line": line, "cells": [(line.cells[c.key], line.faults.get(c.key, "")) for c in sheet.columns]}
            for line in bad[:MOST_SHOWN]
        ],
        "more_bad": max(0, len(bad) - MOST_SHOWN),
        "same": [row.line for row in same[:MOST_SHOWN]],
        "more_same": max(0, len(same) - MOST_SHOWN),
        "beside": beside[:MOST_SHOWN],
        "fresh": len(plan.fresh),
    }


def _told(done: Report) -> dict[str, Any]:
    """The sums by what happened, and by name the rows that were not simply written."""
    by_name = [
        *((number, done.names[number], _("merged into what was there"), "info") for number in done.merged),
        *((number, done.names[number], note, "") for number, note in done.left),
    ]
    reasons: dict[str, list[int]] = {}
    for number, note in done.left:
        reasons.setdefault(note, []).append(number)
    return {
        "written": len(done.written),
        "merged": len(done.merged),
        "left": len(done.left),
        "by_name": sorted(by_name)[:MOST_SHOWN],
        "more": max(0, len(by_name) - MOST_SHOWN),
        "lines": [
            *([(_("written"), "ok", row_ranges(done.written))] if done.written else []),
            *([(_("merged into what was there"), "info", row_ranges(done.merged))] if done.merged else []),
            *[(note, "", row_ranges(numbers)) for note, numbers in reasons.items()],
        ],
    }
