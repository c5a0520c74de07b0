"""Workbooks as an office fills them in, for the tests of the registers."""

import io
from collections.abc import Iterable

import xlsxwriter
from django.utils.translation import override

from liuchi.people.registers.sheets.columns import SHOPS, WORKERS
from liuchi.people.sheets.columns import Sheet


def book(sheet: Sheet, rows: Iterable[dict[str, str]]) -> bytes:
    """An .xlsx in Chinese with these rows, by column key."""
    out = io.BytesIO()
    with override("zh-hans"):
        made = xlsxwriter.Workbook(out, {"in_memory": True})
        page = made.add_worksheet(str(sheet.title))
        for at, column in enumerate(sheet.columns):
            page.write_string(0, at, str(column.head))
        for number, row in enumerate(rows, start=1):
            for at, column in enumerate(sheet.columns):
                page.write_string(number, at, row.get(column.key, ""))
        made.close()
    return out.getvalue()


def workers(rows: Iterable[dict[str, str]]) -> bytes:
    return book(WORKERS, rows)


def shops(rows: Iterable[dict[str, str]]) -> bytes:
    return book(SHOPS, rows)


def own_list(rows: Iterable[Iterable[str]], title: str = "Sheet1") -> bytes:
    """An .xlsx as an office keeps it: sheet and heads in its own words, a title above."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    page = made.add_worksheet(title)
    for number, row in enumerate(rows):
        for at, cell in enumerate(row):
            page.write_string(number, at, cell)
    made.close()
    return out.getvalue()
