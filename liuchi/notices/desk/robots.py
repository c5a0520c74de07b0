"""Robots of groups: set up for a unit or for the desk of an area, tried out, closed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.notices import actions
from liuchi.notices.desk.sms import last_test
from liuchi.notices.forms import RobotForm
from liuchi.notices.models import Robot


@require_safe
@needs("notices.set_up")
def listing(request: HttpRequest) -> HttpResponse:
    """All that are set up."""
    robots = Robot.objects.filter(closed_at=None).select_related("organisation", "area").order_by("name")[:200]
    return render(request, "notices/desk/robots.html", {"robots": robots})


@needs("notices.set_up")
def new(request: HttpRequest) -> HttpResponse:
    """A new one."""
    form = RobotForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        robot = form.carry_out(lambda: actions.open_robot(of_request(request, "desk"), **form.cleaned_data))
        if robot:
            return redirect("robot", robot.pk)
    return render(request, "notices/desk/robot.html", {"form": form})


@needs("notices.set_up")
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Whose group, what it reads; an empty address or secret leaves the one that is kept."""
    found = Robot.objects.select_related("record", "organisation", "area").filter(closed_at=None)
    robot = get_object_or_404(found, pk=pk)
    names = ("name", "kind", "organisation", "area", "urgent_only")
    form = RobotForm(request.POST or None, initial={name: getattr(robot, name) for name in names}, kept=robot)
    if request.method == "POST" and form.is_valid():
        if form.carry_out(lambda: actions.change_robot(of_request(request, "desk"), robot, **form.cleaned_data)):
            messages.success(request, _("Saved."))
            return redirect("robot", robot.pk)
    context = {"form": form, "robot": robot, "last": last_test("robot", f"test:robot:{robot.pk.hex}:")}
    return render(request, "notices/desk/robot.html", context)


@require_POST
@needs("notices.set_up")
def test(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Says a line in the group."""
    actions.test_robot(of_request(request, "desk"), get_object_or_404(Robot, pk=pk, closed_at=None))
    messages.success(request, _("On its way. In a few seconds this page says whether it arrived."))
    return redirect("robot", pk)


@require_POST
@needs("notices.set_up")
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Nothing is said in this group any more."""
    robot = get_object_or_404(Robot.objects.select_related("record"), pk=pk, closed_at=None)
    actions.close_robot(of_request(request, "desk"), robot)
    messages.success(request, _("%(name)s says nothing any more.") % {"name": robot.name})
    return redirect("robots")
