"""The desk's pages for webhooks: who is told what, and what is stuck."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.errors import Refused
from liuchi.kernel.hooks import actions, events, queries
from liuchi.kernel.hooks.models import Hook
from liuchi.kernel.ui import nav
from liuchi.kernel.ui.refusals import refusal_told

SHOWN_FAILURES = 20


class HookForm(forms.Form):
    """Who is told, where, and what."""

    name = forms.CharField(
        label=gettext_lazy("Who receives it?"),
        max_length=actions.NAME_MAX,
        help_text=gettext_lazy("For example: the city's own platform."),
    )
    url = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=500,
        help_text=gettext_lazy("Begins with https://. Events go there and nowhere else: redirects are not followed."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    verbs = forms.MultipleChoiceField(label=gettext_lazy("Events to send"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verbs"].choices = list(events.offered().items())  # type: ignore[attr-defined]
        self.fields["verbs"].error_messages["required"] = _("Choose at least one event.")

    def chosen(self) -> list[dict[str, Any]]:
        """The events as they stand on the page."""
        on = set(self["verbs"].value() or [])
        return [{"key": verb, "label": label, "on": verb in on} for verb, label in events.offered().items()]


@require_GET
@needs("hooks.edit")
def listed(request: HttpRequest) -> HttpResponse:
    """Every receiver that has not ended, what is stuck first."""
    hooks = sorted(Hook.objects.exclude(state=Hook.State.ENDED), key=lambda hook: (hook.state != "stuck", hook.name))
    lines = [(hook, urlsplit(hook.url).hostname, queries.labels(hook)) for hook in hooks]
    return render(request, "hooks/listed.html", {"lines": lines, "tabs": nav.shown("interfaces", request)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("hooks.edit")
def new(request: HttpRequest) -> HttpResponse:
    """A new receiver; its secret stands on the page that answers, and never again."""
    form = HookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            hook, secret = actions.set_up(of_request(request, "desk"), **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            return render(request, "hooks/secret.html", {"hook": hook, "secret": secret})
    return render(request, "hooks/form.html", {"form": form, "title": _("New webhook"), "back": "/desk/hooks"})


@require_http_methods(["GET", "HEAD", "POST"])
@needs("hooks.edit")
def opened(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One receiver: how far it is, what came back last, and what can be done."""
    hook = _hook(pk)
    form = HookForm(request.POST or None, initial={"name": hook.name, "url": hook.url, "verbs": hook.wanted})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(of_request(request, "desk"), hook, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            messages.success(request, _("Saved."))
            return redirect("hook", pk)
    failures = hook.failures.all()[:SHOWN_FAILURES]
    return render(request, "hooks/opened.html", {"hook": hook, "form": form, "failures": failures})


@never_cache
@require_POST
@needs("hooks.edit")
def turned(request: HttpRequest, pk: UUID, turn: str) -> HttpResponse:
    """Pause, resume, send again, leave out, another secret, end."""
    hook, ctx = _hook(pk), of_request(request, "desk")
    if turn == "secret":
        return render(request, "hooks/secret.html", {"hook": hook, "secret": actions.new_secret(ctx, hook)})
    if turn not in actions.TURNS:
        raise Http404
    said = {
        "pause": _("Paused. What happens meanwhile is kept and sent later."),
        "resume": _("Goes on."),
        "again": _("It is sent again now."),
        "skip": _("Left out. The next events follow."),
        "end": _("Ended."),
    }
    with refusal_told(request):
        actions.turn(ctx, hook, turn)
        messages.success(request, said[turn])
    return redirect("hooks" if turn == "end" else "hook", *([] if turn == "end" else [pk]))


def _hook(pk: UUID) -> Hook:
    return get_object_or_404(Hook.objects.select_related("record").exclude(state=Hook.State.ENDED), pk=pk)
