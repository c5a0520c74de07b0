"""The phone's pages of the counter, and the screen of the waiting hall."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liuchi.kernel import given
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.documents import qr
from liuchi.kernel.network import network_of
from liuchi.kernel.recurrence import words
from liuchi.kernel.ui.refusals import refusal_told
from liuchi.places import words as place_words
from liuchi.places.counter import actions, presence, queries, rules
from liuchi.places.counter.hours import coming_days, hours_of, is_open, spans_on
from liuchi.places.counter.models import Appointment, Counter, Matter, Ticket


def _sender(request: HttpRequest) -> str:
    return network_of(request.META.get("REMOTE_ADDR", ""))


@never_cache
@require_http_methods(["GET", "POST"])
@needs("counter.look")
def counters(request: HttpRequest) -> HttpResponse:
    """All counters with how many wait; my appointments; how far along an errand is, by its receipt (POST)."""
    now = timezone.now()
    unknown = False
    if request.method == "POST":
        receipt = request.POST.get("receipt", "")
        if actions.find_errand(receipt, _sender(request), now):
            return redirect("counter:errand", receipt.strip().replace(" ", ""))
        unknown = True
    found = list(queries.open_counters().order_by("area__first", "name")[:40])
    waiting = queries.waits(found, now)
    cards = [(one, waiting.get(one.pk, 0), is_open(one, now)) for one in found]
    person = request.actor.person_id
    mine = [(one, _when(one.start)) for one in queries.mine(person, now)] if person else []
    context = {"cards": cards, "mine": mine, "unknown": unknown, "typed": request.POST.get("receipt", "")}
    return render(request, "places/counter/mobile/counters.html", context)


@never_cache
@require_GET
@needs("counter.look")
def counter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One counter: how long one waits now, a number, what it does."""
    found = get_object_or_404(queries.open_counters(), pk=pk)
    now = timezone.now()
    line = queries.queue(found, now)
    context = {
        "counter": found, "waiting": len(line.waiting), "minutes": rules.wait(line.minutes, found.windows),
        "open": is_open(found, now), "week": place_words.week(hours_of(found)), "days": coming_days(found, now),
        "matters": queries.matters(found), "word": _word(request),
    }  # fmt: skip
    return render(request, "places/counter/mobile/counter.html", context)


@never_cache
@require_GET
@needs("counter.look")
def matter(request: HttpRequest, matter: int) -> HttpResponse:
    """One service: what to bring, for oneself and for somebody else; the steps; what it takes and costs."""
    found = get_object_or_404(
        Matter.objects.select_related("counter"), pk=matter, closed=False, counter__closed_on=None
    )
    now = timezone.now()
    open_ = is_open(found.counter, now)
    context = {"matter": found, "counter": found.counter, "open": open_, "word": _word(request)}
    return render(request, "places/counter/mobile/matter.html", context)


