"""The phone's pages: my shifts, free shifts, one shift, my hours."""

from __future__ import annotations

import math
from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from liuchi.duties import actions, queries, rules
from liuchi.duties.actions.shifts import is_volunteer, may_leave
from liuchi.duties.fitting import is_known
from liuchi.duties.models import Duty, Exchange, Shift, Signup
from liuchi.duties.telling import when
from liuchi.kernel import geo, given
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.errors import Refused
from liuchi.kernel.recurrence import words as recurrence
from liuchi.kernel.ui.refusals import refusal_told
from liuchi.people.consents import PURPOSES
from liuchi.places import words as places


def shown(shift: Shift) -> dict[str, Any]:
    """A shift as a card says it."""
    here = shift.begins.astimezone(rules.PLACE_ZONE), shift.ends.astimezone(rules.PLACE_ZONE)
    return {
        "shift": shift,
        "duty": shift.duty,
        "day": recurrence.day(shift.day),
        "hours": recurrence.hours(here[0].time(), here[1].time()),
        "where": shift.duty.where or shift.duty.area.name,
        "today": shift.day == rules.local_day(timezone.now()),
        "offered": getattr(shift, "is_offered", False),
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("duties.join")
def duties(request: HttpRequest) -> HttpResponse:
    """My shifts, the questions that wait for me, and free shifts of the next two weeks, one tap to take one. Where the phone
    is, is sent (POST), orders the free ones, and is kept nowhere. With the head X-Part only those."""
    person, now = request.actor.person_id, timezone.now()
    page, spot = _page(request), _spot(request)
    free, more = queries.free_shifts(person, now, page, spot)
    context: dict[str, Any] = {
        "groups": _by_day(_with_ways([shown(shift) for shift in free], spot), spot),
        "next": page + 1 if more else None,
        "number": page,
        "spot": spot,
    }
    if request.headers.get("X-Part"):
        return render(request, "duties/mobile/_free.html", context)
    context |= {
        "mine": [shown(shift) for shift in queries.my_shifts(person, now)] if page == 1 else [],
        "questions": queries.questions_to(person) if page == 1 else [],
        "joined": is_volunteer(person),
        "purpose": PURPOSES["volunteer"],
    }
    return render(request, "duties/mobile/duties.html", context)


def _with_ways(cards: list[dict[str, Any]], spot: geo.Point | None) -> list[dict[str, Any]]:
    """The cards with how far it is, the nearest first."""
    if spot is None:
        return cards
    ways = queries.ways_to([card["shift"] for card in cards], spot)
    for card in cards:
        way = ways.get(card["shift"].pk)
        card["metres"] = way.metres if way else math.inf
        card["far"] = places.way(way.metres, way.by_road) if way else ""
    return sorted(cards, key=lambda card: (card["metres"], card["shift"].begins))


def _by_day(cards: list[dict[str, Any]], spot: geo.Point | None) -> list[tuple[str, list[dict[str, Any]]]]:
    """The cards under their days; from a spot the nearest first, so under no day."""
    if spot is not None:
        return [("", cards)] if cards else []
    return [(day, list(some)) for day, some in groupby(cards, key=lambda card: card["day"])]


def _spot(request: HttpRequest) -> geo.Point | None:
    """Where the phone says that it is; never from an address, which would be kept in logs."""
    try:
        lon, lat = float(request.POST.get("lon", "")), float(request.POST.get("lat", ""))
    except ValueError:
        return None
    return (lon, lat) if geo.is_position(lon, lat) else None


@require_http_methods(["GET", "POST"])
@needs("duties.join")
def join(request: HttpRequest) -> HttpResponse:
    """Joins the volunteers, or leaves them (``leave``); goes on to the shift that was wanted. Loaded again: the list."""
    if request.method == "GET":
        return redirect("duties:duties")
    ctx = of_request(request, "phone")
    if "leave" in request.POST:
        freed = actions.leave_volunteers(ctx)
        messages.success(request, _("You have left the volunteers. Thank you for your time!"))
        if freed:
            messages.info(request, _("Your shifts ahead are free for others now."))
    else:
        actions.join(ctx)
        messages.success(request, _("Welcome! Take a shift whenever it suits you."))
        if wanted := _uuid(request.POST.get("shift", "")):
            return redirect("duties:shift", wanted)
    return redirect("duties:duties")


@never_cache
@require_http_methods(["GET", "POST"])
@needs("duties.join")
def shift(request: HttpRequest, shift: UUID) -> HttpResponse:
    """One shift: what there is to do, who is in it, and the one thing that I can do now."""
    person, ctx = request.actor.person_id, of_request(request, "phone")
    found = queries.shift_for(person, shift, ctx.at)
    if found is None:
        raise Http404
    if request.method == "POST":
        with refusal_told(request):
            said = _do(request, found)
            messages.success(request, said)
        return redirect("duties:shift", shift)
    mine = next((place for place in found.here if place.person_id == person), None)
    offered = [place for place in found.here if place.offered_at and place.person_id != person]
    questions = [one for one in queries.questions_to(person) if one.offered.shift_id == found.pk]
    for one in questions:
        one.when = when(one.against.shift)  # type: ignore[attr-defined]
    open_ = found.state == rules.PLANNED and found.ends > ctx.at
    context = {
        **shown(found),
        "state": queries.state_words(found, ctx.at),
        "rhythm": queries.words_of(found.duty),
        "mine": mine,
        "others": queries.others_in(found, person, translation.get_language() or ""),
        "free": queries.missing(found),
        "offered": offered,
        "exchangeable": [shown(one) for one in queries.exchangeable(person, found, ctx.at)]
        if offered and not mine
        else [],
        "questions": questions,
        "joined": mine is not None or is_volunteer(person),
        "purpose": PURPOSES["volunteer"],
        "open": open_,
        "may_check_in": bool(mine) and not mine.came_at and rules.may_check_in(found.begins, found.ends, ctx.at),  # type: ignore[union-attr]
        "code": request.GET.get("code", "")[:20],
        "may_leave": bool(mine) and may_leave(mine, found, ctx.at),  # type: ignore[arg-type]
        "may_step_back": rules.may_step_back(found.begins, found.duty.back_hours, ctx.at),
        "undo_minutes": round(rules.UNDO.total_seconds() / 60),
        "just_left": not mine and queries.just_left(person, found, ctx.at),
        "chat": _for_chat(request, found) if mine and mine.offered_at else "",
        "back_hours": found.duty.back_hours,
    }
    return render(request, "duties/mobile/shift.html", context)


def _for_chat(request: HttpRequest, shift: Shift) -> str:
    """Words for a chat: somebody is wanted for this shift."""
    said = {"when": when(shift), "title": shift.duty.title, "where": shift.duty.where or shift.duty.area.name}
    words = _("Who can stand in for me? %(when)s, %(title)s (%(where)s). One tap takes it:") % said
    return f"{words} {request.build_absolute_uri(reverse('duties:shift', args=[shift.pk]))}"


def _do(request: HttpRequest, shift: Shift) -> str:
    ctx, what = of_request(request, "phone"), request.POST.get("do", "")
    place = given.whole(request.POST.get("place")) or 0
    if what == "take":
        actions.take(ctx, shift.pk)
        return _("It is yours. We remind you the evening before.")
    if what == "leave":
        soon = not rules.may_step_back(shift.begins, shift.duty.back_hours, ctx.at)
        actions.leave(ctx, shift.pk)
        return (
            _("Taken back: you are not in this shift.")
            if soon
            else _("You have stepped back in good time. Thank you for saying so.")
        )
    if what == "offer":
        actions.offer(ctx, shift.pk)
        if is_known(shift, ctx.person):
            return _(
                "We are looking for somebody: volunteers who know this shift and have time hear of it. The words below bring it to your group too."
            )
        return _("We are looking for somebody. Nobody else served here lately: send the words below to your group.")
    if what == "keep":
        actions.withdraw_offer(ctx, shift.pk)
        return _("Good: you keep the place.")
    if what == "take_over" and _is_of(place, shift):
        actions.take_over(ctx, place)
        return _("It is yours. We told the one who offered it.")
    if what == "exchange" and _is_of(place, shift):
        mine = _uuid(request.POST.get("against", ""))
        if mine is None:
            raise Refused("against", _("Please choose which of your shifts you give for it."))
        actions.ask_exchange(ctx, place, mine)
        return _("Asked. As soon as the other agrees, both shifts change hands.")
    if what in ("agree", "decline") and Exchange.objects.filter(pk=place, offered__shift=shift.pk).exists():
        actions.answer_exchange(ctx, place, what == "agree")
        return _("Exchanged. Both of you have been told.") if what == "agree" else _("Declined. The place stays yours.")
    if what == "here":
        actions.check_in(ctx, shift.pk, request.POST.get("code", "")[:20])
        return _("Good to see you. Thank you for your time!")
    raise Refused("what", _("That did not work. Please try again."))


def _is_of(place: int, shift: Shift) -> bool:
    return Signup.objects.filter(pk=place, shift=shift.pk).exists()


@never_cache
@require_GET
@needs("duties.join")
def here(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The QR on the roster that hangs at the station: leads to one's own shift of now, or to the list."""
    get_object_or_404(Duty, pk=pk)
    now = timezone.now()
    mine = Signup.objects.filter(
        person=request.actor.person_id,
        left_at=None,
        shift__duty=pk,
        shift__begins__lte=now + rules.COMING,
        shift__ends__gte=now,
    ).first()
    if mine:
        code = urlencode({"code": request.GET.get("code", "")[:20]})
        return redirect(f"{reverse('duties:shift', args=[mine.shift_id])}?{code}")
    messages.info(request, _("You have no shift here now. These are free:"))
    return redirect("duties:duties")


def _page(request: HttpRequest) -> int:
    text = request.POST.get("page") or request.GET.get("page", "1")
    return min(given.whole(text) or 1, 100)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
