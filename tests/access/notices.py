"""The addresses of notices in the access matrix."""

from types import SimpleNamespace
from typing import Any

from liuchi.kernel.context import Context
from liuchi.notices import actions
from tests.access.rows import Row

ROWS: list[Row] = [
    #   method  address                                              about           ARrWLCDHSVX    ARrWLCDHSVX
    # How one wants to be told: everybody for themselves
    Row("GET",  "me/notices",                                        "",             ">++++++++++"),
    Row("POST", "me/notices/browser",                                "",             ">++++++++++"),
    Row("GET",  "me/notices/mail",                                   "",             ">++++++++++"),
    Row("GET",  "me/notices/sms",                                    "",             ">++++++++++"),
    # What goes out: the administrator
    Row("GET",  "desk/notices",                                      "",             ">---------+"),
    Row("GET",  "desk/notices/texts",                                "",             ">---------+"),
    Row("GET",  "desk/notices/texts/<str:key>",                      "text",         ">---------+", ">---------+"),
    Row("POST", "desk/notices/texts/<str:key>/restore",              "text",         ">---------+", ">---------+"),
    Row("GET",  "desk/notices/sms",                                  "",             ">---------+"),
    Row("POST", "desk/notices/sms/test",                             "",             ">---------+"),
    Row("GET",  "desk/notices/robots",                               "",             ">---------+"),
    Row("GET",  "desk/notices/robots/new",                           "",             ">---------+"),
    Row("GET",  "desk/notices/robots/<uuid:pk>",                     "robot",        ">---------+", ">---------+"),
    Row("POST", "desk/notices/robots/<uuid:pk>/test",                "robot",        ">---------+", ">---------+"),
    Row("POST", "desk/notices/robots/<uuid:pk>/close",               "robot",        ">---------+", ">---------+"),
]  # fmt: skip


def things(ctx: Context, side: SimpleNamespace) -> dict[str, Any]:
    """The robot of the unit's group, and a text."""
    address = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k"
    robot = actions.open_robot(ctx, name="值班群", kind="wecom", address=address, organisation=side.unit)
    return {"robot": robot.pk, "text": "login.reset"}
