"""Duties: opened, changed, ended; and their shifts planned ahead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from liuchi.duties import rules
from liuchi.duties.actions.acting import acting
from liuchi.duties.models import Duty, Shift
from liuchi.kernel.context import Context, system
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records
from liuchi.kernel.records.models import Record
from liuchi.kernel.recurrence import rules as recurrence
from liuchi.kernel.worktime import queries as worktime

if TYPE_CHECKING:
    from liuchi.people.models import Organisation, Person
    from liuchi.territory.models import Area


@dataclass(slots=True)
class Said:
    """What somebody says of a duty. rule: an RRULE text that `recurrence.rules.read` takes."""

    title: str
    area: Area
    rule: str
    starts_on: date
    begins: time
    ends: time
    kind: str = "roster"
    what: str = ""
    where: str = ""
    about: Record | None = None
    unit: Organisation | None = None
    team_only: bool = False
    keeper: Person | None = None
    until: date | None = None
    without: list[date] = field(default_factory=list)
    free_days: str = "keep"
    needs: int = 1
    back_hours: int = 24


def said_of(duty: Duty) -> Said:
    """What stands of a duty now."""
    kept = {name: getattr(duty, name) for name in Said.__dataclass_fields__ if name != "without"}
    return Said(**kept, without=[date.fromisoformat(day) for day in duty.without])


def open_duty(ctx: Context, said: Said) -> Duty:
    """A new duty with its first shifts. Raises Refused("title" | "rule" | "starts_on" | "until" | "needs" | "unit")."""
    _refuse_first_day(ctx, said.starts_on)
    _check(said)
    ctx = acting(ctx, "duties.plan", said.area.access_target())
    with transaction.atomic():
        record = records.create("duty", area_id=said.area.pk)
        duty = Duty(record=record, **_columns(said))
        duty.save(force_insert=True)
        journal.write(ctx, record, "duty.opened", _facts(duty))
        plan_duty(ctx, duty)
    return duty


def change_duty(ctx: Context, duty: Duty, said: Said, expect: int | None = None) -> Duty:
    """Changes a duty. Shifts that lie ahead and that nobody has taken follow the new rule; those that somebody took stay as
    they were agreed. Raises Refused as `open_duty`, and "ended"."""
    if duty.ended_on:
        raise Refused("ended", _("This duty has ended. Please open a new one."), status=409)
    said.kind = duty.kind
    if said.starts_on != duty.starts_on:
        _refuse_first_day(ctx, said.starts_on)
    _check(said)
    acting(ctx, "duties.plan", said.area.access_target())
    ctx = acting(ctx, "duties.plan", duty)
    for name, value in _columns(said).items():
        setattr(duty, name, value)
    with transaction.atomic():
        duty.save()
        records.move(duty.record, said.area.pk)
        journal.write(ctx, duty.record, "duty.changed", _facts(duty), expect=expect)
        plan_duty(ctx, duty)
    return duty


def end_duty(ctx: Context, duty: Duty) -> Duty:
    """Ends a duty: free shifts that lie ahead are dropped, those that somebody took stay and can be called off singly."""
    ctx = acting(ctx, "duties.plan", duty)
    with transaction.atomic():
        if not Duty.objects.filter(pk=duty.pk, ended_on=None).update(ended_on=rules.local_day(ctx.at)):
            raise Refused("ended", _("This duty has already ended."), status=409)
        duty.ended_on = rules.local_day(ctx.at)
        journal.write(ctx, duty.record, "duty.ended", {"on": duty.ended_on.isoformat()})
        plan_duty(ctx, duty)
    return duty


def plan_due(at: datetime) -> None:
    """Makes the shifts of the coming weeks for all duties; a second time changes nothing. For the worker's tick."""
    ctx = system(at)
    for pk in Duty.objects.filter(ended_on=None).values_list("pk", flat=True):
        with transaction.atomic():
            plan_duty(ctx, Duty.objects.select_for_update().get(pk=pk))


def plan_duty(ctx: Context, duty: Duty) -> rules.Changes:
    """Brings the shifts of one duty in line with its rule. Call inside a transaction."""
    today = rules.local_day(ctx.at)
    known = list(
        Shift.objects.filter(duty=duty, nominal__gte=today)
        .annotate(taken=Count("signups", filter=Q(signups__left_at=None)))
        .select_related("record")
    )
    changes = rules.plan([_planned(shift) for shift in known], wanted(duty, ctx.at), ctx.at)
    by_day = {shift.nominal: shift for shift in known}
    for new in changes.make:
        shift = Shift(record=records.create("shift", area_id=duty.area_id), duty=duty, nominal=new.nominal)
        _write(ctx, shift, new, "shift.planned", fresh=True)
    for new in changes.change:
        _write(ctx, by_day[new.nominal], new, "shift.moved")
    for day in changes.drop:
        shift = by_day[day]
        shift.state = rules.DROPPED
        shift.save(update_fields=["state"])
        journal.write(ctx, shift.record, "shift.dropped", {"day": shift.day.isoformat()})
    return changes


