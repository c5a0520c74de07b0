"""The addresses of what is alike and of early finding in the access matrix, and the things that they are about."""

from types import SimpleNamespace
from typing import Any

from liuchi.kernel.context import Context
from tests.access.rows import Row

ROWS: list[Row] = [
    #   method  address                                              about           ARrWLCDHSVX    ARrWLCDHSVX
    Row("POST", "api/joining/alike",                                 "",             "+++++++++++"),
    Row("GET",  "api/joining/mine",                                  "",             "+++++++++++"),
    Row("GET",  "desk/catalogue/nearness",                           "",             ">---------+"),
]  # fmt: skip


def things(ctx: Context, side: SimpleNamespace) -> dict[str, Any]:
    """One of each kind that an address can be about."""
    return {}
