"""Workbooks that we write: the empty template of a register, and the list of shops and firms."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from liuchi.people.models import Business, Registration
from liuchi.people.registers.trades import BUSINESSES, GROUPS
from liuchi.people.sheets.columns import Sheet

ROWS = 5000


def choices(key: str, column: str) -> list[str]:
    """What a column offers to choose from."""
    if column == "trade":
        return [str(label) for label in (BUSINESSES if key == "shops" else GROUPS).values()]
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
