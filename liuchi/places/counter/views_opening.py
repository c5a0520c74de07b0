"""Counters as the office sets them up: opened, changed, closed; what they do."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liuchi.kernel import given
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.ui.refusals import refusal_told
from liuchi.places.counter import actions, queries
from liuchi.places.counter.forms import CounterForm, MatterForm
from liuchi.places.counter.hours import coming_days
from liuchi.places.counter.models import Counter, Matter
from liuchi.places.desk.days import first_fault
from liuchi.places.forms import ExceptionForm
from liuchi.territory.models import Area

MORNING_AND_AFTERNOON = "8:30-12:00 14:00-17:30"


@require_http_methods(["GET", "POST"])
@needs("counter.edit")
def new(request: HttpRequest) -> HttpResponse:
    """A new counter; its services come next."""
    first = {**dict.fromkeys(("day0", "day1", "day2", "day3", "day4"), MORNING_AND_AFTERNOON), "off_own": True}
    form = CounterForm(request.POST or None, initial={**first, "area": _my_area(request)})
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(lambda: actions.open_counter(of_request(request, "desk"), form.wanted()))
        if made:
            messages.success(request, _("%(name)s is open. Now enter what it does.") % {"name": made.name})
            return redirect("counter:services", made.pk)
    return _page(request, form, None)


@require_http_methods(["GET", "POST"])
@needs("counter.edit")
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Changes a counter."""
    found = get_object_or_404(queries.seen_by(request.actor, "counter.edit"), pk=pk)
    form = CounterForm(request.POST or None, initial=CounterForm.of(found))
    if request.method == "POST" and form.is_valid():
        version = request.POST.get("version", "")
        expect = int(version) if version.isdecimal() and len(version) < 10 else None
        ctx = of_request(request, "desk")
        if form.carry_out(lambda: actions.change_counter(ctx, pk, form.wanted(), expect=expect)):
            messages.success(request, _("Changed. Who has an appointment keeps it."))
            return redirect(f"/desk/counter?counter={pk}")
    return _page(request, form, found)


def _page(request: HttpRequest, form: CounterForm, counter: Counter | None) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "counter": counter, "title": counter.name if counter else _("New counter")}
    if counter:
        context |= {"days": coming_days(counter, timezone.now()), "day_form": ExceptionForm(prefix="x")}
    return render(request, "places/counter/desk/counter.html", context)


@require_POST
@needs("counter.edit")
def day(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A day with other hours, or one less."""
    get_object_or_404(queries.seen_by(request.actor, "counter.edit"), pk=pk)
    ctx = of_request(request, "desk")
    with refusal_told(request):
        if "drop" in request.POST:
            if dropped := given.day(request.POST["drop"]):
                actions.drop_day(ctx, pk, dropped)
            return redirect("counter:change", pk)
        form = ExceptionForm(request.POST, prefix="x")
        if not form.is_valid():
            messages.error(request, first_fault(form))
            return redirect("counter:change", pk)
        sent = form.cleaned_data
        gone = actions.set_day(ctx, pk, sent["day"], sent["spans"], sent["why"])
        if gone:
            told = ngettext(
                "Set. %(n)s appointment was given back; who had it is told.",
                "Set. %(n)s appointments were given back; who had them is told.",
                gone,
            )
            messages.success(request, told % {"n": gone})
        else:
            messages.success(request, _("Set."))
    return redirect("counter:change", pk)


@require_POST
@needs("counter.edit")
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The counter is no more."""
    found = get_object_or_404(queries.seen_by(request.actor, "counter.edit"), pk=pk)
    with refusal_told(request):
        actions.close_counter(of_request(request, "desk"), pk)
        messages.success(request, _("%(name)s is closed.") % {"name": found.name})
        return redirect("counter:desk")
    return redirect("counter:change", pk)


@require_http_methods(["GET", "POST"])
@needs("counter.edit")
def new_matter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new service of a counter."""
    found = get_object_or_404(queries.seen_by(request.actor, "counter.edit"), pk=pk)
    return _matter_form(request, found, None)


@require_http_methods(["GET", "POST"])
@needs("counter.edit")
def matter(request: HttpRequest, matter: int) -> HttpResponse:
    """Changes a service."""
    mine = queries.seen_by(request.actor, "counter.edit")
    found = get_object_or_404(Matter.objects.filter(counter__in=mine), pk=matter)
    return _matter_form(request, mine.get(pk=found.counter_id), found)


def _matter_form(request: HttpRequest, counter: Counter, matter: Matter | None) -> HttpResponse:
    form = MatterForm(request.POST or None, initial=MatterForm.of(matter) if matter else None)
    if request.method == "POST" and form.is_valid():
        if form.carry_out(lambda: actions.set_matter(of_request(request, "desk"), counter, form.said(), matter)):
            messages.success(request, _("Saved. People read it at once."))
            return redirect("counter:services", counter.pk)
    title = matter.name if matter else _("New service")
    context = {"form": form, "title": title, "back": f"/desk/counter/{counter.pk}/services"}
    return render(request, "places/counter/desk/form.html", context)


@require_GET
@needs("counter.edit")
def services(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The services of a counter."""
    found = get_object_or_404(queries.seen_by(request.actor, "counter.edit"), pk=pk)
    return render(
        request, "places/counter/desk/services.html", {"counter": found, "matters": found.matters.all()[:200]}
    )


def _my_area(request: HttpRequest) -> Area | None:
    """The area of somebody's post, the smallest first."""
    firsts = [post.first for post in request.actor.posts if post.first]
    return Area.objects.filter(first__in=firsts, valid_to=None).order_by("-last").first() if firsts else None
