"""The file that came, with what became of each row: for the office that has to answer."""

from __future__ import annotations

import io

from django.utils.translation import gettext as _

from liuchi.cases.models import OrderImport
from liuchi.cases.orders.reading import Sheet
from liuchi.cases.orders.rules import as_words
from liuchi.cases.orders.words import WORDS


def workbook(of: OrderImport, sheet: Sheet) -> bytes:
    """An .xlsx: number and result first, then the columns as they came; heads stay in view and can be filtered."""
    import xlsxwriter  # takes a while to load, and few ask for a workbook

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    head = book.add_format({"bold": True, "bg_color": "#EFEDE6", "bottom": 1})
    page = book.add_worksheet(_("Result"))
    for at, title in enumerate([_("Our number"), _("Taken or not"), *sheet.heads]):
        page.write_string(0, at, title, head)
    became = {
        row.number: (row.case.number if row.case else "", str(WORDS[row.word]))
        for row in of.rows.select_related("case")
    }
    below = 0
    for number, row in enumerate(sheet.rows, start=sheet.first):
        if number not in became:
            continue
        below += 1
        for at, cell in enumerate([*became[number], *row]):
            page.write_string(below, at, as_words(cell))
    page.set_column(0, 0, 18)
    page.set_column(1, 1, 22)
    page.set_column(2, len(sheet.heads) + 1, 16)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(below, 1), len(sheet.heads) + 1)
    book.close()
    return out.getvalue()
