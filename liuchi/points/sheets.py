"""The workbook of the sheets that people let their unit's secretary open."""

from __future__ import annotations

import io
from collections.abc import Iterable

from django.utils.translation import gettext as _

from liuchi.people.models import Organisation
from liuchi.points import queries
from liuchi.points.models import Statement


def book_of(unit: Organisation, year: int, sheets: Iterable[Statement]) -> bytes:
    """A line for each kind of service of each sheet, by name; no sums over people, nothing to rank."""
    import xlsxwriter  # takes a while to load, and few ask for a workbook

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    bold = book.add_format({"bold": True})
    page = book.add_worksheet(_("Statements"))
    page.set_column(0, 5, 18)
    page.write_string(
        0, 0, _("Confirmed community service, %(unit)s, %(year)s") % {"unit": unit.name, "year": year}, bold
    )
    heads = (_("Number"), _("Full name"), _("Confirmed by"), _("Period"), _("What"), _("Times"), _("Points"))
    for at, head in enumerate(heads):
        page.write_string(2, at, head, bold)
    number = 3
    for one in sheets:
        for event, times, points in one.lines:
            period = f"{one.begins.isoformat()} – {one.ends.isoformat()}"
            name = one.person.name if one.person else ""
            for at, text in enumerate((one.number, name, one.area.name, period, queries.label_of(event))):
                page.write_string(number, at, text)
            page.write_number(number, 5, times)
            page.write_number(number, 6, points)
            number += 1
    book.close()
    return out.getvalue()
