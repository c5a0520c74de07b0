"""Counters themselves: opened, changed, closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from liuchi.kernel.access import Target
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records
from liuchi.places import rules as hours
from liuchi.places.actions.acting import acting
from liuchi.places.counter import rules
from liuchi.places.counter.models import Appointment, Counter
from liuchi.places.counter.shared import locked
from liuchi.territory.models import Area

MOST_WINDOWS, MOST_PLACES = 30, 30


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody says of a counter. week: spans of seven days from Monday; days_off: of official days off, None: as usual."""

    name: str
    area: Area | None
    where: str = ""
    phone: str = ""
    week: Sequence[hours.Spans] = ((),) * 7
    days_off: hours.Spans | None = ()
    windows: int = 2
    places: int = 2
    asks_word: bool = False


def open_counter(ctx: Context, wanted: Wanted) -> Counter:
    """A new counter. Raises Refused("name" | "area" | "where" | "hours" | "windows" | "places" | "double"), and 403."""
    columns, area = _checked(wanted)
    ctx = acting(ctx, "counter.edit", Target(area_first=area.first))
    with transaction.atomic():
        counter = Counter(record=records.create("counter", area_id=area.pk), **columns)
        _save(counter, force_insert=True)
        journal.write(ctx, counter.record, "counter.opened", _told(counter))
    return counter


def change_counter(ctx: Context, counter_id: UUID, wanted: Wanted, *, expect: int | None = None) -> Counter:
    """Changes a counter; who has an appointment keeps it. Raises as `open_counter`, and for one changed meanwhile (409)."""
    columns, area = _checked(wanted)
    with transaction.atomic():
        counter = locked(counter_id)
        acting(ctx, "counter.edit", Target(area_first=area.first))
        ctx = acting(ctx, "counter.edit", counter)
        for name, value in columns.items():
            setattr(counter, name, value)
        _save(counter)
        records.move(counter.record, area.pk)
        journal.write(ctx, counter.record, "counter.changed", _told(counter), expect=expect)
    return counter


def close_counter(ctx: Context, counter_id: UUID) -> Counter:
    """The counter is no more: appointments ahead are given back, and who had one is told.

    Raises Refused("in_use") while an errand is not handed over: somebody waits for it.
    """
    with transaction.atomic():
        counter = locked(counter_id)
        ctx = acting(ctx, "counter.edit", counter)
        if counter.errands.exclude(stop="handed_over").exists():
            raise Refused("in_use", _("Errands are still open here. Hand them over first."), status=409)
        counter.closed_on = rules.local_day(ctx.at)
        counter.save(update_fields=["closed_on"])
        journal.write(ctx, counter.record, "counter.closed", {"closed_on": counter.closed_on.isoformat()})
        drop_appointments(ctx, counter, Appointment.objects.filter(counter=counter, start__gt=ctx.at))
    return counter


def drop_appointments(ctx: Context, counter: Counter, some: QuerySet[Appointment], **facts: Any) -> int:
    """Gives appointments back that can't be kept; who had one is told. Returns how many."""
    dropped = list(some.filter(cancelled_at=None).values_list("pk", flat=True))
    for pk in dropped:
        journal.write(ctx, counter.record, "counter.appointment_dropped", {"appointment": pk, **facts})
    Appointment.objects.filter(pk__in=dropped).update(cancelled_at=ctx.at)
    return len(dropped)


def _checked(wanted: Wanted) -> tuple[dict[str, Any], Area]:
    name, where = " ".join(wanted.name.split())[:60], " ".join(wanted.where.split())[:120]
    if not name:
        raise Refused("name", _("Please enter a name."), field="name")
    if wanted.area is None:
        raise Refused("area", _("Please choose the area."), field="area")
    if not where:
        raise Refused("where", _("Please say where people find it."), field="where")
    if not 1 <= wanted.windows <= MOST_WINDOWS:
        raise Refused("windows", _("From 1 to %(most)s windows.") % {"most": MOST_WINDOWS}, field="windows")
    if not 0 <= wanted.places <= MOST_PLACES:
        raise Refused("places", _("From 0 to %(most)s appointments.") % {"most": MOST_PLACES}, field="places")
    try:
        week = [day_spans(spans) for spans in wanted.week]
        days_off = None if wanted.days_off is None else day_spans(wanted.days_off)
    except hours.BadHours as error:
        raise Refused("hours", _("These hours can't be: %(part)s.") % {"part": error}, field="day0") from error
    if not any(week):
        raise Refused("hours", _("Please say when it is open, on one day at least."), field="day0")
    columns = {
        "name": name, "area": wanted.area, "where": where, "phone": " ".join(wanted.phone.split())[:40], "week": week,
        "days_off": days_off, "windows": wanted.windows, "places": wanted.places, "asks_word": wanted.asks_word,
    }  # fmt: skip
    return columns, wanted.area


def day_spans(spans: hours.Spans) -> list[list[int]]:
    """The hours of one day as they are kept. Raises BadHours, also for what runs over midnight."""
    day = [list(span) for span in hours.joined(spans)]
    if over := next((span for span in day if span[1] > hours.DAY), None):
        raise hours.BadHours(f"{hours.clock(over[0])}-{hours.clock(over[1])}")  # a number is of one day
    return day


def _save(counter: Counter, *, force_insert: bool = False) -> None:
    try:
        with transaction.atomic():
            counter.save(force_insert=force_insert)
    except IntegrityError as error:
        if "places_counter_once" not in str(error) and "places_counter.area_id" not in str(error):
            raise
        raise Refused(
            "double", _("There is already a counter of this name there."), field="name", status=409
        ) from error


def _told(counter: Counter) -> dict[str, Any]:
    return {
        "windows": counter.windows, "places": counter.places, "week": counter.week, "days_off": counter.days_off,
        "asks_word": counter.asks_word,
    }  # fmt: skip
