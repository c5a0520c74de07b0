"""The desk's pages for sheets of orders: give a file, say what its columns mean, look at it, let it in, take the result."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from liuchi.cases import words as said
from liuchi.cases.models import Case, OrderImport, OrderSheet
from liuchi.cases.orders import actions, asking, rules
from liuchi.cases.orders.reading import Sheet, sheet_of
from liuchi.cases.orders.result import workbook
from liuchi.cases.orders.words import FIELDS, WORDS
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.errors import Refused
from liuchi.kernel.ui.refusals import refusal_told
from liuchi.people.forms import WorkbookForm
from liuchi.people.registers.views.shared import as_workbook
from liuchi.people.sheets.reading import LARGEST
from liuchi.people.views_import import forget, keep, kept

WAITING = "cases.orders"
NAME = "cases.orders.name"
MOST_SHOWN = 200
ACCEPT = ".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 8


class FileForm(WorkbookForm):
    """A workbook or a CSV file of orders."""

    file = forms.FileField(
        label=gettext_lazy("The file that you exported"),
        widget=forms.FileInput(attrs={"accept": ACCEPT, "autofocus": True}),
    )


@never_cache
@needs("cases.dispatch")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Where a file is given; beside it what columns mean, kept, and the files that came."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        data = file.read(LARGEST + 1)
        if form.carry_out(lambda: sheet_of(data)) is not None:
            keep(request, data, WAITING)
            request.session[NAME] = (file.name or "")[:120]
            return redirect("desk_orders_new")
    mine = OrderImport.objects.filter(person_id=request.actor.person_id).order_by("-made_at")[:20]  # type: ignore[attr-defined]
    context = {
        "form": form,
        "sheets": OrderSheet.objects.order_by("-used_at")[:50],
        "imports": mine,
        "heads": [str(title) for title, _hint in FIELDS.values()],
    }
    return render(request, "cases/orders/page.html", context)


@never_cache
@needs("cases.dispatch")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """What the columns mean, and what would become of the rows; `do=take` lets them in."""
    data = kept(request, WAITING)
    if data is None:
        messages.info(request, _("Give the file again: it is kept for a day only."))
        return redirect("desk_orders")
    ctx = of_request(request, "desk")
    sheet = sheet_of(data)
    held = _held(request, sheet)
    columns, words = asking.posted(request.POST) if request.method == "POST" else asking.first(sheet, held)
    refused = None
    if request.POST.get("do") == "take":
        try:
            name, source = request.POST.get("name", ""), request.POST.get("source", "")
            made = actions.keep_sheet(ctx, name, source, columns, words)
            going = actions.begin(ctx, data, request.session.get(NAME, ""), made.source, columns, words)
            forget(request, WAITING)
            return redirect("desk_orders_import", going.pk)
        except Refused as told:
            if told.status == 403:
                raise
            refused = told
    context = _preview(request, sheet, held, columns, words) | {"refused": refused}
    return render(request, "cases/orders/new.html", context, status=refused.status if refused else 200)


def _held(request: HttpRequest, sheet: Sheet) -> OrderSheet | None:
    """What was kept for such a sheet: the one that knows most of its heads, the last used of equals."""
    fitting = [one for one in OrderSheet.objects.order_by("-used_at")[:200] if rules.fits(one.columns, sheet.heads)]
    return max(fitting, key=lambda one: len(one.columns), default=None)


def _preview(
    request: HttpRequest, sheet: Sheet, held: OrderSheet | None, columns: dict[str, str], words: dict[str, dict[str, str]]
) -> dict[str, Any]:  # fmt: skip
    now = of_request(request, "desk").recorded_at
    ready = all(columns.get(name) for name in rules.NEEDED)
    orders = sheet.orders(columns, now) if ready else []
    source = request.POST.get("source", held.source if held else "12345")
    there = _there(source, [order.key for order in orders if not order.why])
    whys = Counter(order.why or ("there" if order.key in there else "new") for order in orders)
    used = {rules.plain(head) for head in columns.values()}
    return {
        "file": request.session.get(NAME, ""),
        "held": held,
        "name": request.POST.get("name", held.name if held else _("12345 orders")),
        "source": source,
        "fields": [
            {"key": key, "title": title, "hint": hint, "head": columns.get(key, ""), "needed": key in rules.NEEDED}
            for key, (title, hint) in FIELDS.items()
        ],
        "heads": [head for head in sheet.heads if head],
        "unused": [head for head in sheet.heads if head and rules.plain(head) not in used],
        "asked": asking.asked(orders, words),
        "ready": ready,
        "total": len(orders),
        "fresh": whys.pop("new", 0),
        "whys": [(WORDS[why], count) for why, count in whys.most_common()],
        "rows": [_shown(order, there) for order in orders[:SHOWN]],
        "bad": [
            (order.number, order.key, WORDS[order.why]) for order in orders if order.why and order.why != "ended"
        ][:MOST_SHOWN],
    }  # fmt: skip


def _there(source: str, keys: list[str]) -> set[str]:
    out: set[str] = set()
    for start in range(0, len(keys), 500):
        part = keys[start : start + 500]
        out |= set(Case.objects.filter(source=source, source_key__in=part).values_list("source_key", flat=True))
    return out


def _shown(order: rules.Order, there: set[str]) -> dict[str, Any]:
    at = order.reported
    due = actions.due_at(order, at) if at else None
    return {
        "number": order.number,
        "key": order.key,
        "text": order.text,
        "place": order.place or order.area,
        "when": said.stamp(at) if at else "",
        "due": said.stamp(due) if due else "",
        "word": WORDS[order.why] if order.why else WORDS["there" if order.key in there else "new"],
        "good": not order.why and order.key not in there,
    }


@never_cache
@needs("cases.dispatch")
@require_http_methods(["GET", "HEAD", "POST"])
def kept_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """What columns and words mean, kept under a name: changed or dropped."""
    held = get_object_or_404(OrderSheet, pk=pk)
    ctx = of_request(request, "desk")
    if request.method == "POST" and request.POST.get("do") == "drop":
        actions.drop_sheet(ctx, pk)
        messages.success(request, _("“%(name)s” is dropped.") % {"name": held.name})
        return redirect("desk_orders")
    if request.method == "POST":
        columns, words = asking.posted(request.POST)
        with refusal_told(request):
            actions.keep_sheet(ctx, request.POST.get("name", ""), request.POST.get("source", ""), columns, words, pk)
            messages.success(request, _("Kept."))
            return redirect("desk_orders")
        held.columns, held.words = columns, words
    context = {
        "held": held,
        "fields": [
            {"key": key, "title": title, "hint": hint, "head": held.columns.get(key, ""), "needed": key in rules.NEEDED}
            for key, (title, hint) in FIELDS.items()
        ],
        "asked": asking.of_kept(held.words),
    }  # fmt: skip
    return render(request, "cases/orders/kept.html", context)


def _mine(request: HttpRequest, pk: UUID) -> OrderImport:
    found = OrderImport.objects.filter(pk=pk, person_id=request.actor.person_id).first()  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


@never_cache
@needs("cases.dispatch")
@require_safe
def going(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far a file is, and what became of its rows."""
    of = _mine(request, pk)
    counts = Counter(of.rows.values_list("word", flat=True)) if of.done else Counter()
    left = of.rows.exclude(word__in=("new", "there", "ended")).order_by("number")[:MOST_SHOWN]
    context = {
        "of": of,
        "counts": [(WORDS[word], count, word == "new") for word, count in counts.most_common()],
        "left": [(row.number, WORDS[row.word]) for row in left],
        "has_file": (actions.folder() / of.pk.hex).exists(),
    }
    return render(request, "cases/orders/import.html", context)


@needs("cases.dispatch")
@require_safe
def result(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file again, with the number of each request or why there is none."""
    of = _mine(request, pk)
    data = actions.file_of(of)
    if data is None:
        raise Http404
    return as_workbook(workbook(of, sheet_of(data)), _("result-%(name)s.xlsx") % {"name": of.name.rpartition(".")[0]})
