"""The phone's pages: join the register, come home, serve where one lives, and what of all that is kept on oneself."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.errors import Refused
from liuchi.kernel.ui.refusals import refusal_told
from liuchi.people.actions import groups, homecoming, service
from liuchi.people.actions.data import give_consent, withdraw_consent
from liuchi.people.actions.persons import phone_of
from liuchi.people.consents import PURPOSES
from liuchi.people.models import BranchCode, Claim, ClaimPost, Consent, Registration
from liuchi.people.registers.forms_phone import HomeForm, HomeUnitForm, JoinForm, MemberForm
from liuchi.people.registers.queries import service as queries
from liuchi.people.registers.queries.groups import branch_there
from liuchi.people.registers.queries.own import looks_at, who_sees
from liuchi.people.registers.sealed import opened
from liuchi.people.registers.trades import GROUPS
from liuchi.people.rules import local_day


@never_cache
@needs("registers.own")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Three fields, and what for."""
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        agreed = [
            key for key, name in zip(groups.PURPOSES_OF_REGISTER, ("agree", "news", "calls"), strict=True) if said[name]
        ]
        made = form.carry_out(
            lambda: groups.register_worker(
                of_request(request, "phone"), person=request.user.person, trade=said["trade"], platform=said["platform"],
                area=said["area"], branch=branch_there(said["trade"], said["area"]), how=Registration.How.SELF,
                agreed=agreed,
            )
        )  # fmt: skip
        if made:
            messages.success(request, _("You are in the register. Thank you."))
            return redirect("people:my_registers")
    there = request.user.person.registrations.filter(ended_on=None).select_related("area")
    entries = [(GROUPS.get(one.trade, one.trade), one) for one in there]
    context = {"form": form, "purpose": PURPOSES[groups.BASE], "entries": entries}
    return render(request, "people/registers/mobile/join.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def home_coming(request: HttpRequest, home: str) -> HttpResponse:
    """Somebody scanned a branch's code: plain words first, nothing is kept by looking; then, if they want, they sign in."""
    found = BranchCode.objects.select_related("organisation__area").filter(code=home[:16], ended_at=None).first()
    if found is None:
        return render(request, "people/registers/mobile/old_code.html", status=404)
    context = {"branch": found.organisation, "code": found}
    if not request.actor.is_signed_in:
        return render(request, "people/registers/mobile/home.html", context)
    person = request.user.person
    before = homecoming.own_entry(person)
    if before and before.organisation_id == found.organisation_id:
        return render(request, "people/registers/mobile/home.html", context | {"here": before})
    form = HomeForm(request.POST or None, initial={"name": person.name, "phone": phone_of(person)})
    if request.method == "POST" and form.is_valid():
        ctx, move = of_request(request, "phone"), bool(request.POST.get("move"))
        if form.carry_out(lambda: homecoming.sign_in(ctx, found, person, **form.cleaned_data, move=move)):
            messages.success(request, _("You are signed in. Welcome home."))
            return redirect("people:my_registers")
    return render(request, "people/registers/mobile/home.html", context | {"form": form, "before": before})


@never_cache
@needs("registers.own")
@require_http_methods(["GET", "HEAD", "POST"])
def serve(request: HttpRequest) -> HttpResponse:
    """Double registration, and the posts of one's community."""
    person = request.user.person
    member = service.own_membership(person.pk)
    if member is None:
        form = MemberForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            ctx = of_request(request, "phone")
            if form.carry_out(lambda: service.register_member(ctx, person, **form.cleaned_data)):
                return redirect("people:my_service")
        return render(request, "people/registers/mobile/service_join.html", {"form": form})
    now = timezone.now()
    context = {
        "member": member,
        "claims": list(queries.claims_of(member)[:50]),
        "posts": list(queries.open_for(member, now)[:50]),
        "now": now,
    }
    return render(request, "people/registers/mobile/service.html", context)


@require_POST
@needs("registers.own")
def claim(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Takes a place. Too late, a sentence says so."""
    member = service.own_membership(request.user.person.pk)
    post = get_object_or_404(ClaimPost.objects.select_related("area"), pk=pk)
    if member is None:
        return redirect("people:my_service")
    try:
        service.claim(of_request(request, "phone"), post, member)
        messages.success(request, _("It is yours. See you there."))
    except Refused as refused:
        if refused.code != "double":  # a second tap
            messages.error(request, refused.sentence)
    return redirect("people:my_service")


@require_POST
@needs("registers.own")
def stay(request: HttpRequest) -> HttpResponse:
    """Says again that one wants to stay in the register."""
    for entry in request.user.person.registrations.filter(ended_on=None):
        groups.confirm_registration(of_request(request, "phone"), entry)
    messages.success(request, _("Kept for two more years. You can leave at any time."))
    return redirect("people:my_registers")


@require_POST
@needs("registers.own")
def give_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Somebody else may have the place."""
    member = service.own_membership(request.user.person.pk)
    mine = get_object_or_404(Claim, pk=pk, member=member) if member else None
    if mine:
        with refusal_told(request):
            service.give_back(of_request(request, "phone"), mine)
    return redirect("people:my_service")


@never_cache
@needs("registers.own")
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """What the registers keep on oneself: seen, corrected, taken back."""
    person = request.user.person
    member, home = service.own_membership(person.pk), homecoming.own_entry(person)
    now = {"home_unit": opened(member)["home_unit"], "report": bool(member.report_agreed_at)} if member else {}
    form = HomeUnitForm(request.POST or None, initial=now) if member else None
    if request.method == "POST" and form and member and form.is_valid():
        ctx = of_request(request, "phone")
        if form.carry_out(lambda: service.correct_member(ctx, member, **form.cleaned_data)):
            messages.success(request, _("Saved."))
            return redirect("people:my_registers")
    entries = list(person.registrations.filter(ended_on=None).select_related("area", "branch__organisation"))
    for entry in entries:
        entry.trade_name = GROUPS.get(entry.trade, entry.trade)
    given = set(Consent.objects.filter(person=person, withdrawn_at=None).values_list("purpose", flat=True))
    context = {
        "entries": entries,
        "purposes": [(key, PURPOSES[key], key in given) for key in (groups.NEWS, groups.CALLS)],
        "home": home,
        "home_said": opened(home) if home else {},
        "home_looks": looks_at(home) if home else [],
        "home_seen_by": who_sees(home, local_day(timezone.now())) if home else [],
        "member": member,
        "member_looks": looks_at(member) if member else [],
        "form": form,
    }
    return render(request, "people/registers/mobile/mine.html", context)


@require_POST
@needs("registers.own")
def consent(request: HttpRequest) -> HttpResponse:
    """One purpose, given or taken back."""
    purpose, person, ctx = request.POST.get("purpose", ""), request.user.person, of_request(request, "phone")
    if purpose in (groups.NEWS, groups.CALLS):
        if request.POST.get("given") and person.registrations.filter(ended_on=None).exists():
            give_consent(ctx, person, purpose)
        else:
            withdraw_consent(ctx, person, purpose)
    return redirect("people:my_registers")


@require_POST
@needs("registers.own")
def leave(request: HttpRequest, what: str) -> HttpResponse:
    """Leaves one of the registers, at once."""
    person, ctx = request.user.person, of_request(request, "phone")
    if what == "groups":
        groups.leave_register(ctx, person)
    elif what == "home" and (home := homecoming.own_entry(person)):
        homecoming.withdraw(ctx, home)
    elif what == "service" and (member := service.own_membership(person.pk)):
        service.leave_community(ctx, member)
    messages.success(request, _("You have left. What was kept of it is gone."))
    return redirect("people:my_registers")
