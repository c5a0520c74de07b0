"""The desk's pages: the week as a picture, a duty, a shift, the roster on paper."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liuchi.duties import actions, chat, queries, rules
from liuchi.duties.codes import code_of
from liuchi.duties.forms import DutyForm, ReportForm
from liuchi.duties.models import Duty, Shift, Signup
from liuchi.kernel import given
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.documents import qr
from liuchi.kernel.errors import Refused
from liuchi.kernel.recurrence import rules as recurrence
from liuchi.kernel.recurrence import words
from liuchi.kernel.worktime import queries as worktime
from liuchi.people.rules import shown_name
from liuchi.places.models import ServicePoint

TABS = (
    ("roster", "duties:week", gettext_lazy("Rosters")),
    ("rhythm", "duties:rhythms", gettext_lazy("Rhythms of units")),
)
SHEET_DAYS = 28


@require_GET
@needs("duties.see")
def week(request: HttpRequest) -> HttpResponse:
    """The picture of a week: a row for each duty, a column for each day; who is there, and where somebody lacks."""
    return render(request, "duties/desk/week.html", _picture(request, Duty.Kind.ROSTER))


def _picture(request: HttpRequest, kind: str) -> dict[str, Any]:
    now = timezone.now()
    monday = recurrence.monday_of(_day_of(request) or rules.local_day(now))
    rows, more = queries.week(request.actor, monday, kind)
    calendar = worktime.current()
    days = [
        {"day": monday + timedelta(days=at), "words": words.day(monday + timedelta(days=at)),
         "works": calendar.works_on(monday + timedelta(days=at)), "today": monday + timedelta(days=at) == rules.local_day(now)}
        for at in range(7)
    ]  # fmt: skip
    for row in rows:
        row.words = queries.words_of(row.duty)
        for shift in (shift for day in row.days for shift in day):
            _dress(request, shift, now)
    shifts = [shift for row in rows for day in row.days for shift in day]
    ahead = any(shift.state == rules.PLANNED and shift.ends > now for shift in shifts)
    return {
        "shifts": bool(shifts), "ahead": ahead, **_for_chat(request, rows, days, now),
        "rows": rows, "more": more, "days": days, "monday": monday, "sunday": monday + timedelta(days=6), "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7), "holes": sum(row.holes for row in rows), "tabs": TABS, "tab": str(kind),
        "may_plan": request.actor.may("duties.plan"), "this_week": monday == recurrence.monday_of(rules.local_day(now)),
    }  # fmt: skip


def _for_chat(
    request: HttpRequest, rows: list[queries.Row], days: list[dict[str, Any]], now: datetime
) -> dict[str, Any]:
    """The week in words, of the duties that somebody plans or confirms. With names only when that is asked for, and only of
    those whose shifts they confirm."""
    actor = request.actor  # type: ignore[attr-defined]
    confirmed = {row.duty.pk for row in rows if actor.may("duties.confirm", row.duty)}
    mine = [row for row in rows if row.duty.pk in confirmed or actor.may("duties.plan", row.duty)]
    named = "names" in request.GET
    link = request.build_absolute_uri(reverse("duties:duties"))
    told = chat.week(mine, days, link, now, lambda duty: named and duty.pk in confirmed)
    return {
        "chat": told,
        "may_name": bool(confirmed),
        "named": named and bool(confirmed),
        "chat_open": "chat" in request.GET,
    }


def _dress(request: HttpRequest, shift: Shift, now: datetime, *, hangs: bool = False) -> None:
    """Puts on a shift what the picture says of it. By their names the volunteers stand there for who looks after the shift,
    from a week before it until a week after; for others, later and on paper that hangs (`hangs`) they are 程某."""
    begins, ends = shift.begins.astimezone(rules.PLACE_ZONE), shift.ends.astimezone(rules.PLACE_ZONE)
    shift.hours = words.hours(begins.time(), ends.time())  # type: ignore[attr-defined]
    shift.said, shift.tone = queries.state_words(shift, now)  # type: ignore[attr-defined]
    shift.lack = queries.missing(shift) if shift.state == rules.PLANNED and shift.ends > now else 0  # type: ignore[attr-defined]
    near = rules.may_be_named(shift.begins, shift.ends, now) and request.actor.may("duties.confirm", shift.duty)  # type: ignore[attr-defined]
    for place in getattr(shift, "here", []):
        name, language = place.person.name, translation.get_language() or ""
        place.short = shown_name(name, language=language)
        place.named = name if near and not hangs else place.short
        place.there = near and place.came_at is not None


@require_GET
@needs("duties.see")
def rhythms(request: HttpRequest) -> HttpResponse:
    """What units do at a rhythm, over a year: each time a mark that says kept, missed or still ahead."""
    now = timezone.now()
    today = rules.local_day(now)
    year = max(given.whole(request.GET.get("year"), 2099) or today.year, 2000)
    duties = list(
        queries.seen_by(request.actor)
        .filter(kind=Duty.Kind.RHYTHM, ended_on=None)
        .order_by("area__first", "title")[:60]
    )
    rows: dict[UUID, list[list[Shift]]] = {duty.pk: [[] for _month in range(12)] for duty in duties}
    shifts = Shift.objects.filter(duty__in=list(rows), day__year=year).exclude(state=rules.DROPPED).order_by("day")
    counts = {duty.pk: [0, 0] for duty in duties}
    for shift in shifts:
        rows[shift.duty_id][shift.day.month - 1].append(shift)
        shift.here = []  # type: ignore[attr-defined]
        shift.said, shift.tone = queries.state_words(shift, now)  # type: ignore[attr-defined]
        if shift.state in (rules.KEPT, rules.MISSED):
            counts[shift.duty_id][shift.state == rules.MISSED] += 1
    context = {
        "rows": [(duty, queries.words_of(duty), rows[duty.pk], *counts[duty.pk]) for duty in duties],
        "year": year, "tabs": TABS, "tab": "rhythm", "months": range(1, 13), "may_plan": request.actor.may("duties.plan"),
        "now_month": today.month if year == today.year else 0,
    }  # fmt: skip
    return render(request, "duties/desk/rhythms.html", context)


@require_http_methods(["GET", "POST"])
@needs("duties.plan")
def new(request: HttpRequest) -> HttpResponse:
    """A new duty."""
    kind = Duty.Kind.RHYTHM if request.GET.get("kind") == Duty.Kind.RHYTHM else Duty.Kind.ROSTER
    first = {"starts_on": rules.local_day(timezone.now()), "begins": "09:00",
             "ends": "11:00", "area": _own_area(request)}  # fmt: skip
    form = DutyForm(request.POST or None, initial=first, kind=kind, stations=_stations(request))
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(lambda: _open(request, form))
        if made:
            messages.success(request, _("Planned: %(words)s.") % {"words": queries.words_of(made)})
            return redirect("duties:duty", made.pk)
    context = {"form": form, "title": _("New duty"), "back": "/desk/duties", "kind": kind, "kinds": Duty.Kind.choices}
    return render(request, "duties/desk/duty_form.html", context)


def _open(request: HttpRequest, form: DutyForm) -> Duty:
    return actions.open_duty(of_request(request, "desk"), form.said())


def _stations(request: HttpRequest) -> list[tuple[str, str]]:
    """The points within one's own areas, to hang a roster on."""
    mine = ServicePoint.objects.filter(request.actor.q("duties.plan", area="area__first"), closed_on=None).exclude(
        kind="shop"
    )
    return [(str(pk), name) for pk, name in mine.order_by("name").values_list("pk", "name")[:300]]


