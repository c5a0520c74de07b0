"""The desk's pages of rules: drawn up, tried, published."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.errors import Refused
from liuchi.points import actions, events, queries
from liuchi.points.forms import PublishForm
from liuchi.points.models import RuleSet
from liuchi.points.rules import TRIAL_DAYS, Tried
from liuchi.points.views_desk import tabs


@require_safe
@needs("points.see")
def versions(request: HttpRequest) -> HttpResponse:
    """All versions, the newest first; the one that counts today with its rules."""
    now = queries.rules_on(timezone.localdate())
    found = list(RuleSet.objects.prefetch_related("rules"))
    context = {
        **tabs(request),
        "versions": [(one, _state(one, now), [(queries.label_of(rule.event), rule) for rule in one.rules.all()]) for one in found],
        "draft": next((one for one in found if one.state == RuleSet.State.DRAFT), None),
    }  # fmt: skip
    return render(request, "points/desk/versions.html", context)


def _state(one: RuleSet, now: RuleSet | None) -> tuple[str, str]:
    """(word, tone) for where a version stands."""
    if one.state == RuleSet.State.DRAFT:
        return _("Draft"), "warn"
    if now is not None and one.pk == now.pk:
        return _("In force"), "ok"
    if one.valid_from and one.valid_from > timezone.localdate():
        return _("From later on"), "info"
    return _("Superseded"), ""


@needs("points.rules")
def draft(request: HttpRequest) -> HttpResponse:
    """The draft as a table, one line for each event there is; POST writes it, tries it, publishes it or throws it away."""
    ctx = of_request(request, "desk")
    if request.method == "POST" and request.POST.get("do") == "new":
        actions.draft_rules(ctx)
        return redirect("points:draft")
    one = RuleSet.objects.select_related("record").filter(state=RuleSet.State.DRAFT).first()
    if one is None:
        return redirect("points:rules")
    form = PublishForm(initial={"valid_from": timezone.localdate()})
    lines = _lines(one)
    wrong: dict[str, str] = {}
    if request.method == "POST":
        do = request.POST.get("do", "save")
        if do == "publish":
            form = PublishForm(request.POST)
            if form.is_valid() and form.carry_out(
                lambda: actions.publish_rules(ctx, one, form.cleaned_data["valid_from"])
            ):
                messages.success(request, _("Published."))
                return redirect("points:rules")
        else:
            lines, given, wrong = _typed(request)
            if not wrong:
                try:
                    actions.change_rules(ctx, one, day_cap=_number(request.POST.get("day_cap", "")) or 0, lines=given)
                    if do == "try":
                        actions.try_rules(ctx, one, _number(request.POST.get("days", "")) or 30)
                except Refused as refused:
                    wrong = {refused.field or "": refused.sentence}
                else:
                    if do != "try":
                        messages.success(request, _("Kept as a draft. It counts once you publish."))
                    return redirect("points:draft")
    context = {
        **tabs(request),
        "draft": one,
        "lines": lines,
        "day_cap": request.POST.get("day_cap", one.day_cap),
        "wrong": wrong,
        "trial": _trial(one),
        "days": TRIAL_DAYS,
        "form": form,
    }
    return render(request, "points/desk/draft.html", context, status=422 if wrong or form.errors else 200)


def _lines(one: RuleSet) -> list[dict[str, Any]]:
    """A line for each event: its rule, or empty."""
    have = {rule.event: rule for rule in one.rules.all()}
    lines = []
    for key, event in events.events().items():
        rule = have.get(key)
        lines.append(
            _line(key, event.label, rule.points if rule else "", (rule and rule.day_cap) or "", not rule or rule.once)
        )
    return lines


def _line(event: str, label: Any, points: Any, cap: Any, once: bool) -> dict[str, Any]:
    names = {f"{name}_key": f"{name}-{event}" for name in ("points", "cap", "once")}
    return {"event": event, "label": label, "points": points, "cap": cap, "once": once, **names}


def _typed(request: HttpRequest) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, str]]:
    """The lines as they were typed, those that are rules, and what is wrong where."""
    shown, given, wrong = [], [], {}
    for key, event in events.events().items():
        points, cap = (request.POST.get(f"{name}-{key}", "").strip() for name in ("points", "cap"))
        once = bool(request.POST.get(f"once-{key}"))
        shown.append(_line(key, event.label, points, cap, once))
        for name, text in (("points", points), ("cap", cap)):
            if text and _number(text) is None:
                wrong[f"{name}-{key}"] = _("Please write a number.")
        if points and not wrong:
            given.append({"event": key, "points": _number(points), "day_cap": _number(cap), "once": once})
    return shown, given, wrong


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 7 else None


def _trial(one: RuleSet) -> list[dict[str, Any]]:
    """The lines of the last trial, all together at the end. A trial of another shape, from before, counts as none."""
    found = one.trial.get("events", {})
    lines = []
    for event, counts in found.items():
        tried = Tried(counts["times"], counts.get("now"), counts.get("draft"))
        label = queries.label_of(event) if event else str(_("Together, of the lines shown whole"))
        lines.append({"label": label, "tried": tried, "whole": not event})
    return sorted(lines, key=lambda line: line["whole"])


@require_POST
@needs("points.rules")
def drop(request: HttpRequest) -> HttpResponse:
    """Throws the draft away."""
    one = RuleSet.objects.select_related("record").filter(state=RuleSet.State.DRAFT).first()
    if one:
        actions.drop_draft(of_request(request, "desk"), one)
        messages.info(request, _("The draft is thrown away."))
    return redirect("points:rules")
