"""The desk's pages of the shop window: gifts, windows, and what lies there."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.documents import qr
from liuchi.kernel.errors import Refused
from liuchi.points import actions, queries
from liuchi.points.forms import CountForm, GiftForm, StockForm, WindowForm, reasons
from liuchi.points.models import Gift, Window
from liuchi.points.views_desk import tabs


@require_safe
@needs("points.see")
def gifts(request: HttpRequest) -> HttpResponse:
    """All gifts, with what is left of them."""
    found = queries.offers(Gift.objects.order_by("-open", "cost", "name")[:200])
    return render(request, "points/desk/gifts.html", {**tabs(request), "offers": found})


@needs("points.gifts")
def gift_new(request: HttpRequest) -> HttpResponse:
    """A new gift."""
    return _gift_page(request, None)


@needs("points.gifts")
def gift(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Changes a gift."""
    return _gift_page(request, get_object_or_404(Gift.objects.select_related("record"), pk=pk))


def _gift_page(request: HttpRequest, one: Gift | None) -> HttpResponse:
    names = ("name", "kind", "cost", "per_month", "words", "open")
    now = {name: getattr(one, name) for name in names} if one else None
    form = GiftForm(request.POST or None, request.FILES or None, initial=now)
    if request.method == "POST" and form.is_valid():
        ctx = of_request(request, "desk")

        def keep() -> Gift:
            values = form.values(ctx)
            return actions.change_gift(ctx, one, **values) if one else actions.make_gift(ctx, **values)

        if form.carry_out(keep):
            return redirect("points:gifts")
    context = {
        **tabs(request),
        "form": form,
        "title": one.name if one else _("New gift"),
        "cancel": "/desk/points/gifts",
        "with_file": True,
    }
    return render(request, "points/desk/form.html", context, status=422 if form.errors else 200)


def _windows(request: HttpRequest, ability: str) -> QuerySet[Window]:
    mine = request.actor.q(ability)  # type: ignore[attr-defined]
    return Window.objects.filter(mine).select_related("area", "record", "venue")


@require_safe
@needs("points.see")
def windows(request: HttpRequest) -> HttpResponse:
    """The windows of the own area, with what lies there."""
    found = list(_windows(request, "points.see").order_by("-open", "name")[:200])
    lying: dict[UUID, list[int]] = {one.pk: [0, 0] for one in found}
    for (_gift, window), (free, reserved) in queries.stock(windows=list(lying)).items() if lying else ():
        lying[window][0] += free
        lying[window][1] += reserved
    lines = [(one, *lying[one.pk]) for one in found]
    return render(request, "points/desk/windows.html", {**tabs(request), "windows": lines})


@needs("points.stock")
def window_new(request: HttpRequest) -> HttpResponse:
    """A new window."""
    form = WindowForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(lambda: actions.open_window(of_request(request, "desk"), **form.cleaned_data))
        if made:
            return redirect("points:window_stock", made.pk)
    context = {**tabs(request), "form": form, "title": _("New window"), "cancel": "/desk/points/windows"}
    return render(request, "points/desk/form.html", context, status=422 if form.errors else 200)


@needs("points.stock")
def window_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Changes a window."""
    one = get_object_or_404(_windows(request, "points.stock"), pk=pk)
    names = ("name", "area", "address", "hours", "keep_days", "open")
    form = WindowForm(request.POST or None, initial={name: getattr(one, name) for name in names})
    if request.method == "POST" and form.is_valid():
        if form.carry_out(lambda: actions.change_window(of_request(request, "desk"), one, **form.cleaned_data)):
            return redirect("points:window_stock", one.pk)
    context = {**tabs(request), "form": form, "title": one.name, "cancel": f"/desk/points/windows/{one.pk}"}
    return render(request, "points/desk/form.html", context, status=422 if form.errors else 200)


@require_safe
@needs("points.see")
def window_stock(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What lies at a window: free, reserved; bring more, count."""
    return _stock_page(request, get_object_or_404(_windows(request, "points.see"), pk=pk))


def _stock_page(
    request: HttpRequest, one: Window, coming: StockForm | None = None, counting: CountForm | None = None
) -> HttpResponse:
    names = {gift.pk: gift for gift in Gift.objects.all()}
    lying = queries.stock(windows=[one.pk])
    lines = sorted(
        ((names[gift], free, reserved, free + reserved) for (gift, _window), (free, reserved) in lying.items()),
        key=lambda line: line[0].name,
    )
    actor = request.actor  # type: ignore[attr-defined]
    context = {
        **tabs(request),
        "one": one,
        "lines": lines,
        "coming": coming or StockForm(),
        "counting": counting,
        "reasons": reasons(),
        "may_change": actor.may("points.stock", one),
    }
    bad = (coming and coming.errors) or (counting and counting.errors)
    return render(request, "points/desk/stock.html", context, status=422 if bad else 200)


@require_POST
@needs("points.stock")
def stock_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Pieces came."""
    one = get_object_or_404(_windows(request, "points.stock"), pk=pk)
    form = StockForm(request.POST)
    if form.is_valid():
        ctx, given = of_request(request, "desk"), form.cleaned_data
        try:
            actions.stock_in(ctx, one, given["gift"], given["pieces"])
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        else:
            said = ngettext("%(count)s piece came in: %(gift)s", "%(count)s pieces came in: %(gift)s", given["pieces"])
            messages.success(request, said % {"count": given["pieces"], "gift": given["gift"].name})
            return redirect("points:window_stock", one.pk)
    return _stock_page(request, one, coming=form)


@require_POST
@needs("points.stock")
def stock_count(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Counted by hand: the difference is booked with its reason."""
    one = get_object_or_404(_windows(request, "points.stock"), pk=pk)
    form = CountForm(request.POST)
    if form.is_valid():
        ctx, given = of_request(request, "desk"), form.cleaned_data
        try:
            moved = actions.count_stock(ctx, one, given["gift"], given["counted"], given["reason"])
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        else:
            said = _("Counted: %(gift)s, difference %(count)s") if moved else _("Counted: %(gift)s, as in the books")
            messages.success(request, said % {"gift": given["gift"].name, "count": f"{moved:+d}"})
            return redirect("points:window_stock", one.pk)
    return _stock_page(request, one, counting=form)


@require_safe
@needs("points.see")
def window_sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A sheet for the door: the window's name, hours, and a code that leads to the shop window on the phone."""
    one = get_object_or_404(_windows(request, "points.see"), pk=pk)
    address = request.build_absolute_uri(reverse("points:shop"))
    context = {**tabs(request), "one": one, "qr": qr.svg(address, label=_("To the shop window"), border=2)}
    return render(request, "points/desk/sheet.html", context)
