"""Codes of the catalogue and what a change of it means. Pure; no Django."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

# Conditions of the first import count from here: cases from before the installation are imported under them.
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)

LIMIT_TYPES = ("urgent_hour", "work_hour", "work_day", "natural_day")
HOURS = {"urgent_hour": 1, "work_hour": 1, "work_day": 8, "natural_day": 24}
# The longest limits anyone sets: a year.
LONGEST = {"urgent_hour": 8784, "work_hour": 2000, "work_day": 250, "natural_day": 366}


def next_local_code(major: str, used: Collection[str]) -> str:
    """The code of the next local addition to a major class (大类, two digits): three digits counting down from 099.

    Codes already used, of the standard or local, are passed over. Raises ValueError when none is left.
    """
    for minor in range(99, 0, -1):
        code = f"{major}{minor:03d}"
        if code not in used:
            return code
    raise ValueError(f"no local code is left in class {major}")


def urgency(limit_value: int, limit_type: str) -> tuple[int, float]:
    """A key that puts the most pressing limit first: urgent hours run on through the night, so they come before all."""
    return (0 if limit_type == "urgent_hour" else 1, limit_value * HOURS[limit_type])


@dataclass(frozen=True, slots=True)
class Rule:
    """One filing condition as the data files give it; ``kind`` and ``code`` are those of the matter."""

    kind: str
    code: str
    text: str
    closing: str
    limit_value: int
    limit_type: str
    unit_role: str
    co_roles: str
    basis: str
    source: str  # rule: of a city's published rules; local: our own proposal


@dataclass(frozen=True, slots=True)
class Standing:
    """The condition that counts now for the same matter and words. ``edited``: the office changed or ended it itself."""

    limit_value: int
    limit_type: str
    closing: str
    unit_role: str
    co_roles: str
    basis: str
    edited: bool

    def says(self, rule: Rule) -> bool:
        """Whether the rule asks the same of the same unit."""
        return (self.limit_value, self.limit_type, self.closing, self.unit_role, self.co_roles, self.basis) == (
            rule.limit_value,
            rule.limit_type,
            rule.closing,
            rule.unit_role,
            rule.co_roles,
            rule.basis,
        )


def decide(rule: Rule, standing: Standing | None) -> str:
    """What an import does with one rule: ``new``, ``same``, ``changed``, or ``kept`` where the office has the last word."""
    if standing is None:
        return "new"
    if standing.says(rule):
        return "same"
    return "kept" if standing.edited else "changed"


def once(rules: Iterable[Rule]) -> list[Rule]:
    """The rules without those that say the same words of the same matter again, in their order: merged rows agree on
    the condition and its limit, and a matter must not offer the same choice twice. Raises ValueError where two rows
    with the same words have different limits, because then the mapping lacks a qualifier."""
    seen: dict[tuple[str, str, str], Rule] = {}
    for rule in rules:
        first = seen.setdefault((rule.kind, rule.code, rule.text), rule)
        if (first.limit_value, first.limit_type) != (rule.limit_value, rule.limit_type):
            raise ValueError(f"{rule.kind} {rule.code}: two limits for “{rule.text}”")
    return list(seen.values())


def likeliest(text: str, conditions: Sequence[tuple[int, str]]) -> int | None:
    """Which filing condition the words of a report fit best, of (key, words of the condition): most pairs of
    characters in common; with none in common the first, which is the most pressing. None if there is none."""
    pairs = {text[at : at + 2] for at in range(len(text) - 1)}
    best, most = None, -1
    for key, words in conditions:
        common = sum(words[at : at + 2] in pairs for at in range(len(words) - 1))
        if common > most:
            best, most = key, common
    return best
