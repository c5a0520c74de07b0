"""The addresses of duties in the access matrix, and the things that they are about."""

from dataclasses import replace
from datetime import time, timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from liuchi.duties import actions
from liuchi.duties.actions.duties import Said
from liuchi.kernel.context import Context
from liuchi.places.rooms import actions as rooms
from liuchi.places.rooms.actions import Asked, Wanted
from tests.access.rows import Row

ROWS: list[Row] = [
    #   method  address                                              about           ARrWLCDHSVX    ARrWLCDHSVX
    Row("GET",  "api/duties/home",                                   "",             "+++++++++++"),
    Row("GET",  "duties",                                            "",             ">++++++++++"),
    Row("POST", "duties/join",                                       "",             ">++++++++++"),
    Row("GET",  "duties/hours",                                      "",             ">++++++++++"),
    Row("GET",  "duties/hours/certificate",                          "",             ">0000000000"),
    Row("GET",  "duties/here/<uuid:pk>",                             "duty",         ">++++++++++", ">++++++++++"),
    Row("GET",  "duties/<uuid:shift>",                               "shift",        ">++++++++++", ">++++++++++"),
    Row("GET",  "desk/duties",                                       "",             ">--++++-++-"),
    Row("GET",  "desk/duties/rhythms",                               "",             ">--++++-++-"),
    Row("GET",  "desk/duties/new",                                   "",             ">---+++-+--"),
    Row("GET",  "desk/duties/<uuid:pk>",                             "duty",         ">--++++-++-", ">--0000-00-"),
    Row("POST", "desk/duties/<uuid:pk>/end",                         "duty",         ">---+++-+--", ">---000-0--"),
    Row("GET",  "desk/duties/<uuid:pk>/sheet",                       "duty",         ">--++++-++-", ">--0000-00-"),
    Row("GET",  "desk/duties/shifts/<uuid:shift>",                   "shift",        ">--++++-++-", ">--0000-00-"),
    # Rooms
    Row("GET",  "rooms",                                             "",             "+++++++++++"),
    Row("GET",  "rooms/<uuid:pk>",                                   "room",         "+++++++++++", "+++++++++++"),
    Row("GET",  "rooms/bookings/<uuid:pk>",                          "booking",      ">+000000000", ">0000000000"),
    Row("GET",  "desk/rooms",                                        "",             ">---+++-+--"),
    Row("GET",  "desk/rooms/new",                                    "",             ">----+--+--"),
    Row("GET",  "desk/rooms/<uuid:pk>",                              "room",         ">----+--+--", ">----0--0--"),
    Row("POST", "desk/rooms/<uuid:pk>/close",                        "room",         ">----+--+--", ">----0--0--"),
    Row("GET",  "desk/rooms/<uuid:pk>/book",                         "room",         ">----+--+--", ">----0--0--"),
    Row("GET",  "desk/rooms/<uuid:pk>/door",                         "room",         ">---+++-+--", ">---000-0--"),
    Row("GET",  "desk/rooms/bookings/<uuid:pk>",                     "booking",      ">---+++-+--", ">---000-0--"),
]  # fmt: skip


def things(ctx: Context, side: SimpleNamespace) -> dict[str, Any]:
    """One of each kind that an address can be about; side: area, unit, reporter of this side of the river."""
    said = Said(
        title="驿站值班", area=side.area, rule="FREQ=DAILY", starts_on=ctx.at.date(), begins=time(9), ends=time(11)
    )
    duty = actions.open_duty(ctx, said)
    room = rooms.open_room(
        ctx, Wanted(name="议事厅", kind="council", area=side.area, where="二楼", opens=time(8), closes=time(20))
    )
    tomorrow = timezone.localdate() + timedelta(days=1)
    booked = rooms.book(replace(ctx, person=side.reporter.pk), room.pk, Asked(tomorrow, time(9), time(10)))
    return {"duty": duty.pk, "shift": duty.shifts.first().pk, "room": room.pk, "booking": booked.pk}  # type: ignore[union-attr]
