"""What a workbook of shops and firms would change: each row checked, and what looks like a shop of the register beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from liuchi.kernel import crypto
from liuchi.people import rules
from liuchi.people.models import Business
from liuchi.people.phones import normal_phone
from liuchi.people.registers.queries.businesses import is_near
from liuchi.people.registers.rules import name_key
from liuchi.people.registers.sheets.columns import SHOPS
from liuchi.people.registers.sheets.meaning import Meanings, Unknown, asked, settle
from liuchi.people.registers.sheets.reach import Areas, words_of
from liuchi.people.registers.trades import BUSINESSES
from liuchi.people.rules import Scope
from liuchi.people.sheets.columns import spoken
from liuchi.people.sheets.reading import Line, Lines
from liuchi.territory.models import Area

CHUNK = 900
SKIP, KEEP, MERGE = "skip", "keep", "merge"


@dataclass(slots=True)
class Row:
    """One line with what its cells mean. double: what it looks like in the register; choice: what is to be done then."""

    line: Line
    name: str = ""
    trade: str = ""
    area: Area | None = None
    address: str = ""
    phone: str = ""
    licence: str = ""
    chain_link: str = ""
    consent: bool = False
    double: Business | None = None
    choice: str = SKIP


@dataclass(slots=True)
class Plan:
    """unknown: words that no list has; unused: columns of the file that nothing reads."""

    rows: list[Row] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)
    unused: Sequence[str] = ()

    @property
    def faults(self) -> int:
        return sum(len(row.line.faults) for row in self.rows)

    @property
    def fresh(self) -> list[Row]:
        return [row for row in self.rows if row.line.word == "new" and not row.line.faults]

    @property
    def doubles(self) -> list[Row]:
        """Rows beside which a shop of the register stands."""
        return [row for row in self.rows if row.double is not None]

    @property
    def same(self) -> list[Row]:
        """Rows that the file or the register has already, word for word."""
        return [row for row in self.rows if row.line.word == "same" and row.double is None]

    @property
    def ready(self) -> bool:
        return not self.faults and bool(self.fresh or self.doubles)


def make_plan(
    lines: Lines, scope: Scope, chosen: Mapping[str, str] | None = None, means: Meanings | None = None
) -> Plan:
    """Checks all rows. scope: the reach of who imports; chosen: row number -> skip, keep or merge, for doubles; means:
    what words of the file stand for."""
    means = means or {}
    settled = settle(lines, means)
    areas = Areas((line.cells["area"] for line in lines), scope)
    trades, yes = words_of(BUSINESSES.offered()), {*spoken(_("Yes")), "yes", "y", "是", "同意", "1"}
    plan = Plan([_row(line, areas, trades, yes) for line in lines])
    seen: dict[tuple[str, str, int], Row] = {}
    for row in plan.rows:
        if row.line.faults or row.area is None:
            continue
        before = seen.setdefault((row.name, row.address, row.area.pk), row)
        if before is not row:
            row.line.word, row.line.note = "same", _("the same as row %(row)s") % {"row": before.line.number}
    _beside(plan, chosen or {})
    words = {"trade": [str(word) for word in BUSINESSES.offered().values()]}
    heads = {column.key: str(column.head) for column in SHOPS.columns}
    plan.unknown = asked(lines, words, heads, means, settled, scope)
    plan.unused = lines.unused
    return plan


def _row(line: Line, areas: Areas, trades: dict[str, str], yes: set[str]) -> Row:
    cells = line.cells
    row = Row(line, cells["name"], address=cells["address"][:120], chain_link=cells["chain_link"][:40])
    if not row.name:
        line.fault("name", _("Please enter a name."))
    elif len(row.name) > 80:
        line.fault("name", _("This name is too long: at most %(n)s characters.") % {"n": 80})
    row.trade = trades.get(cells["trade"].lower(), "")
    if not row.trade:
        line.fault("trade", _("Please choose a trade from the list."))
    area = areas.find(cells["area"])
    if isinstance(area, str):
        line.fault("area", area)
    else:
        row.area = area
    phone = normal_phone(cells["phone"]) if cells["phone"] else ""
    if phone is None:
        line.fault("phone", _("This is not a phone number. Enter 11 digits, or a landline with its area code."))
    row.phone = phone or ""
    row.licence = "".join(cells["licence"].split()).upper()
    if row.licence and not rules.is_licence(row.licence):
        line.fault("licence", _("This licence number is not right. Please compare it with the paper."))
    row.consent = cells["consent"].lower() in yes
    return row


def _beside(plan: Plan, chosen: Mapping[str, str]) -> None:
    """Finds what looks like a row in the register: by licence, phone, or the same name close by. Three queries a thousand rows."""
    rows = [row for row in plan.rows if row.line.word == "new" and not row.line.faults]
    wanted: dict[str, set[Any]] = {
        "licence": {row.licence for row in rows if row.licence},
        "phone_index": {crypto.blind_index("phone", row.phone) for row in rows if row.phone},
        "name_key": {name_key(row.name) for row in rows},
    }
    there: dict[str, dict[object, list[Business]]] = {}
    for field_, values in wanted.items():
        by_value = there.setdefault(field_, {})
        every = sorted(values)
        for at in range(0, len(every), CHUNK):
            shops = Business.objects.filter(closed_on=None, **{f"{field_}__in": every[at : at + CHUNK]})
            for shop in shops.select_related("area", "record"):
                value = getattr(shop, field_)
                by_value.setdefault(bytes(value) if field_ == "phone_index" else value, []).append(shop)
    for row in rows:
        alike = [
            *(there["licence"].get(row.licence, []) if row.licence else []),
            *(there["phone_index"].get(crypto.blind_index("phone", row.phone), []) if row.phone else []),
            *(shop for shop in there["name_key"].get(name_key(row.name), []) if is_near(shop, None, None, row.area)),
        ]
        if not alike:
            continue
        here = (row.name, row.address, row.area.pk if row.area else None)
        if any((shop.name, shop.address, shop.area_id) == here for shop in alike):
            row.line.word, row.line.note = "same", _("already there")
            continue
        shop = alike[0]
        row.double, row.line.word = shop, "double"
        row.choice = chosen.get(str(row.line.number), SKIP)
