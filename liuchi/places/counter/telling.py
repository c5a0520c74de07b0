"""What who has an appointment is told, and what is kept on them; what recurs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuchi import notices
from liuchi.kernel import access, ticks
from liuchi.kernel.context import Context
from liuchi.kernel.journal.models import Row
from liuchi.kernel.recurrence import words
from liuchi.kernel.ui import nav
from liuchi.people import data
from liuchi.places.counter import rules
from liuchi.places.counter.abilities import ABILITIES
from liuchi.places.counter.actions import remind_due
from liuchi.places.counter.models import Appointment, Errand


def register_all() -> None:
    """Called when the program starts."""
    access.register(ABILITIES)
    nav.register(
        "me",
        key="counter",
        label=gettext_lazy("Counter: numbers and appointments"),
        icon="window",
        url="/counter",
        order=36,
    )
    notices.register("counter.tomorrow", _who, _told)
    notices.register("counter.appointment_dropped", _whose, _dropped)
    data.register("appointments", data.Keeper(gettext_lazy("Appointments at the counter"), kept, erase))
    ticks.register("counter.remind", timedelta(minutes=10), remind_due)


def _who(row: Row) -> set[UUID]:
    return set(
        Appointment.objects.filter(pk=row.facts["appointment"], cancelled_at=None).values_list("person", flat=True)
    )


def _whose(row: Row) -> set[UUID]:
    return set(Appointment.objects.filter(pk=row.facts["appointment"]).values_list("person", flat=True))


def _dropped(row: Row) -> tuple[str, str, str] | None:
    mine = Appointment.objects.select_related("matter", "counter").filter(pk=row.facts["appointment"]).first()
    if mine is None:
        return None
    here = mine.start.astimezone(rules.PLACE_ZONE)
    when = f"{words.day(here.date())} {here.hour}:{here.minute:02}"
    title = _("Cancelled: %(name)s") % {"name": mine.matter.name}
    if "day" in row.facts:
        body = _("%(counter)s is not open at %(when)s after all. Please choose another time; we are sorry.")
        return title, body % {"counter": mine.counter.name, "when": when}, f"/counter/m/{mine.matter_id}/appointment"
    body = _("%(counter)s has closed; %(when)s falls away. Other counters are on the page “Counter”.")
    return title, body % {"counter": mine.counter.name, "when": when}, "/counter"


def _told(row: Row) -> tuple[str, str, str] | None:
    mine = Appointment.objects.select_related("matter", "counter").filter(pk=row.facts["appointment"]).first()
    if mine is None or mine.cancelled_at:
        return None
    here = mine.start.astimezone(rules.PLACE_ZONE)
    when = f"{words.day(here.date())} {here.hour}:{here.minute:02}"
    bring = _("To bring: %(things)s") % {"things": _(", ").join(mine.matter.bring)} if mine.matter.bring else ""
    body = " · ".join(part for part in (when, mine.counter.where, bring) if part)
    return _("Tomorrow: %(title)s") % {"title": mine.matter.name}, body, f"/counter/appointments/{mine.pk}"


def kept(person_id: UUID) -> list[dict[str, Any]]:
    """Appointments; and what somebody took in for others, without whose."""
    mine = Appointment.objects.filter(person=person_id).select_related("matter")
    helped = Errand.objects.filter(helper=person_id).select_related("matter")
    rows = [{"what": one.matter.name, "when": one.start.isoformat(), "as": "appointment"} for one in mine]
    return rows + [{"what": one.matter.name, "when": one.received_at.isoformat(), "as": "helper"} for one in helped]


def erase(ctx: Context, person_id: UUID) -> None:
    """Appointments go; errands stay with the office, without the helper."""
    Appointment.objects.filter(person=person_id).delete()
    Errand.objects.filter(helper=person_id).update(helper=None)
