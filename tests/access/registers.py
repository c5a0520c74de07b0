"""The addresses of registers in the access matrix, and the things that they are about."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from liuchi.kernel.context import Context
from liuchi.people.actions import groups, homecoming, service
from liuchi.people.actions.businesses import register_business
from tests.access.rows import Row

# fmt: off
ROWS: list[Row] = [
    #   method  address                                              about           ARrWLCDHSVX    ARrWLCDHSVX
    # The phone: oneself alone; the page of a branch's code says what it is for before anybody signs in
    Row("GET",  "registers/join",                                    "",             ">++++++++++"),
    Row("GET",  "registers/service",                                 "",             ">++++++++++"),
    Row("POST", "registers/service/<uuid:pk>/claim",                 "claim_post",   ">++++++++++", ">++++++++++"),
    Row("POST", "registers/service/claims/<uuid:pk>/back",           "claim",        ">++++++++++", ">0+++++++++"),
    Row("GET",  "g/<str:home>",                                      "home_code",    "+++++++++++", "+++++++++++"),
    Row("GET",  "me/registers",                                      "",             ">++++++++++"),
    Row("POST", "me/registers/stay",                                 "",             ">++++++++++"),
    Row("POST", "me/registers/consent",                              "",             ">++++++++++"),
    Row("POST", "me/registers/leave/<slug:what>",                    "leaving",      ">++++++++++", ">++++++++++"),
    # Shops and firms
    Row("GET",  "desk/registers",                                    "",             ">--++++-+++"),
    Row("GET",  "desk/registers/businesses",                         "",             ">--++++-+++"),
    Row("GET",  "desk/registers/businesses/new",                     "",             ">----++---+"),
    Row("GET",  "desk/registers/businesses/doubles",                 "",             ">----++---+"),
    Row("POST", "desk/registers/businesses/settle",                  "",             ">----00---0"),
    Row("GET",  "desk/registers/businesses/export",                  "",             ">----++---+"),
    Row("GET",  "desk/registers/businesses/<uuid:pk>",               "business",     ">--++++-+++", ">--0000-00+"),
    Row("GET",  "desk/registers/businesses/<uuid:pk>/change",        "business",     ">----++---+", ">----00---+"),
    Row("POST", "desk/registers/businesses/<uuid:pk>/close",         "business",     ">----++---+", ">----00---+"),
    # New-employment groups: names for who provides for them, figures for the others
    Row("GET",  "desk/registers/people",                             "",             ">---+++-+++"),
    Row("GET",  "desk/registers/people/new",                         "",             ">----++----"),
    Row("GET",  "desk/registers/people/<uuid:pk>",                   "entry",        ">----++----", ">----00----"),
    Row("GET",  "desk/registers/people/<uuid:pk>/change",            "entry",        ">----++----", ">----00----"),
    Row("POST", "desk/registers/people/<uuid:pk>/phone",             "entry",        ">----++----", ">----00----"),
    Row("POST", "desk/registers/people/<uuid:pk>/confirm/<slug:what>", "entry",      ">----++----", ">----00----"),
    Row("POST", "desk/registers/people/<uuid:pk>/end",               "entry",        ">----++----", ">----00----"),
    Row("GET",  "desk/registers/trades",                             "",             ">-----+---+"),
    Row("GET",  "desk/registers/trades/<slug:kind>/new",             "list",         ">-----+---+", ">-----+---+"),
    Row("GET",  "desk/registers/trades/<slug:kind>/<slug:trade>",    "trade",        ">-----0---0", ">-----0---0"),
    Row("POST", "desk/registers/trades/<slug:kind>/<slug:trade>/offer", "trade",     ">-----0---0", ">-----0---0"),
    Row("GET",  "desk/registers/<slug:name>/template",               "any businesses", ">----++---+", ">----++---+"),
    Row("GET",  "desk/registers/<slug:name>/import",                 "any people",   ">----++---0", ">----++---0"),
    Row("POST", "desk/registers/<slug:name>/import/confirm",         "any people",   ">----++---0", ">----++---0"),
    # Branches; who signed in is for the secretary at that very branch, whom nobody here is
    Row("GET",  "desk/registers/branches",                           "",             ">---+++-+++"),
    Row("GET",  "desk/registers/branches/new",                       "",             ">----++-+--"),
    Row("GET",  "desk/registers/branches/<uuid:pk>",                 "branch",       ">---+++-+++", ">---000-00+"),
    Row("GET",  "desk/registers/branches/<uuid:pk>/code",            "branch",       ">-------0--", ">-------0--"),
    Row("POST", "desk/registers/branches/<uuid:pk>/renew",           "branch",       ">-------0--", ">-------0--"),
    Row("POST", "desk/registers/branches/<uuid:pk>/members",         "branch",       ">-------0--", ">-------0--"),
    # Double registration; who claimed a post is for clerk and secretary of that community, not of the street
    Row("GET",  "desk/registers/service",                            "",             ">----++-++-"),
    Row("GET",  "desk/registers/service/new",                        "",             ">----+-----"),
    Row("GET",  "desk/registers/service/<uuid:pk>",                  "claim_post",   ">----++-++-", ">----00-00-"),
    Row("POST", "desk/registers/service/<uuid:pk>/close",            "claim_post",   ">----+-----", ">----0-----"),
    Row("POST", "desk/registers/service/<uuid:pk>/people",           "claim_post",   ">----+--0--", ">----0--0--"),
    Row("POST", "desk/registers/service/<uuid:pk>/confirm",          "claim_post",   ">----+--0--", ">----0--0--"),
    Row("GET",  "desk/registers/statements",                         "",             ">-------+--"),
    Row("GET",  "desk/registers/statement/<uuid:unit>",              "unit",         ">-------0--", ">-------0--"),
]
# fmt: on


def things(ctx: Context, side: SimpleNamespace) -> dict[str, Any]:
    """One of each kind that an address can be about; side: area, unit, reporter of this side of the river."""
    community = side.area.parent
    shop = register_business(ctx, name="面馆", trade="catering", area=side.area)
    branch = groups.open_branch(ctx, name=f"{community.name}骑手支部", trade="takeaway", area=community)
    entry = groups.register_worker(
        ctx, name="骑手", phone=f"137{side.area.first % 10**8:08d}", trade="takeaway", area=side.area, how="spoken", branch=branch,
        agreed=groups.PURPOSES_OF_REGISTER,
    )  # fmt: skip
    code = homecoming.renew_code(ctx, branch.organisation)
    homecoming.sign_in(ctx, code, side.reporter, name="示例")
    now = timezone.now()
    post = service.open_post(
        ctx, area=community, title="巡逻", where="广场", begins=now - timedelta(hours=1), ends=now + timedelta(hours=1), places=3
    )  # fmt: skip
    member = service.register_member(ctx, side.reporter, area=community, home_unit="税务所")
    return {
        "business": shop.pk, "entry": entry.pk, "branch": branch.pk, "home_code": code.code, "claim_post": post.pk,
        "claim": service.claim(ctx, post, member).pk, "leaving": "groups", "any": "", "list": "groups", "trade": "nothing",
    }  # fmt: skip
