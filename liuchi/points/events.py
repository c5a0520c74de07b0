"""The port where each app says what may earn points: an event of the journal, and whom it thanks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from liuchi.kernel.journal.models import Row


@dataclass(frozen=True, slots=True)
class About:
    """Which one it was, as the person who was thanked calls it: their report's words, a lesson's title; url: where they see it."""

    title: str
    url: str


# What a person was thanked for, of these things (records): those that the person may still see.
Say = Callable[[UUID, Collection[UUID]], Mapping[UUID, About]]


@dataclass(frozen=True, slots=True)
class Event:
    """key: its name in rules, such as ``report.true``; label: a lazy translation; verb: of the journal;
    people: whom a row of the verb thanks (people.Person ids; empty: nobody, for instance because the lesson was a
    political one, for which there are never points).

    booked: another event under which it stands in the books, where the event itself tells something of a person (only party
    members in office register where they live): shared with what others do, without the hour, the thing and the row.

    about: says which report, lesson or shift it was, for nobody but the person who was thanked; one query for many."""

    key: str
    label: Any
    verb: str
    people: Callable[[Row], Collection[UUID]]
    booked: str = ""
    about: Say | None = None


_events: dict[str, Event] = {}


def register(
    key: str,
    label: Any,
    verb: str,
    people: Callable[[Row], Collection[UUID]],
    *,
    booked: str = "",
    about: Say | None = None,
) -> None:
    """Called from AppConfig.ready. Raises ValueError for a key that another event has."""
    event = Event(key, label, verb, people, booked, about)
    if _events.setdefault(key, event) != event:
        raise ValueError(f"event {key} is registered twice")


def events() -> dict[str, Event]:
    """All events by key."""
    return dict(sorted(_events.items()))


def events_of(verb: str) -> list[Event]:
    """The events that a verb of the journal may be."""
    return [event for event in _events.values() if event.verb == verb]
