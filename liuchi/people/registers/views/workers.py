"""The desk's pages for new-employment groups."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liuchi.kernel.access import needs, refuse
from liuchi.kernel.context import of_request
from liuchi.kernel.ui.refusals import refusal_told
from liuchi.people import rules
from liuchi.people.actions import groups as actions
from liuchi.people.actions.persons import show_phone
from liuchi.people.consents import PURPOSES
from liuchi.people.models import Consent, Registration
from liuchi.people.registers.forms import EntryForm, WorkerForm
from liuchi.people.registers.queries import figures
from liuchi.people.registers.queries import groups as queries
from liuchi.people.registers.trades import GROUPS
from liuchi.people.registers.views.shared import Search, tabs


@require_http_methods(["GET", "HEAD", "POST"])
@needs("registers.figures", "registers.see")
def listed(request: HttpRequest) -> HttpResponse:
    """Figures for who has a duty there; names for who provides for them."""
    search = Search(request, "workers", "trade", "branch")
    may_see = request.actor.may("registers.see")
    context: dict[str, Any] = {
        "search": search,
        "may_see": may_see,
        "trades": GROUPS,
        "may_edit": request.actor.may("registers.edit"),
        "rows": [],
    }
    if may_see:
        found = queries.found(
            request.actor,
            text=search.text,
            trade=search.chosen.get("trade", ""),
            branch=search.chosen.get("branch", ""),
        )
        context |= search.paged(found)
        for entry in context["rows"]:
            entry.trade_name = GROUPS.get(entry.trade, entry.trade)

    def show(partial: bool) -> HttpResponse:
        if partial:
            return render(request, "people/registers/desk/_workers.html", context)
        visible, day = request.actor.q("registers.figures"), rules.local_day(timezone.now())
        context["tables"] = [
            (_("By trade"), figures.by_trade(visible, day)),
            (_("By branch"), figures.by_branch(visible, day)),
            (_("By platform"), figures.by_platform(visible, day)),
            (_("By area of work"), figures.by_area(visible, day)),
        ]
        context["branches"] = queries.branches_in_reach(request.actor) if may_see else []
        context["tabs"] = tabs(request, "workers")
        return render(request, "people/registers/desk/workers.html", context)

    return search.answer(show)


@needs("registers.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Somebody stands at the counter and wants to be in the register."""
    purposes = [(key, PURPOSES[key].title) for key in actions.PURPOSES_OF_REGISTER]
    form = WorkerForm(request.POST or None, actor=request.actor, purposes=purposes)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        facts["branch"] = facts["branch"] or queries.branch_there(facts["trade"], facts["area"])
        made = form.carry_out(lambda: actions.register_worker(of_request(request, "desk"), **facts))
        if made:
            messages.success(request, _("Registered. Tell them that they can leave at any time."))
            return redirect("people:reg_worker", made.pk)
    context = {
        "form": form, "title": _("New entry"), "back": "/desk/registers/people", "save": _("Register"),
        "words": PURPOSES[actions.BASE].text, "kind": "worker",
    }  # fmt: skip
    return render(request, "people/registers/desk/form.html", context)


@require_GET
@needs("registers.see")
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One entry: what was said, and what was agreed to."""
    entry = _entry(request, pk)
    entry.trade_name = GROUPS.get(entry.trade, entry.trade)
    given = {one.purpose: one for one in Consent.objects.filter(person=entry.person, withdrawn_at=None)}
    context = {
        "entry": entry,
        "purposes": [(PURPOSES[key], given.get(key)) for key in actions.PURPOSES_OF_REGISTER],
        "unchecked": bool(entry.person and entry.person.phone_index and entry.person.phone_checked_at is None),
        "before": entry.person and actions.written_down_before(entry.person, entry.trade).first(),
        "may_call": actions.CALLS in given and entry.person and entry.person.phone_cipher,
        "may_edit": request.actor.may("registers.edit", entry),
    }
    return render(request, "people/registers/desk/worker.html", context)


@needs("registers.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Corrects an entry."""
    entry = _entry(request, pk, "registers.edit")
    now = {name: getattr(entry, name) for name in ("platform", "area", "branch", "vehicle")}
    form = EntryForm(request.POST or None, initial=now, actor=request.actor, trade=entry.trade)
    if request.method == "POST" and form.is_valid():
        ctx = of_request(request, "desk")
        if form.carry_out(lambda: actions.correct_registration(ctx, entry, **form.cleaned_data)):
            return redirect("people:reg_worker", pk)
    context = {"form": form, "title": str(entry.person), "back": f"/desk/registers/people/{pk}", "save": _("Save")}
    return render(request, "people/registers/desk/form.html", context)


@require_POST
@needs("registers.see")
def phone(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The number of somebody who agreed to be called; the look is noted."""
    entry = _entry(request, pk)
    if entry.person is None or not actions.may_be_called(entry.person):
        return refuse(request)
    number = show_phone(of_request(request, "desk"), entry.person, duty="registers.see", record_id=entry.pk)
    return render(request, "people/desk/_phone.html", {"number": number})


@require_POST
@needs("registers.edit")
def confirm(request: HttpRequest, pk: UUID, what: str) -> HttpResponse:
    """What the person says at the counter: that they want to stay, or, with the phone in hand, that the number is theirs."""
    entry, ctx = _entry(request, pk, "registers.edit"), of_request(request, "desk")
    with refusal_told(request):
        if what == "number":
            actions.confirm_phone(ctx, entry)
            messages.success(
                request, _("The number was checked; what was written down under it belongs to this account.")
            )
        else:
            actions.confirm_registration(ctx, entry)
            messages.success(request, _("Kept for two more years. They can leave at any time."))
    return redirect("people:reg_worker", pk)


@require_POST
@needs("registers.edit")
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Somebody says at the counter that they want to leave."""
    actions.end_registration(of_request(request, "desk"), _entry(request, pk, "registers.edit"))
    messages.success(request, _("The entry has ended; the name is gone from the register."))
    return redirect("people:reg_workers")


def _entry(request: HttpRequest, pk: UUID, ability: str = "registers.see") -> Registration:
    visible = Registration.objects.filter(request.actor.q(ability), ended_on=None)
    return get_object_or_404(visible.select_related("record", "person__record", "area", "branch__organisation"), pk=pk)
