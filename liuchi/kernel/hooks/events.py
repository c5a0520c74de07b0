"""What other programs may be told: each app offers verbs of the journal, and names the facts that go out with them. All of
them are ids, codes and numbers; nothing that is not named here leaves the house."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from liuchi.kernel.journal.models import Row

_labels: dict[str, Any] = {}
_facts: dict[str, frozenset[str]] = {}


def offer(labels: Mapping[str, Any], facts: Collection[str]) -> None:
    """Offers verbs with their words (lazy translations), and the names of the facts that may go out with any of them."""
    for verb, label in labels.items():
        _labels[verb] = label
        _facts[verb] = frozenset(facts)


def offered() -> dict[str, Any]:
    """Verb -> its words."""
    return dict(_labels)


def id_of(row: Row) -> str:
    """The name of an event: the same each time it is sent, so that whoever has it already can tell."""
    return f"evt_{row.hash[:32]}"


def told(row: Row) -> dict[str, Any]:
    """The facts of a row that may go out."""
    known = _facts.get(row.verb, frozenset())
    return {name: value for name, value in row.facts.items() if name in known}


def body_of(row: Row) -> dict[str, Any]:
    """What a receiver is sent: what happened, when, to which record."""
    return {
        "type": row.verb,
        "timestamp": row.at.isoformat().replace("+00:00", "Z"),
        "data": {
            "kind": row.record.kind,
            "id": str(row.record_id),
            "version": row.version,
            "channel": row.channel,
            **told(row),
        },
    }
