"""Programmes at the desk: written, looked at as the phone shows them, opened, closed; no code."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from liuchi.admissions import actions, queries, rules, words
from liuchi.admissions.forms import ApplyForm, NewProgrammeForm
from liuchi.admissions.models import Programme
from liuchi.kernel import granting, proofs
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.errors import Refused
from liuchi.people.models import Organisation
from liuchi.territory.models import Area


@never_cache
@require_safe
@needs("admissions.programmes")
def programmes(request: HttpRequest) -> HttpResponse:
    """All programmes of one's place with how many hold them (at most 6 queries)."""
    found = queries.programmes_seen_by(request.actor).annotate(
        running=Count("admissions", filter=Q(admissions__state=rules.RUNNING), distinct=True),
    )
    rows = [
        {
            "programme": one,
            "said": rules.read(one.draft),
            # shops and units are counted, persons from five on
            "running": one.running
            if rules.read(one.draft).who in ("business", "organisation")
            else rules.told(one.running),
            "tone": {"open": "ok", "draft": "warn"}.get(one.state, ""),
            "who": words.WHO[rules.read(one.draft).who],
            "term": words.months(rules.read(one.draft)),
        }
        for one in found
    ]
    return render(
        request, "admissions/desk/programmes.html", {"rows": rows, "may_see": request.actor.may("admissions.see")}
    )


@never_cache
@needs("admissions.programmes")
def new(request: HttpRequest) -> HttpResponse:
    """A name and a place, and what it is like; then it is written. from: the programme that a copy was asked of."""
    visible = request.actor.q("admissions.programmes", area="first")
    areas = list(
        Area.objects.filter(visible, valid_to=None, level__in=("county", "street", "community"))
        .filter(Q(home=True) | Q(level__in=("street", "community")))
        .defer("boundary")
        .order_by("first", "-last")[:600]
    )
    there = {str(one.pk): one for one in queries.programmes_seen_by(request.actor).order_by("name")}
    like = there.get(request.GET.get("from", ""))
    form = NewProgrammeForm(
        request.POST or None, areas=areas, programmes=list(there.values()), initial=_copied(like) if like else None
    )
    if request.method == "POST" and form.is_valid():
        area = next(one for one in areas if str(one.pk) == form.cleaned_data["area"])
        unit = Organisation.objects.filter(area=area, closed_on=None).order_by("pk").first()
        done = form.carry_out(
            lambda: actions.make(
                of_request(request, "desk"),
                name=form.cleaned_data["name"],
                area=area,
                unit=unit,
                said=actions.copy_of(there[form.cleaned_data["like"]]) if form.cleaned_data["like"] else None,
            )
        )
        if done:
            return redirect("admissions:programme_write", done.pk)
    return render(request, "admissions/desk/new.html", {"form": form})


def _copied(one: Programme) -> dict[str, str]:
    return {"name": _("%(name)s (copy)") % {"name": one.name[:52]}, "area": str(one.area_id), "like": str(one.pk)}


