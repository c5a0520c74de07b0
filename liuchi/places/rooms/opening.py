"""Rooms themselves: opened, changed, closed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records
from liuchi.kernel.records.models import Record
from liuchi.places.actions.acting import acting
from liuchi.places.rooms import rules
from liuchi.places.rooms.models import Room
from liuchi.territory.models import Area


@dataclass(slots=True)
class Wanted:
    """What somebody says of a room."""

    name: str
    kind: str
    area: Area
    where: str
    opens: time
    closes: time
    seats: int = 10
    equipment: list[str] = field(default_factory=list)
    weekdays: list[int] = field(default_factory=lambda: list(range(7)))
    who: str = "all"
    approval: bool = False
    longest: int = 4
    ahead: int = 30
    key: str = ""
    rules: str = ""
    host: Record | None = None


def open_room(ctx: Context, wanted: Wanted) -> Room:
    """A new room. Raises Refused("name" | "closes" | "weekdays" | "double")."""
    ctx = acting(ctx, "rooms.manage", wanted.area.access_target())
    with transaction.atomic():
        record = records.create("room", area_id=wanted.area.pk)
        room = Room(record=record, **_columns(wanted))
        _refuse_double(room)
        room.save(force_insert=True)
        journal.write(ctx, record, "room.opened", {"kind": room.kind, "seats": room.seats})
    return room


def change_room(ctx: Context, room: Room, wanted: Wanted, expect: int | None = None) -> Room:
    """Changes a room; what is booked stays booked. Raises as `open_room`."""
    acting(ctx, "rooms.manage", wanted.area.access_target())
    ctx = acting(ctx, "rooms.manage", room)
    for name, value in _columns(wanted).items():
        setattr(room, name, value)
    with transaction.atomic():
        _refuse_double(room)
        room.save()
        records.move(room.record, wanted.area.pk)
        journal.write(ctx, room.record, "room.changed", {"kind": room.kind, "seats": room.seats}, expect=expect)
    return room


def close_room(ctx: Context, room: Room) -> Room:
    """The room is no more. Raises Refused("in_use") while something is booked ahead."""
    ctx = acting(ctx, "rooms.manage", room)
    with transaction.atomic():
        held = Room.objects.select_for_update().get(pk=room.pk)
        if held.bookings.filter(ends__gt=ctx.at, state__in=rules.HOLDS).exists():
            raise Refused("in_use", _("Something is still booked here. Cancel it first."), status=409)
        room.closed_on = rules.local_day(ctx.at)
        room.save(update_fields=["closed_on"])
        journal.write(ctx, room.record, "room.closed", {})
    return room


def _columns(wanted: Wanted) -> dict[str, Any]:
    name = " ".join(wanted.name.split())[:60]
    if not name:
        raise Refused("name", _("Please enter a name."), field="name")
    if rules.fits(wanted.opens, wanted.closes, wanted.opens, wanted.closes, 24):
        raise Refused("closes", _("Please choose full or half hours, the end after the beginning."), field="closes")
    if not wanted.weekdays:
        raise Refused("weekdays", _("Tick at least one weekday."), field="weekdays")
    return {
        "name": name, "kind": wanted.kind, "area": wanted.area, "where": " ".join(wanted.where.split())[:120], "opens": wanted.opens,
        "closes": wanted.closes, "seats": wanted.seats, "equipment": [word.strip()[:30] for word in wanted.equipment if word.strip()][:20],
        "weekdays": sorted(set(wanted.weekdays)), "who": wanted.who, "approval": wanted.approval, "longest": wanted.longest,
        "ahead": wanted.ahead, "key": " ".join(wanted.key.split())[:120], "rules": wanted.rules.strip()[:500], "host": wanted.host,
    }  # fmt: skip


def _refuse_double(room: Room) -> None:
    same = Room.objects.filter(area=room.area, name=room.name, where=room.where, closed_on=None).exclude(pk=room.pk)
    if same.exists():
        raise Refused("double", _("There is already a room of this name there."), field="name", status=409)
