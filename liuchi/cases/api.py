"""JSON of the cases for the phone: one's own, tasks, one case, suggestions."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema

from liuchi.cases import actions, shapes
from liuchi.cases.joining import queries as joining
from liuchi.cases.joining import shapes as joined
from liuchi.cases.models import Case
from liuchi.cases.queries import lists
from liuchi.cases.suggest.queries import suggest
from liuchi.kernel.access import Target
from liuchi.kernel.context import CHINA
from liuchi.kernel.errors import Refused
from liuchi.kernel.network import network_of
from liuchi.kernel.outbox.slowing import slow_down
from liuchi.kernel.outbox.tokens import digest_of

router = Router(tags=["cases"])
LONGEST_SUGGEST = 500
LAST_PAGE = 1000
# A receipt has 60 random bits; at this pace nobody guesses one in the life of the earth.
GUESSES_PER_MINUTE = 20


@router.get("/mine", url_name="cases_mine")
def mine(request: HttpRequest, page: int = 1) -> dict[str, Any]:
    """What the signed-in person reported; nobody else's. Empty without sign-in."""
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.is_signed_in or not 1 <= page <= LAST_PAGE:
        return {"cases": [], "count": 0, "next": None}
    found = lists.mine(actor.person_id, page)
    count = Case.objects.filter(reporter_id=actor.person_id).count()
    return {
        "cases": shapes.cards(found.cases, timezone.now(), for_reporter=True),
        "count": count,
        "next": page + 1 if found.more else None,
    }


@router.get("/tasks", url_name="cases_tasks")
def tasks(request: HttpRequest) -> dict[str, Any]:
    """What waits to be accepted or handled by this person, whole, so that it can be read offline."""
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.is_signed_in:
        raise Refused("sign_in", _("Sign in to see your tasks."), status=401)
    now = timezone.now()
    waiting = lists.tasks(actor)
    midnight = now.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        "tasks": [shapes.detail(case, now, actor=actor, for_reporter=False) for case in waiting],
        "count": len(waiting),
        "done_today": lists.done_since(actor.person_id, midnight),
    }


class Words(Schema):
    """What somebody is writing."""

    text: str = ""


@router.post("/suggest", url_name="cases_suggest")
def suggestions(request: HttpRequest, said: Words) -> dict[str, Any]:
    """What kind of matter the words may be, and because of which words. A read, and POST only because an address is kept in
    logs: it changes nothing, so it asks for no form token, which a page kept on a phone may not have."""
    found = suggest(said.text[:LONGEST_SUGGEST])[:3] if said.text.strip() else []
    return {
        "suggestions": [
            {
                "matter": str(one.matter.pk),
                "code": one.matter.code,
                "name": one.matter.label,
                "share": round(one.share, 3),
                "because": list(one.because),
            }
            for one in found
        ]
    }


@router.get("/follow/{receipt}", url_name="cases_follow")
def follow(request: HttpRequest, receipt: str) -> dict[str, Any]:
    """A report, to whoever holds its receipt. What does not fit is counted, so that receipts can't be tried out; what fits
    is not, since a whole town may ask from behind one address."""
    now = timezone.now()
    asking = f"follow {digest_of(network_of(request.META.get('REMOTE_ADDR', '')))}"
    slow_down(asking, GUESSES_PER_MINUTE, now, weight=0)
    try:
        case = _case(actions.case_of_receipt(receipt))
    except Refused:
        if follower := joining.by_receipt(receipt):
            return joined.detail(follower, now)
        slow_down(asking, GUESSES_PER_MINUTE, now)
        raise
    return shapes.detail(case, now, actor=request.actor, for_reporter=True, with_pass=True)  # type: ignore[attr-defined]


@router.get("/{case_id}", url_name="cases_one")
def one(request: HttpRequest, case_id: UUID) -> dict[str, Any]:
    """One case, to its reporter or to those whose work it is; to others it does not exist."""
    actor = request.actor  # type: ignore[attr-defined]
    case = _case(case_id)
    target = Target(area_first=case.area.first if case.area else None, units=(case.unit_id,) if case.unit_id else ())
    if case.reporter_id and case.reporter_id == actor.person_id:
        return shapes.detail(case, timezone.now(), actor=actor, for_reporter=True)
    if not actor.may("cases.see", target):
        if follower := joining.of_person(case.pk, actor.person_id):
            return joined.detail(follower, timezone.now())
        raise Refused("not_found", _("There is no such case."), status=404)
    return shapes.detail(case, timezone.now(), actor=actor, for_reporter=False)


def _case(case_id: UUID) -> Case:
    case = (
        Case.objects.select_related("area", "matter", "unit", "condition", "record", "place").filter(pk=case_id).first()
    )
    if case is None:
        raise Refused("not_found", _("There is no such case."), status=404)
    return case
