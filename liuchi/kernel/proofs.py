"""The port for what a person can show: an app registers how to look one up, and what there is to be asked for; who checks an
application asks by name and key, such as ``proof("lesson", person_id, "<code of the lesson>")``."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

# The day since which a person has it; None when the person has not.
LookUp = Callable[[UUID, str], date | None]
# Key -> what it is called: all that can be asked for now, or, with keys, these, whether they still can or not.
Choices = Callable[[Collection[str] | None], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class _Kind:
    look_up: LookUp
    choices: Choices


_proofs: dict[str, _Kind] = {}


def register(name: str, look_up: LookUp, choices: Choices) -> None:
    """Called from AppConfig.ready."""
    _proofs[name] = _Kind(look_up, choices)


def names() -> list[str]:
    """The kinds of proof there are."""
    return sorted(_proofs)


def proof(name: str, person_id: UUID, key: str) -> date | None:
    """Since when a person has what ``key`` names. Raises KeyError for a kind nobody registered."""
    return _proofs[name].look_up(person_id, key)


def choices(name: str) -> Mapping[str, str]:
    """Key -> what it is called, for all that can be asked for now; nothing for a kind nobody registered."""
    return _proofs[name].choices(None) if name in _proofs else {}


def called(name: str, keys: Collection[str]) -> Mapping[str, str]:
    """Key -> what it is called, as far as there is such a thing."""
    return _proofs[name].choices(keys) if keys and name in _proofs else {}
