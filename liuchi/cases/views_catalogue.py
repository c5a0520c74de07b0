"""Pages of the catalogue: the public one, and the desk's where it is changed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liuchi.cases.catalogue import actions, queries
from liuchi.cases.catalogue.forms import ConditionForm, MatterForm
from liuchi.cases.models.matter import FilingCondition, Matter
from liuchi.cases.suggest.queries import suggest
from liuchi.kernel import typed
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.errors import Refused
from liuchi.kernel.ui.refusals import refusal_told
from liuchi.people.models import Organisation
from liuchi.territory import queries as territory
from liuchi.territory.models import Area

OPENED = 3  # so few found are shown with their conditions at once
ASKED = (  # what residents look for, in their words
    gettext_lazy("manhole"), gettext_lazy("street-light"), gettext_lazy("rubbish"), gettext_lazy("parking"), gettext_lazy("noise"), gettext_lazy("leak"), gettext_lazy("street tree"),
    gettext_lazy("e-bike"),
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def public(request: HttpRequest) -> HttpResponse:
    """What can be reported, by when it is done, and who does it: open to everybody. People search in their own words, so
    these are sent (POST) and can't be read in the address."""
    now = timezone.now()
    if request.method == "POST":
        words = typed.covered(request.POST.get("q", "").strip()[:60], "catalogue")
        said = {"q": words, "major": request.POST.get("major", "")[:2]}
        kept = urlencode({name: value for name, value in said.items() if value})
        return redirect(request.path + (f"?{kept}" if kept else ""))
    text = typed.uncovered(request.GET.get("q", ""), "catalogue").strip()[:60]
    major = request.GET.get("major", "")[:2]
    majors = queries.majors(now)
    found: list[queries.Entry] = []
    if text or major:
        found = queries.entries(now, text=text, major=major)
        if text:
            found = _likely_first(found, text, now)
    root = territory.root()
    roles = {role for entry in found for role in entry.roles}
    context = {
        "text": text,
        "major": major,
        "majors": majors,
        "chosen": next((matter for code, matter in majors if code == major), None),
        "found": found,
        "units": queries.units_for(roles, root),
        "opened": len(found) <= OPENED,
        "asked": ASKED,
        "counts": queries.counts(now),
        "place": root,
        "back": "/",
    }
    return render(request, "cases/catalogue/public.html", context)


def _likely_first(found: list[queries.Entry], text: str, now: Any) -> list[queries.Entry]:
    """What the words probably mean comes before what merely contains them."""
    likely = [each.matter.pk for each in suggest(text) if each.share >= 0.2]
    first = [entry for pk in likely for entry in found if entry.matter.pk == pk]
    missing = [pk for pk in likely if pk not in {entry.matter.pk for entry in first}]
    if missing:
        first += [entry for entry in queries.entries(now) if entry.matter.pk in missing]
    return first + [entry for entry in found if entry.matter.pk not in likely]


@require_GET
@needs("cases.catalogue_see")
def desk(request: HttpRequest, code: str = "") -> HttpResponse:
    """The catalogue at the desk: classes, matters, and one matter with its conditions and drafts."""
    return render(request, "cases/catalogue/desk.html", _desk(request, code))


def _desk(request: HttpRequest, code: str, **more: Any) -> dict[str, Any]:
    """All that the desk's page shows; the filters stay in the address."""
    now = timezone.now()
    text, major, role = (request.GET.get(name, "").strip()[:60] for name in ("q", "major", "role"))
    drafts_only = "drafts" in request.GET
    found = queries.entries(now, text=text, major=major, role=role, drafts=True)
    drafts = queries.drafts()
    changed = {draft.matter_id for draft in drafts}
    if drafts_only:
        found = [entry for entry in found if entry.drafts or not entry.matter.valid_from]
    entry = None
    if code:
        entry = next(iter(queries.entries(now, code=code, drafts=True)), None)
        if entry is None:
            raise Http404
    kept = {name: value for name, value in (("q", text), ("major", major), ("role", role)) if value}
    if drafts_only:
        kept["drafts"] = "1"
    return {
        "found": found,
        "entry": entry,
        "majors": queries.majors(now),
        "major": major,
        "role": role,
        "text": text,
        "drafts": drafts,
        "changed": changed,
        "drafts_only": drafts_only,
        "filters": f"?{urlencode(kept)}" if kept else "",
        "may_edit": request.actor.may("cases.catalogue_edit"),  # type: ignore[attr-defined]
        "units": queries.units_for(entry.all_roles if entry else [], territory.root()),
        **more,
    }


def _matter(code: str) -> Matter:
    return get_object_or_404(Matter.objects.select_related("record", "component__record"), kind="event", code=code)


