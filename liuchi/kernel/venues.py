"""The port for places one can go to: the app that keeps them says how one looks now and which somebody may choose from.

What lies below it (a window for gifts) or beside it (a list of services) keeps a place's record and asks here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Venue:
    """A place as everybody may see it. state: how it stands now, in words; hours: today's, in words; url: its page, with the way."""

    record: UUID
    name: str
    address: str
    phone: str
    state: str
    tone: str
    hours: str
    url: str


# The places of these records that everybody may see now.
Show = Callable[[Collection[UUID], datetime], dict[UUID, Venue]]
# (record, name) of the places within the reach of an ability, to choose from.
Choices = Callable[[Any, str], list[tuple[UUID, str]]]

_keepers: list[tuple[Show, Choices]] = []


def register(show: Show, choices: Choices) -> None:
    """Called from AppConfig.ready."""
    _keepers.append((show, choices))


def venue(record: UUID | None, at: datetime) -> Venue | None:
    """One of them; None where there is none, or it is not shown any more."""
    return venues([record], at).get(record) if record else None


def venues(records: Collection[UUID], at: datetime) -> dict[UUID, Venue]:
    """Those of them that are there. A few queries, however many."""
    found: dict[UUID, Venue] = {}
    for show, _choices in _keepers if records else ():
        found.update(show(records, at))
    return found


def choices(actor: Any, ability: str) -> list[tuple[UUID, str]]:
    """What somebody may choose from, by name."""
    return [one for _show, listed in _keepers for one in listed(actor, ability)]
