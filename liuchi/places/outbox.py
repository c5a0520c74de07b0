"""What a keeper's phone may deliver later."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from liuchi.cases.outbox import told
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.outbox import actions as outbox
from liuchi.places import actions, words
from liuchi.places.queries import points

Body = dict[str, Any]


def register_all() -> None:
    """Called when the program starts."""
    outbox.register("place.count", count, per_minute=120)
    outbox.register("place.say", say, per_minute=30)
    outbox.register("place.problem", problem, per_minute=settings.REPORTS_PER_MINUTE)


def count(ctx: Context, body: Body, media: list[UUID]) -> Body:
    """``place.count``: point, visits, uses {service: n}."""
    uses = body.get("uses") or {}
    if not isinstance(uses, dict) or not all(isinstance(n, int) and not isinstance(n, bool) for n in uses.values()):
        raise _unreadable()
    visits = body.get("visits", 1)
    if not isinstance(visits, int) or isinstance(visits, bool):
        raise _unreadable()
    actions.count(ctx, _point(body), visits, {str(code): n for code, n in uses.items()})
    return {"visits": visits}


def say(ctx: Context, body: Body, media: list[UUID]) -> Body:
    """``place.say``: point, said (empty: as the hours say), how_long -> the state in words."""
    said, how_long = body.get("said") or "", body.get("how_long") or "closing"
    if not isinstance(said, str) or not isinstance(how_long, str):
        raise _unreadable()
    if said:
        actions.say(ctx, _point(body), said, how_long)
    else:
        actions.unsay(ctx, _point(body))
    shown = points.one(_point(body), timezone.now())
    return {"state_words": words.state(shown.now, shown.at) if shown else ""}


def problem(ctx: Context, body: Body, media: list[UUID]) -> Body:
    """``place.problem``: point (the code of its sign), what (a code of `places.faults`), text, phone -> what ``case.report``
    tells."""
    said = {name: body.get(name) or "" for name in ("point", "what", "text", "phone")}
    if not all(isinstance(one, str) for one in said.values()):
        raise _unreadable()
    point = points.by_code(said["point"])
    if point is None or point.closed_on is not None:
        raise Refused("given_up", _("This place has been given up."), status=409)
    return told(actions.take_problem(ctx, point, said["what"], said["text"], phone=said["phone"], media=media))


def _point(body: Body) -> UUID:
    try:
        return UUID(str(body.get("point")))
    except ValueError:
        raise _unreadable()


def _unreadable() -> Refused:
    return Refused("form", _("This could not be read. Open the page again; what you wrote is kept."))
