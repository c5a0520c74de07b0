"""What stands on a letter, and the two ways to write it. Letters are in Chinese: they are the office's documents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from liuchi.admissions import rules
from liuchi.admissions.actions.letters import code_of
from liuchi.admissions.models import Letter
from liuchi.kernel.documents import pdf, qr


@dataclass(frozen=True, slots=True)
class Paper:
    """One letter as it is printed. address: 同志, or nothing for a shop or unit; link: what the QR code says."""

    heading: str
    number: str
    name: str
    address: str
    words: str
    closing: str
    term: str
    unit: str
    day: str
    code: str
    link: str


def papers(letters: Iterable[Letter], base: str = "") -> list[Paper]:
    """The letters with what stands on them. base: the address of this house, where none is set in settings."""
    return [_paper(letter, settings.PUBLIC_URL or base) for letter in letters]


def _paper(letter: Letter, base: str) -> Paper:
    held = letter.admission
    said = held.version.definition
    person = not (held.business or held.organisation)
    name = str(held.business or held.organisation or held.person or "")
    unit = held.programme.unit.name if held.programme.unit else held.programme.area.name
    values = {
        "name": name,
        "title": f"“{held.title}”",
        "from": chinese_day(letter.begins),
        "until": chinese_day(letter.ends) if letter.ends else "长期",
        "unit": unit,
    }
    code = code_of(letter)
    until = f"至{chinese_day(letter.ends)}" if letter.ends else "起长期有效"
    return Paper(
        heading=said.letter_heading,
        number=letter.number,
        name=name,
        address="同志：" if person else "：",
        words=rules.filled(said.letter_words, values),
        closing="此聘。" if said.letter_heading == "聘书" else "特发此证。",
        term=f"有效期 {chinese_day(letter.begins)}{until}",
        unit=unit,
        day=chinese_day(letter.issued_on),
        code=code,
        link=f"{base.rstrip('/')}/v/{code}",
    )


def chinese_day(day: date) -> str:
    """2026年7月26日, as GB/T 9704 writes it."""
    return f"{day.year}年{day.month}月{day.day}日"


def size_of(words: str) -> float:
    """Points, so that the words fill their place and no more."""
    return 18 if len(words) <= 110 else 15 if len(words) <= 190 else 12.5


_DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")


@cache
def _source() -> str:
    return (Path(__file__).parent / "letter.typ").read_text()


def _data(written: list[Paper]) -> dict[str, Any]:
    letters = []
    for one in written:
        # a day is not broken between two lines
        words = _DAY.sub(lambda found: "\u2060".join(found[0]), one.words)
        letters.append(asdict(one) | {"qr": qr.file(one.link, border=0), "size": size_of(one.words), "words": words})
    return {"title": written[0].heading if written else "", "letters": letters}


def as_pdf(written: list[Paper]) -> bytes:
    """One PDF, a landscape page for each."""
    return pdf.render(_source(), _data(written))


def as_pictures(written: list[Paper], ppi: float = 110) -> list[bytes]:
    """The pages as PNG."""
    return pdf.pictures(_source(), _data(written), ppi)


def as_word(written: list[Paper]) -> bytes:
    """One Word document with a page for each, to be changed and printed by the office."""
    from liuchi.admissions.paper import words  # brings python-docx and lxml, which only this needs

    return words.written(written)
