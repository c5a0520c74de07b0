"""/api/v1/me: what a key is for; and the areas there are."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from liuchi.kernel.errors import Refused
from liuchi.people.tokens.access import TokenActor
from liuchi.people.tokens.auth import asking
from liuchi.territory.models import Area

router = Router()
AREAS_AT_ONCE = 1000
PROBLEMS = frozenset({400, 401, 403, 404, 405, 422, 429})


class Refusal(Schema):
    error: str
    message: str
    field: str | None = None


class MeOut(Schema):
    """What this key is for."""

    name: str
    scopes: list[str]
    post: str
    area: str | None
    unit: str | None
    ends: date


class AreaOut(Schema):
    code: str
    name: str
    level: Literal["province", "city", "county", "street", "community", "grid"]
    parent: str | None


class AreasOut(Schema):
    areas: list[AreaOut]
    next: str | None


@router.get("/me", response={200: MeOut, PROBLEMS: Refusal}, tags=["key"], operation_id="read_key")
def me(request: HttpRequest) -> dict[str, Any]:
    """What the key is for, on whose behalf, and until when. Any key."""
    actor: TokenActor = request.actor
    token = actor.token
    post = token.post
    return {
        "name": token.name,
        "scopes": token.scopes.split(),
        "post": post.title or str(post.get_role_display()),
        "area": post.area.code if post.area else None,
        "unit": post.organisation.name if post.organisation else None,
        "ends": token.ends,
    }


@router.get("/areas", response={200: AreasOut, PROBLEMS: Refusal}, tags=["areas"], operation_id="list_areas")
def areas(
    request: HttpRequest,
    within: str = Query("", max_length=20, description="Code of an area; nothing: the whole of the post's."),
    after: str = Query("", max_length=20, description="`next` of the page before."),
) -> dict[str, Any]:
    """Streets, communities and grids that the key's post may see, by their codes. Scope `areas.read`."""
    actor = asking(request, "territory.see")
    found = Area.objects.filter(actor.q("territory.see", area=None) | _reach(actor), valid_to=None)
    if within:
        top = Area.objects.filter(code=within.replace("\x00", ""), valid_to=None).first()
        if top is None:
            raise Refused("within", _("There is no area with this code."), field="within", status=404)
        found = found.filter(first__gte=top.first, first__lte=top.last)
    if after:
        found = found.filter(code__gt=after.replace("\x00", ""))
    rows = list(
        found.select_related("parent").defer("boundary", "parent__boundary").order_by("code")[: AREAS_AT_ONCE + 1]
    )
    return {
        "areas": [
            {"code": one.code, "name": one.name, "level": one.level, "parent": one.parent.code if one.parent else None}
            for one in rows[:AREAS_AT_ONCE]
        ],
        "next": rows[AREAS_AT_ONCE - 1].code if len(rows) > AREAS_AT_ONCE else None,
    }


def _reach(actor: TokenActor) -> Any:
    reach = Q(pk__in=[])
    for first, last in actor.scope("territory.see").areas:
        reach |= Q(first__gte=first, first__lte=last)
    return reach
