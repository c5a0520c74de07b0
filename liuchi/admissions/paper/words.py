"""Letters as a Word document."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell

from liuchi.admissions.paper.letters import Paper, size_of
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
        head.paragraph_format.space_before = Pt(14)
        under = _line(document, one.number, word.SONG, 11, centred=True)
        under.paragraph_format.space_after = Pt(16)
        # a frame of a set height, so that the foot with the place for the seal stands low, however long the words are
        body = document.add_table(1, 1)
        body.rows[0].height, body.rows[0].height_rule = Mm(70), WD_ROW_HEIGHT_RULE.AT_LEAST
        cell = body.rows[0].cells[0]
        _line(cell, f"{one.name} {one.address}" if one.address != "：" else f"{one.name}：", word.KAI, 20, bold=True)
        cell._element.remove(cell.paragraphs[0]._element)  # the empty one that each cell begins with
        size = size_of(one.words)
        for words in (one.words, one.closing):
            line = _line(cell, words, word.KAI, size)
            line.paragraph_format.first_line_indent = Pt(2 * size)
            line.paragraph_format.line_spacing = 1.4
        between = document.add_paragraph()
        between.paragraph_format.space_after = Pt(0)
        _foot(document, one)


def _line(
    document: Document | _Cell, text: str, name: str, size: float, *, centred: bool = False, bold: bool = False
) -> Any:
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
    for at, width in enumerate((Mm(34), Mm(95), Mm(100))):
        table.columns[at].width = table.rows[0].cells[at].width = width
        table.rows[0].cells[at].vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
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
