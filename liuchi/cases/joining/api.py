"""JSON for the phone: what may be the same as what somebody is writing, and what one follows."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema

from liuchi.cases.alike import queries as alike
from liuchi.cases.joining import queries, seeing, shapes
from liuchi.kernel import geo
from liuchi.kernel.media import queries as media

router = Router(tags=["cases"])
LONGEST = 500
SHOWN = 3


class Written(Schema):
    """Words and a point (WGS-84 degrees) of a report that is being written."""

    text: Annotated[str, Field(max_length=5000)] = ""
    lon: float
    lat: float
    matter: UUID | None = None


@router.post("/alike", url_name="joining_alike")
def same(request: HttpRequest, said: Written) -> dict[str, Any]:
    """Open reports that may be the same, with what everybody may see of them. A read, and POST only because an address is kept
    in logs."""
    text = said.text[:LONGEST].replace("\x00", "").strip()
    if len(text) < 2 or not geo.is_position(said.lon, said.lat):
        return {"cases": []}
    person = request.actor.person_id  # type: ignore[attr-defined]
    hints = alike.of_words(text, said.lon, said.lat, timezone.now(), said.matter)
    hints = [hint for hint in hints if seeing.for_everybody(hint.case)][:SHOWN]
    files = media.of_records([hint.case.pk for hint in hints]) if hints else {}
    return {
        "cases": [
            {
                "id": str(hint.case.pk),
                "title": seeing.title(hint.case),
                "matter": hint.case.matter.label if hint.case.matter else None,
                "place": seeing.place(hint.case),
                "day": seeing.day(hint.case),
                "metres": round(hint.metres or 0),
                "photo": shapes.picture(files.get(hint.case.pk, [])),
                "own": bool(person and hint.case.reporter_id == person),
            }
            for hint in hints
        ]
    }


@router.get("/mine", url_name="joining_mine")
def mine(request: HttpRequest) -> dict[str, Any]:
    """What the signed-in person follows; nothing without sign-in."""
    person = request.actor.person_id  # type: ignore[attr-defined]
    followed = queries.followed_by(person, queries.MOST) if person else []
    files = media.of_records([one.case_id for one in followed]) if followed else {}
    return {"cases": [shapes.card(one, files.get(one.case_id, [])) for one in followed]}