@never_cache
@needs("admissions.programmes")
def programme(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The whole programme on one page. Each press keeps all of it, whatever else it does."""
    one = _one(request, pk)
    if request.method == "POST":
        said, do = changed(written(request.POST, rules.read(one.draft)), request.POST.get("do", "save"))
        ctx = of_request(request, "desk")
        unit = Organisation.objects.filter(pk=_uuid(request.POST.get("unit", "")), closed_on=None).first()
        try:
            actions.write(ctx, pk, said, name=request.POST.get("name"), unit=unit)
            if do == "open":
                actions.open_(ctx, pk)
                messages.success(request, _("Open. It stands on the phones now."))
            elif do == "save":
                messages.success(request, _("Saved."))
        except Refused as refused:
            if refused.status == 403:
                raise
            messages.error(request, refused.sentence)
        return redirect(f"{request.path}#{anchor(do)}" if anchor(do) else request.path)
    said = rules.read(one.draft)
    context = {
        "programme": one,
        "said": said,
        "grounds": "\n".join(said.grounds),
        "faults": words.faults(said, timezone.localdate()),
        "changed": one.version is not None and one.version.definition != said,
        "kinds": words.choices(words.KINDS),
        "who": words.choices(words.WHO),
        "renewals": words.choices(words.RENEWALS),
        "roles": [(role, words.role(role)) for role in rules.CHECK_ROLES],
        "gives": [
            (name, kind.label, name in {give.kind for give in said.gives}) for name, kind in granting.kinds().items()
        ],
        "lessons": _lessons(said),
        "lost": [give.kind for give in said.gives if give.kind not in granting.kinds()],
        "units": Organisation.objects.filter(
            closed_on=None, area__first__gte=one.area.first, area__first__lte=one.area.last
        ).order_by("name")[:200],
    }
    return render(request, "admissions/desk/programme.html", context)


@never_cache
@require_safe
@needs("admissions.programmes")
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """As the phone shows it, with the form; nothing can be sent from here."""
    one = _one(request, pk)
    said = rules.read(one.draft)
    context = {
        "programme": one,
        "said": said,
        "who": words.WHO[said.who],
        "term": words.months(said),
        "checks": [(words.role(check.role), check.look, check.days) for check in said.checks],
        "form": ApplyForm(said=said, areas=queries.areas_for(one)),
        "photos": {},
    }
    return render(request, "admissions/mobile/preview.html", context)


@require_POST
@needs("admissions.programmes")
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Nobody applies any more."""
    one = _one(request, pk)
    try:
        actions.close(of_request(request, "desk"), one.pk)
        messages.success(request, _("%(name)s is closed.") % {"name": one.name})
    except Refused as refused:
        if refused.status == 403:
            raise
        messages.error(request, refused.sentence)
    return redirect("admissions:programme_write", pk)


def written(sent: QueryDict, before: rules.Definition) -> rules.Definition:
    """What the page's fields say, as a definition; a grant keeps the settings that the page does not show."""
    settings = {give.kind: dict(give.settings) for give in before.gives}

    def rows(name: str, keys: tuple[str, ...]) -> list[dict[str, Any]]:
        columns = {key: sent.getlist(f"{name}.{key}") for key in keys}
        length = len(columns[keys[0]])
        return [
            {key: (column[at] if at < len(column) else "") for key, column in columns.items()} for at in range(length)
        ]

    fields = rows("fields", ("key", "label", "kind", "required", "help", "choices"))
    for one in fields:
        one["required"] = one["required"] == "1"
        one["choices"] = _several(one["choices"])
    data: dict[str, Any] = {name: sent.get(name, "") for name in (
        "who", "about", "offers", "appeal_role", "letter_heading", "letter_words", "letter_mark", "months", "until",
        "renewal", "renewal_days", "capacity",
    )}  # fmt: skip
    data |= {
        "invited": "invited" in sent,
        "fields": fields,
        "checks": rows("checks", ("role", "look", "days")),
        "lessons": sent.getlist("lessons"),
        "titles": _several(sent.get("titles", "")),
        "grounds": _lines(sent.get("grounds", "")),
        "gives": [{"kind": kind, "settings": settings.get(kind, {})} for kind in sent.getlist("gives")],
    }
    return rules.read(data)


def changed(said: rules.Definition, do: str) -> tuple[rules.Definition, str]:
    """The definition after a press: ``add.fields``, ``drop.checks.1``, ``up.fields.3``, ``down.fields.0``; others leave it."""
    found = re.fullmatch(r"(add|drop|up|down)\.(fields|checks)(?:\.(\d{1,2}))?", do)
    if not found:
        return said, do
    what, name, at = found[1], found[2], int(found[3] or 0)
    parts: list[Any] = list(getattr(said, name))
    fresh: Callable[[], Any] = lambda: rules.Field(rules.new_key(said), "") if name == "fields" else rules.Check()  # noqa: E731
    if what == "add" and len(parts) < rules.MOST[name]:
        parts.append(fresh())
    elif what == "drop" and at < len(parts):
        del parts[at]
    elif what == "up" and 0 < at < len(parts):
        parts[at - 1], parts[at] = parts[at], parts[at - 1]
    elif what == "down" and at + 1 < len(parts):
        parts[at + 1], parts[at] = parts[at], parts[at + 1]
    done = replace(said, fields=tuple(parts)) if name == "fields" else replace(said, checks=tuple(parts))
    return done, do


def _lessons(said: rules.Definition) -> list[tuple[str, str, bool, bool]]:
    """(code, name, chosen, still to be had): what can be asked for, what is asked for first."""
    there = proofs.choices("lesson")
    named = {**proofs.called("lesson", said.lessons), **there}
    first = [(code, named.get(code, code), True, code in there) for code in said.lessons]
    return first + [(code, name, False, True) for code, name in there.items() if code not in said.lessons]


def anchor(do: str) -> str:
    """Where the page goes on after a press."""
    found = re.fullmatch(r"(?:add|drop|up|down)\.(fields|checks)(?:\.\d+)?", do)
    return found[1] if found else ""


def _several(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[\n、,，;；]+", text) if part.strip()]


def _lines(text: str) -> list[str]:
    return [part.strip() for part in text.splitlines() if part.strip()]


def _one(request: HttpRequest, pk: UUID) -> Programme:
    return get_object_or_404(queries.programmes_seen_by(request.actor), pk=pk)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
