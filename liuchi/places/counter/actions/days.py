"""Single days on which a counter is closed, or has other hours."""

from __future__ import annotations

from datetime import date, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.places import rules as hours
from liuchi.places.actions.acting import acting
from liuchi.places.counter import rules
from liuchi.places.counter.actions.opening import day_spans, drop_appointments
from liuchi.places.counter.models import Appointment, CounterDay
from liuchi.places.counter.shared import locked


def set_day(ctx: Context, counter_id: UUID, day: date, spans: hours.Spans, why: str = "") -> int:
    """One day's own hours; no span: closed. A second time replaces the first. Appointments outside of them are given back,
    and who had one is told; returns how many. Raises Refused("day" | "hours")."""
    try:
        stored = day_spans(spans)
    except hours.BadHours as error:
        raise Refused("hours", _("These hours can't be: %(part)s.") % {"part": error}, field="spans") from error
    if day < rules.local_day(ctx.at):
        raise Refused("day", _("This day is over. Please choose today or a later day."), field="day")
    with transaction.atomic():
        counter = locked(counter_id)
        ctx = acting(ctx, "counter.edit", counter)
        CounterDay.objects.update_or_create(
            counter=counter, day=day, defaults={"spans": stored, "why": " ".join(why.split())[:60]}
        )
        journal.write(ctx, counter.record, "counter.day_set", {"day": day.isoformat(), "spans": stored})
        midnight = rules.moment(day, time())
        of_day = Appointment.objects.filter(
            counter=counter, start__gte=midnight, start__lt=midnight + timedelta(days=1)
        )
        kept = rules.starts([(opens, closes) for opens, closes in stored], day)
        return drop_appointments(
            ctx, counter, of_day.filter(start__gt=ctx.at).exclude(start__in=kept), day=day.isoformat()
        )


def drop_day(ctx: Context, counter_id: UUID, day: date) -> None:
    """The day is as any other again; one that never was an exception changes nothing."""
    with transaction.atomic():
        counter = locked(counter_id)
        ctx = acting(ctx, "counter.edit", counter)
        gone, _each = counter.exceptions.filter(day=day).delete()
        if gone:
            journal.write(ctx, counter.record, "counter.day_dropped", {"day": day.isoformat()})
