"""The addresses of what is alike and of early finding in the access matrix, and the things that they are about."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from liuchi.cases import actions as cases
from liuchi.cases.early.actions import raise_sign
from liuchi.cases.early.rules import Sign
from liuchi.cases.models import EarlySign, Matter, Topic, TopicCase
from liuchi.cases.topics.queries import FEWEST
from liuchi.kernel.context import Context
from tests.access.rows import Row

ROWS: list[Row] = [
    #   method  address                                              about           ARrWLCDHSVX    ARrWLCDHSVX
    Row("POST", "api/joining/alike",                                 "",             "+++++++++++"),
    Row("GET",  "api/joining/mine",                                  "",             "+++++++++++"),
    Row("GET",  "desk/catalogue/nearness",                           "",             ">---------+"),
    Row("GET",  "desk/topics",                                       "",             ">-----+-++-"),
    Row("GET",  "desk/topics/<int:rank>",                             "topic",        ">-----+-++-", ">-----0-00-"),
    Row("GET",  "desk/early",                                        "",             ">---+++-++-"),
    Row("GET",  "desk/early/<uuid:pk>",                              "early",         ">---+++-++-", ">---000-00-"),
    Row("POST", "desk/early/<uuid:pk>/answer",                       "early",         ">---+++-++-", ">---000-00-"),
]  # fmt: skip


def things(ctx: Context, side: SimpleNamespace) -> dict[str, Any]:
    """One of each kind that an address can be about."""
    topic = Topic.objects.create(
        day=ctx.at.date(), rank=Topic.objects.count() + 1, heat=3, places=["槐荫里"], words=["搅拌站"],
        began_on=ctx.at.date(), last_on=ctx.at.date(),
    )  # fmt: skip
    for place in range(FEWEST):
        case = cases.report(replace(ctx, channel="replay"), cases.Said(text="搅拌站太吵", area=side.area)).case
        TopicCase.objects.create(topic=topic, case=case, place=place)
    matter = Matter.objects.filter(kind="event").first()
    assert matter
    raise_sign(ctx, Sign(f"g{side.area.pk}", matter.pk, 3, 6, 0.5, 0.0), ctx.at.date())
    return {"topic": topic.rank, "early": EarlySign.objects.get(area=side.area).pk}
