"""The desk's pages for double registration: posts to be claimed, who served, statements for home units."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liuchi.kernel import given
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.errors import Refused
from liuchi.people import rules
from liuchi.people.actions import service as actions
from liuchi.people.models import ClaimPost, Organisation
from liuchi.people.registers.forms import ClaimPostForm, PeriodForm
from liuchi.people.registers.queries import figures
from liuchi.people.registers.queries import service as queries
from liuchi.people.registers.seeing import in_charge, leads
from liuchi.people.registers.sheets.books import statement_book
from liuchi.people.registers.views.branches import as_secretary
from liuchi.people.registers.views.shared import Search, as_workbook, tabs


@require_GET
@needs("service.posts", "service.statement")
def listed(request: HttpRequest) -> HttpResponse:
    """Posts to be claimed, the coming ones first; figures of the year."""
    search = Search(request, "service", "over")
    now = timezone.now()
    visible = request.actor.q("service.posts") if request.actor.may("service.posts") else Q(pk__in=[])
    posts = ClaimPost.objects.filter(visible).select_related("area")
    posts = posts.filter(ends__lt=now).order_by("-begins") if "over" in search.chosen else posts.filter(ends__gte=now)
    day = rules.local_day(now)
    paged = search.paged(posts)
    ours = set(
        ClaimPost.objects.filter(in_charge(request.actor), pk__in=[one.pk for one in paged["rows"]]).values_list(
            "pk", flat=True
        )
    )
    for one in paged["rows"]:
        one.shown_taken = one.taken if one.pk in ours else rules.withheld(one.taken)
    context = {
        **paged,
        "over": "over" in search.chosen,
        "figures": figures.service(visible, day.replace(month=1, day=1), day),
        "may_edit": request.actor.may("service.edit"),
        "tabs": tabs(request, "service"),
        "now": now,
    }
    return render(request, "people/registers/desk/service.html", context)


@needs("service.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A post to be claimed."""
    form = ClaimPostForm(request.POST or None, actor=request.actor, initial=queries.proposal(request.actor))
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(lambda: actions.open_post(of_request(request, "desk"), **form.cleaned_data))
        if made:
            return redirect("people:reg_post", made.pk)
    context = {
        "form": form,
        "title": _("New post to be claimed"),
        "back": "/desk/registers/service",
        "save": _("Put it up"),
    }
    return render(request, "people/registers/desk/form.html", context)


@require_GET
@needs("service.posts")
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A post: how many places are taken. Who took them is another page, and each look at it is noted."""
    post = _post(request, pk)
    context = {
        "post": post,
        "now": timezone.now(),
        "may_edit": request.actor.may("service.edit", queries.target_of(post)),
        **_counts(request, post),
    }
    return render(request, "people/registers/desk/post.html", context)


@require_POST
@needs("service.edit")
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Nobody claims it any more."""
    post = get_object_or_404(ClaimPost.objects.filter(request.actor.q("service.edit")).select_related("record"), pk=pk)
    actions.close_post(of_request(request, "desk"), post)
    return redirect("people:reg_post", pk)


@never_cache
@require_POST
@needs("service.confirm")
def people(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who claimed a post, for who is in charge of that community; each look is noted and seen by the member."""
    return _people(request, _in_charge(request, pk))


@never_cache
@require_POST
@needs("service.confirm")
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who served, how often, how long."""
    post = _in_charge(request, pk)
    done: dict[UUID, tuple[int, Decimal]] = {}
    for key in request.POST.getlist("claim"):
        if re.fullmatch(r"[0-9a-f-]{36}", key):
            done[UUID(key)] = (
                _number(request.POST.get(f"occasions_{key}", "")),
                _hours(request.POST.get(f"hours_{key}", "")),
            )
    try:
        confirmed = actions.confirm(of_request(request, "desk"), post, done)
    except Refused as refused:
        return _people(request, post, refused)
    messages.success(request, _("%(n)s confirmed.") % {"n": confirmed})
    return redirect("people:reg_post", pk)


@require_GET
@needs("service.statement")
def statements(request: HttpRequest) -> HttpResponse:
    """The units whose secretary somebody is, and what stands open to them: the tab. One of them opens at once."""
    units = list(Organisation.objects.filter(pk__in=leads(request.actor)).order_by("name"))
    if len(units) == 1:
        return redirect("people:reg_statement", units[0].pk)
    context = {"units": units, "tabs": tabs(request, "statements")}
    return render(request, "people/registers/desk/statements.html", context)


@never_cache
@needs("service.statement")
@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: HttpRequest, unit: UUID) -> HttpResponse:
    """What members of one's own unit did where they live, of those who agreed to it; on paper or as Excel."""
    home = get_object_or_404(Organisation.objects.filter(pk__in=leads(request.actor)), pk=unit)
    form, told = PeriodForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        ctx, period = as_secretary(request, unit), form.cleaned_data["period"]
        as_file = bool(request.POST.get("excel"))
        told = form.carry_out(lambda: actions.look_at_statement(ctx, home, period, as_file=as_file))
        if told and as_file:
            return as_workbook(statement_book(home, told), _("service-statement.xlsx"))
    context = {"unit": home, "form": form, "told": told, "tabs": tabs(request, "statements")}
    return render(request, "people/registers/desk/statement.html", context)


def _counts(request: HttpRequest, post: ClaimPost) -> dict[str, Any]:
    """How many claimed and served: exact for who is in charge of the community, who sees them by name anyway."""
    confirmed = post.claims.filter(confirmed_on__isnull=False).count()
    if ClaimPost.objects.filter(in_charge(request.actor), pk=post.pk).exists():
        return {"may_confirm": True, "taken": post.taken, "confirmed": confirmed}
    return {"may_confirm": False, "taken": rules.withheld(post.taken), "confirmed": rules.withheld(confirmed)}


def _people(request: HttpRequest, post: ClaimPost, refused: Refused | None = None) -> HttpResponse:
    claims = actions.look_at_claims(of_request(request, "desk"), post)
    context = {
        "post": post,
        "claims": claims,
        "begun": post.begins <= timezone.now(),
        "hours": queries.hours_of(post),
        "refused": refused,
        "open": any(claim.confirmed_on is None for claim, _said in claims),
    }
    status = refused.status if refused else 200
    return render(request, "people/registers/desk/claims.html", context, status=status)


def _post(request: HttpRequest, pk: UUID) -> ClaimPost:
    visible = ClaimPost.objects.filter(request.actor.q("service.posts"))
    return get_object_or_404(visible.select_related("record", "area"), pk=pk)


def _in_charge(request: HttpRequest, pk: UUID) -> ClaimPost:
    here = ClaimPost.objects.filter(in_charge(request.actor)).select_related("record", "area")
    return get_object_or_404(here, pk=pk)


def _number(said: str) -> int:
    return given.whole(said, 999) or 0


def _hours(said: str) -> Decimal:
    try:
        hours = Decimal(said.strip() or "0")
        return hours.quantize(Decimal("0.1")) if hours.is_finite() and abs(hours) < 1000 else Decimal(0)
    except InvalidOperation:
        return Decimal(0)
