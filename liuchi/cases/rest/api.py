"""/api/v1 of cases and of the catalogue."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Header, Query, Router, Status

from liuchi.cases import actions
from liuchi.cases.catalogue import queries as catalogue
from liuchi.cases.rest import events as event_queries
from liuchi.cases.rest import reads, writes
from liuchi.cases.rest.schemas import (
    PROBLEMS,
    CaseDetail,
    CasePage,
    CasesWanted,
    CatalogueOut,
    ContactOut,
    EventPage,
    HandledIn,
    Problem,
    ReportIn,
    ReportOut,
    TurnOut,
)
from liuchi.kernel import sql
from liuchi.kernel.context import of_request
from liuchi.kernel.errors import Refused
from liuchi.people.tokens.auth import asking

router = Router()
KEY = Header(
    "",
    alias="Idempotency-Key",
    max_length=writes.LONGEST_KEY,
    description="Any text of yours; sent again with the same content it changes nothing and gives the same answer. With"
    " another content: 409.",
)


@router.post(
    "/cases", response={201: ReportOut, 200: ReportOut, PROBLEMS: Problem}, tags=["cases"], operation_id="report"
)
def report(request: HttpRequest, said: ReportIn, key: str = KEY) -> Status:
    """Hands in a report. Scope `cases.report`. 201: taken; 200: was here before under the same key."""
    actor = asking(request, "cases.report")
    with sql.in_turn():
        answer = writes.deliver(request, actor, "api.report", said.dict())
    told = answer.result | {"url": reads.address(request, answer.result["url"])}
    return Status(200 if answer.again else 201, told)


@router.get("/cases", response={200: CasePage, PROBLEMS: Problem}, tags=["cases"], operation_id="list_cases")
def listed(request: HttpRequest, wanted: Query[CasesWanted]) -> dict[str, Any]:
    """Requests that the key's post may see, the latest to arrive first. Scope `cases.read`."""
    actor = asking(request, "cases.see")
    found, more = reads.page_of(actor, wanted)
    return {"cases": [reads.shape(case) for case in found], "next": str(found[-1].pk) if more else None}


@router.get("/cases/{case_id}", response={200: CaseDetail, PROBLEMS: Problem}, tags=["cases"], operation_id="read_case")
def one(request: HttpRequest, case_id: UUID) -> dict[str, Any]:
    """One request: with `cases.read` what the post may see, with `cases.report` what came in by this key."""
    actor = asking(request, "cases.see") if not request.actor.may("cases.report") else asking(request, "cases.report")  # type: ignore[attr-defined]
    return reads.detail(request, actor, reads.one_of(actor, case_id))


@router.post(
    "/cases/{case_id}/contact",
    response={200: ContactOut, PROBLEMS: Problem}, tags=["cases"], operation_id="see_contact",
)  # fmt: skip
def contact(request: HttpRequest, case_id: UUID) -> dict[str, Any]:
    """The phone number left with a request. Scope `cases.contact`. Each call is a look: it is written down, and the
    person sees it."""
    actor = asking(request, "cases.contact")
    reads.one_of(actor, case_id)
    return {"phone": actions.show_contact(of_request(request, "api"), case_id)}


@router.post(
    "/cases/{case_id}/accept",
    response={200: TurnOut, PROBLEMS: Problem}, tags=["cases"], operation_id="accept_case",
)  # fmt: skip
def accept(request: HttpRequest, case_id: UUID, key: str = KEY) -> dict[str, Any]:
    """The unit takes it on. Scope `cases.turn`."""
    actor = asking(request, "cases.handle")
    with sql.in_turn():
        return writes.deliver(request, actor, "api.accept", {"case": str(case_id)}).result


@router.post(
    "/cases/{case_id}/handle",
    response={200: TurnOut, PROBLEMS: Problem}, tags=["cases"], operation_id="handle_case",
)  # fmt: skip
def handle(request: HttpRequest, case_id: UUID, said: HandledIn, key: str = KEY) -> dict[str, Any]:
    """What the unit did; the office then looks whether it is so. Scope `cases.turn`."""
    actor = asking(request, "cases.handle")
    body = {"case": str(case_id), "text": said.text, "outcome": said.outcome}
    with sql.in_turn():
        return writes.deliver(request, actor, "api.handle", body).result


@router.get(
    "/catalogue", response={200: CatalogueOut, PROBLEMS: Problem}, tags=["catalogue"], operation_id="read_catalogue"
)
def matters(request: HttpRequest) -> dict[str, Any]:
    """Every matter that a request can be about, with conditions and limits. Scope `catalogue.read`."""
    asking(request, "cases.catalogue")
    return {
        "matters": [
            {
                "code": entry.matter.code,
                "name": entry.matter.name,
                "name_en": entry.matter.name_en,
                "major": entry.matter.major,
                "source": entry.matter.source,
                "conditions": [
                    {
                        "id": each.pk,
                        "text": each.text,
                        "closing": each.closing,
                        "limit": each.limit_value,
                        "limit_type": each.limit_type,
                        "unit_role": each.unit_role,
                        "basis": each.basis,
                    }
                    for each in entry.conditions
                ],
            }
            for entry in catalogue.entries(timezone.now())
        ]
    }


@router.get("/events", response={200: EventPage, PROBLEMS: Problem}, tags=["events"], operation_id="list_events")
def events(
    request: HttpRequest,
    after: str = Query("", max_length=40, description="`cursor` of the answer before; nothing: from the beginning."),
    limit: int = Query(100, ge=1, le=500),
) -> dict[str, Any]:
    """What happened to requests that the key's post may see, in order, each once. Scope `cases.read`. The same events
    come by webhook."""
    actor = asking(request, "cases.see")
    place = event_queries.place_of(after)
    if place is None:
        raise Refused("cursor", _("This is no cursor that we gave out."), field="after")
    return event_queries.page(actor, place, limit)
