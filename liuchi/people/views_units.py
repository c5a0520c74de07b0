"""The desk's pages for units."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.people import actions, queries
from liuchi.people.forms import UnitForm
from liuchi.people.models import Organisation


@require_GET
@needs("units.see")
def units(request: HttpRequest) -> HttpResponse:
    """The tree of units."""
    context = {
        "units": queries.units_tree(text=request.GET.get("q", ""), closed="closed" in request.GET),
        "may_edit": request.actor.may("units.edit"),
        "may_import": request.actor.may("people.import"),
        "may_see_people": request.actor.may("people.see"),
    }
    partial = request.headers.get("HX-Request") and not request.headers.get("HX-History-Restore-Request")
    return render(request, "people/desk/_units.html" if partial else "people/desk/units.html", context)


@needs("units.edit")
def new(request: HttpRequest) -> HttpResponse:
    """A new unit."""
    form = UnitForm(request.POST or None, initial={"parent": request.GET.get("parent")})
    if request.method == "POST" and form.is_valid():
        if form.carry_out(lambda: actions.open_unit(of_request(request, "desk"), **form.cleaned_data)):
            return redirect("people:units")
    context = {"form": form, "title": _("New unit"), "back": "/desk/units", "save": _("Save")}
    return render(request, "people/desk/form.html", context)


@needs("units.edit")
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Name, kind, place in the tree and area of a unit."""
    unit = get_object_or_404(Organisation.objects.select_related("record", "area", "parent"), pk=pk, closed_on=None)
    now = {
        "name": unit.name,
        "kind": unit.kind,
        "parent": unit.parent,
        "area": unit.area,
        "office_phone": unit.office_phone,
    }
    form = UnitForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        if form.carry_out(lambda: actions.change_unit(of_request(request, "desk"), unit, **form.cleaned_data)):
            return redirect("people:units")
    context = {"form": form, "title": unit.name, "back": "/desk/units", "save": _("Save"), "unit": unit}
    return render(request, "people/desk/form.html", context)


@require_POST
@needs("units.edit")
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Closes a unit."""
    unit = get_object_or_404(Organisation.objects.select_related("record"), pk=pk, closed_on=None)
    actions.close_unit(of_request(request, "desk"), unit)
    messages.success(request, _("%(name)s is closed.") % {"name": unit.name})
    return redirect("people:units")
