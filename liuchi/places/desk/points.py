"""One place at the desk: looked at, entered, changed, given up; who keeps it; its pictures."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from liuchi.cases import words as case_words
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.errors import Refused
from liuchi.kernel.media import actions as media_actions
from liuchi.kernel.media import queries as media
from liuchi.kernel.ui.refusals import refusal_told
from liuchi.people import queries as people
from liuchi.people.registers.queries import businesses as shops
from liuchi.places import actions, rules, words
from liuchi.places.forms import EventForm, ExceptionForm, KeeperForm, PictureForm, PointForm
from liuchi.places.models import Event, ServicePoint
from liuchi.places.queries import desk, figures, points
from liuchi.places.queries.hours import hours_of
from liuchi.places.queries.keeping import may_keep
from liuchi.places.services import services
from liuchi.territory import queries as territory


def seen(request: HttpRequest, pk: UUID) -> ServicePoint:
    """The point, if it lies where this person sees places; else a 404."""
    rows = ServicePoint.objects.filter(request.actor.q("places.see", area="area__first", units=["unit_id"]))
    return get_object_or_404(rows.select_related("record", "area", "business"), pk=pk)


def edited(request: HttpRequest, pk: UUID) -> ServicePoint:
    """The same for who may change it."""
    rows = ServicePoint.objects.filter(request.actor.q("places.edit", area="area__first"))
    return get_object_or_404(rows.select_related("record", "area", "unit", "place", "business"), pk=pk)


@require_safe
@needs("places.see")
def place(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How it stands, its numbers, what is on, its problems."""
    point = seen(request, pk)
    at = timezone.now()
    today = timezone.localdate(at)
    actor = request.actor
    this, before = today.replace(day=1), (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    month = figures.month(this, today, point=pk)
    context = {
        "point": point,
        "line": points.one(pk, at),
        "week": words.week(hours_of(point)),
        "exceptions": [
            (one.day, words.day(one.day), words.spans(rules.spans_of(one.spans)), one.why)
            for one in point.exceptions.all()
            if one.day >= today
        ],
        "said": [(code, words.said(code)) for code in rules.SAID],
        "lasts": [(code, _(words.LASTS[code])) for code in rules.LASTS],
        "month": month,
        "uses": [(services()[code].name, n) for code, n in month["uses"].items() if code in services()],
        "today_visits": figures.visits(today, today, point=pk),
        "last_month": figures.visits(before, this - timedelta(days=1), point=pk),
        "all_visits": figures.visits(date(2000, 1, 1), today, point=pk),
        "bars": desk.days(pk, today),
        "events": [
            (event, words.span(event.begins, event.ends, at), event.begins <= at)
            for event in Event.objects.filter(point=pk).order_by("-begins")[:12]
        ],
        "cases": [
            (case, case_words.title(case), case_words.state(case.state)) for case in desk.cases_of(actor, point.pk)
        ],
        "keepings": point.keepings.select_related("person"),
        "photos": [one for one in media.of_record(pk) if one.state == "ready"],
        "level": words.level(point),
        "shop": point.business,
        "hidden": not points.public().filter(pk=pk).exists() if point.business_id and not point.closed_on else False,
        "may_edit": point.closed_on is None and actor.may("places.edit", point),
        "may_keep": point.closed_on is None and actor.may("places.keep", point),
        "exception_form": ExceptionForm(prefix="x"),
        "event_form": EventForm(prefix="e"),
        "keeper_form": KeeperForm(prefix="k"),
        "picture_form": PictureForm(prefix="p"),
    }
    return render(request, "places/desk/place.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("places.edit")
def new(request: HttpRequest) -> HttpResponse:
    """A new place."""
    first = {"kind": request.GET.get("kind", "station")}
    form = PointForm(request.POST or None, initial=first, shops=shops.seen_by(request.actor))
    if request.method == "POST" and form.is_valid():
        point = form.carry_out(lambda: actions.enter_point(of_request(request, "desk"), form.wanted()))
        if point:
            return redirect("places:desk_place", point.pk)
    return _form(request, form, _("New place"), None)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("places.edit")
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All that can be said about a place."""
    point = edited(request, pk)
    form = PointForm(request.POST or None, initial=PointForm.of(point), point=point, shops=shops.seen_by(request.actor))
    if request.method == "POST" and form.is_valid():
        version = request.POST.get("version", "")
        done = form.carry_out(
            lambda: actions.change_point(
                of_request(request, "desk"), pk, form.wanted(), expect=int(version) if version.isdecimal() else None
            )
        )
        if done:
            messages.success(request, _("%(name)s is saved.") % {"name": done.name})
            return redirect("places:desk_place", pk)
    return _form(request, form, point.name, point)


def _form(request: HttpRequest, form: PointForm, title: str, point: ServicePoint | None) -> HttpResponse:
    root = territory.root()
    context = {"form": form, "title": title, "point": point, "root": root}
    return render(request, "places/desk/form.html", context)


@require_POST
@needs("places.edit")
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Gives the place up."""
    point = edited(request, pk)
    actions.close_point(of_request(request, "desk"), pk)
    messages.success(request, _("%(name)s is given up. What was counted there stays.") % {"name": point.name})
    return redirect("places:desk")


@require_POST
@needs("places.keep")
def say(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How it stands, said from the desk."""
    said = request.POST.get("said", "")
    ctx = of_request(request, "desk")
    with refusal_told(request):
        seen(request, pk)
        if said:
            actions.say(ctx, pk, said, request.POST.get("how_long", "closing"))
        else:
            actions.unsay(ctx, pk)
    return redirect("places:desk_place", pk)


@require_POST
@needs("places.edit")
def keepers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One more keeper, or one less."""
    point = edited(request, pk)
    now = {keeping.person_id: keeping.person for keeping in point.keepings.select_related("person")}
    drop = request.POST.get("drop", "")
    if drop:
        wanted = [person for person_id, person in now.items() if str(person_id) != drop]
    else:
        login = people.login_named(request.POST.get("k-who", ""))
        if login is None or not may_keep(point, login.person, timezone.now()):
            said = _("Nobody who holds a post or volunteers signs in with this name or number.")
            messages.error(request, said)
            return redirect("places:desk_place", pk)
        wanted = [*now.values(), login.person]
    actions.set_keepers(of_request(request, "desk"), pk, wanted)
    return redirect("places:desk_place", pk)


@require_POST
@needs("places.edit")
def picture(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One picture more, or one less."""
    edited(request, pk)
    ctx = of_request(request, "desk")
    try:
        if drop := request.POST.get("drop", ""):
            actions.drop_picture(ctx, pk, UUID(drop))
        elif sent := request.FILES.get("p-photo"):
            key = uuid4()
            media_actions.receive(ctx, key, "photo", sent, sent.size)
            actions.add_picture(ctx, pk, key)
        else:
            messages.error(request, _("Please choose a picture."))
    except Refused as refused:
        messages.error(request, refused.sentence)
    except ValueError:
        messages.error(request, _("Please choose a picture."))
    return redirect("places:desk_place", pk)