def _own_area(request: HttpRequest) -> Any:
    from liuchi.territory.models import Area

    firsts = [post.first for post in request.actor.posts if post.first]
    return Area.objects.filter(first__in=firsts, valid_to=None).order_by("-last").first() if firsts else None


@require_http_methods(["GET", "POST"])
@needs("duties.see")
def duty(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One duty: its rhythm, its next shifts, what was kept; and, for who may plan, its form."""
    found = get_object_or_404(queries.seen_by(request.actor), pk=pk)
    may_plan = request.actor.may("duties.plan", found)
    now = timezone.now()
    form = None
    if may_plan and not found.ended_on:
        form = DutyForm(request.POST or None, initial=DutyForm.of(found), kind=found.kind, stations=_stations(request))
        if request.method == "POST" and form.is_valid() and form.carry_out(lambda: _change(request, found, form)):
            messages.success(request, _("Changed. Shifts that somebody has taken stay as they were agreed."))
            return redirect("duties:duty", pk)
    today = rules.local_day(now)
    ahead = list(
        queries.shifts_seen_by(request.actor).filter(duty=found, day__gte=today - timedelta(days=7))
        .exclude(state=rules.DROPPED).order_by("begins")[:24]
    )  # fmt: skip
    for shift in ahead:
        _dress(request, shift, now)
        shift.words = words.day(shift.day)  # type: ignore[attr-defined]
    context = {
        "duty": found, "words": queries.words_of(found), "free_words": words.free_days(found.free_days), "form": form, "shifts": ahead,
        "may_plan": may_plan, "kept": queries.record_of(found, today - timedelta(days=365), today),
    }  # fmt: skip
    return render(request, "duties/desk/duty.html", context)


def _change(request: HttpRequest, duty: Duty, form: DutyForm) -> Duty:
    said = form.said()
    said.keeper = duty.keeper
    if "station" not in form.fields:
        said.about = duty.about
    return actions.change_duty(of_request(request, "desk"), duty, said)


@require_POST
@needs("duties.plan")
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ends a duty."""
    found = get_object_or_404(queries.seen_by(request.actor, "duties.plan"), pk=pk)
    actions.end_duty(of_request(request, "desk"), found)
    messages.success(request, _("%(name)s has ended. What was kept stays on record.") % {"name": found.title})
    return redirect("duties:week")


@require_http_methods(["GET", "POST"])
@needs("duties.see")
def shift(request: HttpRequest, shift: UUID) -> HttpResponse:
    """One shift at the desk: who is there, who came; a unit's report; calling off."""
    found = get_object_or_404(queries.shifts_seen_by(request.actor), pk=shift)
    now = timezone.now()
    form = None
    if found.duty.kind == Duty.Kind.RHYTHM and found.state != rules.DROPPED:
        first = {"kept": "0" if found.state == rules.MISSED else "1", "done_on": found.done_on or min(found.day, rules.local_day(now)),
                 "note": found.note}  # fmt: skip
        form = ReportForm(request.POST if "note" in request.POST else None, initial=first)
    if request.method == "POST":
        try:
            if _act(request, found, form):
                return redirect("duties:desk_shift", shift)
        except Refused as refused:
            messages.error(request, refused.sentence)
            return redirect("duties:desk_shift", shift)
    _dress(request, found, now)
    context = {
        "shift": found, "duty": found.duty, "words": words.day(found.day), "form": form,
        "may_confirm": request.actor.may("duties.confirm", found.duty), "may_plan": request.actor.may("duties.plan", found.duty),
        "confirmable": found.state != rules.DROPPED and rules.may_confirm(found.begins, found.ends, now),
    }  # fmt: skip
    return render(request, "duties/desk/shift.html", context)


def _act(request: HttpRequest, shift: Shift, form: ReportForm | None) -> bool:
    ctx = of_request(request, "desk")
    if "came" in request.POST:
        place = Signup.objects.filter(pk=_number(request.POST["came"]), shift=shift).first()
        if place is None:
            raise Refused("unknown", _("This place in the roster does not exist any more."), status=404)
        actions.confirm(ctx, place.pk)
        messages.success(request, _("Noted that %(name)s came.") % {"name": place.person.name})
        return True
    if "why" in request.POST:
        actions.call_off(ctx, shift.pk, request.POST["why"])
        messages.success(request, _("Called off. Those who signed up have been told."))
        return True
    if form and form.is_valid():
        given = form.cleaned_data
        done = form.carry_out(
            lambda: actions.report(
                ctx, shift.pk, kept=given["kept"] == "1", note=given["note"], done_on=given["done_on"]
            )
        )
        if done:
            messages.success(request, _("Noted."))
            return True
    return False


@require_GET
@needs("duties.see")
def sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The roster of four weeks on A4, to hang at the station; its QR is the tap "I am here"."""
    found = get_object_or_404(queries.seen_by(request.actor), pk=pk)
    now = timezone.now()
    first = _day_of(request) or rules.local_day(now)
    shifts = list(
        queries.shifts_seen_by(request.actor)
        .filter(duty=found, day__range=(first, first + timedelta(days=SHEET_DAYS - 1)))
        .exclude(state=rules.DROPPED)
        .order_by("begins")
    )
    for shift in shifts:
        _dress(request, shift, now, hangs=True)
        shift.words = words.day(shift.day)  # type: ignore[attr-defined]
    code = code_of(found.pk)
    context = {
        "duty": found, "words": queries.words_of(found), "shifts": shifts, "first": first, "last": first + timedelta(days=SHEET_DAYS - 1),
        "code": code,
        "qr": qr.svg(request.build_absolute_uri(f"/duties/here/{found.pk}?code={code}")),
    }  # fmt: skip
    return render(request, "duties/desk/sheet.html", context)


def _day_of(request: HttpRequest) -> date | None:
    return given.day(request.GET.get("week") or request.GET.get("from"))


def _number(text: str) -> int:
    return given.whole(text) or 0
