"""What a program may deliver: as with a phone, a key of its own makes each write one write, however often it is sent."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID, uuid4, uuid5

from django.http import HttpRequest
from django.utils.translation import gettext as _

from liuchi.cases import actions
from liuchi.cases.models import Case, Matter
from liuchi.cases.rest.reads import plain
from liuchi.kernel import geo
from liuchi.kernel.context import Context, of_request
from liuchi.kernel.errors import Refused
from liuchi.kernel.outbox import actions as outbox
from liuchi.people.tokens.access import TokenActor
from liuchi.territory.models import Area

Body = dict[str, Any]
TO_WGS84 = {"gcj02": geo.gcj_to_wgs, "bd09": geo.bd_to_wgs}
LONGEST_KEY = 200


def deliver(request: HttpRequest, actor: TokenActor, verb: str, body: Body, channel: str = "api") -> outbox.Answer:
    """Carries out one write of a program, once for each ``Idempotency-Key`` it gives. Raises Refused: 409 for the same key
    with another content, else as the action."""
    given = request.headers.get("Idempotency-Key", "").strip()
    if len(given) > LONGEST_KEY:
        sentence = _("An idempotency key has at most %(most)s characters.") % {"most": LONGEST_KEY}
        raise Refused("key", sentence, field="Idempotency-Key")
    # Of two programs that count 1, 2, 3 neither gets the other's answer.
    key = uuid5(cast(UUID, actor.token_id), f"{verb} {given}") if given else uuid4()
    ctx = of_request(request, channel)
    return outbox.deliver(ctx, str(actor.token_id), key, verb, body | {"source": actor.token.source}, [])


def reported(ctx: Context, body: Body, media: list[UUID]) -> Body:
    """``api.report``: number, receipt and what is close by."""
    lon, lat = body.get("lon"), body.get("lat")
    if lon is not None and lat is not None and body.get("coordinates") in TO_WGS84:
        lon, lat = TO_WGS84[body["coordinates"]](lon, lat)
    taken = actions.report(
        ctx,
        actions.Said(
            text=plain(body["text"]),
            lon=lon,
            lat=lat,
            place_source="gps" if lon is not None else "none",
            place_id=UUID(body["place_id"]) if body.get("place_id") else None,
            place_words=plain(body.get("place", "")),
            phone=plain(body.get("phone", "")),
            matter_id=_matter(body.get("matter", "")),
            area=_area(body.get("area", "")),
            source=body["source"],
        ),
    )
    case = taken.case
    return {
        "id": str(case.pk),
        "number": case.number,
        "receipt": taken.receipt,
        "url": f"/r/{taken.receipt}",
        "near": len(taken.near),
    }


def accepted(ctx: Context, body: Body, media: list[UUID]) -> Body:
    """``api.accept``"""
    return _now(actions.accept(ctx, UUID(body["case"])))


def handled(ctx: Context, body: Body, media: list[UUID]) -> Body:
    """``api.handle``"""
    return _now(actions.handle(ctx, UUID(body["case"]), plain(body["text"]), body["outcome"], media))


def _now(case: Case) -> Body:
    return {"id": str(case.pk), "state": case.state}


def _matter(code: str) -> UUID | None:
    if not code:
        return None
    found = (
        Matter.objects.filter(kind="event", code=plain(code))
        .exclude(valid_from=None)
        .values_list("pk", flat=True)
        .first()
    )
    if found is None:
        raise Refused("matter", _("There is no such matter in the catalogue."), field="matter")
    return found


def _area(code: str) -> Area | None:
    if not code:
        return None
    found = Area.objects.filter(code=plain(code), valid_to=None).first()
    if found is None:
        raise Refused("area", _("There is no area with this code."), field="area")
    return found
