"""What a workbook of new-employment groups would change: each row checked, faults by cell, doubles named. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from liuchi.kernel import crypto
from liuchi.people.models import Person, Registration, TradeBranch
from liuchi.people.phones import normal_phone
from liuchi.people.registers.sheets.columns import WORKERS
from liuchi.people.registers.sheets.meaning import Meanings, Unknown, asked, settle
from liuchi.people.registers.sheets.reach import Areas, words_of
from liuchi.people.registers.trades import GROUPS
from liuchi.people.rules import Scope
from liuchi.people.sheets.reading import Line, Lines
from liuchi.territory.models import Area

CHUNK = 900
# Nobody says in a workbook that somebody registered themselves.
_HOW = {how.value: how.label for how in Registration.How if how != Registration.How.SELF}


@dataclass(slots=True)
class Row:
    """One line with what its cells mean. known: the person whose phone and name it has."""

    line: Line
    name: str = ""
    phone: str = ""
    index: bytes | None = None
    trade: str = ""
    platform: str = ""
    area: Area | None = None
    branch: TradeBranch | None = None
    vehicle: str = ""
    how: str = ""
    known: UUID | None = None


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
        return [row for row in self.rows if row.line.word == "same"]

    @property
    def ready(self) -> bool:
        return not self.faults and bool(self.fresh)


def make_plan(lines: Lines, scope: Scope, means: Meanings | None = None) -> Plan:
    """Checks all rows. scope: the reach of who imports; means: what words of the file stand for."""
    means = means or {}
    settled = settle(lines, means)
    areas = Areas((line.cells["area"] for line in lines), scope)
    trades = words_of(GROUPS.offered())
    vehicles = words_of({vehicle.value: vehicle.label for vehicle in Registration.Vehicle})
    ways = words_of(_HOW)
    branches = list(TradeBranch.objects.select_related("organisation__area").filter(organisation__closed_on=None))
    plan = Plan([_row(line, areas, trades, vehicles, ways, branches) for line in lines])
    _doubles_in_the_file(plan)
    _doubles_in_the_register(plan)
    lists = {"trade": GROUPS.offered().values(), "vehicle": Registration.Vehicle.labels}
    heads = {column.key: str(column.head) for column in WORKERS.columns}
    words = {key: [str(word) for word in values] for key, values in lists.items()}
    plan.unknown = asked(lines, words, heads, means, settled, scope)
    plan.unused = lines.unused
    return plan


def _row(
    line: Line,
    areas: Areas,
    trades: dict[str, str],
    vehicles: dict[str, str],
    ways: dict[str, str],
    branches: list[TradeBranch],
) -> Row:
    cells = line.cells
    row = Row(line, name=cells["name"], platform=cells["platform"][:40])
    if not row.name:
        line.fault("name", _("Please enter a name."))
    elif len(row.name) > 80:
        line.fault("name", _("This name is too long: at most %(n)s characters.") % {"n": 80})
    phone = normal_phone(cells["phone"]) if cells["phone"] else ""
    if phone is None:
        line.fault("phone", _("This is not a phone number. Enter 11 digits, or a landline with its area code."))
    elif phone:
        row.phone, row.index = phone, crypto.blind_index("phone", phone)
    row.trade = trades.get(cells["trade"].lower(), "")
    if not row.trade:
        line.fault("trade", _("Please choose a trade from the list."))
    area = areas.find(cells["area"])
    if isinstance(area, str):
        line.fault("area", area)
    else:
        row.area = area
    row.vehicle = vehicles.get(cells["vehicle"].lower(), "")
    if cells["vehicle"] and not row.vehicle:
        line.fault("vehicle", _("Please choose a vehicle from the list."))
    row.how = ways.get(cells["how"].lower(), "")
    if not row.how:
        line.fault("how", _("Please say in which way the person agreed."))
    row.branch = branch_for(branches, row.trade, row.area, cells["branch"])
    if cells["branch"] and row.branch is None:
        line.fault("branch", _("No branch of this trade has this name."))
    return row


def branch_for(branches: list[TradeBranch], trade: str, area: Area | None, name: str = "") -> TradeBranch | None:
    """The branch of a name; without one the only branch of the trade whose area has this one in it."""
    fitting = [
        branch for branch in branches if branch.trade == trade and (not name or branch.organisation.name == name)
    ]
    if area is not None and not name:
        fitting = [
            branch
            for branch in fitting
            if branch.organisation.area
            and branch.organisation.area.first <= area.first <= branch.organisation.area.last
        ]
    return fitting[0] if len(fitting) == 1 else None


def _doubles_in_the_file(plan: Plan) -> None:
    """The same phone in a trade, or the same name in a trade where one of the two has no phone to tell them apart."""
    phones: dict[tuple[bytes, str], Row] = {}
    names: dict[tuple[str, str], list[Row]] = {}
    for row in plan.rows:
        if row.line.faults:
            continue
        before = phones.setdefault((row.index, row.trade), row) if row.index else row
        alike = names.setdefault((row.name, row.trade), [])
        unsure = next((other for other in alike if not (row.index and other.index)), None)
        if before is not row and before.name != row.name:
            row.line.fault("phone", _("Row %(row)s has the same phone for another name.") % {"row": before.line.number})
        elif before is not row:
            _mark(row, _("the same as row %(row)s") % {"row": before.line.number})
        elif unsure:
            _mark(
                row,
                _("same name and trade as row %(row)s: a phone would tell them apart") % {"row": unsure.line.number},
            )
        else:
            alike.append(row)


def _doubles_in_the_register(plan: Plan) -> None:
    rows = [row for row in plan.rows if row.line.word == "new" and not row.line.faults]
    indexes = [row.index for row in rows if row.index]
    people: dict[bytes, list[Person]] = {}
    for at in range(0, len(indexes), CHUNK):
        # An account that anybody opened with a number is nobody's before an officer has seen that the number is theirs.
        checked = Person.objects.filter(phone_index__in=indexes[at : at + CHUNK]).exclude(phone_checked_at=None)
        for person in checked.only("name", "phone_index"):
            people.setdefault(bytes(person.phone_index or b""), []).append(person)
    entered = set(
        Registration.objects.filter(
            ended_on=None, person__in=[person.pk for found in people.values() for person in found][:30_000]
        ).values_list("person_id", "trade")
    )
    without = {(row.name, row.trade) for row in rows}
    names = sorted({name for name, _trade in without})
    by_name: dict[tuple[str, str], list[bool]] = {}
    for at in range(0, len(names), CHUNK):
        there = Registration.objects.filter(ended_on=None, person__name__in=names[at : at + CHUNK])
        for name, trade, index in there.values_list("person__name", "trade", "person__phone_index"):
            by_name.setdefault((name, trade), []).append(index is not None)
    for row in rows:
        same_phone = people.get(row.index, []) if row.index else []
        same = next((person for person in same_phone if person.name == row.name), None)
        if same and (same.pk, row.trade) in entered:
            _mark(row, _("already in the register"))
        elif same:
            row.known, row.line.note = same.pk, _("known here, new in this trade")
        elif any((person.pk, row.trade) in entered for person in same_phone):
            row.line.fault("phone", _("This phone belongs to somebody with another name."))
        elif any(not (row.index and has_phone) for has_phone in by_name.get((row.name, row.trade), [])):
            _mark(row, _("same name and trade as somebody in the register: a phone would tell them apart"))


def _mark(row: Row, note: str) -> None:
    row.line.word, row.line.note = "same", note