def _condition(matter: Matter, pk: int) -> FilingCondition:
    owners = [matter.pk, matter.component_id]
    return get_object_or_404(
        FilingCondition.objects.select_related("matter__record", "replaces"),
        pk=pk,
        matter_id__in=owners,
        valid_until=None,
    )


def _to(request: HttpRequest, code: str) -> HttpResponse:
    query = request.GET.urlencode()
    return redirect(reverse("catalogue_matter", args=[code]) + (f"?{query}" if query else ""))


@needs("cases.catalogue_edit")
def condition(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponse:
    """Edits a condition as a draft, or adds one."""
    matter = _matter(code)
    old = _condition(matter, pk) if pk else None
    initial = None
    if old:
        initial = {
            name: getattr(old, name) for name in ("text", "limit_value", "limit_type", "closing", "unit_role", "basis")
        }
        initial["co_roles"] = old.co_roles.split()
    form = ConditionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        ctx = of_request(request, "desk")
        try:
            if old:
                actions.edit_condition(ctx, old, **form.values())
            else:
                actions.add_condition(ctx, matter, **form.values())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Kept as a draft. It counts once you publish."))
            return _to(request, code)
    status = 422 if form.errors else 200
    return render(request, "cases/catalogue/desk.html", _desk(request, code, form=form, editing=old), status=status)


@require_POST
@needs("cases.catalogue_edit")
def drop(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Throws a draft away."""
    matter = _matter(code)
    actions.drop_draft(of_request(request, "desk"), _condition(matter, pk))
    messages.success(request, _("The draft is thrown away."))
    return _to(request, code)


@needs("cases.catalogue_edit")
def new_matter(request: HttpRequest) -> HttpResponse:
    """Adds a local matter, as a draft; then its first condition is asked for."""
    majors = [(code, f"{code} {matter.major_label}") for code, matter in queries.majors(timezone.now())]
    form = MatterForm(request.POST or None, majors=majors, initial={"major": request.GET.get("major", "99")})
    if request.method == "POST" and form.is_valid():
        try:
            matter = actions.add_matter(of_request(request, "desk"), **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("catalogue_condition_new", matter.code)
    status = 422 if form.errors else 200
    return render(request, "cases/catalogue/new.html", {"form": form}, status=status)


@needs("cases.catalogue_edit")
def publish(request: HttpRequest) -> HttpResponse:
    """Shows what will count, old beside new; then lets it count."""
    if request.method == "POST":
        ctx = of_request(request, "desk")
        with refusal_told(request):
            count = actions.publish(ctx)
            words = ngettext(
                "Published: %(count)d change, for new dispatches.",
                "Published: %(count)d changes, for new dispatches.",
                count,
            )
            messages.success(request, words % {"count": count})
            return redirect("catalogue_desk")
        return redirect("catalogue_publish")
    bare = Matter.objects.filter(valid_from=None, conditions=None)
    return render(request, "cases/catalogue/publish.html", {"drafts": queries.drafts(), "bare": bare})


@needs("cases.catalogue_edit")
def routing(request: HttpRequest) -> HttpResponse:
    """Who does the work of each role in an area; what is not named here comes from the area above. All lines are saved at
    once: whoever walks through a list with the arrow keys has not chosen yet. A line that was left as it was shown is not
    touched, for somebody else may have changed it since."""
    area = _area(request)
    if request.method == "POST":
        if area is None:
            raise Http404
        lines = {name[5:]: str(value) for name, value in request.POST.items() if name.startswith("unit-")}
        chosen = {role: value for role, value in lines.items() if value != request.POST.get(f"was-{role}")}
        units = Organisation.objects.select_related("record").in_bulk(
            [_uuid(value) for value in chosen.values() if value]
        )
        if len(units) < len({value for value in chosen.values() if value}):
            raise Http404
        named = {role: units[_uuid(value)] if value else None for role, value in chosen.items()}
        actions.route(of_request(request, "desk"), area=area, units=named)
        messages.success(request, _("Saved"))
        return redirect(f"{reverse('catalogue_routing')}?area={area.pk}")
    context = {
        "may_edit": True,
        "area": area,
        "areas": _areas(),
        "lines": queries.routing_of(area),
        "organisations": Organisation.objects.filter(closed_on=None).order_by("name"),
    }
    return render(request, "cases/catalogue/routing.html", context)


def _area(request: HttpRequest) -> Area | None:
    asked = request.GET.get("area", "")
    if asked.isdecimal() and len(asked) < 19:
        return get_object_or_404(Area, pk=int(asked))
    return territory.root()


def _areas() -> list[Area]:
    """The areas that a unit may be named for: the root with its streets and communities."""
    root = territory.root()
    if root is None:
        return []
    return list(territory.tree((root.first, root.last)).exclude(level="grid")[:500])


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