@require_POST
@needs("counter.look")
def number(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Takes a number; a phone that has one of this counter for today gets the same again."""
    ctx = of_request(request, "phone")
    kept = request.COOKIES.get(f"number_{pk}", "")
    held = actions.find_ticket(kept) if kept else None
    if held and held.day == rules.local_day(ctx.at) and held.state in ("waiting", "called"):
        return redirect("counter:ticket", kept)
    matter = given.whole(request.POST.get("matter", ""))
    with refusal_told(request):
        said = request.POST.get("word", "")[:20]
        _ticket, code = actions.take_number(ctx, pk, matter, sender=_sender(request), word=said)
        answer = redirect("counter:ticket", code)
        answer.set_cookie(
            f"number_{pk}", code, max_age=12 * 3600, httponly=True, samesite="Lax", secure=request.is_secure()
        )
        return answer
    return redirect("counter:matter", matter) if matter else redirect("counter:counter", pk)


@never_cache
@require_GET
@needs("counter.look")
def ticket(request: HttpRequest, number: str) -> HttpResponse:
    """My number: how many are before me, about how long; it looks again by itself."""
    found = actions.find_ticket(number)
    if found is None:
        raise Http404
    now = timezone.now()
    line = queries.queue(found.counter, now)
    ahead, minutes = queries.before(found, line)
    context = {"ticket": found, "counter": found.counter, "before": ahead, "minutes": minutes, "called": line.called,
               "old": found.day != rules.local_day(now)}  # fmt: skip
    return render(request, "places/counter/mobile/ticket.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@needs("counter.book")
def appoint(request: HttpRequest, matter: int) -> HttpResponse:
    """An appointment: a day, a time, done."""
    found = get_object_or_404(
        Matter.objects.select_related("counter__area"), pk=matter, closed=False, counter__closed_on=None
    )
    now = timezone.now()
    today = rules.local_day(now)
    if request.method == "POST":
        try:
            start = datetime.fromisoformat(request.POST.get("start", ""))
            if start.tzinfo is None or given.day(start.date()) is None:
                raise ValueError
        except ValueError:
            messages.error(request, _("Please tap a time."))
            return redirect(request.get_full_path())
        with refusal_told(request):
            made = actions.appoint(of_request(request, "phone"), found.counter_id, found.pk, start)
            soon = rules.local_day(made.start) == today
            messages.success(
                request, _("Your time is kept.") if soon else _("Your time is kept. We remind you the evening before.")
            )
            return redirect("counter:appointment", made.pk)
        return redirect(request.get_full_path())
    days = [today + timedelta(days=step) for step in range(rules.APPOINTED_AHEAD + 1)]
    days = [day for day in days if spans_on(found.counter, day)]
    shown = _day(request, days)
    times = queries.free_times(found.counter, shown, now) if shown else []
    context = {
        "matter": found, "counter": found.counter, "days": [(day, words.day(day), day == shown) for day in days],
        "times": [(start.isoformat(), f"{start.hour}:{start.minute:02}") for start in times],
        "day_words": words.day(shown) if shown else "",
    }  # fmt: skip
    return render(request, "places/counter/mobile/appoint.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@needs("counter.book")
def appointment(request: HttpRequest, pk: int) -> HttpResponse:
    """My appointment: what to bring; a number when I am there; giving it free."""
    mine = Appointment.objects.select_related("counter", "matter").filter(person=request.actor.person_id)
    found = get_object_or_404(mine, pk=pk)
    ctx = of_request(request, "phone")
    if request.method == "POST":
        with refusal_told(request):
            if "here" in request.POST:
                said = request.POST.get("word", "")[:20]
                _ticket, code = actions.arrive(ctx, pk, sender=_sender(request), word=said)
                return redirect("counter:ticket", code)
            actions.cancel_appointment(ctx, pk)
            messages.success(request, _("Cancelled. The time is free for others now. Thank you!"))
        return redirect("counter:appointment", pk)
    context = {
        "appointment": found, "matter": found.matter, "counter": found.counter, "when": _when(found.start),
        "today": rules.local_day(found.start) == rules.local_day(ctx.at), "over": found.start < ctx.at - rules.LATE,
    }  # fmt: skip
    return render(request, "places/counter/mobile/appointment.html", context)


@never_cache
@require_GET
@needs("counter.look")
def errand(request: HttpRequest, receipt: str) -> HttpResponse:
    """How far along an errand is, for whoever holds its receipt; for whom it is stands nowhere."""
    found = actions.find_errand(receipt, _sender(request), timezone.now())
    if found is None:
        raise Http404
    context = {"errand": found, "matter": found.matter, "counter": found.counter, "line": queries.stops(found)}
    return render(request, "places/counter/mobile/errand.html", context)


@never_cache
@require_GET
@needs("counter.look")
def hall(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The screen of the waiting hall: who is called to which window, in digits that one reads from five metres. Opened from
    the desk it also shows the word of the day, and the QR carries it."""
    found = get_object_or_404(Counter.objects.filter(closed_on=None), pk=pk)
    now = timezone.now()
    line = queries.queue(found, now)
    called = [(one, _call(one)) for one in line.called]
    latest = max(line.called, key=lambda one: one.called_at or one.taken_at, default=None)
    own = presence.is_screen(pk, request.GET.get("key", ""))
    word = presence.word_of(pk, now) if found.asks_word and own else ""
    address = f"/counter/{found.pk}?word={word}" if word else f"/counter/{found.pk}"
    context = {
        "counter": found, "called": called, "latest": latest, "waiting": line.waiting[:8], "more": max(0, len(line.waiting) - 8),
        "qr": qr.svg(request.build_absolute_uri(address)), "word": word,
    }  # fmt: skip
    return render(request, "places/counter/hall.html", context)


def _call(ticket: Ticket) -> str:
    """What makes one call another than the last: the number called once more is called anew."""
    return f"{ticket.pk}-{ticket.called_at:%H%M%S%f}" if ticket.called_at else str(ticket.pk)


def _word(request: HttpRequest) -> str:
    """The word of the hall, when its QR was scanned."""
    said = request.GET.get("word", "")
    return said if said.isdecimal() and len(said) < 9 else ""


def _when(start: datetime) -> str:
    here = start.astimezone(rules.PLACE_ZONE)
    return f"{words.day(here.date())} {here.hour}:{here.minute:02}"


def _day(request: HttpRequest, days: list[date]) -> date | None:
    day = given.day(request.GET.get("day"))
    return day if day in days else days[0] if days else None
