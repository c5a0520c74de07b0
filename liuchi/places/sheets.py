"""Places in an Excel sheet: one row a place."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override
from python_calamine import CalamineError, CalamineWorkbook

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.people.sheets.reading import LARGEST, as_day, as_text
from liuchi.people.sheets.safe import Unsafe, plain
from liuchi.places import actions, rules
from liuchi.places.granting import codes_of
from liuchi.places.models import ServicePoint
from liuchi.territory import queries as territory
from liuchi.territory.models import Area, Place

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


@dataclass(slots=True)
class Row:
    """One filled row. number: as Excel counts it; fault: why it can't be entered."""

    number: int
    cells: dict[str, str]
    fault: str = ""


class _Faulty(Exception):
    """Some row can't be entered: nothing is."""


def bring_in(ctx: Context, data: bytes) -> list[Row]:
    """Enters all rows, or none when one has a fault; the rows with what is wrong. Raises Refused for what is no workbook."""
    rows = _read(data)
    try:
        with transaction.atomic():
            for row in rows:
                try:
                    with transaction.atomic():
                        actions.enter_point(ctx, _wanted(row.cells))
                except Refused as refused:
                    row.fault = refused.sentence
            if any(row.fault for row in rows):
                raise _Faulty
    except _Faulty:
        pass
    return rows


def _wanted(cells: Mapping[str, str]) -> actions.Wanted:
    kinds = _kinds()
    kind = kinds.get(cells["kind"].lower(), "" if cells["kind"] else "station")
    place = _place(cells["place"])
    lon, lat = _number(cells["lon"], "lon"), _number(cells["lat"], "lat")
    area = None
    if cells["area"]:
        area = Area.objects.filter(name=cells["area"], valid_to=None).first()
        area = area or Area.objects.filter(code=cells["area"], valid_to=None).first()
        if area is None:
            raise Refused("area", _("No area has this name or code."))
    known = codes_of(cells["services"])
    said = [part for part in cells["services"].replace("、", ",").replace("，", ",").split(",") if part.strip()]
    if len(known) < len(said):
        unknown = next(part.strip() for part in said if not codes_of(part))
        raise Refused("services", _("“%(code)s” is not in the list of services.") % {"code": unknown})
    try:
        weekdays, weekend = rules.read_spans(cells["weekdays"]), rules.read_spans(cells["weekend"])
    except rules.BadHours as error:
        raise Refused("hours", _("These hours can't be: %(part)s.") % {"part": error}) from error
    opened = as_day(cells["opened_on"]) if cells["opened_on"] else None
    if cells["opened_on"] and opened is None:
        raise Refused("opened_on", _("This is no day."))
    floor, seats, level = (_number(cells[name], name) for name in ("floor_area", "capacity", "level"))
    return actions.Wanted(
        name=cells["name"],
        kind=kind,
        place=place,
        lon=lon,
        lat=lat,
        area=area,
        address=cells["address"],
        inside=cells["inside"],
        about=cells["about"],
        phone=cells["phone"],
        floor_area=Decimal(str(floor)) if floor is not None else None,
        capacity=int(seats) if seats is not None else None,
        level=int(level or 0),
        services=dict.fromkeys(known, ""),
        week=(*(weekdays,) * 5, *(weekend,) * 2),
        opened_on=opened,
    )


def _place(words: str) -> Place | None:
    if not words:
        return None
    found = territory.places_found(words, limit=1)
    if not found:
        raise Refused("place", _("No place on the map is called “%(words)s”.") % {"words": words})
    return found[0]


def _number(text: str, name: str) -> float | None:
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise Refused(name, _("“%(text)s” is no number.") % {"text": text}) from error
    if not value.is_finite() or not -180 <= value <= 99999 or (value < 0 and name not in ("lon", "lat")):
        raise Refused(name, _("“%(text)s” is no number.") % {"text": text})
    return float(value)


def _kinds() -> dict[str, str]:
    found = {code: code for code, _label in ServicePoint.KINDS}
    for language in ("zh-hans", "en"):
        with override(language):
            found |= {str(label).lower(): code for code, label in ServicePoint.KINDS}
    return found


def _heads() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in ("zh-hans", "en"):
        with override(language):
            found |= {_(head).lower(): key for key, head in COLUMNS.items()}
    return found


def _read(data: bytes) -> list[Row]:
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
            rows.append(Row(number, cells))
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
