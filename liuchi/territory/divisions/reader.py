"""Reads a folder of CSV files with division codes: columns code and name; 2, 4, 6, 9 or 12 digits."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from liuchi.territory import rules
from liuchi.territory.divisions.names import known_name

# As the lists are usually named; other CSV files in the folder are left alone.
FILES = ("provinces", "cities", "counties", "areas", "streets", "towns", "communities", "villages")


@dataclass(frozen=True, slots=True)
class Division:
    code: str
    name: str
    level: str


class NoDivisions(ValueError):
    """The folder or a file holds no division codes. The message says which and why."""


def read_folder(folder: Path) -> list[Division]:
    """All divisions of the folder, upper levels first. Provinces and cities that no file lists are taken from the codes.

    Raises NoDivisions.
    """
    found: dict[str, Division] = {}
    for path in sorted(folder.glob("*.csv")):
        if path.name.startswith(FILES):
            for division in _read(path):
                found[division.code] = division
    if not found:
        raise NoDivisions(f"{folder}: " + ", ".join(f"{name}*.csv" for name in FILES))
    for code in list(found):
        for above in rules.ancestors(code):
            if above not in found:
                found[above] = Division(above, known_name(above), rules.level_of(above))
    return sorted(found.values(), key=lambda division: (len(division.code), division.code))


def _read(path: Path) -> list[Division]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if not {"code", "name"} <= set(rows.fieldnames or ()):
            raise NoDivisions(f"{path.name}: code, name")
        divisions = []
        for number, row in enumerate(rows, start=2):
            try:
                code = rules.plain_code(row["code"] or "")
            except ValueError as error:
                raise NoDivisions(f"{path.name}:{number}: {error}") from error
            divisions.append(Division(code, rules.short_name(row["name"] or code)[:80], rules.level_of(code)))
    return divisions
