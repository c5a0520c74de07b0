"""Letters as a Word document."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from liuchi.admissions.paper.letters import Paper
from liuchi.kernel.documents import qr, word

CINNABAR = RGBColor(0xA5, 0x30, 0x1E)


def written(letters: list[Paper]) -> bytes:
    """One Word document with a page for each, to be changed and printed by the office."""
    return word.fill(_build, {"letters": letters})


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
