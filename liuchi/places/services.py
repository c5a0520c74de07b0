"""The list of services (服务项): data/services.csv. A line more is a service more."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Service:
    """code; function: of the four (`rules.FUNCTIONS`); icon; its name in both languages; also: what else people call it."""

    code: str
    function: str
    icon: str
    zh: str
    en: str
    also: str = ""

    @property
    def name(self) -> str:
        """In the language of the page."""
        return self.en if (get_language() or "").startswith("en") else self.zh

    @property
    def names(self) -> list[str]:
        """By which it is found, in small letters."""
        return [self.code, self.zh.lower(), self.en.lower(), *(one.lower() for one in self.also.split("|") if one)]


@cache
def services() -> dict[str, Service]:
    """All by code, in the order in which they are shown."""
    path = Path(__file__).parent / "data" / "services.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: Service(**row) for row in csv.DictReader(file)}


def matching(typed: str) -> list[Service]:
    """The services that somebody may mean, those of exactly this name first."""
    words = " ".join(typed.lower().split())
    if not words:
        return []
    found = [one for one in services().values() if any(words in name for name in one.names)]
    return sorted(found, key=lambda one: words not in one.names)


def named(codes: list[str]) -> list[Service]:
    """The services of these codes in the order of the list; unknown codes are left out."""
    wanted = set(codes)
    return [service for code, service in services().items() if code in wanted]
