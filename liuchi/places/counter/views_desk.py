"""The clerk's pages: call and serve by keyboard, errands."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liuchi.kernel import given
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.documents import qr
from liuchi.kernel.errors import Refused
from liuchi.kernel.recurrence import words
from liuchi.kernel.ui.refusals import refusal_told
from liuchi.places.counter import actions, presence, queries, rules
from liuchi.places.counter.forms import ErrandForm
from liuchi.places.counter.hours import is_open
from liuchi.places.counter.models import Appointment, Counter, Ticket
from liuchi.places.desk.tabs import tabs


@never_cache
@require_GET
@needs("counter.serve", "counter.help")
def desk(request: HttpRequest) -> HttpResponse:
    """The clerk's screen: whom I serve, who waits; N calls the next, D is served, P is passed over."""
    counters = list(queries.seen_by(request.actor).order_by("area__first", "name")[:20])
    chosen = next(
        (one for one in counters if str(one.pk) == request.GET.get("counter")), counters[0] if counters else None
    )
    if chosen is None:
        context = {"tabs": tabs(request.actor, "counter"), "may_edit": request.actor.may("counter.edit")}
        return render(request, "places/counter/desk/none.html", context)
    window = _window(request.GET.get("window", ""), chosen)
    now = timezone.now()
    line = queries.queue(chosen, now)
    context = {
        "counter": chosen, "counters": counters, "window": window, "windows": range(1, chosen.windows + 1), "line": line,
        "mine": next((one for one in line.called if one.window == window), None), "minutes": rules.wait(line.minutes, chosen.windows),
        "may_serve": request.actor.may("counter.serve", chosen), "errands": queries.errands(request.actor, chosen),
        "appointed": [(one, _clock(one), getattr(one, "ticket", None)) for one in queries.of_today(chosen, now)],
        "may_edit": request.actor.may("counter.edit", chosen), "tabs": tabs(request.actor, "counter"),
        "open": is_open(chosen, now), "screen_key": "",
    }  # fmt: skip
    if context["may_serve"]:
        context |= {"screen_key": presence.screen_key(chosen.pk), "word": presence.word_of(chosen.pk, now)}
    return render(request, "places/counter/desk/desk.html", context)


@require_POST
@needs("counter.serve")
def call(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Next; once more; served; passed over; called back; a number for who stands here."""
    found = get_object_or_404(queries.seen_by(request.actor, "counter.serve"), pk=pk)
    ctx, what, window = (
        of_request(request, "desk"),
        request.POST.get("do", ""),
        _window(request.POST.get("window", ""), found),
    )
    with refusal_told(request):
        if what == "next":
            if actions.call_next(ctx, pk, window) is None:
                messages.info(request, _("Nobody is waiting."))
        elif what == "number":
            ticket, _code = actions.take_number(ctx, pk)
            messages.success(request, _("Number %(n)s.") % {"n": ticket.number})
        else:
            ticket_id = given.whole(request.POST.get("ticket")) or 0
            if not Ticket.objects.filter(pk=ticket_id, counter=pk).exists():
                raise Refused("not_found", _("There is no such number."), status=404)
            if what == "again":
                actions.call_again(ctx, ticket_id)
                messages.success(request, _("Called once more."))
            else:
                actions.end_call(ctx, ticket_id, what)
    return redirect(f"/desk/counter?counter={pk}&window={window}")


@never_cache
@require_GET
@needs("counter.serve")
def word(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Today's word on paper, with the QR that carries it: for a hall without a screen."""
    found = get_object_or_404(queries.seen_by(request.actor, "counter.serve"), pk=pk, asks_word=True)
    now = timezone.now()
    said = presence.word_of(pk, now)
    context = {
        "counter": found, "word": said, "day": words.day(rules.local_day(now)),
        "qr": qr.svg(request.build_absolute_uri(f"/counter/{pk}?word={said}")),
    }  # fmt: skip
    return render(request, "places/counter/desk/word.html", context)


@require_POST
@needs("counter.help")
def find(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The errand of a receipt that somebody brings: open ones, and those that were handed over."""
    get_object_or_404(queries.seen_by(request.actor), pk=pk)
    with refusal_told(request):
        found = actions.find_errand(request.POST.get("receipt", ""), f"desk {request.actor.person_id}", timezone.now())
        if found and queries.errands_seen_by(request.actor).filter(pk=found.pk).exists():
            return redirect("counter:desk_errand", found.pk)
        messages.info(request, _("No errand has this receipt. Please look at the slip again."))
    return redirect(f"/desk/counter?counter={pk}")


@never_cache
@require_http_methods(["GET", "POST"])
@needs("counter.help")
def take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Takes an errand in; the receipt is shown once, to print or to photograph."""
    found = get_object_or_404(queries.seen_by(request.actor), pk=pk)
    form = ErrandForm(
        request.POST or None, counter=found, initial={"for_other": not request.actor.may("counter.serve", found)}
    )
    if request.method == "POST" and form.is_valid():
        ctx = of_request(request, "desk")
        done = form.carry_out(lambda: actions.take_errand(ctx, pk, form.cleaned_data["matter"].pk, form.whose()))
        if done:
            errand, receipt = done
            address = request.build_absolute_uri(f"/counter/e/{receipt}")
            context = {
                "errand": errand,
                "matter": errand.matter,
                "counter": found,
                "receipt": receipt,
                "qr": qr.svg(address),
            }
            return render(request, "places/counter/desk/receipt.html", context)
    context = {"form": form, "title": _("Take an errand in"), "back": f"/desk/counter?counter={pk}"}
    return render(request, "places/counter/desk/form.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@needs("counter.help")
def errand(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One errand: its next stop with a word; for whom it is, each look noted."""
    found = get_object_or_404(queries.errands_seen_by(request.actor), pk=pk)
    ctx, shown = of_request(request, "desk"), None
    if request.method == "POST":
        with refusal_told(request):
            if "look" in request.POST:
                shown = actions.whose(ctx, pk)
            else:
                actions.move_errand(ctx, pk, request.POST.get("stop", ""), request.POST.get("word", ""))
                messages.success(request, _("Noted. Who holds the receipt sees it."))
        if shown is None:
            return redirect("counter:desk_errand", pk)
    context = {
        "errand": found, "matter": found.matter, "counter": found.counter, "line": queries.stops(found), "whose": shown,
        "next": rules.next_stop(found.stop), "may_serve": request.actor.may("counter.serve", found.counter),
    }  # fmt: skip
    return render(request, "places/counter/desk/errand.html", context)


def _clock(one: Appointment) -> str:
    here = one.start.astimezone(rules.PLACE_ZONE)
    return f"{here.hour}:{here.minute:02}"


def _window(text: str, counter: Counter) -> int:
    return given.whole(text, counter.windows) or 1
