"""Working time: the four clocks, the calendars, and the port by which open deadlines move with a new calendar."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from liuchi.kernel.context import Context
    from liuchi.kernel.worktime.rules import Calendar

# Recomputes the open deadlines of an app by the calendar, each change with its journal row; returns how many moved.
# It is called twice for each calendar and must change nothing the second time.
Mover = Callable[["Context", "Calendar"], int]

_movers: list[Mover] = []


def register_mover(mover: Mover) -> None:
    """Lets an app's open deadlines follow the calendar. Called from AppConfig.ready."""
    if mover not in _movers:
        _movers.append(mover)


def movers() -> tuple[Mover, ...]:
    return tuple(_movers)
