"""The desk's pages for areas: the tree beside the map, grids drawn, changed, ended, brought in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from liuchi.kernel import given
from liuchi.kernel.access import needs, refuse
from liuchi.kernel.context import of_request
from liuchi.kernel.errors import Refused
from liuchi.territory import actions, queries, rules
from liuchi.territory.forms import MOST_BYTES, AreaForm, GridForm, GridsForm, parse_geojson
from liuchi.territory.models import Area, Place

# A tree with more areas than this shows only the next level below.
MOST_ROWS = 600


@require_GET
@needs("territory.see")
def areas(request: HttpRequest) -> HttpResponse:
    """The tree of areas beside the map."""
    return _page(request, None)


@require_GET
@needs("territory.see")
def area(request: HttpRequest, pk: int) -> HttpResponse:
    """One area: what is in it, where it lies."""
    chosen = _visible(request, pk)
    if request.headers.get("HX-Target") == "area-detail":
        return render(request, "territory/desk/_area.html", _detail(request, chosen))
    return _page(request, chosen)


@needs("territory.draw")
def new_grid(request: HttpRequest) -> HttpResponse:
    """A grid drawn on the map."""
    parent = _visible(request, _number(request.POST.get("parent") or request.GET.get("parent")))
    if not request.actor.may("territory.draw", parent):
        return refuse(request)
    form = GridForm(request.POST or None, initial={"parent": parent.pk})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        grid = form.carry_out(
            lambda: actions.draw_grid(
                of_request(request, "desk"), parent, data["boundary"], data["name"], data["code"], data["households"]
            )
        )
        if grid:
            messages.success(
                request, _("%(name)s is drawn: %(count)s households.") % {"name": grid.name, "count": grid.households}
            )
            return redirect("territory:area", grid.pk)
    return _page(request, parent, form=form, drawing="new")


@needs("territory.draw")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name, outline or number of households."""
    chosen = _visible(request, pk)
    if not _may_change(request, chosen):
        return refuse(request)
    initial = {
        "name": chosen.name,
        "households": chosen.households,
        "version": chosen.record.version if chosen.record else "",
    }
    form = AreaForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        changed = form.carry_out(
            lambda: actions.change_area(
                of_request(request, "desk"), chosen, name=data["name"], boundary=data["boundary"],
                households=data["households"], expect=data["version"],
            )
        )  # fmt: skip
        if changed:
            messages.success(request, _("Saved."))
            return redirect("territory:area", chosen.pk)
    return _page(request, chosen, form=form, drawing="change")


@require_POST
@needs("territory.draw")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The grid is no more."""
    chosen = _visible(request, pk)
    if chosen.level != "grid" or not request.actor.may("territory.draw", chosen):
        return refuse(request)
    actions.end_area(of_request(request, "desk"), chosen)
    messages.success(request, _("%(name)s has ended. What was filed in it stays.") % {"name": chosen.name})
    return redirect("territory:area", chosen.parent_id)


@needs("territory.draw")
def bring_in(request: HttpRequest) -> HttpResponse:
    """Grids from a GeoJSON file."""
    context: dict[str, Any] = {"form": GridsForm()}
    if request.method == "POST":
        try:
            file = request.FILES.get("file")
            if file is None:
                raise Refused("no_file", _("Choose a file first."), field="file")
            if (file.size or 0) > MOST_BYTES:
                raise Refused("too_large", _("The file is larger than 20 MB."), field="file")
            scope = request.actor.scope("territory.draw")
            done = actions.import_grids(
                of_request(request, "import"), parse_geojson(file.read()), replace="replace" in request.POST,
                allowed=None if scope.everything else scope.areas,
            )  # fmt: skip
            context["done"] = done
        except Refused as refused:
            context["refused"] = refused.sentence
    return render(request, "territory/desk/import.html", context)


def _may_change(request: HttpRequest, area: Area) -> bool:
    """A grid is changed by those who draw there, a larger area only from above: its outline says whose reports are whose."""
    above = area if area.level == "grid" else area.parent
    return request.actor.may("territory.draw", above) if above else request.actor.scope("territory.draw").everything


def _number(text: Any) -> int:
    number = given.whole(text)
    if number is None:
        raise Http404
    return number


def _visible(request: HttpRequest, pk: int) -> Area:
    found = Area.objects.select_related("parent", "record").filter(
        request.actor.q("territory.see", area="first"), pk=pk, valid_to=None
    )
    chosen = found.first()
    if chosen is None:
        raise Http404
    return chosen


def _page(request: HttpRequest, chosen: Area | None, **more: Any) -> HttpResponse:
    within = request.actor.q("territory.see", area="first")
    top = _top(request, chosen, within)
    rows: list[Area] = []
    if top is not None:
        below = queries.tree((top.first, top.last)).filter(within)
        if below.count() > MOST_ROWS:
            keep = [top.pk, *(chosen.pk for chosen in (chosen,) if chosen)]
            below = below.filter(parent=top) | queries.tree().filter(within, pk__in=keep)
        rows = list(below[: MOST_ROWS + 50])
        least = min(rules.DEPTH[row.level] for row in rows) if rows else 0
        for row in rows:
            row.depth = rules.DEPTH[row.level] - least  # type: ignore[attr-defined]
    context = {
        "rows": rows,
        "top": top,
        "above": _above(top) if top else [],
        "chosen": chosen,
        "may_draw": request.actor.may("territory.draw"),
        **(_detail(request, chosen) if chosen else {}),
        **more,
    }
    return render(request, "territory/desk/areas.html", context)


def _top(request: HttpRequest, chosen: Area | None, within: Any) -> Area | None:
    """The area whose tree is shown: the one asked for, otherwise the street of the chosen, otherwise home."""
    if "in" in request.GET:
        return _visible(request, _number(request.GET["in"]))
    valid = Area.objects.filter(within, valid_to=None).defer("boundary")
    if chosen is not None:
        code = chosen.code[:9] if rules.DEPTH[chosen.level] >= rules.DEPTH["street"] else chosen.code
        return valid.filter(code=code).first() or chosen
    home = queries.root()
    if home and valid.filter(pk=home.pk).exists():
        return home
    return valid.order_by("first", "-last").first()


def _above(area: Area) -> list[Area]:
    return list(
        Area.objects.filter(code__in=rules.ancestors(area.code), valid_to=None)
        .defer("boundary")
        .order_by("first", "-last")
    )


def _detail(request: HttpRequest, chosen: Area) -> dict[str, Any]:
    inside = {"area__first__gte": chosen.first, "area__first__lte": chosen.last, "valid_to": None}
    counts = dict(Place.objects.filter(**inside).values_list("kind").annotate(n=Count("pk")))
    levels = dict(
        Area.objects.filter(first__gte=chosen.first, first__lte=chosen.last, valid_to=None)
        .exclude(pk=chosen.pk).values_list("level").annotate(n=Count("pk"))
    )  # fmt: skip
    return {
        "area": chosen,
        "above_area": _above(chosen),
        "communities": levels.get("community", 0),
        "grids": levels.get("grid", 0),
        "compounds": counts.get("compound", 0),
        "buildings": counts.get("building", 0),
        "may_change": _may_change(request, chosen),
        "addresses": {
            "new": reverse("territory:new_grid"),
            "change": reverse("territory:change_area", args=[chosen.pk]),
        },
    }
