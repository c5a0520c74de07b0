"""From bytes to cells: which sheet, which row, which column, what text."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from liuchi.kernel.errors import Refused
from liuchi.people.sheets.columns import SHEETS, Column, Sheet, spoken
from liuchi.people.sheets.safe import Unsafe, plain

LARGEST = 5 * 1024 * 1024
MOST_ROWS = 5000
HEADS_WITHIN = 12  # rows from the top


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


class Lines(list[Line]):
    """The filled rows of one sheet. unused: the heads of its columns that nothing here reads."""

    unused: Sequence[str] = ()


def open_book(data: bytes) -> CalamineWorkbook:
    """The workbook in these bytes. Raises Refused("workbook") for what is none, is too large, or would burst."""
    if len(data) > LARGEST:
        raise Refused(
            "workbook", _("This file is too large: at most 5 MB. Leave pictures out."), field="file", status=413
        )
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(plain(data)))
    except (Unsafe, CalamineError, OSError, ValueError):
        raise Refused("workbook", _("This is no Excel file. Save it as .xlsx and choose it again."), field="file")


def first_sheet(data: bytes) -> list[list[Any]]:
    """The cells of a workbook's first sheet. Raises Refused("workbook")."""
    book = open_book(data)
    return _rows(book, book.sheet_names[0]) if book.sheet_names else []


def read(data: bytes, sheets: Sequence[Sheet] = SHEETS) -> dict[str, Lines]:
    """The filled rows of the sheets, by sheet key. A sheet is known by its name or, in an office's own workbook, by its
    heads, which may stand below a title. Raises Refused("workbook") for what is no such workbook."""
    book = open_book(data)
    names = list(book.sheet_names)
    out: dict[str, Lines] = {}
    for sheet in sheets:
        words = spoken(sheet.title)
        found = next((name for name in names if name.strip().lower() in words), None)
        found = found or next(
            (name for name in names if not heads_of(sheet, _rows(book, name, HEADS_WITHIN)).lacks), None
        )
        if found is not None:
            names.remove(found)
            out[sheet.key] = _lines(sheet, _rows(book, found))
    if not out:
        needed = "、".join(str(column.head) for column in sheets[0].columns if column.needed)
        sentence = _("No sheet of this file has the columns %(needed)s. Please fill in our template.")
        raise Refused("workbook", sentence % {"needed": needed}, field="file")
    return out


def _rows(book: CalamineWorkbook, name: str, most: int | None = None) -> list[list[Any]]:
    try:
        return book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=most)
    except (CalamineError, ValueError):
        raise Refused("workbook", _("This is no Excel file. Save it as .xlsx and choose it again."), field="file")


@dataclass(slots=True)
class Heads:
    """Where the heads of a sheet stand. row: which one, from 0; at: column key -> place; lacks: needed ones not there."""

    row: int
    at: dict[str, int]
    lacks: list[Column]
    unused: list[str]


def heads_of(sheet: Sheet, rows: Sequence[Sequence[object]]) -> Heads:
    """The heads among the first rows: an office's list has its title and a date above them."""
    best = Heads(0, {}, [column for column in sheet.columns if column.needed], [])
    for number, row in enumerate(rows[:HEADS_WITHIN]):
        said = [as_text(cell).lower().strip("*＊ ") for cell in row]
        at: dict[str, int] = {}
        for column in sheet.columns:
            words = column.heads()
            free = (i for i, head in enumerate(said) if head in words and i not in at.values())
            if (where := next(free, None)) is not None:
                at[column.key] = where
        lacks = [column for column in sheet.columns if column.needed and column.key not in at]
        if (len(lacks), -len(at)) < (len(best.lacks), -len(best.at)):
            unused = [as_text(cell) for i, cell in enumerate(row) if as_text(cell) and i not in at.values()]
            best = Heads(number, at, lacks, unused)
    return best


def _lines(sheet: Sheet, rows: Sequence[Sequence[object]]) -> Lines:
    lines = Lines()
    if not rows:
        return lines
    heads = heads_of(sheet, rows)
    if heads.lacks:
        sentence = _("The sheet “%(sheet)s” has no column “%(column)s”. Please use our template.")
        raise Refused("workbook", sentence % {"sheet": sheet.title, "column": heads.lacks[0].head}, field="file")
    lines.unused = heads.unused
    for number, row in enumerate(rows[heads.row + 1 :], start=heads.row + 2):
        cells = {key: as_text(row[i]) if i < len(row) else "" for key, i in heads.at.items()}
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
