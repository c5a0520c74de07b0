"""The desk's pages of early signs: what waits for an answer, what came of the others, the requests behind one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from liuchi.cases import words
from liuchi.cases.early import actions, queries
from liuchi.cases.early.actions import place_of
from liuchi.cases.early.models import EarlySign
from liuchi.cases.early.telling import usual
from liuchi.cases.topics.views_desk import rows_of
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.ui.refusals import refusal_told
from liuchi.people.access import Actor

SAID = {
    "looked": gettext_lazy("Looked into"),
    "opened": gettext_lazy("A request was opened"),
    "nothing": gettext_lazy("Nothing there"),
}


@needs("cases.early")
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What waits, and how the others were answered (two queries)."""
    actor = _actor(request)
    counts = queries.answers(actor, timezone.now())
    context = {
        "signs": [_shown(sign) for sign in queries.open_signs(actor)],
        "raised": sum(counts.values()),
        "counts": [(word, counts.get(name, 0)) for name, word in SAID.items()],
        "may_topics": actor.may("cases.topics"),
    }
    return render(request, "cases/early/list.html", context)


@needs("cases.early")
@require_safe
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One sign with the requests behind it."""
    actor = _actor(request)
    sign = _sign(actor, pk)
    rows = rows_of(queries.records_of(actor, sign))
    context = {"one": _shown(sign), "rows": rows, "answered": SAID.get(sign.answer, "")}
    return render(request, "cases/early/one.html", context)


@needs("cases.early")
@require_POST
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What came of it."""
    sign = _sign(_actor(request), pk)
    with refusal_told(request):
        sign = actions.answer(of_request(request, "desk"), sign.pk, request.POST.get("answer", ""))
        if sign.case:
            messages.success(request, _("Opened as %(number)s; it waits in the inbox.") % {"number": sign.case.number})
        else:
            messages.success(request, _("Noted"))
    return redirect("early")


def _sign(actor: Actor, pk: UUID) -> EarlySign:
    sign = queries.visible(actor).filter(pk=pk).first()
    if sign is None:
        raise Http404
    return sign


def _shown(sign: EarlySign) -> dict[str, Any]:
    most = max(sign.seen, round(sign.expected), 1)
    return {
        "sign": sign,
        "matter": words.matter(sign.matter),
        "place": place_of(sign.area, sign.compound),
        "grid": sign.area.name if sign.compound else "",
        "days": (sign.last_on - sign.first_on).days + 1,
        "usual": usual(sign),
        "usual_width": max(2, round(100 * sign.expected / most)),
    }


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined,no-any-return]
