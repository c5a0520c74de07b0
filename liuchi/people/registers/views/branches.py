"""The desk's pages for branches: whom they serve, what they did, and the home-coming code of their own secretary."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liuchi.kernel.access import Target, needs
from liuchi.kernel.context import Context, of_request
from liuchi.kernel.documents import qr
from liuchi.people import rules
from liuchi.people.actions import groups, homecoming
from liuchi.people.models import BranchCode, Organisation, TradeBranch
from liuchi.people.registers.forms import BranchForm, ServedForm
from liuchi.people.registers.queries import figures
from liuchi.people.registers.seeing import leads
from liuchi.people.registers.trades import GROUPS
from liuchi.people.registers.views.shared import tabs


@require_GET
@needs("registers.figures", "homecoming.see")
def listed(request: HttpRequest) -> HttpResponse:
    """Branches by trade with their figures; then the other branches of the area, which may have a code as well."""
    actor, day = request.actor, rules.local_day(timezone.now())
    lines = figures.branches(_by_trade(request), day)
    units = figures.branch_units(_seen(request)).exclude(pk__in=[line["branch"].pk for line in lines])
    others = list(units.order_by("name")[:300])
    home = figures.home_comings([unit.pk for unit in others], day)
    context = {
        "lines": lines,
        "others": [(unit, home.get(unit.pk, 0)) for unit in others],
        "own": leads(actor),
        "may_edit": actor.may("branches.edit"),
        "tabs": tabs(request, "branches"),
    }
    return render(request, "people/registers/desk/branches.html", context)


@needs("branches.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A branch for a trade."""
    form = BranchForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(lambda: groups.open_branch(of_request(request, "desk"), **form.cleaned_data))
        if made:
            return redirect("people:reg_branch", made.pk)
    context = {"form": form, "title": _("New branch by trade"), "back": "/desk/registers/branches", "save": _("Save")}
    return render(request, "people/registers/desk/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("registers.figures", "homecoming.see")
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A branch: figures, what it did, and for its own secretary the code."""
    unit = _unit(request, pk)
    branch = TradeBranch.objects.filter(pk=pk).select_related("organisation__area").first()
    may_edit = request.actor.may("branches.edit", Target(area_first=unit.area.first if unit.area else None))
    form = None
    if branch and may_edit:
        day = rules.local_day(timezone.now())
        form = ServedForm(request.POST or None, initial={"on": day})
        if request.method == "POST" and form.is_valid():
            ctx = of_request(request, "desk")
            if form.carry_out(lambda: groups.record_service(ctx, branch, **form.cleaned_data)):
                messages.success(request, _("Written down."))
                return redirect("people:reg_branch", pk)
    return render(request, "people/registers/desk/branch.html", _branch(request, unit, branch) | {"form": form})


@require_GET
@needs("homecoming.see")
def code(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The sheet that a branch puts up: one A4 page with its code."""
    unit = _own(request, pk)
    found = get_object_or_404(BranchCode, organisation=unit, ended_at=None)
    address = request.build_absolute_uri(reverse("people:home_code", args=[found.code]))
    context = {"unit": unit, "qr": qr.svg(address, label=_("Home-coming code")), "address": address}
    return render(request, "people/registers/desk/code.html", context)


@require_POST
@needs("homecoming.see")
def renew(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new code; the sheet with the old one leads nowhere from now on."""
    unit = _own(request, pk)
    homecoming.renew_code(as_secretary(request, pk), unit)
    return redirect("people:reg_branch_code", pk)


@never_cache
@require_POST
@needs("homecoming.see")
def members(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who signed in: shown to the branch's own secretary, each look noted and seen by the member."""
    unit = _own(request, pk)
    shown = homecoming.look(as_secretary(request, pk), unit)
    return render(request, "people/registers/desk/members.html", {"unit": unit, "members": shown})


def as_secretary(request: HttpRequest, unit: UUID) -> Context:
    """The context in the post of secretary at that very organisation."""
    post = next(post for post in request.actor.posts if post.role == "secretary" and post.organisation == unit)
    return replace(of_request(request, "desk"), post=post.post)


def _branch(request: HttpRequest, unit: Organisation, branch: TradeBranch | None) -> dict[str, Any]:
    day = rules.local_day(timezone.now())
    own = unit.pk in leads(request.actor)
    lines = figures.branches(_by_trade(request), day) if branch else []
    return {
        "unit": unit,
        "branch": branch,
        "trade": GROUPS.get(branch.trade, branch.trade) if branch else "",
        "people": next((line["people"] for line in lines if line["branch"].pk == unit.pk), None),
        "services": list(branch.services.all()[:50]) if branch else [],
        "home": figures.home_comings([unit.pk], day).get(unit.pk, 0),
        "own": own,
        "has_code": own and BranchCode.objects.filter(organisation=unit, ended_at=None).exists(),
    }


def _unit(request: HttpRequest, pk: UUID) -> Organisation:
    return get_object_or_404(figures.branch_units(_seen(request)).select_related("record", "area"), pk=pk)


def _seen(request: HttpRequest) -> Q:
    """The branches of one's area, and one's own."""
    actor = request.actor
    if actor.scope("registers.figures").everything:  # an empty Q or another one would be the other one
        return Q()
    return actor.q("registers.figures", area="area__first") | _mine(request)


def _own(request: HttpRequest, pk: UUID) -> Organisation:
    if pk not in leads(request.actor):
        raise Http404
    return get_object_or_404(figures.branch_units(_mine(request)).select_related("record"), pk=pk)


def _mine(request: HttpRequest) -> Q:
    return Q(pk__in=leads(request.actor))


def _by_trade(request: HttpRequest) -> Q:
    """The branches by trade whose figures somebody may see: always all of them, so that two pages don't tell together what
    each withholds."""
    seen = request.actor.q("registers.figures", area="organisation__area__first")
    return seen & Q(organisation__closed_on=None)
