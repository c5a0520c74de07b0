"""The addresses of places in the access matrix, and the things that they are about."""

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
    Row("GET",  "p/<slug:sign_code>",                                "sign",         "+++++++++++", "+++++++++++"),
    Row("POST", "p/<slug:sign_code>",                                "sign",         "+++++++++++", "+++++++++++"),
    Row("GET",  "p/<slug:sign_code>/problem",                        "sign",         "+++++++++++", "+++++++++++"),
    Row("POST", "p/<slug:sign_code>/problem",                        "sign",         "+++++++++++", "+++++++++++"),
    Row("GET",  "p/<slug:sign_code>/sent",                           "sign",         "+++++++++++", "+++++++++++"),
    Row("POST", "api/places/home",                                   "",             "+++++++++++"),
    Row("POST", "api/places/way",                                    "",             "+++++++++++"),
    # Keeping: who keeps a place, and the office's people of the area
    Row("GET",  "places/keep",                                       "",             ">++++++++++"),
    Row("GET",  "places/keep/<uuid:pk>",                             "point",        ">00+++0000+", ">000000000+"),
    Row("POST", "places/keep/<uuid:pk>/say",                         "point",        ">00+++0000+", ">000000000+"),
    Row("POST", "places/keep/<uuid:pk>/count",                       "point",        ">00+++0000+", ">000000000+"),
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
    return {"point": point.pk, "sign": point.code}