def wanted(duty: Duty, at: datetime) -> Iterable[rules.Wanted]:
    """The shifts that a duty should have from now on."""
    if duty.ended_on:
        return []
    today = rules.local_day(at)
    last = today + (rules.RHYTHMS_AHEAD if duty.kind == Duty.Kind.RHYTHM else rules.AHEAD)
    last = min(last, duty.until) if duty.until else last
    without = {date.fromisoformat(day) for day in duty.without}
    calendar = worktime.current()
    found = []
    for nominal in recurrence.days(duty.rule, duty.starts_on, today, last, without):
        day = recurrence.held_on(nominal, duty.free_days, calendar)  # type: ignore[arg-type]
        if day is not None:
            begins, ends = rules.span(day, duty.begins, duty.ends)
            found.append(rules.Wanted(nominal, day, begins, ends, duty.needs))
    return found


def _planned(shift: Shift) -> rules.Planned:
    return rules.Planned(
        shift.nominal, shift.day, shift.begins, shift.ends, shift.needs, shift.taken, shift.state  # type: ignore[attr-defined]
    )  # fmt: skip


def _write(ctx: Context, shift: Shift, new: rules.Wanted, verb: str, fresh: bool = False) -> None:
    shift.day, shift.begins, shift.ends, shift.needs = new.day, new.begins, new.ends, new.needs
    shift.state = rules.PLANNED
    shift.save(force_insert=fresh)
    journal.write(ctx, shift.record, verb, {"duty": str(shift.duty_id), "day": new.day.isoformat()})


def _columns(said: Said) -> dict[str, Any]:
    return {
        "kind": said.kind,
        "title": " ".join(said.title.split())[:60],
        "what": said.what.strip()[:500],
        "where": " ".join(said.where.split())[:120],
        "about": said.about,
        "area": said.area,
        "unit": said.unit,
        "team_only": said.team_only,
        "keeper": said.keeper,
        "rule": said.rule,
        "starts_on": said.starts_on,
        "until": said.until,
        "without": sorted({day.isoformat() for day in said.without}),
        "free_days": said.free_days,
        "begins": said.begins,
        "ends": said.ends,
        "needs": 0 if said.kind == Duty.Kind.RHYTHM else said.needs,
        "back_hours": said.back_hours,
    }


def _facts(duty: Duty) -> dict[str, Any]:
    return {
        "kind": duty.kind,
        "rule": duty.rule,
        "starts_on": duty.starts_on.isoformat(),
        "until": duty.until.isoformat() if duty.until else None,
        "begins": duty.begins.isoformat("minutes"),
        "ends": duty.ends.isoformat("minutes"),
        "needs": duty.needs,
        "about": str(duty.about_id) if duty.about_id else None,
        "unit": str(duty.unit_id) if duty.unit_id else None,
    }


def _refuse_first_day(ctx: Context, first: date) -> None:
    if not rules.may_start(first, rules.local_day(ctx.at)):
        sentence = _(
            "The first day lies at most one year back and three years ahead. Please look at the year once more."
        )
        raise Refused("starts_on", sentence, field="starts_on")


def _check(said: Said) -> None:
    if not said.title.strip():
        raise Refused("title", _("Please say what the duty is called."), field="title")
    try:
        recurrence.read(said.rule)
    except ValueError:
        raise Refused("rule", _("Please choose how often it recurs."), field="how")
    if said.until and said.until < said.starts_on:
        raise Refused("until", _("The last day must not lie before the first."), field="until")
    if said.kind == Duty.Kind.ROSTER and not 1 <= said.needs <= 50:
        raise Refused("needs", _("A shift needs between 1 and 50 people."), field="needs")
    if said.begins == said.ends:
        raise Refused("ends", _("The end must lie after the beginning."), field="ends")
    if said.team_only and said.unit is None:
        raise Refused("unit", _("Please choose the team whose people may sign up."), field="unit")


def locked(pk: UUID) -> Shift:
    """A shift that nobody else changes until the transaction ends; what hangs on it is read after that."""
    found = Shift.objects.select_for_update().filter(pk=pk).first()
    if found is None:
        raise Refused("unknown", _("This shift does not exist any more."), status=404)
    return found
