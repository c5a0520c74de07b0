"""The desk's pages for shops and firms."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liuchi.kernel import given
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.people import rules
from liuchi.people.actions import businesses as actions
from liuchi.people.models import Business
from liuchi.people.registers.forms import BusinessForm
from liuchi.people.registers.queries import businesses as queries
from liuchi.people.registers.queries import figures
from liuchi.people.registers.sheets.books import list_of_shops
from liuchi.people.registers.sheets.columns import SHOPS
from liuchi.people.registers.trades import BUSINESSES
from liuchi.people.registers.views.shared import Search, as_uuid, as_workbook, tabs
from liuchi.territory.models import Area

MOST_OUT = 20_000


@require_http_methods(["GET", "HEAD", "POST"])
@needs("businesses.see")
def listed(request: HttpRequest) -> HttpResponse:
    """Shops and firms, searched as one types, with their dots on the map."""
    search = Search(request, "businesses", "trade", "area", "closed")
    found = _found(request, search)
    context: dict[str, Any] = {
        "search": search,
        **search.paged(found),
        "trades": BUSINESSES,
        "may_edit": request.actor.may("businesses.edit"),
    }
    _name_trades(context["rows"])

    def show(partial: bool) -> HttpResponse:
        if partial:
            return render(request, "people/registers/desk/_businesses.html", context)
        visible = request.actor.q("businesses.see")
        context["table"] = figures.businesses(visible, rules.local_day(timezone.now()))
        context["areas"] = Area.objects.filter(
            request.actor.q("businesses.see", area="first"), level="community", valid_to=None
        ).defer("boundary").order_by("first")[:300]  # fmt: skip
        context["tabs"] = tabs(request, "businesses")
        return render(request, "people/registers/desk/businesses.html", context)

    return search.answer(show)


@needs("businesses.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A shop is written down; what looks like it is shown first."""
    form = BusinessForm(request.POST or None, actor=request.actor)
    like: list[Business] = []
    if request.method == "POST" and form.is_valid():
        facts = _facts(form)
        if not request.POST.get("anyway"):
            like = queries.like(
                name=facts["name"], phone=facts["office_phone"], licence=facts["licence"], lon=facts["lon"],
                lat=facts["lat"], area=facts["area"],
            )  # fmt: skip
        if not like:
            made = form.carry_out(lambda: _enter(request, None, form, facts))
            if made:
                return redirect("people:reg_business", made.pk)
    _name_trades(like)
    context = {"form": form, "title": _("New shop or firm"), "back": "/desk/registers/businesses", "like": like}
    return render(request, "people/registers/desk/business_form.html", context)


@needs("businesses.see")
@require_GET
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the register says of a shop."""
    shop = _shop(request, pk)
    may_edit = request.actor.may("businesses.edit", shop)
    _name_trades([shop])
    return render(request, "people/registers/desk/business.html", {"shop": shop, "may_edit": may_edit})


@needs("businesses.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Corrects an entry."""
    shop = _shop(request, pk, "businesses.edit")
    now = {
        name: getattr(shop, name)
        for name in ("name", "trade", "area", "address", "office_phone", "licence", "chain_link", "organisation")
    }
    now |= {"keeper_name": shop.keeper.name if shop.keeper else "", "consent": bool(shop.consent_at)}
    form = BusinessForm(request.POST or None, initial=now, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        facts = _facts(form)
        if form.carry_out(lambda: _enter(request, shop, form, facts)):
            return redirect("people:reg_business", pk)
    context = {"form": form, "title": shop.name, "back": f"/desk/registers/businesses/{pk}", "like": []}
    return render(request, "people/registers/desk/business_form.html", context)


@require_POST
@needs("businesses.edit")
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The shop is no more."""
    shop = _shop(request, pk, "businesses.edit")
    actions.close_business(of_request(request, "desk"), shop)
    messages.success(request, _("%(name)s is closed.") % {"name": shop.name})
    return redirect("people:reg_businesses")


@require_GET
@needs("businesses.edit")
def doubles(request: HttpRequest) -> HttpResponse:
    """What looks like one shop written down twice, side by side."""
    pairs = queries.doubles(request.actor)
    for pair in pairs:
        _name_trades(pair[:2])
    context = {"pairs": pairs, "tabs": tabs(request, "businesses")}
    return render(request, "people/registers/desk/doubles.html", context)


@require_POST
@needs("businesses.edit")
def settle(request: HttpRequest) -> HttpResponse:
    """One shop (the first stays), or two."""
    first, second = (
        _shop(request, as_uuid(request.POST.get(name, "")) or UUID(int=0), "businesses.edit")
        for name in ("one", "other")
    )
    ctx = of_request(request, "desk")
    if request.POST.get("both"):
        actions.keep_both(ctx, first, second)
        messages.success(request, _("Noted: these are two."))
    else:
        actions.merge_businesses(ctx, first, second)
        messages.success(request, _("%(name)s is now one entry.") % {"name": first.name})
    return redirect("people:reg_doubles")


@require_GET
@needs("businesses.edit")
def export(request: HttpRequest) -> HttpResponse:
    """The list as Excel, as it is filtered. Businesses, not persons: no keeper, and a phone only of who agreed to be shown."""
    shops = _found(request, Search(request, "businesses", "trade", "area", "closed"))
    return as_workbook(list_of_shops(SHOPS, shops[:MOST_OUT].iterator(500)), _("shops-and-firms.xlsx"))


def _found(request: HttpRequest, search: Search) -> Any:
    area = Area.objects.filter(pk=given.whole(search.chosen.get("area")) or 0).first()
    return queries.found(
        request.actor,
        text=search.text,
        trade=search.chosen.get("trade", ""),
        area=(area.first, area.last) if area else None,
        closed="closed" in search.chosen,
    )


def _shop(request: HttpRequest, pk: UUID, ability: str = "businesses.see") -> Business:
    shops = Business.objects.filter(request.actor.q(ability))
    shops = shops.select_related("record", "area__parent", "place", "keeper", "organisation", "merged_into")
    return (
        get_object_or_404(shops, pk=pk)
        if ability == "businesses.see"
        else get_object_or_404(shops, pk=pk, closed_on=None)
    )


def _facts(form: BusinessForm) -> dict[str, Any]:
    """What the form says, with the dot of an address that the map knows."""
    facts = {name: value for name, value in form.cleaned_data.items() if name != "keeper_name"}
    place = queries.place_of(facts["address"], facts["area"]) if facts["address"] else None
    return facts | {"place": place, "lon": place.lon if place else None, "lat": place.lat if place else None}


def _enter(request: HttpRequest, shop: Business | None, form: BusinessForm, facts: dict[str, Any]) -> Business:
    return actions.enter_business(of_request(request, "desk"), shop, facts, form.cleaned_data["keeper_name"])


def _name_trades(shops: Any) -> None:
    for shop in shops:
        shop.trade_name = BUSINESSES.get(shop.trade, shop.trade)
