"""The port for what is kept on a person: each app says what it holds and how it lets go of it.

Upper apps register in AppConfig.ready; people itself never knows them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from liuchi.kernel.context import Context


@dataclass(frozen=True, slots=True)
class Keeper:
    """title: what the person reads; kept: rows of plain values (JSON) for a person; erase: removes the personal values,
    inside the transaction of the erasure; files: what goes along in the zip, each a name and a function that reads it
    without the database: hundreds of photos are read one after the other while they are sent."""

    title: str | Promise
    kept: Callable[[UUID], list[dict[str, Any]]]
    erase: Callable[[Context, UUID], None]
    files: Callable[[UUID], list[tuple[str, Callable[[], bytes]]]] = lambda person_id: []


_keepers: dict[str, Keeper] = {}


def register(name: str, keeper: Keeper) -> None:
    """Adds an app's keeper under a short name, which becomes the name of its file in the zip."""
    _keepers[name] = keeper


def keepers() -> dict[str, Keeper]:
    """All keepers by name."""
    return dict(sorted(_keepers.items()))
