"""What goes in and out of /api/v1, as OpenAPI describes it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Schema

from liuchi.cases import rules

# What may go wrong anywhere; each answer has the form of a Problem.
PROBLEMS = frozenset({400, 401, 403, 404, 405, 409, 413, 422, 429})


class Problem(Schema):
    """What was refused: a code for programs, a sentence for people."""

    error: str
    message: str
    field: str | None = None
    retry_after: int | None = Field(None, description="Seconds to wait before asking again.")


class MatterName(Schema):
    code: str
    name: str


class AreaName(Schema):
    code: str
    name: str


class UnitName(Schema):
    id: UUID
    name: str


class CaseOut(Schema):
    """A request as the office may see it: words without phone numbers and names, nobody's name."""

    id: UUID
    number: str
    state: str
    outcome: str | None
    channel: str
    text: str = Field(
        description="Masked: phone numbers, ID numbers and the names people give of themselves are hidden."
    )
    reply: str | None
    matter: MatterName | None
    area: AreaName | None
    unit: UnitName | None
    place: str
    lon: float | None = Field(description="WGS-84 degrees")
    lat: float | None = Field(description="WGS-84 degrees")
    reported_at: datetime
    due_at: datetime | None
    updated_at: datetime
    closed_at: datetime | None


class CaseDetail(CaseOut):
    photos: list[str] = Field(description="Faces are hidden; each address opens for an hour.")
    can: list[str] = Field(description="What this key may do with it now.")


class CasesWanted(Schema):
    """Which requests."""

    state: str = Field("", max_length=200, description=f"By comma: {', '.join(rules.STATES)}.")
    matter: str = Field("", max_length=10, description="Code of a matter.")
    area: str = Field("", max_length=20, description="Code of an area; all below it as well.")
    since: datetime | None = Field(None, description="Reported at or after.")
    until: datetime | None = Field(None, description="Reported before.")
    cursor: UUID | None = Field(None, description="`next` of the page before.")
    limit: int = Field(50, ge=1, le=100)


class CasePage(Schema):
    cases: list[CaseOut]
    next: str | None = Field(description="Give it as `cursor` to go on; nothing when this was the last page.")


class ReportIn(Schema):
    """What somebody said. Words are needed, all else may be missing."""

    text: str = Field(max_length=5000, min_length=1)
    lon: float | None = Field(None, ge=-180, le=180)
    lat: float | None = Field(None, ge=-90, le=90)
    coordinates: Literal["wgs84", "gcj02", "bd09"] = Field("wgs84", description="In which system lon and lat are.")
    place: str = Field("", max_length=120)
    area: str = Field("", max_length=20, description="Code of the area, where there is no point.")
    matter: str = Field("", max_length=10, description="Code of the matter, if it is known.")
    phone: str = Field("", max_length=30, description="To call back. Kept encrypted; each look at it is noted.")


class ReportOut(Schema):
    id: UUID
    number: str
    receipt: str = Field(description="Whoever holds it can follow the report at /r/{receipt}. Told this once.")
    url: str
    near: int = Field(description="How many open requests lie within 50 metres.")


class HandledIn(Schema):
    text: str = Field(max_length=2000, min_length=1, description="What was done; the reporter reads it.")
    outcome: str = Field("done", max_length=12, description="`done`, or `not_done`.")


class TurnOut(Schema):
    id: UUID
    state: str


class ContactOut(Schema):
    phone: str


class ConditionOut(Schema):
    id: int
    text: str
    closing: str
    limit: int
    limit_type: Literal["urgent_hour", "work_hour", "work_day", "natural_day"]
    unit_role: str
    basis: str


class MatterOut(Schema):
    code: str
    name: str
    name_en: str
    major: str
    source: str = Field(description="`gbt`: GB/T 47678.5-2026; `local`: added here.")
    conditions: list[ConditionOut]


class CatalogueOut(Schema):
    matters: list[MatterOut]


class EventOut(Schema):
    id: str = Field(description="The same for the same event, here and in webhooks.")
    type: str
    at: datetime
    case: UUID
    channel: str
    data: dict[str, str | int | float | bool | list[str] | None] = Field(description="Ids, codes and numbers.")


class EventPage(Schema):
    events: list[EventOut]
    cursor: str = Field(description="Give it as `after` the next time.")
    more: bool
