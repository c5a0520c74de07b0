"""How a point stands now, said by who keeps it with one tap."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.kernel.context import CHINA, Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.places import rules
from liuchi.places.actions.acting import acting, locked_open
from liuchi.places.models import ServicePoint
from liuchi.places.queries.hours import hours_of, is_off


def say(ctx: Context, point_id: UUID, said: str, how_long: str = "closing") -> ServicePoint:
    """It is open, full, closed, without water … (`rules.SAID`), for as long as `how_long` (`rules.LASTS`) says; it ends by
    itself. The same word again only moves the end. What was tapped offline and comes late does not undo a newer word.

    Raises Refused("said" | "how_long" | "not_yours").
    """
    if said not in rules.SAID:
        raise Refused("said", _("Please choose how it is."), field="said")
    if how_long not in rules.LASTS:
        raise Refused("how_long", _("Please choose how long it will be so."), field="how_long")
    with transaction.atomic():
        point = locked_open(point_id)
        ctx = acting(ctx, "places.keep", point)
        if point.said_at and point.said_at > ctx.at:
            return point
        local = ctx.at.astimezone(CHINA)
        until = rules.lasts_until(how_long, local, rules.opening(hours_of(point), local, is_off))
        if until <= local:
            until = local + timedelta(hours=1)
        point.said, point.said_at, point.said_until = said, ctx.at, until
        point.save(update_fields=["said", "said_at", "said_until"])
        journal.write(ctx, point.record, "place.said", {"said": said, "until": until.isoformat()})
    return point


def unsay(ctx: Context, point_id: UUID) -> ServicePoint:
    """As the hours say again. Nothing was said: nothing changes."""
    with transaction.atomic():
        point = locked_open(point_id)
        ctx = acting(ctx, "places.keep", point)
        if not point.said or (point.said_at and point.said_at > ctx.at):
            return point
        point.said, point.said_at, point.said_until = "", ctx.at, None
        point.save(update_fields=["said", "said_at", "said_until"])
        journal.write(ctx, point.record, "place.unsaid")
    return point
