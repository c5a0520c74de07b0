"""The desk's pages for the secretary of somebody's unit: the sheets that people let them open. Never a sum over people."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from liuchi.kernel import given
from liuchi.kernel.access import needs
from liuchi.kernel.context import Context, of_request
from liuchi.people.models import Organisation
from liuchi.people.registers.seeing import leads
from liuchi.people.registers.views.shared import as_workbook
from liuchi.points import actions
from liuchi.points.sheets import book_of
from liuchi.points.views_desk import tabs
from liuchi.points.views_mobile import sheet_of

PAGE = 200


@require_safe
@needs("points.home")
def listed(request: HttpRequest) -> HttpResponse:
    """The units that somebody leads, each with the sheets of a year: numbers and periods, no names before one is opened."""
    this_year = timezone.localdate().year
    years = [this_year, this_year - 1]
    year = next((one for one in years if str(one) == request.GET.get("year")), this_year)
    units = list(Organisation.objects.filter(pk__in=leads(request.actor)).order_by("name")[:50])  # type: ignore[attr-defined]
    sheets = list(
        actions.shown_to_units([unit.pk for unit in units]).filter(ends__year=year).order_by("-confirmed_at")[:PAGE]
    )
    lines = [(unit, [one for one in sheets if one.shown_to_id == unit.pk]) for unit in units]
    context = {**tabs(request), "units": lines, "year": year, "years": years}
    return render(request, "points/desk/home.html", context)


@never_cache
@require_safe
@needs("points.home")
def sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One sheet. The look is noted."""
    one = get_object_or_404(actions.shown_to_units(leads(request.actor)), pk=pk)  # type: ignore[attr-defined]
    actions.open_at_unit(_as_secretary(request, one.shown_to_id), one)
    return render(request, "points/desk/home_sheet.html", {**tabs(request), **sheet_of(one)})


@never_cache
@require_POST
@needs("points.home")
def file(request: HttpRequest, unit: UUID) -> HttpResponse:
    """The sheets of a year as a workbook, each noted as taken along."""
    home = get_object_or_404(Organisation.objects.filter(pk__in=leads(request.actor)), pk=unit)  # type: ignore[attr-defined]
    year = max(given.whole(request.POST.get("year"), 2199) or timezone.localdate().year, 2000)
    found = actions.file_at_unit(_as_secretary(request, home.pk), home, year)
    return as_workbook(book_of(home, year, found), _("points-sheets.xlsx"))


def _as_secretary(request: HttpRequest, unit: UUID | None) -> Context:
    """The context in the post of secretary at that very unit."""
    posts = request.actor.posts  # type: ignore[attr-defined]
    post = next((post for post in posts if post.role == "secretary" and post.organisation == unit), None)
    if post is None:
        raise Http404
    return replace(of_request(request, "desk"), post=post.post)
