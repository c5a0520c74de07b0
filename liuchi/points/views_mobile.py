"""The phone's pages of points: one's own balance, the shop window, codes, statements, and the rules."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from liuchi.kernel import venues
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.documents import qr
from liuchi.kernel.errors import Refused
from liuchi.kernel.ui.refusals import refusal_told
from liuchi.people.models import Look
from liuchi.points import actions, codes, events, queries, rules
from liuchi.points.actions.statements import HOME, HOME_FILE
from liuchi.points.forms import StatementForm
from liuchi.points.models import Entry, Gift, Reservation, RuleSet, Statement
from liuchi.territory import queries as territory


@never_cache
@require_safe
@needs("points.own")
def mine(request: HttpRequest) -> HttpResponse:
    """What I have, what waits for me, and where it came from; before: the page of history behind a line."""
    person = request.actor.person_id  # type: ignore[attr-defined]
    account, balance = queries.account_of(person)
    before = request.GET.get("before", "")
    lines = queries.history(account, int(before) if before.isdecimal() and len(before) < 10 else None)
    shown = lines[: queries.PAGE]
    context = {
        "on": queries.is_on(person),
        "balance": balance,
        "waiting": queries.open_reservations(account) if not before else [],
        "lines": _told(person, shown),
        "more": lines[queries.PAGE - 1].number if len(lines) > queries.PAGE else None,
        "before": before,
        "back": "/points" if before else "/me",
    }
    return render(request, "points/mobile/mine.html", context)


def _told(person: UUID, lines: list[Entry]) -> list[tuple[Entry, events.About | None, str]]:
    """Each line with what it was for and where that is seen."""
    abouts = queries.abouts(person, lines)
    told = []
    for line in lines:
        about = abouts.get(line.transfer.thing) if line.transfer.thing else None
        code = line.transfer.reservation_id
        told.append((line, about, about.url if about else reverse("points:code", args=[code]) if code else ""))
    return told


@require_POST
@needs("points.own")
def switch(request: HttpRequest) -> HttpResponse:
    """Collecting points, on or off: one's own choice, each time."""
    person, ctx = request.user.person, of_request(request, "phone")  # type: ignore[union-attr]
    if request.POST.get("on"):
        actions.switch_on(ctx, person)
        messages.success(request, _("From now on points are collected for you."))
    else:
        actions.switch_off(ctx, person)
        messages.info(request, _("Nothing is collected any more. What you have stays yours."))
    return redirect("points:mine")


@require_safe
def how(request: HttpRequest) -> HttpResponse:
    """What is thanked for: the published rules, open to everybody."""
    chosen = queries.rules_on(timezone.localdate())
    context = {"rules": chosen, "lines": lines_of(chosen), "back": "/points"}
    return render(request, "points/mobile/rules.html", context)


def lines_of(chosen: RuleSet | None) -> list[tuple[str, object]]:
    """The rules of a set with the words for their events."""
    return [(queries.label_of(one.event), one) for one in chosen.rules.all()] if chosen else []


@require_safe
@needs("points.own")
def shop(request: HttpRequest) -> HttpResponse:
    """The shop window."""
    _account, balance = queries.account_of(request.actor.person_id)  # type: ignore[attr-defined]
    context = {"offers": queries.shop(), "balance": balance, "back": "/points"}
    return render(request, "points/mobile/shop.html", context)


