"""The addresses of places in the access matrix, and the things that they are about."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from liuchi.kernel.context import Context
from liuchi.places import actions
from tests.access.rows import Row

ROWS: list[Row] = [
    #   method  address                                              about           ARrWLCDHSVX    ARrWLCDHSVX
    # Where one can go, and the sign's QR: open to everybody
    Row("GET",  "places",                                            "",             "+++++++++++"),
    Row("POST", "places",                                            "",             "+++++++++++"),
    Row("GET",  "places/events",                                     "",             "+++++++++++"),
    Row("GET",  "places/<uuid:pk>",                                  "point",        "+++++++++++", "+++++++++++"),
    Row("POST", "places/<uuid:pk>",                                  "point",        "+++++++++++", "+++++++++++"),
    Row("GET",  "p/<slug:sign_code>",                                "sign",         "+++++++++++", "+++++++++++"),
    Row("POST", "p/<slug:sign_code>",                                "sign",         "+++++++++++", "+++++++++++"),
    Row("GET",  "p/<slug:sign_code>/problem",                        "sign",         "+++++++++++", "+++++++++++"),
    Row("POST", "p/<slug:sign_code>/problem",                        "sign",         "+++++++++++", "+++++++++++"),
    Row("GET",  "p/<slug:sign_code>/sent",                           "sign",         "+++++++++++", "+++++++++++"),
    Row("POST", "api/places/find",                                   "",             "+++++++++++"),
    Row("POST", "api/places/way",                                    "",             "+++++++++++"),
    # Keeping: who keeps a place, and the office's people of the area
    Row("GET",  "places/keep",                                       "",             ">++++++++++"),
    Row("GET",  "places/keep/<uuid:pk>",                             "point",        ">00+++0000+", ">000000000+"),
    Row("POST", "places/keep/<uuid:pk>/say",                         "point",        ">00+++0000+", ">000000000+"),
    Row("POST", "places/keep/<uuid:pk>/count",                       "point",        ">00+++0000+", ">000000000+"),
    # The desk: the office sees the places of its area (H: those that its unit keeps), clerk and administrator change them
    Row("GET",  "desk/places",                                       "",             ">--++++++++"),
    Row("GET",  "desk/places/signs",                                 "",             ">--++++++++"),
    Row("GET",  "desk/places/<uuid:pk>",                             "point",        ">--++++++++", ">--0000000+"),
    Row("GET",  "desk/places/<uuid:pk>/sign",                        "point",        ">--++++++++", ">--0000000+"),
    Row("POST", "desk/places/<uuid:pk>/say",                         "point",        ">00++++++++", ">000000000+"),
    Row("POST", "desk/places/events/<uuid:pk>",                      "event",        ">--++++++++", ">--0000000+"),
    Row("GET",  "desk/places/new",                                   "",             ">----+----+"),
    Row("POST", "desk/places/new",                                   "",             ">----+----+"),
    Row("GET",  "desk/places/shops",                                 "",             ">----+----+"),
    Row("GET",  "desk/places/import",                                "",             ">----+----+"),
    Row("POST", "desk/places/import",                                "",             ">----+----+"),
    Row("POST", "desk/places/import/confirm",                        "",             ">----+----+"),
    Row("GET",  "desk/places/import/template",                       "",             ">----+----+"),
    Row("GET",  "desk/places/<uuid:pk>/change",                      "point",        ">----+----+", ">----0----+"),
    Row("POST", "desk/places/<uuid:pk>/change",                      "point",        ">----+----+", ">----0----+"),
    Row("POST", "desk/places/<uuid:pk>/close",                       "point",        ">----+----+", ">----0----+"),
    Row("POST", "desk/places/<uuid:pk>/keepers",                     "point",        ">----+----+", ">----0----+"),
    Row("POST", "desk/places/<uuid:pk>/picture",                     "point",        ">----+----+", ">----0----+"),
    Row("POST", "desk/places/<uuid:pk>/day",                         "point",        ">----+----+", ">----0----+"),
    Row("POST", "desk/places/<uuid:pk>/event",                       "point",        ">----+----+", ">----0----+"),
]  # fmt: skip


def things(ctx: Context, side: SimpleNamespace) -> dict[str, Any]:
    """One of each kind that an address can be about; side: area, unit, reporter of this side of the river."""
    wanted = actions.Wanted(
        name="驿站",
        area=side.area,
        lon=116.93,
        lat=31.05,
        unit=side.unit,
        services={"drink": ""},
        week=(((0, 1440),),) * 7,
    )
    point = actions.enter_point(ctx, wanted)
    planned = actions.Planned("clinic", "义诊", ctx.at, ctx.at + timedelta(hours=2))
    return {"point": point.pk, "sign": point.code, "event": actions.plan_event(ctx, point.pk, planned).pk}
