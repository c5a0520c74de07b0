"""A small cut of the catalogue's data files, for tests that need some matters and not all 458."""

import csv
import tempfile
from functools import cache
from pathlib import Path

from liuchi.cases.catalogue import files

CODES = {
    "01001",
    "01002",
    "01037",
    "06008",
    "06010",
    "06042",
    "06052",
    "09011",
    "09012",
    "10093",
    "98099",
    "99082",
    "99091",
}


@cache
def few() -> Path:
    """A folder with the data files, cut down to some twenty matters with all their conditions."""
    folder = Path(tempfile.mkdtemp(prefix="liuchi-catalogue-"))
    homes = [row for row in files.read("rule_matter_map.csv") if row["code"] in CODES]
    keys = {(row["rule_kind"], row["rule_major_code"], row["rule_minor_code"]) for row in homes}
    kept = {
        "matters.csv": lambda row: row["code"] in CODES,
        "rule_matter_map.csv": lambda row: row in homes,
        "case_rules.csv": lambda row: (row["rule_kind"], row["rule_major_code"], row["rule_minor_code"]) in keys,
        "local_conditions.csv": lambda row: row["code"] in CODES,
        "legal_basis.csv": lambda row: row["code"] in CODES,
    }
    for name, wanted in kept.items():
        rows = list(files.read(name))
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, rows[0])
            writer.writeheader()
            writer.writerows(row for row in rows if wanted(row))
    return folder
