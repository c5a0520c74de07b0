"""The addresses of duties in the access matrix, and the things that they are about."""

from dataclasses import replace
from datetime import time, timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from liuchi.admissions.rules.letters import new_code
from liuchi.duties import actions
from liuchi.duties.actions.duties import Said
from liuchi.duties.models import Certificate
from liuchi.kernel.context import Context
from liuchi.kernel.records import actions as records
from liuchi.places.counter import actions as desk
from liuchi.places.counter import rules
from liuchi.places.rooms import actions as rooms
from liuchi.places.rooms import opening
from liuchi.places.rooms.actions import Asked
from liuchi.places.rooms.opening import Wanted
from tests.access.rows import Row

ROWS: list[Row] = [
    #   method  address                                              about           ARrWLCDHSVX    ARrWLCDHSVX
    Row("GET",  "duties",                                            "",             ">++++++++++"),
    Row("POST", "duties",                                            "",             ">++++++++++"),
    Row("POST", "duties/join",                                       "",             ">++++++++++"),
    Row("GET",  "duties/hours",                                      "",             ">++++++++++"),
    Row("POST", "duties/hours/certificate",                          "",             ">++++++++++"),
    Row("GET",  "duties/hours/<uuid:pk>",                            "certificate",  ">+000000000", ">0000000000"),
    Row("GET",  "duties/v/<str:paper>",                               "paper",        "+++++++++++", "+++++++++++"),
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
    # The counter
    Row("GET",  "counter",                                           "",             "+++++++++++"),
    Row("GET",  "counter/<uuid:pk>",                                 "counter",      "+++++++++++", "+++++++++++"),
    Row("POST", "counter/<uuid:pk>/number",                          "counter",      "+++++++++++", "+++++++++++"),
    Row("GET",  "counter/hall/<uuid:pk>",                            "counter",      "+++++++++++", "+++++++++++"),
    Row("GET",  "counter/n/<str:number>",                            "number",       "+++++++++++", "+++++++++++"),
    Row("GET",  "counter/m/<int:matter>",                            "service",      "+++++++++++", "+++++++++++"),
    Row("GET",  "counter/m/<int:matter>/appointment",                "service",      ">++++++++++", ">++++++++++"),
    Row("GET",  "counter/appointments/<int:pk>",                     "appointed",    ">+000000000", ">0000000000"),
    Row("GET",  "counter/e/<str:receipt>",                           "slip",         "+++++++++++", "+++++++++++"),
    Row("GET",  "desk/counter",                                      "",             ">--+++-----"),
    Row("GET",  "desk/counter/new",                                  "",             ">----+-----"),
    Row("GET",  "desk/counter/<uuid:pk>",                            "counter",      ">----+-----", ">----0-----"),
    Row("POST", "desk/counter/<uuid:pk>/close",                      "counter",      ">----+-----", ">----0-----"),
    Row("POST", "desk/counter/<uuid:pk>/call",                       "counter",      ">---++-----", ">---00-----"),
    Row("POST", "desk/counter/<uuid:pk>/day",                        "counter",      ">----+-----", ">----0-----"),
    Row("GET",  "desk/counter/<uuid:pk>/word",                       "counter",      ">---++-----", ">---00-----"),
    Row("POST", "desk/counter/<uuid:pk>/errands/find",               "counter",      ">--+++-----", ">--000-----"),
    Row("GET",  "desk/counter/<uuid:pk>/errands/new",                "counter",      ">--+++-----", ">--000-----"),
    Row("GET",  "desk/counter/<uuid:pk>/services",                   "counter",      ">----+-----", ">----0-----"),
    Row("GET",  "desk/counter/<uuid:pk>/services/new",               "counter",      ">----+-----", ">----0-----"),
    Row("GET",  "desk/counter/services/<int:matter>",                "service",      ">----+-----", ">----0-----"),
    Row("GET",  "desk/counter/errands/<uuid:pk>",                    "errand",       ">--+++-----", ">--000-----"),
]  # fmt: skip


def things(ctx: Context, side: SimpleNamespace) -> dict[str, Any]:
    """One of each kind that an address can be about; side: area, unit, reporter of this side of the river."""
    said = Said(
        title="驿站值班", area=side.area, rule="FREQ=DAILY", starts_on=ctx.at.date(), begins=time(9), ends=time(11)
    )
    duty = actions.open_duty(ctx, said)
    paper = Certificate.objects.create(
        record=records.create("certificate"), person=side.reporter, name=side.reporter.name, code=new_code(), number=f"志服〔2026〕{duty.pk.hex[-4:]}号",
        unit="六尺街道办事处", begins=ctx.at.date(), ends=ctx.at.date(), times=1, minutes=120, issued_on=ctx.at.date(),
    )  # fmt: skip
    room = opening.open_room(
        ctx, Wanted(name="议事厅", kind="council", area=side.area, where="二楼", opens=time(8), closes=time(20))
    )
    tomorrow = timezone.localdate() + timedelta(days=1)
    booked = rooms.book(replace(ctx, person=side.reporter.pk), room.pk, Asked(tomorrow, time(9), time(10)))
    counter = desk.open_counter(
        ctx,
        desk.Wanted(name="窗口", area=side.area, where="一楼", week=(((0, 1440),),) * 7, days_off=None, asks_word=True),
    )
    service = desk.set_matter(ctx, counter, desk.Said("医保登记"))
    now = timezone.now()
    number = desk.take_number(replace(ctx, at=rules.moment(rules.local_day(now), time(9))), counter.pk)[1]
    start = rules.moment(tomorrow, time(9))
    appointed = desk.appoint(replace(ctx, at=now, person=side.reporter.pk), counter.pk, service.pk, start)
    errand, slip = desk.take_errand(ctx, counter.pk, service.pk)
    return {
        "duty": duty.pk, "shift": duty.shifts.first().pk, "room": room.pk, "booking": booked.pk, "counter": counter.pk,  # type: ignore[union-attr]
        "service": service.pk, "number": number, "appointed": appointed.pk, "errand": errand.pk, "slip": slip,
        "certificate": paper.pk, "paper": paper.code,
    }  # fmt: skip
