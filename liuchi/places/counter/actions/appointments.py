"""Appointments: made, given free, reminded of."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.kernel.context import Context, system
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.people.actions.living import living
from liuchi.places.counter import rules
from liuchi.places.counter.hours import spans_on
from liuchi.places.counter.models import Appointment, Matter
from liuchi.places.counter.shared import locked


def appoint(ctx: Context, counter_id: UUID, matter_id: int, start: datetime) -> Appointment:
    """An appointment for the acting person. Twice stays one; a half hour has so many places and no more.

    Raises Refused("sign_in" | "matter" | "time" | "full" | "many").
    """
    if ctx.person is None:
        raise Refused("sign_in", _("Please sign in first."), status=401)
    with transaction.atomic():
        living(ctx.person)
        counter = locked(counter_id)
        matter = Matter.objects.filter(pk=matter_id, counter=counter, closed=False).first()
        if matter is None:
            raise Refused("matter", _("Please choose what it is about."), field="matter")
        day = rules.local_day(start)
        ahead = (day - rules.local_day(ctx.at)).days
        if start not in rules.starts(spans_on(counter, day), day):
            raise Refused("time", _("The counter is closed at that time. Please choose another."), field="start")
        if start <= ctx.at or ahead > rules.APPOINTED_AHEAD:
            raise Refused("time", _("Please choose a time within the next two weeks."), field="start")
        open_ = Appointment.objects.filter(counter=counter, cancelled_at=None)
        if mine := open_.filter(start=start, person_id=ctx.person).first():
            return mine
        if open_.filter(person_id=ctx.person, start__gt=ctx.at).count() >= rules.MOST_AHEAD:
            raise Refused("many", _("You have two appointments ahead. Cancel one that you do not need."), status=409)
        place = rules.free_place(counter.places, list(open_.filter(start=start).values_list("place", flat=True)))
        if place is None:
            raise Refused(
                "full", _("Somebody was faster: this time is full. Please choose another."), "start", status=409
            )
        mine = Appointment.objects.create(
            counter=counter, matter=matter, person_id=ctx.person, start=start, place=place, made_at=ctx.at
        )
        facts = {"appointment": mine.pk, "start": start.isoformat()}
        journal.write(ctx, counter.record, "counter.appointed", facts)
    return mine


def cancel_appointment(ctx: Context, appointment_id: int) -> None:
    """Gives the time free. Twice stays once."""
    with transaction.atomic():
        mine = Appointment.objects.select_for_update().filter(pk=appointment_id, person=ctx.person).first()
        if mine is None:
            raise Refused("not_yours", _("There is no such appointment."), status=404)
        if mine.cancelled_at is None:
            mine.cancelled_at = ctx.at
            mine.save(update_fields=["cancelled_at"])
            counter = locked(mine.counter_id)
            journal.write(ctx, counter.record, "counter.appointment_cancelled", {"appointment": mine.pk})


def remind_due(at: datetime) -> None:
    """The evening before, from six on, who has an appointment is reminded once. For the worker's tick."""
    here = at.astimezone(rules.PLACE_ZONE)
    if here.hour < 18:
        return
    ctx, first = system(at), rules.moment(here.date() + timedelta(days=1), datetime.min.time())
    due = Appointment.objects.filter(
        start__gte=first, start__lt=first + timedelta(days=1), cancelled_at=None, reminded_at=None
    )
    for pk, counter_id in due.values_list("pk", "counter_id")[:500]:
        with transaction.atomic():
            counter = locked(counter_id)
            if Appointment.objects.filter(pk=pk, reminded_at=None).update(reminded_at=at):
                journal.write(ctx, counter.record, "counter.tomorrow", {"appointment": pk})
