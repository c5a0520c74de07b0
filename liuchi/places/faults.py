"""What is often wrong at a place (常见问题): data/faults.csv. A line more is a choice more."""

from __future__ import annotations

import csv
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Fault:
    """code; services: it is asked where one of them is, none: everywhere; icon; its words in both languages."""

    code: str
    services: str
    icon: str
    zh: str
    en: str

    @property
    def name(self) -> str:
        """In the language of the page."""
        return self.en if (get_language() or "").startswith("en") else self.zh


@cache
def faults() -> dict[str, Fault]:
    """All by code, in the order in which they are shown."""
    path = Path(__file__).parent / "data" / "faults.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: Fault(**row) for row in csv.DictReader(file)}


def asked_of(services: Collection[str]) -> list[Fault]:
    """What may be wrong where these services are."""
    return [one for one in faults().values() if not one.services or set(one.services.split("|")) & set(services)]