@never_cache
@needs("points.own")
def gift(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One gift: what it is, where how many are left; POST reserves one at a window."""
    one = get_object_or_404(Gift, pk=pk, open=True)
    refused, chosen = "", request.POST.get("window", "")
    key = _uuid(request.POST.get("key", "")) or uuid4()
    if request.method == "POST":
        window = _uuid(chosen)
        try:
            if window is None:
                raise Refused("window", _("Choose the window where you will pick it up."))
            done = actions.reserve(of_request(request, "phone"), one.pk, window, key)
        except Refused as error:
            refused, key = error.sentence, uuid4()
        else:
            return redirect("points:code", done.pk)
    _account, balance = queries.account_of(request.actor.person_id)  # type: ignore[attr-defined]
    offer = queries.offers([one])[0]
    free = [left for left in offer.left if left.free]
    if not chosen and free:
        chosen = str(free[0].window.pk)
    person = request.user.person  # type: ignore[union-attr]
    context = {
        "offer": offer,
        "gift": one,
        "unchecked": bool(one.per_month) and person.phone_checked_at is None,
        "no_phone": not person.phone_index,
        "balance": balance,
        "lacking": max(0, one.cost - balance),
        "after": balance - one.cost,
        "chosen": chosen,
        "refused": refused,
        "key": key,
        "back": "/points/shop",
    }
    return render(request, "points/mobile/gift.html", context, status=422 if refused else 200)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@never_cache
@require_safe
@needs("points.own")
def code(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The code for one reservation, as digits and as a picture; what became of it afterwards."""
    one = _own_reservation(request, pk)
    digits = codes.code_of(one.pk, one.code_turn)
    is_open = one.state == Reservation.State.OPEN
    address = request.build_absolute_uri(reverse("points:window"))
    context = {
        "one": one,
        "is_open": is_open,
        "digits": rules.shown_code(digits),
        "qr": qr.svg(f"{address}?code={digits}", label=_("Code to scan at the window"), border=2) if is_open else "",
        "last_day": one.expires_at - rules.DAY / 2,
        "spot": venues.venue(one.window.point_id, timezone.now()) if is_open else None,
        "back": "/points",
    }
    return render(request, "points/mobile/code.html", context)


@require_POST
@needs("points.own")
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Gives a reservation back."""
    one = _own_reservation(request, pk)
    with refusal_told(request):
        actions.cancel(of_request(request, "phone"), one.pk)
        messages.success(request, _("Given back: %(points)s points are yours again.") % {"points": one.cost})
        return redirect("points:mine")
    return redirect("points:code", pk)


def _own_reservation(request: HttpRequest, pk: UUID) -> Reservation:
    return get_object_or_404(queries.reservations_of(request.actor.person_id), pk=pk)  # type: ignore[attr-defined]


@never_cache
@needs("points.own")
def statements(request: HttpRequest) -> HttpResponse:
    """Statements for the unit one works in: those there are, and asking for another."""
    form = StatementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person, ctx = request.user.person, of_request(request, "phone")  # type: ignore[union-attr]
        made = form.carry_out(lambda: actions.ask_statement(ctx, person, **form.cleaned_data))
        if made:
            messages.success(request, _("Asked. You are told when the community has confirmed it."))
            return redirect("points:statements")
    found = queries.statements_of(request.actor.person_id)  # type: ignore[attr-defined]
    context = {"form": form, "statements": found[:50], "back": "/points"}
    return render(request, "points/mobile/statements.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
@needs("points.own")
def statement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One statement, made to be shown and printed."""
    one = get_object_or_404(queries.statements_of(request.actor.person_id), pk=pk)  # type: ignore[attr-defined]
    looks = Look.objects.filter(record_id=one.pk, duty__in=(HOME, HOME_FILE)).select_related("by_post__organisation")
    context = {
        **sheet_of(one),
        "back": "/points/statements",
        "looks": looks.order_by("-at")[:50] if one.shown_to else [],
    }
    return render(request, "points/mobile/statement.html", context)


@require_POST
@needs("points.own")
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lets the secretary of one's unit open the sheet, or ends it."""
    one = get_object_or_404(queries.statements_of(request.actor.person_id), pk=pk)  # type: ignore[attr-defined]
    with refusal_told(request):
        actions.show_to_unit(of_request(request, "phone"), one, bool(request.POST.get("shown")))
    return redirect("points:statement", pk)


def sheet_of(one: Statement) -> dict[str, object]:
    """What stands on the sheet of a statement."""
    lines = [(queries.label_of(event), times, points) for event, times, points in one.lines]
    return {"one": one, "lines": lines, "office": territory.root()}


@require_POST
@needs("points.own")
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Takes a statement back: the community no longer sees it."""
    one = get_object_or_404(queries.statements_of(request.actor.person_id), pk=pk)  # type: ignore[attr-defined]
    actions.take_back_statement(of_request(request, "phone"), one)
    messages.info(request, _("Taken back. The community no longer sees it."))
    return redirect("points:statements")
