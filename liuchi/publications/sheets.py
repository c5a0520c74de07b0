"""The list of services as an Excel workbook, out and in again."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuchi.kernel import given
from liuchi.kernel.errors import Refused
from liuchi.people.sheets.columns import spoken
from liuchi.people.sheets.reading import as_day, as_text, first_sheet
from liuchi.publications import rules
from liuchi.publications.models import ServiceItem
from liuchi.publications.models.services import ASPECT_LABELS

MOST = 500
# key -> head; the steps stand in one cell, a line each
COLUMNS = {
    "number": gettext_lazy("No."),
    "aspect": gettext_lazy("Aspect"),
    "kind": gettext_lazy("List"),
    "name": gettext_lazy("Name"),
    "what": gettext_lazy("What it is"),
    "for_whom": gettext_lazy("For whom"),
    "steps": gettext_lazy("How to get it"),
    "where": gettext_lazy("Where"),
    "office_phone": gettext_lazy("Office phone"),
    "valid_until": gettext_lazy("Valid until"),
    "uses": gettext_lazy("Uses"),
}
NEEDED = ("aspect", "name", "what", "steps")


@dataclass(slots=True)
class Line:
    """One row: as Excel counts it, its values for write_item, the line of the list it changes, and what is wrong."""

    row: int
    values: dict[str, Any]
    item: ServiceItem | None
    fault: str = ""


def workbook(items: list[ServiceItem], uses: dict[Any, int]) -> bytes:
    """An .xlsx of the lines, with how often each was used."""
    import xlsxwriter  # takes a while to load, and few ask for a workbook

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet(_("Services"))
    head = book.add_format({"bold": True, "bg_color": "#EFEDE6", "bottom": 1})
    cell = book.add_format({"text_wrap": True, "valign": "top"})
    for at, (key, label) in enumerate(COLUMNS.items()):
        page.set_column(at, at, 40 if key in ("what", "steps") else 18 if key in ("name", "for_whom", "where") else 11)
        page.write_string(0, at, str(label), head)
    for row, item in enumerate(items, 1):
        said = {
            "number": str(item.number),
            "aspect": str(ASPECT_LABELS[item.aspect]),
            "kind": str(item.get_kind_display()),
            "steps": "\n".join(item.steps),
            "valid_until": item.valid_until.isoformat() if item.valid_until else "",
            "uses": str(uses.get(item.pk, 0)),
        }
        for at, key in enumerate(COLUMNS):
            value = said.get(key, getattr(item, key, ""))
            if key in ("number", "uses"):
                page.write_number(row, at, int(value), cell)
            else:
                page.write_string(row, at, value, cell)
    page.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


def read(data: bytes, known: dict[int, ServiceItem]) -> list[Line]:
    """The filled rows. A number of the list changes that line, none makes a new one. Raises Refused("workbook")."""
    rows = first_sheet(data)
    at = _places(rows[0] if rows else [])
    out = []
    for number, row in enumerate(rows[1:], 2):
        cells = {key: _cell(row[place]) if place < len(row) else "" for key, place in at.items()}
        if any(cells.get(key) for key in NEEDED):
            out.append(_line(number, cells, known))
    if len(out) > MOST:
        raise Refused("workbook", _("At most %(most)s lines go in at once.") % {"most": MOST}, "file")
    return out


def _places(heads: list[Any]) -> dict[str, int]:
    written = [as_text(head).lower() for head in heads]
    at = {}
    for key, label in COLUMNS.items():
        words = spoken(label)
        place = next((place for place, head in enumerate(written) if head in words), None)
        if place is not None:
            at[key] = place
        elif key in NEEDED:
            sentence = _("The column “%(column)s” is missing. Take the list out as Excel first and change that.")
            raise Refused("workbook", sentence % {"column": label}, "file")
    return at


def _cell(value: object) -> str:
    """Lines stay lines: the steps stand in one cell."""
    if isinstance(value, str):
        return "\n".join(" ".join(line.split()) for line in value.strip().splitlines())
    return as_text(value)


def _line(row: int, cells: dict[str, str], known: dict[int, ServiceItem]) -> Line:
    aspect = next(
        (code for code in rules.ASPECTS if cells["aspect"].lower() in {code, *spoken(ASPECT_LABELS[code])}), ""
    )
    kinds = {value: {value, *spoken(label)} for value, label in ServiceItem.Kind.choices}
    kind = next((code for code, words in kinds.items() if cells.get("kind", "").lower() in words), "service")
    day = cells.get("valid_until", "")
    number = cells.get("number", "")
    item = known.get(given.whole(number) or 0)
    values = {
        "aspect": aspect,
        "kind": kind,
        "steps": cells["steps"].splitlines(),
        "valid_until": as_day(day) if day else None,
        **{key: cells.get(key, "") for key in ("name", "what", "for_whom", "where", "office_phone")},
    }
    fault = ""
    if not aspect:
        fault = _("There is no such aspect: %(word)s") % {"word": cells["aspect"]}
    elif day and values["valid_until"] is None:
        fault = _("This is no day: %(word)s") % {"word": day}
    elif number and item is None:
        fault = _("There is no line with the number %(word)s. Leave the number empty for a new one.") % {"word": number}
    elif missing := next((key for key in NEEDED if not cells[key]), ""):
        fault = _("“%(column)s” is empty.") % {"column": COLUMNS[missing]}
    return Line(row, values, item, fault)
