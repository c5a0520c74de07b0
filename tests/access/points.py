"""The addresses of points in the access matrix, and the things that they are about."""

from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from django.db import transaction

from liuchi.kernel.context import Context
from liuchi.kernel.records import actions as records
from liuchi.people.actions import give_consent
from liuchi.points import actions
from liuchi.points.actions.books import account, lock, post
from liuchi.points.actions.statements import PURPOSE
from liuchi.points.models import RuleSet, Statement
from tests.access.rows import Row

ROWS: list[Row] = [
    #   method  address                                              about           ARrWLCDHSVX    ARrWLCDHSVX
    # One's own points: everybody who is signed in, and nobody else's for anybody
    Row("GET",  "points",                                            "",             ">++++++++++"),
    Row("POST", "points/switch",                                     "",             ">++++++++++"),
    Row("GET",  "points/rules",                                      "",             "+++++++++++"),
    Row("GET",  "points/shop",                                       "",             ">++++++++++"),
    Row("GET",  "points/shop/<uuid:pk>",                             "points_gift",  ">++++++++++", ">++++++++++"),
    Row("GET",  "points/codes/<uuid:pk>",                            "points_reservation", ">+000000000", ">0000000000"),
    Row("POST", "points/codes/<uuid:pk>/cancel",                     "points_reservation", ">+000000000", ">0000000000"),
    Row("GET",  "points/statements",                                 "",             ">++++++++++"),
    Row("GET",  "points/statements/<uuid:pk>",                       "points_statement", ">+000000000", ">0000000000"),
    Row("POST", "points/statements/<uuid:pk>/unit",                  "points_statement", ">+000000000", ">0000000000"),
    Row("POST", "points/statements/<uuid:pk>/take-back",             "points_statement", ">+000000000", ">0000000000"),
    # The desk
    Row("GET",  "desk/points",                                       "",             ">--++++-+++"),
    Row("GET",  "desk/points/window",                                "",             ">--++++---+"),
    Row("POST", "desk/points/window/<uuid:pk>/undo",                 "points_reservation", ">--++++---+", ">--0000---+"),
    Row("GET",  "desk/points/statements",                            "",             ">----+--+--"),
    Row("GET",  "desk/points/statements/<uuid:pk>",                  "points_statement", ">----+--0--", ">----0--0--"),
    # sheets that a person let the secretary of their unit open: nobody here is secretary of that very unit
    Row("GET",  "desk/points/home",                                  "",             ">-------+--"),
    Row("GET",  "desk/points/home/<uuid:pk>",                        "points_statement", ">-------0--", ">-------0--"),
    Row("POST", "desk/points/home/<uuid:unit>/file",                 "unit",         ">-------0--", ">-------0--"),
    Row("GET",  "desk/points/rules",                                 "",             ">---+++-+++"),
    Row("GET",  "desk/points/rules/draft",                           "",             ">---------+"),
    Row("POST", "desk/points/rules/draft/drop",                      "",             ">---------+"),
    Row("GET",  "desk/points/gifts",                                 "",             ">---+++-+++"),
    Row("GET",  "desk/points/gifts/new",                             "",             ">-----+---+"),
    Row("GET",  "desk/points/gifts/<uuid:pk>",                       "points_gift",  ">-----+---+", ">-----+---+"),
    Row("GET",  "desk/points/windows",                               "",             ">---+++-+++"),
    Row("GET",  "desk/points/windows/new",                           "",             ">---+++---+"),
    Row("GET",  "desk/points/windows/<uuid:pk>",                     "points_window", ">---+++-+++", ">---000-00+"),
    Row("GET",  "desk/points/windows/<uuid:pk>/change",              "points_window", ">---+++---+", ">---000---+"),
    Row("POST", "desk/points/windows/<uuid:pk>/stock",               "points_window", ">---+++---+", ">---000---+"),
    Row("POST", "desk/points/windows/<uuid:pk>/count",               "points_window", ">---+++---+", ">---000---+"),
    Row("GET",  "desk/points/windows/<uuid:pk>/sheet",               "points_window", ">---+++-+++", ">---000-00+"),
]  # fmt: skip


def things(ctx: Context, side: SimpleNamespace) -> dict[str, Any]:
    """One of each kind that an address can be about; side: area, unit, reporter of this side of the river."""
    if not RuleSet.objects.exists():
        actions.draft_rules(ctx)
    gift = actions.make_gift(ctx, name=f"{side.area.name}水杯", cost=10)
    window = actions.open_window(ctx, name="驿站窗口", area=side.area)
    actions.stock_in(ctx, window, gift, 5)
    holder = account("person", person=side.reporter.pk)
    issued = account("issued", event="report.true", day=ctx.at.date())
    with transaction.atomic():
        lock([holder, issued])
        post(ctx, "award", [(issued, -10), (holder, 10)], 10, holder=holder, event="report.true")
    said = Context(at=ctx.at, recorded_at=ctx.recorded_at, person=side.reporter.pk, channel="phone")
    reservation = actions.reserve(said, gift.pk, window.pk, uuid4())
    give_consent(said, side.reporter, PURPOSE)
    day = ctx.at.date()
    statement = Statement.objects.create(
        record=records.create("points_statement", side.area.parent_id), person=side.reporter, area=side.area.parent,
        home_unit="示例单位", begins=day, ends=day, asked_at=ctx.at, number=f"SJ-{side.area.pk}",
    )  # fmt: skip
    return {
        "points_gift": gift.pk, "points_window": window.pk, "points_reservation": reservation.pk,
        "points_statement": statement.pk,
    }  # fmt: skip
