"""Days with other hours, and events, from the page of a place."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuchi.kernel import given
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.ui.refusals import refusal_told
from liuchi.people.forms import DeskForm
from liuchi.places import actions
from liuchi.places.desk.points import edited, seen
from liuchi.places.forms import EventForm, ExceptionForm
from liuchi.places.models import Event


def first_fault(form: DeskForm) -> str:
    """The first thing that is wrong: these forms are one line each."""
    return next((str(errors[0]) for errors in form.errors.values()), "")


def _fault(request: HttpRequest, form: DeskForm) -> None:
    if said := first_fault(form):
        messages.error(request, said)


@require_POST
@needs("places.edit")
def exception(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A day with other hours, or one less."""
    edited(request, pk)
    ctx = of_request(request, "desk")
    if drop := request.POST.get("drop", ""):
        if (day := given.day(drop)) is not None:
            actions.drop_exception(ctx, pk, day)
        else:
            messages.error(request, _("This is no day."))
        return redirect("places:desk_place", pk)
    form = ExceptionForm(request.POST, prefix="x")
    if form.is_valid():
        sent = form.cleaned_data
        form.carry_out(lambda: actions.set_exception(ctx, pk, sent["day"], sent["spans"], sent["why"]))
    _fault(request, form)
    return redirect("places:desk_place", pk)


@require_POST
@needs("places.edit")
def event(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Something takes place."""
    edited(request, pk)
    form = EventForm(request.POST, prefix="e")
    if form.is_valid():
        form.carry_out(lambda: actions.plan_event(of_request(request, "desk"), pk, form.planned()))
    _fault(request, form)
    return redirect("places:desk_place", pk)


@require_POST
@needs("places.see")
def event_turn(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Called off, or how many came."""
    found = get_object_or_404(Event.objects.select_related("point"), pk=pk)
    seen(request, found.point_id)
    ctx = of_request(request, "desk")
    came = request.POST.get("came", "")
    with refusal_told(request):
        if came.isdecimal():
            actions.note_came(ctx, pk, min(int(came), 10**6))
        elif "call_off" in request.POST:
            actions.call_off(ctx, pk)
        else:
            messages.error(request, _("Please enter how many came."))
    return redirect("places:desk_place", found.point_id)
