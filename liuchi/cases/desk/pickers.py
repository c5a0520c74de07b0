"""What the pickers offer while one types: matters, filing conditions, units. JSON, at most a dozen lines."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case as When
from django.db.models import Count, IntegerField, Q, Value
from django.db.models import When as If
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from liuchi.cases import words
from liuchi.cases.catalogue import queries as catalogue
from liuchi.cases.desk.case import as_id, visible_case
from liuchi.cases.desk.proposal import suggestions_of
from liuchi.cases.models import Case, Matter
from liuchi.cases.models.matter import UnitRole
from liuchi.kernel.access import needs
from liuchi.people.models import Organisation

MOST = 12


@needs("cases.dispatch")
@require_safe
def matters(request: HttpRequest, case_id: UUID) -> JsonResponse:
    """``?q=``: matters by words, code, pinyin or initials; without words the suggested ones, then those used most."""
    case = visible_case(request, case_id)
    now = timezone.now()
    text = request.GET.get("q", "").strip()[:60]
    if text:
        return _answer([_matter(one) for one in catalogue.found(text, now, MOST)])
    shares = {one["matter"]: one for one in suggestions_of(case)}
    wanted = [*shares, *(pk for pk in _often(case) if pk not in shares)][:MOST]
    known = {str(one.pk): one for one in catalogue.matters(now).filter(pk__in=wanted)}
    return _answer([_matter(known[pk], shares.get(pk)) for pk in wanted if pk in known])


@needs("cases.dispatch")
@require_safe
def conditions(request: HttpRequest, case_id: UUID) -> JsonResponse:
    """``?matter=``: its filing conditions, the most pressing first, each with limit and unit."""
    case = visible_case(request, case_id)
    now = timezone.now()
    matter_id = as_id(request.GET.get("matter", ""))
    matter = catalogue.matters(now).filter(pk=matter_id).first() if matter_id else None
    found = catalogue.conditions_of(matter, now) if matter else []
    units = catalogue.units_for({one.unit_role for one in found}, case.area)
    return _answer(
        [
            {
                "id": str(one.pk),
                "name": one.text,
                "detail": _("Done when: %(closing)s") % {"closing": one.closing},
                "hint": words.limit(one.limit_value, one.limit_type),
                "more": units[one.unit_role].name if one.unit_role in units else str(UnitRole(one.unit_role).label),
            }
            for one in found
        ]
    )


@needs("cases.dispatch", "cases.handle", "cases.decide")
@require_safe
def units(request: HttpRequest, case_id: UUID) -> JsonResponse:
    """``?q=``: units by name; those whose area holds the place come first. Without words: those routed to here."""
    case = visible_case(request, case_id)
    text = request.GET.get("q", "").strip()[:60]
    found = Organisation.objects.filter(closed_on=None).exclude(kind="party_body").select_related("area")
    if text:
        found = found.filter(Q(name__icontains=text))
    found = found.annotate(far=_far(case)).order_by("far", "name")
    return _answer([_unit(one) for one in found[:MOST]])


def _often(case: Case) -> list[str]:
    """The matters filed most in the weeks before, the most frequent first."""
    since = case.local_date - timedelta(days=30)
    used = Case.objects.filter(local_date__gte=since, matter__isnull=False).order_by()
    counted = used.values_list("matter").annotate(n=Count("pk")).order_by("-n", "matter")[:MOST]
    return [str(pk) for pk, _n in counted]


def _far(case: Case) -> Any:
    """0 for units of the very place, 1 for those above it, 2 for all others."""
    if case.area is None:
        return Value(0)
    here = Q(area__first__lte=case.area.first, area__last__gte=case.area.last)
    return When(If(here & Q(kind__in=("property_manager", "community")), then=Value(0)), If(here, then=Value(1)),
                default=Value(2), output_field=IntegerField())  # fmt: skip


def _matter(one: Matter, suggestion: dict[str, Any] | None = None) -> dict[str, str]:
    hint = ""
    if suggestion:
        hint = _("suggested %(share)s%%") % {"share": round(suggestion["share"] * 100)}
    return {"id": str(one.pk), "name": one.label, "detail": f"{one.code} · {one.major_label}", "hint": hint}


def _unit(one: Organisation) -> dict[str, str]:
    detail = str(one.get_kind_display())
    if one.area:
        detail = f"{detail} · {one.area.name}"
    return {"id": str(one.pk), "name": one.name, "detail": detail, "hint": ""}


def _answer(options: list[dict[str, str]]) -> JsonResponse:
    return JsonResponse({"options": options})
