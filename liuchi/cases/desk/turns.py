"""The turns of a case at the desk. Each is one form; what it does is an action's business."""

from __future__ import annotations

import json
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from liuchi.cases import actions
from liuchi.cases.actions.undoing import may_undo
from liuchi.cases.desk.case import as_id, chosen_in, near, show, visible_case
from liuchi.cases.desk.forms import HAVE_FORMS, form_of
from liuchi.cases.desk.making import TURNS, expected
from liuchi.cases.models import Case, Motion, Slip
from liuchi.cases.queries import lists
from liuchi.cases.queries.offers import offered
from liuchi.kernel import given
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.errors import Refused
from liuchi.people.models import Organisation

ANYBODY_OF_THE_DESK = (
    "cases.dispatch", "cases.handle", "cases.check", "cases.decide", "cases.admit", "cases.grant",
    "cases.supervise", "cases.escalate", "cases.send_down",
)  # fmt: skip


@needs(*ANYBODY_OF_THE_DESK)
@require_safe
def form(request: HttpRequest, case_id: UUID, name: str) -> HttpResponse:
    """What a turn asks for, as it stands in its dialog."""
    case = visible_case(request, case_id)
    if name not in HAVE_FORMS or name not in offered(case, request.actor, timezone.now()):  # type: ignore[attr-defined]
        raise Http404
    return _form(request, case, name)


def _form(request: HttpRequest, case: Case, name: str, refused: Refused | None = None) -> HttpResponse:
    unit = as_id(request.POST.get("unit", ""))
    context = {
        "case": case,
        "form": form_of(name, case, timezone.localdate()),
        "sent": {name: request.POST.get(name, "") for name in ("words", "value", "until", "whose")}
        | {"outcome": request.POST.get("reason", "").partition("|")[0]}
        | {"number": request.POST.get("other_number") or request.POST.get("number", "")},
        "unit": Organisation.objects.filter(pk=unit).first() if unit else None,
        "near": near(request.actor, case) if name == "merge" else [],  # type: ignore[attr-defined]
        "refused": refused,
    }
    response = render(request, "cases/desk/_turn.html", context, status=refused.status if refused else 200)
    response["Cache-Control"] = "no-store"
    return response


@needs(*ANYBODY_OF_THE_DESK)
@require_POST
def turn(request: HttpRequest, case_id: UUID, name: str) -> HttpResponse:
    """Carries out one turn. In the inbox nothing comes back but what to say and that the case has moved; on its own
    page the case as it is now. What was refused comes back with the sentence, and with what was chosen and written so far: in
    its dialog, if it was made in one."""
    if name not in TURNS:
        raise Http404
    case = visible_case(request, case_id)
    try:
        said = TURNS[name](of_request(request, "desk"), case, request.POST, request)
    except Refused as refused:
        if refused.status in (403, 404):
            raise
        case = visible_case(request, case_id)
        if request.POST.get("dialog") and name in HAVE_FORMS:
            return _form(request, case, name, refused)
        return show(request, case, refused.sentence, refused.status, **chosen_in(request.POST))
    return turned(request, case_id, said)


def turned(request: HttpRequest, case_id: UUID, said: str) -> HttpResponse:
    """What the page gets when a turn is made."""
    if not request.headers.get("HX-Request"):
        return redirect("desk_case", case_id)
    case = lists.visible(request.actor).filter(pk=case_id).first()  # type: ignore[attr-defined]
    toast = {"words": said}
    if case and may_undo(case, request.actor.person_id, timezone.now()):  # type: ignore[attr-defined]
        toast |= {"undo": reverse("desk_undo", args=[case_id])}
    told = {"toast": toast, "case:turned": {"id": case_id.hex, "words": said}}
    if request.POST.get("from") == "inbox" or case is None:
        response = HttpResponse(status=204)
    else:
        response = show(request, visible_case(request, case_id))
        response["HX-Retarget"], response["HX-Reswap"] = "#detail", "innerHTML"
    response["HX-Trigger"] = json.dumps(told)
    return response


@needs(*ANYBODY_OF_THE_DESK)
@require_POST
def undo(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Takes the last turn back, within its minute. Who gave a case away may not see it any more, but made the turn."""
    person = request.actor.person_id  # type: ignore[attr-defined]
    if not Slip.objects.filter(case=case_id, person=person).exists():
        visible_case(request, case_id)
    try:
        actions.undo(of_request(request, "desk"), case_id)
    except Refused as refused:
        if refused.status in (403, 404) or not request.headers.get("HX-Request"):
            raise
        response = HttpResponse(status=204)
        response["HX-Trigger"] = json.dumps({"toast": {"words": refused.sentence, "tone": "bad"}})
        return response
    if not request.headers.get("HX-Request"):
        return redirect("desk_case", case_id)
    response = HttpResponse(status=204)
    response["HX-Trigger"] = json.dumps({"toast": {"words": _("Taken back")}, "case:undone": {"id": case_id.hex}})
    return response


@needs("cases.grant", "cases.decide", "cases.admit")
@require_POST
def answer(request: HttpRequest, case_id: UUID, motion_id: UUID) -> HttpResponse:
    """Grants or declines what a unit asked for."""
    case = visible_case(request, case_id)
    motion = get_object_or_404(Motion, pk=motion_id, case=case)
    yes, said = request.POST.get("yes") == "1", request.POST.get("words", "")
    ctx = of_request(request, "desk")
    try:
        if motion.kind == "approval":
            actions.answer_approval(ctx, case.pk, yes=yes, words=said, expect=expected(request.POST))
        else:
            value = given.number(request.POST.get("value"))
            actions.answer(ctx, motion_id, yes=yes, words=said, value=value)
    except Refused as refused:
        if refused.status in (403, 404):
            raise
        return show(request, visible_case(request, case_id), refused.sentence, refused.status, answering=said)
    return turned(request, case_id, _("Granted") if yes else _("Not granted"))
