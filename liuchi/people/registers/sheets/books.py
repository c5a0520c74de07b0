"""Workbooks that we write: the empty template of a register, and the list of shops and firms."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from liuchi.people.actions.service import Told
from liuchi.people.models import Business, Organisation, Registration
from liuchi.people.registers.trades import BUSINESSES, GROUPS
from liuchi.people.sheets.columns import Sheet

ROWS = 5000


def choices(key: str, column: str) -> list[str]:
    """What a column offers to choose from."""
    if column == "trade":
        return [str(label) for label in (BUSINESSES if key == "shops" else GROUPS).offered().values()]
    if column == "vehicle":
        return [str(vehicle.label) for vehicle in Registration.Vehicle]
    if column == "how":
        return [str(how.label) for how in Registration.How if how != Registration.How.SELF]
    return [_("Yes"), _("No")] if column == "consent" else []


def template(sheet: Sheet) -> bytes:
    """The empty workbook of a register, with lists to choose from."""
    return _book(sheet, ())


def list_of_shops(sheet: Sheet, shops: Iterable[Business]) -> bytes:
    """Shops and firms as they stand in the register. A phone only of those whose keeper agreed to be shown."""
    rows = [
        [
            shop.name,
            str(BUSINESSES.get(shop.trade, shop.trade)),
            shop.area.name,
            shop.address,
            shop.office_phone if shop.consent_at else "",
            shop.licence,
            shop.chain_link,
            _("Yes") if shop.consent_at else _("No"),
        ]
        for shop in shops
    ]
    return _book(sheet, rows)


def statement_book(unit: Organisation, told: Told) -> bytes:
    """The service of a unit's members where they live, of those who agreed that it is told."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    bold = book.add_format({"bold": True})
    page = book.add_worksheet(_("Statement"))
    page.set_column(0, 1, 20)
    page.write_string(0, 0, _("Service in the community: %(unit)s") % {"unit": unit.name}, bold)
    page.write_string(1, 0, f"{told.begins.isoformat()} – {told.ends.isoformat()}")
    for at, head in enumerate((_("Full name"), _("Community"), _("Occasions"), _("Hours"))):
        page.write_string(3, at, head, bold)
    for number, line in enumerate(told.lines, start=4):
        page.write_string(number, 0, line.name)
        page.write_string(number, 1, line.community)
        page.write_number(number, 2, line.occasions)
        page.write_number(number, 3, float(line.hours))
    book.close()
    return out.getvalue()


def _book(sheet: Sheet, rows: Iterable[Sequence[str]]) -> bytes:
    import xlsxwriter  # takes a while to load, and few ask for a workbook

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    head = book.add_format({"bold": True, "bg_color": "#EFEDE6", "bottom": 1, "font_size": 11})
    needed = book.add_format({"bold": True, "bg_color": "#FBEDE9", "bottom": 1, "font_size": 11})
    text = book.add_format({"num_format": "@"})
    page = book.add_worksheet(str(sheet.title))
    lists = book.add_worksheet(_("Lists"))
    lists.hide()
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width, text)
        page.write_string(0, at, str(column.head), needed if column.needed else head)
        page.write_comment(0, at, str(column.hint))
        offered = choices(sheet.key, column.key)
        if offered:
            lists.write_column(0, at, offered)
            letter, name = chr(ord("A") + at), _("Lists").replace("'", "''")
            source = f"='{name}'!${letter}$1:${letter}${len(offered)}"
            page.data_validation(1, at, ROWS, at, {"validate": "list", "source": source})
    for number, row in enumerate(rows, start=1):
        for at, value in enumerate(row):
            page.write_string(number, at, value)  # never a formula, whatever somebody named their shop
    page.freeze_panes(1, 1)
    book.close()
    return out.getvalue()
