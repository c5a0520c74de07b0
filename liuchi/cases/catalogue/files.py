"""The data files of the catalogue in ``liuchi/cases/data``, read and joined.

matters.csv           403 codes and names of GB/T 47678.5-2026 (管理部件、管理事项), and local additions
case_rules.csv        519 filing conditions with closing standard, limit and unit role, from one city's published rules
rule_matter_map.csv   which matter of the standard each of those rules belongs to; decided name by name:
                      same name, renamed, merged (a qualifier goes before the words where limits differ), split, local
local_conditions.csv  conditions of our own local additions, a proposal for offices to change
legal_basis.csv       law or regulation behind a matter, where we are sure of it
conditions_en.csv     the words of conditions and closing standards in English
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from liuchi.cases.catalogue.rules import Rule, once

DATA = Path(__file__).resolve().parents[1] / "data"


@dataclass(frozen=True, slots=True)
class MatterRow:
    """One row of matters.csv."""

    kind: str
    code: str
    major: str
    major_en: str
    name: str
    name_en: str
    source: str


@dataclass(frozen=True, slots=True)
class Joined:
    """Matters, their conditions, and how each of the rules found its matter."""

    matters: list[MatterRow]
    rules: list[Rule]
    matched: list[dict[str, str]]  # rows of the mapping whose matter exists
    unmatched: list[dict[str, str]]  # rules without a row in the mapping, or with a matter that does not exist
    merged_away: int  # rules that say the same words of the same matter as another


def read(name: str, folder: Path = DATA) -> Iterator[dict[str, str]]:
    """The rows of a data file as dictionaries."""
    with (folder / name).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


@cache
def english() -> dict[str, str]:
    """Words of conditions and closing standards -> English. What an office wrote itself is not in it."""
    return {row["text"]: row["text_en"] for row in read("conditions_en.csv")}


def joined(folder: Path = DATA) -> Joined:
    """Reads all the files of a folder and joins them. Raises ValueError where they contradict each other."""
    matters = [MatterRow(**row) for row in read("matters.csv", folder)]
    known = {(m.kind, m.code) for m in matters}
    basis = {(r["kind"], r["code"]): r["basis"] for r in read("legal_basis.csv", folder)}
    mapping: dict[tuple[str, str, str], list[dict[str, str]]] = {}
    for row in read("rule_matter_map.csv", folder):
        mapping.setdefault((row["rule_kind"], row["rule_major_code"], row["rule_minor_code"]), []).append(row)

    rules: list[Rule] = []
    matched: list[dict[str, str]] = []
    unmatched: list[dict[str, str]] = []
    told: set[tuple[str, str, str]] = set()
    for row in read("case_rules.csv", folder):
        key = (row["rule_kind"], row["rule_major_code"], row["rule_minor_code"])
        homes = [home for home in mapping.get(key, []) if (home["kind"], home["code"]) in known]
        if key not in told:
            told.add(key)
            if homes:
                matched.extend(homes)
            else:
                unmatched.append({"kind": key[0], "major": key[1], "minor": key[2], "name": row["rule_minor"]})
        for home in homes:
            text = f"{home['qualifier']}：{row['condition']}" if home["qualifier"] else row["condition"]
            rules.append(_rule(row, home["kind"], home["code"], text, "rule", basis))
    for row in read("local_conditions.csv", folder):
        if ("event", row["code"]) not in known:
            unmatched.append(
                {"kind": "event", "major": row["code"][:2], "minor": row["code"][2:], "name": row["condition"]}
            )
            continue
        rules.append(_rule(row, "event", row["code"], row["condition"], "local", basis))
    single = once(rules)
    return Joined(matters, single, matched, unmatched, len(rules) - len(single))


def _rule(row: dict[str, str], kind: str, code: str, text: str, source: str, basis: dict[tuple[str, str], str]) -> Rule:
    return Rule(
        kind=kind,
        code=code,
        text=text,
        closing=row["closing"],
        limit_value=int(row["limit_value"]),
        limit_type=row["limit_type"],
        unit_role=row["unit_role"],
        co_roles=row["co_roles"],
        basis=basis.get((kind, code), ""),
        source=source,
    )
