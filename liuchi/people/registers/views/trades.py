"""The desk's page for the lists of trades: renamed, added, no longer offered."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.ui.refusals import refusal_told
from liuchi.people.actions import trades as actions
from liuchi.people.registers.forms import TradeNameForm
from liuchi.people.registers.trades import LISTS, Trades
from liuchi.people.registers.views.shared import tabs


@require_GET
@needs("registers.trades")
def listed(request: HttpRequest) -> HttpResponse:
    """Both lists."""
    titles = {"groups": _("New-employment groups"), "businesses": _("Shops and firms")}
    lists = []
    for kind, trades in LISTS.items():
        offered = trades.offered()
        lists.append((kind, titles[kind], [(code, name, code in offered) for code, name in trades.items()]))
    context = {"lists": lists, "tabs": tabs(request, "trades")}
    return render(request, "people/registers/desk/trades.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("registers.trades")
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """One more trade."""
    _list(kind)
    return _named(request, kind, "", _("New trade"))


@require_http_methods(["GET", "HEAD", "POST"])
@needs("registers.trades")
def rename(request: HttpRequest, kind: str, trade: str) -> HttpResponse:
    """Another name."""
    if trade not in _list(kind):
        raise Http404
    return _named(request, kind, trade, str(LISTS[kind][trade]))


@require_POST
@needs("registers.trades")
def offer(request: HttpRequest, kind: str, trade: str) -> HttpResponse:
    """Can be chosen for something new, or no longer."""
    if trade not in _list(kind):
        raise Http404
    with refusal_told(request):
        actions.offer_trade(of_request(request, "desk"), kind, trade, bool(request.POST.get("offered")))
    return redirect("people:reg_trades")


def _named(request: HttpRequest, kind: str, code: str, title: str) -> HttpResponse:
    form = TradeNameForm(request.POST or None, initial={"name": title if code else ""})
    if request.method == "POST" and form.is_valid():
        ctx, name = of_request(request, "desk"), form.cleaned_data["name"]
        if form.carry_out(
            lambda: actions.rename_trade(ctx, kind, code, name) if code else actions.add_trade(ctx, kind, name)
        ):
            return redirect("people:reg_trades")
    context = {"form": form, "title": title, "back": "/desk/registers/trades", "save": _("Save")}
    return render(request, "people/registers/desk/form.html", context)


def _list(kind: str) -> Trades:
    if kind not in LISTS:
        raise Http404
    return LISTS[kind]
