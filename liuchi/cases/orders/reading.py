"""From the file to rows: Excel through the one way into workbooks, CSV in the encodings of offices."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from liuchi.cases.orders import rules
from liuchi.cases.orders.rules import Order
from liuchi.kernel.context import CHINA
from liuchi.kernel.errors import Refused
from liuchi.people.sheets.reading import LARGEST, first_sheet


@dataclass(slots=True)
class Sheet:
    """The heads as they stand there and the rows below; first: the number of the first row, as Excel counts."""

    heads: list[str]
    rows: list[list[Any]]
    first: int

    def orders(self, columns: Mapping[str, str], now: datetime) -> list[Order]:
        """The rows that are filled, read by a mapping of fields to heads. A number a second time says so."""
        plain = [rules.plain(head) for head in self.heads]
        at = {name: plain.index(rules.plain(head)) for name, head in columns.items() if rules.plain(head) in plain}
        out: list[Order] = []
        seen: set[str] = set()
        for number, row in enumerate(self.rows, start=self.first):
            if not any(rules.as_words(cell) for cell in row):
                continue
            cells = {name: row[place] if place < len(row) else "" for name, place in at.items()}
            order = rules.read(number, cells, now, CHINA)
            if order.key and order.key in seen and not order.why:
                order = Order(number, order.key, why="twice")
            seen.add(order.key)
            out.append(order)
        return out


def sheet_of(data: bytes) -> Sheet:
    """The first sheet of a workbook, or a CSV file. Raises Refused("workbook")."""
    rows = first_sheet(data) if data[:2] == b"PK" else _of_csv(data)
    shown = [[rules.as_words(cell) for cell in row] for row in rows[: rules.HEADS_WITHIN]]
    at = rules.find_heads(shown)
    if not shown or sum(bool(cell) for cell in shown[at]) < 2:
        raise Refused("workbook", _("No heads of columns were found in this file."), field="file")
    if len(rows) - at - 1 > rules.MOST_ROWS:
        raise Refused(
            "workbook",
            _("The sheet has more than %(most)s rows. Please split the file.") % {"most": rules.MOST_ROWS},
            field="file",
        )
    return Sheet(_apart(shown[at]), rows[at + 1 :], at + 2)


def _apart(heads: Sequence[str]) -> list[str]:
    """Two columns of one name get numbers, so that each can be chosen."""
    out: list[str] = []
    for head in heads:
        flat = " ".join(head.split())
        count = sum(one == flat or one.startswith(f"{flat} #") for one in out)
        out.append(f"{flat} #{count + 1}" if flat and count else flat)
    return out


def _of_csv(data: bytes) -> list[list[Any]]:
    if len(data) > LARGEST:
        raise Refused(
            "workbook", _("This file is too large: at most 5 MB. Leave pictures out."), field="file", status=413
        )
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        first = text.split("\n", 1)[0]
        delimiter = max(",\t;", key=first.count)
        try:
            return list(csv.reader(io.StringIO(text), delimiter=delimiter))
        except csv.Error:
            break
    raise Refused("workbook", _("This is no Excel file. Save it as .xlsx and choose it again."), field="file")
