"""The desk's pages of rooms: a day and a week as pictures, what waits for a yes, keys, the sheet for the door."""

from __future__ import annotations

from datetime import date, timedelta
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
from liuchi.kernel.documents import qr
from liuchi.kernel.errors import Refused
from liuchi.kernel.recurrence import rules as recurrence
from liuchi.kernel.recurrence import words
from liuchi.kernel.ui.refusals import refusal_told
from liuchi.places.desk.tabs import tabs
from liuchi.places.rooms import actions, opening, queries, rules
from liuchi.places.rooms.forms import DeskBookForm, RoomForm
from liuchi.places.rooms.models import Booking, Room
from liuchi.territory.models import Area


@require_GET
@needs("rooms.see")
def day(request: HttpRequest) -> HttpResponse:
    """All rooms on a day, or over a week (``view=week``); what waits for a yes; keys that are out."""
    now = timezone.now()
    today = rules.local_day(now)
    shown = _day_of(request) or today
    context: dict[str, Any] = {
        "day": shown, "today": today, "day_words": words.day(shown), "waiting": queries.waiting(request.actor, now),
        "keys": queries.keys_out(request.actor), "may_manage": request.actor.may("rooms.manage"),
        "tabs": tabs(request.actor, "rooms"),
    }  # fmt: skip
    for one in (*context["waiting"], *context["keys"]):
        _veil(request, one, one.room)
        one.words = f"{words.day(one.day)} {hours(one)}"
    if request.GET.get("view") == "week":
        monday = recurrence.monday_of(shown)
        context |= {
            "week": queries.week_of(request.actor, monday, now), "days": [monday + timedelta(days=step) for step in range(7)],
            "before": monday - timedelta(days=7), "after": monday + timedelta(days=7),
        }  # fmt: skip
        context["days"] = [(one, words.day(one), one == today) for one in context["days"]]
    else:
        rows, first, last = queries.day_of(request.actor, shown)
        for row in rows:
            for piece in row.pieces:
                if isinstance(piece.by, Booking):
                    piece.by.words = hours(piece.by)  # type: ignore[attr-defined]
                    _veil(request, piece.by, row.room)
        context |= {
            "rows": rows, "clock": [half // 2 for half in range(first, last, 2)], "before": shown - timedelta(days=1),
            "after": shown + timedelta(days=1),
        }  # fmt: skip
    return render(request, "places/rooms/desk/day.html", context)


def _veil(request: HttpRequest, one: Booking, room: Room) -> None:
    """Who booked and what for is read by those who look after the room; others see that a unit or somebody has it."""
    if not request.actor.may("rooms.manage", room):
        one.person, one.purpose, one.why = None, "", ""


def hours(one: Booking) -> str:
    """9:00—11:00."""
    begins, ends = one.begins.astimezone(rules.PLACE_ZONE), one.ends.astimezone(rules.PLACE_ZONE)
    return words.hours(begins.time(), ends.time())


@require_http_methods(["GET", "POST"])
@needs("rooms.manage")
def new(request: HttpRequest) -> HttpResponse:
    """A new room."""
    firsts = [post.first for post in request.actor.posts if post.first]
    area = Area.objects.filter(first__in=firsts, valid_to=None).order_by("-last").first() if firsts else None
    first = {"area": area, "opens": "08:00", "closes": "20:00", "weekdays": [str(one) for one in range(7)]}
    form = RoomForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(lambda: opening.open_room(of_request(request, "desk"), form.wanted()))
        if made:
            messages.success(request, _("%(name)s can be booked now.") % {"name": made.name})
            return redirect("rooms:day")
    return render(request, "places/rooms/desk/form.html", {"form": form, "title": _("New room"), "back": "/desk/rooms"})


@require_http_methods(["GET", "POST"])
@needs("rooms.manage")
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Changes a room."""
    found = get_object_or_404(queries.seen_by(request.actor, "rooms.manage"), pk=pk)
    form = RoomForm(request.POST or None, initial=RoomForm.of(found))
    if request.method == "POST" and form.is_valid():
        if form.carry_out(lambda: opening.change_room(of_request(request, "desk"), found, _same_host(form, found))):
            messages.success(request, _("Changed. What is booked stays booked."))
            return redirect("rooms:day")
    return render(
        request,
        "places/rooms/desk/form.html",
        {"form": form, "title": found.name, "back": "/desk/rooms", "room": found},
    )


def _same_host(form: RoomForm, room: Any) -> opening.Wanted:
    wanted = form.wanted()
    wanted.host = room.host
    return wanted


@require_POST
@needs("rooms.manage")
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The room is no more."""
    found = get_object_or_404(queries.seen_by(request.actor, "rooms.manage"), pk=pk)
    with refusal_told(request):
        opening.close_room(of_request(request, "desk"), found)
        messages.success(request, _("%(name)s is closed.") % {"name": found.name})
        return redirect("rooms:day")
    return redirect("rooms:change", pk)


@require_http_methods(["GET", "POST"])
@needs("rooms.manage")
def book(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A booking by the office, once or at a rhythm."""
    found = get_object_or_404(queries.seen_by(request.actor, "rooms.manage"), pk=pk)
    first = {
        "day": _day_of(request) or rules.local_day(timezone.now()),
        "begins": "09:00",
        "ends": "11:00",
        "people": min(10, found.seats),
    }
    form = DeskBookForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        ctx, asked = of_request(request, "desk"), form.asked()
        if form.cleaned_data.get("again"):
            given = form.cleaned_data
            done = form.carry_out(lambda: actions.book_series(ctx, found.pk, asked, given["rule"], given["until"]))
            if done:
                booked, taken = done
                messages.success(request, _("Booked %(n)s times.") % {"n": len(booked)})
                if taken:
                    days = _(", ").join(words.day(one) for one in taken)
                    messages.warning(request, _("Taken, and so not booked: %(days)s.") % {"days": days})
                return redirect(f"/desk/rooms?day={booked[0].day}")
        elif form.carry_out(lambda: actions.book(ctx, found.pk, asked)):
            messages.success(request, _("Booked."))
            return redirect(f"/desk/rooms?day={asked.day}")
    context = {"form": form, "title": _("Book %(name)s") % {"name": found.name}, "back": "/desk/rooms"}
    return render(request, "places/rooms/desk/form.html", context)


@require_http_methods(["GET", "POST"])
@needs("rooms.see")
def booking(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One booking: yes or no, the key, giving it free."""
    found = get_object_or_404(queries.bookings_seen_by(request.actor), pk=pk)
    _veil(request, found, found.room)
    if request.method == "POST":
        with refusal_told(request):
            said = _act(request, pk)
            messages.success(request, said)
        return redirect("rooms:desk_booking", pk)
    tones = {"asked": "info", "booked": "ok", "refused": "warn", "cancelled": ""}
    context = {
        "booking": found, "room": found.room, "words": f"{words.day(found.day)} {hours(found)}", "tone": tones[found.state],
        "may_manage": request.actor.may("rooms.manage", found.room),
        "open": found.state in rules.HOLDS and found.ends > timezone.now(),
    }  # fmt: skip
    return render(request, "places/rooms/desk/booking.html", context)


def _act(request: HttpRequest, pk: UUID) -> str:
    ctx, what, why = of_request(request, "desk"), request.POST.get("do", ""), request.POST.get("why", "")
    if what in ("yes", "no"):
        actions.answer(ctx, pk, what == "yes", why)
        return _("Booked. Who asked has been told.") if what == "yes" else _("Refused. Who asked reads why.")
    if what == "cancel":
        actions.cancel(ctx, pk, why)
        return _("Cancelled. Who booked reads why.")
    if what in ("key_out", "key_back"):
        actions.hand_key(ctx, pk, what == "key_back")
        return _("The key is back.") if what == "key_back" else _("The key was handed out.")
    raise Refused("what", _("That did not work. Please try again."))


@require_GET
@needs("rooms.see")
def door(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The sheet for the door: a day in large letters, without names unless it is a public event; a QR to book."""
    found = get_object_or_404(queries.seen_by(request.actor), pk=pk)
    shown = _day_of(request) or rules.local_day(timezone.now())
    held = list(found.bookings.filter(day=shown, state="booked").select_related("unit").order_by("begins"))
    for one in held:
        one.words = hours(one)  # type: ignore[attr-defined]
    context = {
        "room": found, "day": shown, "day_words": words.day(shown), "held": held, "hours": words.hours(found.opens, found.closes),
        "qr": qr.svg(request.build_absolute_uri(f"/rooms/{found.pk}")),
    }  # fmt: skip
    return render(request, "places/rooms/desk/door.html", context)


def _day_of(request: HttpRequest) -> date | None:
    return given.day(request.GET.get("day"))
