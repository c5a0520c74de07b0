"""From bytes to cells: which sheet, which row, which column, what text."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from liuchi.kernel.errors import Refused
from liuchi.people.sheets.columns import SHEETS, Sheet, spoken
from liuchi.people.sheets.safe import Unsafe, plain

LARGEST = 5 * 1024 * 1024
MOST_ROWS = 5000


@dataclass(slots=True)
class Line:
    """One filled row. number: as Excel counts it; cells: key -> text; faults: key -> sentence; word: what would happen
    (new, same); note: a sentence about the row that is no fault."""

    number: int
    cells: dict[str, str]
    faults: dict[str, str] = field(default_factory=dict)
    word: str = "new"
    note: str = ""

    def fault(self, key: str, sentence: str) -> None:
        self.faults.setdefault(key, sentence)


def read(data: bytes, sheets: Sequence[Sheet] = SHEETS) -> dict[str, list[Line]]:
    """The filled rows of the sheets, by sheet key. Raises Refused("workbook") for what is no such workbook."""
    if len(data) > LARGEST:
        raise Refused(
            "workbook", _("This file is too large: at most 5 MB. Leave pictures out."), field="file", status=413
        )
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(plain(data)))
        names = {name.strip().lower(): name for name in book.sheet_names}
    except (Unsafe, CalamineError, OSError, ValueError):
        raise Refused("workbook", _("This is no Excel file. Save it as .xlsx and choose it again."), field="file")
    out: dict[str, list[Line]] = {}
    for sheet in sheets:
        found = next((names[word] for word in spoken(sheet.title) if word in names), None)
        if found is None:
            continue
        try:
            rows = book.get_sheet_by_name(found).to_python(skip_empty_area=False)
        except (CalamineError, ValueError):
            raise Refused("workbook", _("This is no Excel file. Save it as .xlsx and choose it again."), field="file")
        out[sheet.key] = _lines(sheet, rows)
    if not out:
        titles = "、".join(str(sheet.title) for sheet in sheets)
        sentence = _("None of the sheets %(titles)s is in this file. Please fill in our template.") % {"titles": titles}
        raise Refused("workbook", sentence, field="file")
    return out


def _lines(sheet: Sheet, rows: Sequence[Sequence[object]]) -> list[Line]:
    if not rows:
        return []
    heads = [str(head).strip().lower().rstrip("*＊ ") for head in rows[0]]
    at: dict[str, int] = {}
    for column in sheet.columns:
        words = spoken(column.head)
        where = next((i for i, head in enumerate(heads) if head in words), None)
        if where is not None:
            at[column.key] = where
        elif column.needed:
            sentence = _("The sheet “%(sheet)s” has no column “%(column)s”. Please use our template.")
            raise Refused("workbook", sentence % {"sheet": sheet.title, "column": column.head}, field="file")
    lines = []
    for number, row in enumerate(rows[1:], start=2):
        cells = {key: as_text(row[i]) if i < len(row) else "" for key, i in at.items()}
        if any(cells.values()):
            lines.append(Line(number, {column.key: cells.get(column.key, "") for column in sheet.columns}))
    if len(lines) > MOST_ROWS:
        sentence = _("The sheet “%(sheet)s” has more than %(most)s rows. Please split the file.")
        raise Refused("workbook", sentence % {"sheet": sheet.title, "most": MOST_ROWS}, field="file")
    return lines


def as_text(value: object) -> str:
    """What a cell shows: 13800000000.0 is a phone, a date a date, and spaces at the ends are nobody's intention."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return " ".join(str(value).replace("\u3000", " ").split())


def as_day(text: str) -> date | None:
    """A day as offices write it: 2026-11-22, 2026/11/22, 2026.11.22, 2026年11月22日, 20261122. None if it is none."""
    plain = text.strip().rstrip("日号")
    for sign in "年月/.":
        plain = plain.replace(sign, "-")
    if plain.isdigit() and len(plain) == 8:
        plain = f"{plain[:4]}-{plain[4:6]}-{plain[6:]}"
    try:
        year, month, day = (int(part) for part in plain.split("-"))
        return date(year, month, day)
    except ValueError:
        return None
