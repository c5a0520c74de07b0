"""Applications to check: a list beside the one that is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from liuchi.admissions import actions, queries, words
from liuchi.admissions.desk.opened import left, opened
from liuchi.admissions.models import Application, Programme
from liuchi.kernel import given
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.errors import Refused

PAGE = 50
TABS = {
    "mine": gettext_lazy("For me"),
    "desk": gettext_lazy("Being checked here"),
    "returned": gettext_lazy("With the applicant"),
    "waiting": gettext_lazy("Waiting list"),
    "decided": gettext_lazy("Decided"),
}


@never_cache
@require_safe
@needs("admissions.desk")
def inbox(request: HttpRequest) -> HttpResponse:
    """The list of a tab with the open application beside it (at most 12 queries)."""
    actor = request.actor
    if not actor.may("admissions.see"):
        return redirect("admissions:programmes")
    tab = request.GET.get("tab") if request.GET.get("tab") in TABS else "mine"
    assert tab
    programme = _uuid(request.GET.get("programme", ""))
    found = queries.inbox(actor, tab, programme)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    shown = list(page)
    wanted = _uuid(request.GET.get("open", ""))
    one = next((app for app in shown if app.pk == wanted), None)
    if one is None and wanted:
        one = queries.seen_by(actor).filter(pk=wanted).first()
    if one is None and shown:
        one = shown[0]
    asked = {"tab": tab, **({"programme": str(programme)} if programme else {})}
    context = {
        "tabs": [(key, label, count) for (key, label), count in zip(TABS.items(), _counts(actor), strict=True)],
        "tab": tab,
        "lines": [_row(app, asked) for app in shown],
        "page": page,
        "asked": urlencode(asked),
        "chosen_list": asked,
        "open": one,
        "programmes": Programme.objects.exclude(version=None).order_by("name"),
        "chosen": str(programme or ""),
        "may_appoint": actor.may("admissions.appoint"),
        "main_class": "bare",
    }
    if one:
        context |= _read(request, one)
    return render(request, "admissions/desk/inbox.html", context)


@never_cache
@require_safe
@needs("admissions.see")
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One application, on a page of its own."""
    one = get_object_or_404(queries.seen_by(request.actor), pk=pk)
    return render(request, "admissions/desk/application.html", {"open": one} | _read(request, one))


@require_POST
@needs("admissions.see")
def turn(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """pass, approve, return, refuse, uphold, overturn; then the next of the list."""
    one = get_object_or_404(queries.seen_by(request.actor), pk=pk)
    ctx, sent = of_request(request, "desk"), request.POST
    expect = given.whole(sent.get("expect"))
    marks = {key.removeprefix("mark_"): str(value) for key, value in sent.items() if key.startswith("mark_")}
    turns: dict[str, tuple[Callable[[], Any], str]] = {
        "pass": (lambda: actions.pass_on(ctx, pk, expect=expect), _("On to the next check.")),
        "approve": (lambda: actions.approve(ctx, pk, expect=expect), _("Approved.")),
        "return": (lambda: actions.send_back(ctx, pk, marks, expect=expect), _("Returned to be corrected.")),
        "refuse": (
            lambda: actions.refuse(ctx, pk, sent.get("reason", ""), expect=expect),
            _("Not approved; the reason was sent."),
        ),
        "uphold": (
            lambda: actions.uphold(ctx, pk, sent.get("reason", ""), expect=expect),
            _("Decided; the reason was sent."),
        ),
        "overturn": (lambda: actions.overturn(ctx, pk, sent.get("reason", ""), expect=expect), _("Approved.")),
    }
    if name not in turns:
        raise Http404
    action, done = turns[name]
    asked = {key: sent[key] for key in ("tab", "programme") if sent.get(key)}  # the list goes on as it was chosen
    back = reverse("admissions:desk")
    try:
        action()
    except Refused as refused:
        if refused.status == 403:
            raise
        messages.error(request, refused.sentence)
        return redirect(f"{back}?{urlencode({**asked, 'open': str(pk)})}")
    one.refresh_from_db(fields=["state"])
    messages.success(request, _("All places are taken: on the waiting list.") if one.state == "waiting" else done)
    return redirect(f"{back}?{urlencode(asked)}" if asked else back)


@never_cache
@require_POST
@needs("admissions.see")
def phone(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Shows the phone number of an answer; the look is logged."""
    one = get_object_or_404(queries.seen_by(request.actor), pk=pk)
    number = actions.show_phone(of_request(request, "desk"), one.pk, name)
    return render(request, "admissions/desk/_phone.html", {"number": number})


def _read(request: HttpRequest, one: Application) -> dict[str, Any]:
    """What the page shows of it; that it was read stands in the log of looks."""
    ctx = replace(of_request(request, "desk"), post=request.actor.post_for("admissions.see", one))
    actions.note_read(ctx, one)
    return opened(request, one)


def _counts(actor: Any) -> list[int]:
    """How many stand in each tab, with one query; what is decided is not counted."""
    parts = {tab: Count("pk", filter=condition) for tab, condition in queries.TABS.items() if tab != "decided"}
    parts["mine"] = Count("pk", filter=queries.for_me(actor))
    found = queries.seen_by(actor).select_related(None).order_by().aggregate(**parts)
    return [found.get(tab, 0) for tab in TABS]


def _row(one: Application, asked: dict[str, str]) -> dict[str, Any]:
    word, tone = words.state(one)
    return {
        "app": one,
        "holder": words.holder(one),
        "word": word,
        "tone": tone,
        "left": left(one),
        "url": f"?{urlencode({**asked, 'open': str(one.pk)})}",
    }


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
