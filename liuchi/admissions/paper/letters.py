"""What stands on a letter, and the two ways to write it. Letters are in Chinese: they are the office's documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from liuchi.admissions import rules
from liuchi.admissions.actions.letters import code_of
from liuchi.admissions.models import Letter
from liuchi.kernel.documents import pdf, qr, word

CINNABAR = RGBColor(0xA5, 0x30, 0x1E)


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
    until = f"至 {chinese_day(letter.ends)}" if letter.ends else "起长期有效"
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


@cache
def _source() -> str:
    return (Path(__file__).parent / "letter.typ").read_text()


def _data(written: list[Paper]) -> dict[str, Any]:
    letters = []
    for one in written:
        longest = max(len(one.words), 1)
        size = 18 if longest <= 110 else 15 if longest <= 190 else 12.5
        letters.append(asdict(one) | {"qr": qr.file(one.link, border=0), "size": size})
    return {"title": written[0].heading if written else "", "letters": letters}


def as_pdf(written: list[Paper]) -> bytes:
    """One PDF, a landscape page for each."""
    return pdf.render(_source(), _data(written))


def as_pictures(written: list[Paper], ppi: float = 110) -> list[bytes]:
    """The pages as PNG."""
    return pdf.pictures(_source(), _data(written), ppi)


def as_word(written: list[Paper]) -> bytes:
    """One Word document with a page for each, to be changed and printed by the office."""
    return word.fill(_build, {"letters": written})


def _build(document: Document, data: Mapping[str, Any]) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(34)
    section.top_margin, section.bottom_margin = Mm(24), Mm(18)
    _border(section._sectPr)
    for number, one in enumerate(data["letters"]):
        head = _line(
            document, one.heading[:1] + "　".join(["", *one.heading[1:]]), word.KAI, 44, centred=True, bold=True
        )
        head.runs[0].font.color.rgb = CINNABAR
        head.paragraph_format.page_break_before = number > 0
        _line(document, one.number, word.SONG, 11, centred=True)
        _line(
            document, f"{one.name} {one.address}" if one.address != "：" else f"{one.name}：", word.KAI, 20, bold=True
        )
        for words in (one.words, one.closing):
            body = _line(document, words, word.KAI, 18)
            body.paragraph_format.first_line_indent = Pt(36)
            body.paragraph_format.line_spacing = 1.4
        _foot(document, one)


def _line(document: Document, text: str, name: str, size: float, *, centred: bool = False, bold: bool = False) -> Any:
    paragraph = document.add_paragraph()
    word.face(paragraph.add_run(text), name, size, bold)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(8)
    return paragraph


def _foot(document: Document, one: Paper) -> None:
    """The code on the left; on the right the unit with the day, where the seal goes."""
    from io import BytesIO

    table = document.add_table(1, 3)
    table.autofit = False
    for cell, width in zip(table.rows[0].cells, (Mm(32), Mm(97), Mm(100)), strict=True):
        cell.width = width
    left, middle, right = table.rows[0].cells
    left.paragraphs[0].add_run().add_picture(BytesIO(qr.png(one.link)), width=Mm(28))
    said = middle.paragraphs[0].add_run("扫码查验真伪与有效期")
    said.add_break(WD_BREAK.LINE)
    said.add_text(f"查验码 {one.code}")
    said.add_break(WD_BREAK.LINE)
    said.add_text(one.term)
    word.face(said, word.SONG, 9)
    for words, size in (("（盖章处）", 9), (one.unit, 16), (one.day, 15)):
        line = right.paragraphs[0] if words == "（盖章处）" else right.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.space_after = Pt(2)
        word.face(line.add_run(words), word.KAI, size)


def _border(properties: Any) -> None:
    """A double line around the page."""
    around = OxmlElement("w:pgBorders")
    around.set(qn("w:offsetFrom"), "page")
    for side in ("top", "left", "bottom", "right"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "thinThickSmallGap"), ("sz", "24"), ("space", "24"), ("color", "A5301E")):
            line.set(qn(f"w:{key}"), value)
        around.append(line)
    # the order of the elements of a section is fixed: the border stands behind the margins
    properties.find(qn("w:pgMar")).addnext(around)
