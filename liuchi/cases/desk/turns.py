"""The turns of a case at the desk. Each is one form; what it does is an action's business."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuchi.cases import actions
from liuchi.cases.desk.case import chosen_in, show, visible_case
from liuchi.cases.models import Case
from liuchi.kernel import given
from liuchi.kernel.access import needs
from liuchi.kernel.context import Context, of_request
from liuchi.kernel.errors import Refused
from liuchi.kernel.media import actions as media
from liuchi.kernel.media.rules import MAX_BYTES

MOST_PHOTOS = 9


def _dispatch(ctx: Context, case: Case, sent: Any, request: HttpRequest) -> str:
    chosen = chosen_in(sent)
    if chosen["matter_id"] is None:
        raise Refused("matter", _("First choose what kind of matter it is: press M."), field="matter")
    if chosen["unit_id"] is None:
        raise Refused("unit", _("First choose who should do it: press U."), field="unit")
    done = actions.file_and_dispatch(
        ctx, case.pk, chosen["matter_id"], chosen["condition_id"], chosen["unit_id"], expect=_expect(sent)
    )
    return _("Given to %(unit)s") % {"unit": done.unit.name if done.unit else ""}


def _refuse(ctx: Context, case: Case, sent: Any, request: HttpRequest) -> str:
    actions.refuse(ctx, case.pk, sent.get("words", "").strip() or sent.get("reason", ""), expect=_expect(sent))
    return _("Not taken up; the reporter is told why")


def _accept(ctx: Context, case: Case, sent: Any, request: HttpRequest) -> str:
    actions.accept(ctx, case.pk, expect=_expect(sent))
    return _("Accepted")


def _handle(ctx: Context, case: Case, sent: Any, request: HttpRequest) -> str:
    keys = [_photo(ctx, one) for one in request.FILES.getlist("photos")[:MOST_PHOTOS]]
    actions.handle(ctx, case.pk, sent.get("words", ""), sent.get("outcome", "done"), keys, expect=_expect(sent))
    return (
        _("Reported as done; the desk checks it")
        if sent.get("outcome", "done") == "done"
        else _("Reported as not possible")
    )


def _check(ctx: Context, case: Case, sent: Any, request: HttpRequest) -> str:
    if case.state == "checked":
        actions.close(ctx, case.pk, expect=_expect(sent))
    else:
        actions.check_and_close(ctx, case.pk, sent.get("words", ""), expect=_expect(sent))
    return _("Checked and closed")


# The name in the address -> what it does, and the word for the toast.
TURNS: dict[str, Callable[[Context, Case, Any, HttpRequest], str]] = {
    "dispatch": _dispatch,
    "refuse": _refuse,
    "accept": _accept,
    "handle": _handle,
    "check": _check,
}


@needs("cases.dispatch", "cases.handle", "cases.check")
@require_POST
def turn(request: HttpRequest, case_id: UUID, name: str) -> HttpResponse:
    """Carries out one turn. In the inbox nothing comes back but what to say and that the case has moved; on its own
    page the case as it is now. What was refused comes back with the sentence, and with what was chosen so far."""
    if name not in TURNS:
        raise Http404
    case = visible_case(request, case_id)
    try:
        said = TURNS[name](of_request(request, "desk"), case, request.POST, request)
    except Refused as refused:
        if refused.status in (403, 404):
            raise
        return show(
            request, visible_case(request, case_id), refused.sentence, refused.status, **chosen_in(request.POST)
        )
    if not request.headers.get("HX-Request"):
        return redirect("desk_case", case_id)
    told = {"toast": {"words": said}, "case:turned": {"id": case.pk.hex, "words": said}}
    from_inbox = request.POST.get("from") == "inbox"
    response = HttpResponse(status=204) if from_inbox else show(request, visible_case(request, case_id))
    response["HX-Trigger"] = json.dumps(told)
    return response


def _expect(sent: Any) -> int | None:
    return given.whole(sent.get("expect"))


def _photo(ctx: Context, uploaded: Any) -> UUID:
    """Takes a photo from a form; its key is made here, since a form is sent once."""
    if uploaded.size > MAX_BYTES:
        raise Refused("too_large", _("This photo is too large. Choose one below 20 MB."), field="photos", status=413)
    key = uuid4()
    media.receive(ctx, key, "photo", uploaded, uploaded.size)
    return key
