"""Days with other hours."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.kernel.context import CHINA, Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.places import rules
from liuchi.places.actions.acting import acting, locked_open
from liuchi.places.models import Exceptional


def set_exception(ctx: Context, point_id: UUID, day: date, spans: rules.Spans, why: str = "") -> Exceptional:
    """One day's own hours; no span: closed. A second time replaces the first. Raises Refused("day" | "hours")."""
    try:
        spans = rules.joined(spans)
    except rules.BadHours as error:
        raise Refused("hours", _("These hours can't be: %(part)s.") % {"part": error}, field="spans") from error
    if day < ctx.at.astimezone(CHINA).date():
        raise Refused("day", _("This day is over. Please choose today or a later day."), field="day")
    with transaction.atomic():
        point = locked_open(point_id)
        ctx = acting(ctx, "places.edit", point)
        stored = [list(span) for span in spans]
        exception, _new = Exceptional.objects.update_or_create(
            point=point, day=day, defaults={"spans": stored, "why": " ".join(why.split())[:60]}
        )
        journal.write(ctx, point.record, "place.day_set", {"day": day.isoformat(), "spans": stored})
    return exception


def drop_exception(ctx: Context, point_id: UUID, day: date) -> None:
    """The day is as any other again; one that never was an exception changes nothing."""
    with transaction.atomic():
        point = locked_open(point_id)
        ctx = acting(ctx, "places.edit", point)
        gone, _each = point.exceptions.filter(day=day).delete()
        if gone:
            journal.write(ctx, point.record, "place.day_dropped", {"day": day.isoformat()})
