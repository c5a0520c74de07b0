"""The port for what an admission brings into being: a post, a place to go, a line of a list.

The app that keeps such things registers how one is made and how it is ended; who admits knows only the kind's name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from liuchi.kernel.context import Context


@dataclass(frozen=True, slots=True)
class Granted:
    """What was admitted. admission: its record; person or business (people.Business): who; title: as the programme calls it;
    ends: the last day of the term, None without end; settings: the programme's own for this kind; answers: of the form."""

    admission: UUID
    person: UUID | None
    business: UUID | None
    area: int | None
    title: str
    begins: date
    ends: date | None
    settings: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)


# Makes it, inside the transaction of the admission; returns the record made, if one is.
Make = Callable[[Context, Granted], UUID | None]
# Ends it: when the term ended, when it was withdrawn, when somebody gave it back.
End = Callable[[Context, UUID], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """label: a lazy translation; make, end: called in the transaction of the admission."""

    label: Any
    make: Make
    end: End


_kinds: dict[str, Kind] = {}


def register(name: str, kind: Kind) -> None:
    """Called from AppConfig.ready."""
    _kinds[name] = kind


def kinds() -> dict[str, Kind]:
    """All kinds by name."""
    return dict(sorted(_kinds.items()))
