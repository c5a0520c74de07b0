"""The desk's pages of the shop window: gifts, windows, and what lies there."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from liuchi.kernel import given, venues
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.documents import qr
from liuchi.kernel.errors import Refused
from liuchi.points import actions, queries
from liuchi.points.forms import GiftForm, StockForm, WindowForm, reasons
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
    form = WindowForm(request.POST or None, points=_points(request))
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
    names = ("name", "area", "address", "hours", "phone", "keep_days", "open")
    points, now = _points(request), {name: getattr(one, name) for name in names}
    spot = venues.venue(one.point_id, timezone.now())
    if spot and spot.record not in dict(points):  # of a wider area than the own: it stays what it is
        points.append((spot.record, spot.name))
    form = WindowForm(request.POST or None, initial={**now, "point": one.point_id or ""}, points=points)
    if request.method == "POST" and form.is_valid():
        if form.carry_out(lambda: actions.change_window(of_request(request, "desk"), one, **form.cleaned_data)):
            return redirect("points:window_stock", one.pk)
    context = {**tabs(request), "form": form, "title": one.name, "cancel": f"/desk/points/windows/{one.pk}"}
    return render(request, "points/desk/form.html", context, status=422 if form.errors else 200)


def _points(request: HttpRequest) -> list[tuple[UUID, str]]:
    return venues.choices(request.actor, "points.stock")  # type: ignore[attr-defined]


@require_safe
@needs("points.see")
def window_stock(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What lies at a window: free, reserved; bring more, count."""
    return _stock_page(request, get_object_or_404(_windows(request, "points.see"), pk=pk))


@dataclass(slots=True)
class _Line:
    """A gift at a window as the books have it, and what somebody typed of it."""

    gift: Gift
    free: int
    reserved: int
    typed: str = ""
    reason: str = ""
    wrong: str = ""
    at: str = ""  # "counted" or "reason": where it is wrong

    @property
    def lying(self) -> int:
        return self.free + self.reserved


def _lines(one: Window) -> list[_Line]:
    lying = queries.stock(windows=[one.pk])
    names = Gift.objects.in_bulk([gift for gift, _window in lying])
    lines = [_Line(names[gift], free, reserved) for (gift, _window), (free, reserved) in lying.items()]
    return sorted(lines, key=lambda line: line.gift.name)


def _stock_page(
    request: HttpRequest, one: Window, coming: StockForm | None = None, counting: list[_Line] | None = None
) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    context = {
        **tabs(request),
        "one": one,
        "spot": venues.venue(one.point_id, timezone.now()),
        "lines": counting or _lines(one),
        "refused": counting is not None,
        "coming": coming or StockForm(),
        "reasons": reasons(),
        "may_change": actor.may("points.stock", one),
    }
    bad = (coming and coming.errors) or counting
    return render(request, "points/desk/stock.html", context, status=422 if bad else 200)


@require_POST
@needs("points.stock")
def stock_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Pieces came."""
    one = get_object_or_404(_windows(request, "points.stock"), pk=pk)
    form = StockForm(request.POST)
    if form.is_valid():
        ctx, given_ = of_request(request, "desk"), form.cleaned_data
        try:
            actions.stock_in(ctx, one, given_["gift"], given_["pieces"])
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        else:
            said = ngettext("%(count)s piece came in: %(gift)s", "%(count)s pieces came in: %(gift)s", given_["pieces"])
            messages.success(request, said % {"count": given_["pieces"], "gift": given_["gift"].name})
            return redirect("points:window_stock", one.pk)
    return _stock_page(request, one, coming=form)


@require_POST
@needs("points.stock")
def stock_count(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All that was counted by hand, in one go: each difference is booked with its reason, or nothing is."""
    one = get_object_or_404(_windows(request, "points.stock"), pk=pk)
    lines, counted = _lines(one), []
    for line in lines:
        line.typed = request.POST.get(f"counted-{line.gift.pk}", "").strip()[:9]
        line.reason = request.POST.get(f"reason-{line.gift.pk}", "")
        pieces = given.whole(line.typed)
        if line.typed and pieces is None:
            line.wrong, line.at = _("Please write the number of pieces that lie there."), "counted"
        elif line.typed and pieces is not None:
            counted.append(actions.Counted(line.gift, pieces, line.reason))
    if not any(line.wrong for line in lines):
        if not counted:
            messages.info(request, _("Nothing was typed. Write how many pieces lie there."))
            return redirect("points:window_stock", one.pk)
        try:
            moved = actions.take_stock(of_request(request, "desk"), one, counted)
        except actions.WrongCounts as wrong:
            for line in lines:
                if refused := wrong.lines.get(line.gift):
                    line.wrong, line.at = refused.sentence, refused.field or "counted"
        else:
            differ = sum(1 for difference in moved.values() if difference)
            said = ngettext("%(count)s gift counted", "%(count)s gifts counted", len(moved)) % {"count": len(moved)}
            more = ngettext("%(count)s differs from the books", "%(count)s differ from the books", differ)
            agree = _("all as in the books")
            messages.success(request, f"{said}{_(', ')}{more % {'count': differ} if differ else agree}")
            return redirect("points:window_stock", one.pk)
    return _stock_page(request, one, counting=lines)


@require_safe
@needs("points.see")
def window_sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A sheet for the door: the window's name, hours, and a code that leads to the shop window on the phone."""
    one = get_object_or_404(_windows(request, "points.see"), pk=pk)
    address = request.build_absolute_uri(reverse("points:shop"))
    context = {**tabs(request), "one": one, "qr": qr.svg(address, label=_("To the shop window"), border=2)}
    return render(request, "points/desk/sheet.html", context)
