"""A sheet of places: its columns, its rows, the empty template."""

from __future__ import annotations

import io

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override
from python_calamine import CalamineError, CalamineWorkbook

from liuchi.kernel.errors import Refused
from liuchi.people.sheets.reading import LARGEST, Line, as_text
from liuchi.people.sheets.safe import Unsafe, plain
from liuchi.places.models import ServicePoint

MOST_ROWS = 1000
# key -> head; needed ones first
COLUMNS = {
    "name": gettext_noop("Name"),
    "kind": gettext_noop("Kind"),
    "place": gettext_noop("Place on the map"),
    "lon": gettext_noop("Longitude"),
    "lat": gettext_noop("Latitude"),
    "area": gettext_noop("Area"),
    "address": gettext_noop("Address"),
    "inside": gettext_noop("Inside of (a mall, a centre)"),
    "services": gettext_noop("Services"),
    "weekdays": gettext_noop("Monday to Friday"),
    "weekend": gettext_noop("Saturday and Sunday"),
    "floor_area": gettext_noop("Floor area, m²"),
    "capacity": gettext_noop("Seats"),
    "level": gettext_noop("Friendly level"),
    "phone": gettext_noop("Office phone"),
    "opened_on": gettext_noop("Open since"),
    "about": gettext_noop("A few words about it"),
}


def _heads() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in ("zh-hans", "en"):
        with override(language):
            found |= {_(head).lower(): key for key, head in COLUMNS.items()}
    return found


def read(data: bytes) -> list[Line]:
    """The filled rows. Raises Refused("workbook") for what is no such workbook."""
    no_file = Refused("workbook", _("This is no Excel file. Save it as .xlsx and choose it again."), field="file")
    if len(data) > LARGEST:
        raise Refused(
            "workbook", _("This file is too large: at most 5 MB. Leave pictures out."), field="file", status=413
        )
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(plain(data)))
        table = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (Unsafe, CalamineError, OSError, ValueError, IndexError) as error:
        raise no_file from error
    heads = _heads()
    at = {
        heads[word]: i for i, head in enumerate(table[0] if table else []) if (word := as_text(head).lower()) in heads
    }
    if "name" not in at:
        raise Refused(
            "workbook", _("The first row has no column “%(column)s”. Please use our template.") % {"column": _("Name")},
            field="file",
        )  # fmt: skip
    rows = []
    for number, line in enumerate(table[1:], start=2):
        cells = {key: as_text(line[at[key]]) if key in at and at[key] < len(line) else "" for key in COLUMNS}
        if any(cells.values()):
            rows.append(Line(number, cells))
    if not rows:
        raise Refused("workbook", _("There is no filled row in this file."), field="file")
    if len(rows) > MOST_ROWS:
        raise Refused(
            "workbook", _("More than %(most)s rows. Please split the file.") % {"most": MOST_ROWS}, field="file"
        )
    return rows


def workbook() -> bytes:
    """The empty sheet in the present language, with an example that is easy to write over."""
    import xlsxwriter  # takes a while to load, and few ask for a workbook

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    head = book.add_format({"bold": True, "bg_color": "#EFEDE6", "bottom": 1})
    text = book.add_format({"num_format": "@"})
    page = book.add_worksheet(_("Service points"))
    for column, name in enumerate(COLUMNS.values()):
        page.set_column(column, column, 16, text)
        page.write_string(0, column, _(name), head)
    kinds = [str(label) for _code, label in ServicePoint.KINDS]
    page.data_validation(1, 1, MOST_ROWS, 1, {"validate": "list", "source": kinds})
    page.freeze_panes(1, 1)
    book.close()
    return out.getvalue()
