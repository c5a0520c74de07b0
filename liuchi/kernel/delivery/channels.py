"""The ways out of the house, each a channel: the port where they are registered, and how one says that it failed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from liuchi.kernel.delivery.models import Sending

Send = Callable[["Sending"], None]


class Failed(Exception):
    """It did not arrive. problem: why, in a word that names nobody and repeats no address; final: trying again is of no use;
    gone: whom it was for left this way themselves, so nobody has to look into it."""

    def __init__(self, problem: str, *, final: bool = False, gone: bool = False) -> None:
        super().__init__(problem)
        self.problem, self.final, self.gone = problem[:120], final or gone, gone


@dataclass(frozen=True, slots=True)
class Channel:
    """is_on: whether it is set up; opened: gives, for one round of the worker, what sends one thing or raises Failed."""

    is_on: Callable[[], bool]
    opened: Callable[[], AbstractContextManager[Send]]


_channels: dict[str, Channel] = {}
_next_way: list[Callable[[Sending, datetime], bool]] = []


def register(name: str, channel: Channel) -> None:
    """Adds a way out under a name of at most eight letters."""
    _channels[name] = channel


def get(name: str) -> Channel:
    return _channels[name]


def is_on(name: str) -> bool:
    """Whether something can be sent this way now."""
    return name in _channels and _channels[name].is_on()


def names_on() -> list[str]:
    """The channels that are set up."""
    return [name for name, channel in _channels.items() if channel.is_on()]


def register_next(find: Callable[[Sending, datetime], bool]) -> None:
    """Adds who may take what one channel gave up to the next of ``rest``; find says whether it did."""
    if find not in _next_way:
        _next_way.append(find)


def went_another_way(sending: Sending, at: datetime) -> bool:
    """Whether another channel has it now."""
    return any(find(sending, at) for find in _next_way)
