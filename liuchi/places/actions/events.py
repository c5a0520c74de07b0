"""What is on at a point: planned, changed, called off, and how many came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from liuchi.kernel.context import CHINA, Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records
from liuchi.places.actions.acting import acting, locked_open
from liuchi.places.models import Event

MOST_CAME = 5000
LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True)
class Planned:
    """An event as somebody wants it; begins and ends are aware."""

    kind: str
    title: str
    begins: datetime
    ends: datetime
    about: str = ""


def plan_event(ctx: Context, point_id: UUID, planned: Planned) -> Event:
    """Puts an event on; one that already took place may be entered afterwards. Raises Refused(kind | title | ends |
    double)."""
    title = _checked(planned)
    with transaction.atomic():
        point = locked_open(point_id)
        ctx = acting(ctx, "places.edit", point)
        record = records.create("places_event", area_id=point.area_id)
        event = Event(record=record, point=point)
        _fill(event, planned, title)
        _save(event, force_insert=True)
        journal.write(ctx, record, "place_event.planned", _facts(event))
    return event


def change_event(ctx: Context, event_id: UUID, planned: Planned, *, expect: int | None = None) -> Event:
    """Another time, another title. Raises as plan_event, and Refused("called_off")."""
    title = _checked(planned)
    with transaction.atomic():
        event = _locked(event_id)
        ctx = acting(ctx, "places.edit", event)
        _fill(event, planned, title)
        _save(event)
        journal.write(ctx, event.record, "place_event.changed", _facts(event), expect=expect)
    return event


def call_off(ctx: Context, event_id: UUID) -> Event:
    """It does not take place; the page says so until its time is over. A second time changes nothing."""
    with transaction.atomic():
        event = _locked(event_id, called_off_too=True)
        ctx = acting(ctx, "places.edit", event)
        if event.cancelled_at is None:
            event.cancelled_at = ctx.at
            event.save(update_fields=["cancelled_at"])
            journal.write(ctx, event.record, "place_event.called_off")
    return event


def note_came(ctx: Context, event_id: UUID, came: int) -> Event:
    """How many came, as somebody counted; the last number counts. Raises Refused("came" | "early")."""
    if not 0 <= came <= MOST_CAME:
        raise Refused("came", _("Please enter a number between 0 and %(n)s.") % {"n": MOST_CAME}, field="came")
    with transaction.atomic():
        event = _locked(event_id)
        ctx = acting(ctx, "places.keep", event)
        if event.begins > ctx.at:
            raise Refused("early", _("It has not begun yet."), field="came", status=409)
        event.came = came
        event.save(update_fields=["came"])
        journal.write(ctx, event.record, "place_event.came", {"came": came})
    return event


def _locked(event_id: UUID, *, called_off_too: bool = False) -> Event:
    event = (
        Event.objects.select_for_update(of=("self", "record"))
        .select_related("record", "point__area")
        .filter(pk=event_id)
        .first()
    )
    if event is None:
        raise Refused("not_found", _("There is no such event."), status=404)
    if event.cancelled_at and not called_off_too:
        raise Refused("called_off", _("It has been called off."), status=409)
    return event


def _checked(planned: Planned) -> str:
    title = " ".join(planned.title.split())
    if planned.kind not in dict(Event.KINDS):
        raise Refused("kind", _("Please choose what it is."), field="kind")
    if not title:
        raise Refused("title", _("Please enter a title."), field="title")
    if len(title) > LONGEST_TITLE:
        raise Refused(
            "title", _("This title is too long: at most %(n)s characters.") % {"n": LONGEST_TITLE}, field="title"
        )
    if planned.ends <= planned.begins:
        raise Refused("ends", _("The end must lie after the beginning."), field="ends")
    return title


def _fill(event: Event, planned: Planned, title: str) -> None:
    event.kind, event.title, event.about = planned.kind, title, " ".join(planned.about.split())[:400]
    event.begins, event.ends = planned.begins, planned.ends
    event.local_date = planned.begins.astimezone(CHINA).date()


def _save(event: Event, *, force_insert: bool = False) -> None:
    try:
        with transaction.atomic():
            event.save(force_insert=force_insert)
    except IntegrityError as error:
        raise Refused(
            "double", _("This is already in the list: same title, same time."), field="title", status=409
        ) from error


def _facts(event: Event) -> dict[str, str]:
    return {
        "kind": event.kind,
        "point": str(event.point_id),
        "begins": event.begins.isoformat(),
        "ends": event.ends.isoformat(),
    }
