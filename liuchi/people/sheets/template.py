"""The empty workbook that an office fills in."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from liuchi.people.models import Organisation, Role
from liuchi.people.sheets.columns import SHEETS, STAFF, UNITS

if TYPE_CHECKING:
    import xlsxwriter

ROWS = 2000


def workbook() -> bytes:
    """An .xlsx in the present language: two sheets with heads, notes, lists to choose from, and a sheet that explains."""
    import xlsxwriter  # takes a while to load, and few ask for a workbook

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    head = book.add_format({"bold": True, "bg_color": "#EFEDE6", "bottom": 1, "font_size": 11})
    needed = book.add_format({"bold": True, "bg_color": "#FBEDE9", "bottom": 1, "font_size": 11})
    text = book.add_format({"num_format": "@"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    lists = book.add_worksheet(_("Lists"))
    pages = {}
    for sheet in SHEETS:
        page = pages[sheet.key] = book.add_worksheet(str(sheet.title))
        for at, column in enumerate(sheet.columns):
            page.set_column(at, at, column.width, day if column.key in ("begins", "ends") else text)
            page.write_string(0, at, str(column.head), needed if column.needed else head)
            page.write_comment(0, at, str(column.hint))
        page.freeze_panes(1, 1)
    kinds = [str(kind.label) for kind in Organisation.Kind]
    roles = [str(role.label) for role in Role if role != Role.RESIDENT]
    lists.write_column(0, 0, kinds)
    lists.write_column(0, 1, roles)
    lists.hide()
    name = _("Lists").replace("'", "''")
    _choices(pages[UNITS.key], UNITS, "kind", f"='{name}'!$A$1:$A${len(kinds)}")
    _choices(pages[STAFF.key], STAFF, "role", f"='{name}'!$B$1:$B${len(roles)}")
    units = str(UNITS.title).replace("'", "''")
    _choices(pages[STAFF.key], STAFF, "unit", f"='{units}'!$A$2:$A${ROWS}", strict=False)
    pages[UNITS.key].activate()
    pages[UNITS.key].set_first_sheet()
    book.close()
    return out.getvalue()


def _choices(
    page: xlsxwriter.worksheet.Worksheet, sheet: object, key: str, source: str, *, strict: bool = True
) -> None:
    at = next(i for i, column in enumerate(sheet.columns) if column.key == key)  # type: ignore[attr-defined]
    page.data_validation(1, at, ROWS, at, {"validate": "list", "source": source, "show_error": strict})
