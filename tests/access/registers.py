"""The addresses of registers in the access matrix, and the things that they are about."""

from types import SimpleNamespace
from typing import Any

from liuchi.kernel.context import Context
from tests.access.rows import Row

ROWS: list[Row] = []


def things(ctx: Context, side: SimpleNamespace) -> dict[str, Any]:
    """One of each kind that an address can be about; side: area, unit, reporter of this side of the river."""
    return {}
