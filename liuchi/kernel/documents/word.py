"""Word documents (.docx) that an office goes on editing: built in code, or a template of the office's own filled in.

python-docx brings lxml; both are loaded when a document is first written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as Built
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Faces that Word and WPS have on Chinese machines.
SONG, KAI, HEI = "宋体", "楷体", "黑体"
_GAP = re.compile(r"\{\{\s*(\w+)\s*\}\}")

Builder = Callable[["Built", Mapping[str, Any]], None]


def fill(template: bytes | Builder, data: Mapping[str, Any]) -> bytes:
    """The document: built by a function into an empty A4 page, or a template in which ``{{ name }}`` is replaced.

    A value for a gap is text; one the data lack stays as it stands, so that the office sees what to write there.
    """
    from docx import Document
    from docx.oxml.ns import qn

    if callable(template):
        document = Document()
        for language in document.styles.element.iter(qn("w:lang")):
            language.set(qn("w:eastAsia"), "zh-CN")  # Chinese forms of characters and points, not Japanese ones
        template(document, data)
    else:
        document = Document(BytesIO(template))
        for paragraph in _paragraphs(document):
            _fill_in(paragraph, data)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def face(run: Run, name: str, size: float | None = None, bold: bool = False) -> Run:
    """Sets the face of a run also for Chinese characters, for which Word keeps a second one. size: points."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run.font.name = name
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)
    run.font.bold = bold
    if size:
        run.font.size = Pt(size)
    return run


def _paragraphs(document: Built) -> Iterator[Paragraph]:
    parts = [document, *(part for section in document.sections for part in (section.header, section.footer))]
    for part in parts:
        yield from part.paragraphs
        for table in part.tables:
            for row in table.rows:
                for cell in row.cells:
                    yield from cell.paragraphs


def _fill_in(paragraph: Paragraph, data: Mapping[str, Any]) -> None:
    if "{{" not in paragraph.text:
        return
    text = _GAP.sub(lambda found: str(data.get(found[1], found[0])), paragraph.text)
    # Word cuts a gap into several runs wherever it likes: all of the paragraph takes the look of its first run
    first, rest = paragraph.runs[0], paragraph.runs[1:]
    first.text = text
    for run in rest:
        run._element.getparent().remove(run._element)


def text_of(data: bytes) -> Iterable[str]:
    """The paragraphs of a document, for tests and for search."""
    from docx import Document

    return [paragraph.text for paragraph in _paragraphs(Document(BytesIO(data)))]
