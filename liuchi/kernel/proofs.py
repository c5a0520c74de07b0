"""The port for what a person can show: an app registers how to look one up; who checks an application asks by name and key,
such as ``proof("lesson", person_id, "<code of the lesson>")``."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

# The day since which a person has it; None when the person has not.
LookUp = Callable[[UUID, str], date | None]

_proofs: dict[str, LookUp] = {}


def register(name: str, look_up: LookUp) -> None:
    """Called from AppConfig.ready."""
    _proofs[name] = look_up


def names() -> list[str]:
    """The kinds of proof there are."""
    return sorted(_proofs)


def proof(name: str, person_id: UUID, key: str) -> date | None:
    """Since when a person has what ``key`` names. Raises KeyError for a kind nobody registered."""
    return _proofs[name](person_id, key)
