"""The phone's pages of rooms: which is free, a day as a bar, three taps to book."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from liuchi.kernel import given
from liuchi.kernel.access import needs, refuse
from liuchi.kernel.context import of_request
from liuchi.kernel.recurrence import words
from liuchi.kernel.ui.refusals import refusal_told
from liuchi.places.rooms import actions, queries, rules
from liuchi.places.rooms.forms import BookForm
from liuchi.places.rooms.models import Booking, Room

DAYS = 14


@never_cache
@require_GET
@needs("rooms.look")
def rooms(request: HttpRequest) -> HttpResponse:
    """My bookings; all rooms, the free ones first, each with today as a bar."""
    now = timezone.now()
    today = rules.local_day(now)
    found = list(Room.objects.filter(closed_on=None).select_related("area").order_by("area__first", "name")[:60])
    taken = queries.taken_on(found, today)
    cards = [
        (room, *queries.how_it_stands(room, taken[room.pk], now), queries.bar(room, taken[room.pk], now, today))
        for room in found
    ]
    cards.sort(key=lambda card: {"ok": 0, "info": 1, "warn": 2}.get(card[2], 3))
    person = request.actor.person_id
    mine = [(one, words.day(one.day), _hours(one)) for one in queries.mine(person, now)] if person else []
    return render(request, "places/rooms/mobile/rooms.html", {"cards": cards, "mine": mine})


@never_cache
@require_http_methods(["GET", "POST"])
@needs("rooms.look")
def room(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One room: a day as a bar, where one may begin, and the booking."""
    found = get_object_or_404(Room.objects.select_related("area", "record"), pk=pk, closed_on=None)
    now = timezone.now()
    today = rules.local_day(now)
    day = _day(request, today)
    ctx = of_request(request, "phone")
    units = actions.units_of(ctx.person, today)
    starts = queries.starts(found, day, now)
    form = BookForm(request.POST or None, room=found, starts=starts, units=units, initial={"hours": "2", "people": 1})
    if request.method == "POST":
        if not request.actor.may("rooms.book"):
            return refuse(request)
        form.set_starts([*starts, *queries.own_starts(ctx.person, found, day)])  # sent twice, it is one booking
        if form.is_valid():
            made = form.carry_out(lambda: actions.book(ctx, found.pk, form.asked(day)))
            if made:
                said = (
                    _("Asked. You hear from us as soon as somebody has looked.")
                    if made.state == "asked"
                    else _("Booked.")
                )
                messages.success(request, said)
                return redirect("rooms:booking", made.pk)
            form.set_starts(queries.starts(found, day, now))
    taken = queries.taken_on([found], day)[found.pk]
    ahead = queries.ahead_of(ctx.person, now) if ctx.person and found.who == "all" else None
    days = [today + timedelta(days=step) for step in range(min(DAYS, found.ahead + 1))]
    context = {
        "room": found, "form": form, "day": day, "day_words": words.day(day), "bar": queries.bar(found, taken, now, day),
        "days": [(one, words.day(one), one == day) for one in days], "starts": starts, "events": queries.public_events(found, day),
        "hours": words.hours(found.opens, found.closes), "may_book": request.actor.is_signed_in,
        "kind": found.get_kind_display(), "most": rules.MOST_AHEAD, "ahead": ahead, "longest": found.longest,
        "enough": ahead is not None and ahead >= rules.MOST_AHEAD and not units,
    }  # fmt: skip
    return render(request, "places/rooms/mobile/room.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@needs("rooms.book")
def booking(request: HttpRequest, pk: UUID) -> HttpResponse:
    """My booking: when, where, the key; giving it back."""
    found = get_object_or_404(
        Booking.objects.select_related("room__area", "unit"), pk=pk, person=request.actor.person_id
    )
    if request.method == "POST":
        with refusal_told(request):
            actions.cancel(of_request(request, "phone"), pk)
            messages.success(request, _("Cancelled. The room is free for others now. Thank you!"))
        return redirect("rooms:booking", pk)
    now = timezone.now()
    tones = {"asked": "info", "booked": "ok", "refused": "warn", "cancelled": ""}
    context = {
        "booking": found, "room": found.room, "day_words": words.day(found.day), "hours": _hours(found), "tone": tones[found.state],
        "open": found.state in rules.HOLDS and found.ends > now,
    }  # fmt: skip
    return render(request, "places/rooms/mobile/booking.html", context)


def _hours(one: Booking) -> str:
    begins, ends = one.begins.astimezone(rules.PLACE_ZONE), one.ends.astimezone(rules.PLACE_ZONE)
    return words.hours(begins.time(), ends.time())


def _day(request: HttpRequest, today: date) -> date:
    day = given.day(request.GET.get("day")) or today
    return day if today <= day <= today + timedelta(days=400) else today
