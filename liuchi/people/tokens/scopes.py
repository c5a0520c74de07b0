"""What a key may be for. Each app says at the start which scopes it offers, and which abilities belong to each."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Scope:
    """One purpose of a key. label, help: lazy translations; abilities: what it opens, within what the post may."""

    key: str
    label: Any
    help: Any
    abilities: frozenset[str]


_scopes: dict[str, Scope] = {}


def register(key: str, label: Any, help: Any, abilities: Collection[str]) -> None:
    """Offers a scope."""
    _scopes[key] = Scope(key, label, help, frozenset(abilities))


def offered() -> list[Scope]:
    """All of them, in the order in which they were offered."""
    return list(_scopes.values())


def named(keys: Iterable[str]) -> list[Scope]:
    """Those of a key; one that is no longer offered opens nothing."""
    return [_scopes[key] for key in keys if key in _scopes]


def abilities_of(keys: Iterable[str]) -> frozenset[str]:
    """What all of them open together."""
    return frozenset().union(*(scope.abilities for scope in named(keys)))
