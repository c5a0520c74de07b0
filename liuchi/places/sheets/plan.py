"""What a sheet would make: each row checked against what is there, each fault at its cell. Writes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _
from django.utils.translation import override

from liuchi.kernel.errors import Refused
from liuchi.people.sheets.reading import Line, as_day
from liuchi.places import actions, rules
from liuchi.places.granting import codes_of
from liuchi.places.models import ServicePoint
from liuchi.places.services import services
from liuchi.territory import queries as territory
from liuchi.territory.models import Area, Place

# the cell at which a refusal of the action is shown, where it is called otherwise there
CELLS = {"spot": "place", "week": "weekdays"}
_MOBILE = re.compile(r"(?<!\d)(?:0086|86)?1[3-9]\d{9}(?!\d)")


@dataclass(slots=True)
class Row:
    """A line with the point that it would make (None: faults, or already there)."""

    line: Line
    wanted: actions.Wanted | None = None


@dataclass(slots=True)
class Plan:
    """All rows, in their order."""

    rows: list[Row]

    @property
    def faults(self) -> int:
        """How many cells need a look."""
        return sum(len(row.line.faults) for row in self.rows)

    @property
    def known(self) -> int:
        """How many rows are there already."""
        return sum(row.line.word == "same" for row in self.rows)

    @property
    def fresh(self) -> list[actions.Wanted]:
        """What would be made."""
        return [row.wanted for row in self.rows if row.wanted]

    @property
    def ready(self) -> bool:
        """Whether it can be carried out."""
        return not self.faults and bool(self.fresh)


def make_plan(lines: Sequence[Line], may: Callable[[Area], bool]) -> Plan:
    """What would become of each row; may: whether this person enters places in an area. Doubles are found by name and area."""
    areas: dict[str, list[Area]] = {}
    for area in Area.objects.filter(valid_to=None).defer("boundary"):
        for word in {area.name, area.code}:
            areas.setdefault(word, []).append(area)
    rows: list[tuple[Row, Area | None]] = []
    kinds = _kinds()
    for line in lines:
        wanted = _wanted(line, areas, kinds)
        if not line.faults:
            try:
                _facts, area = actions.checked(wanted)
            except Refused as refused:
                cell = refused.field or "name"
                line.fault(CELLS.get(cell, cell), _no_spot() if cell == "spot" else refused.sentence)
            else:
                if may(area):
                    line.note = area.name
                    rows.append((Row(line, wanted), area))
                    continue
                cell = "area" if line.cells["area"] else "place"
                line.fault(cell, _("%(area)s is not yours to look after.") % {"area": area.name})
        rows.append((Row(line), None))
    _mark_doubles([(row, area) for row, area in rows if area])
    return Plan([row for row, _area in rows])


def _mark_doubles(rows: Sequence[tuple[Row, Area]]) -> None:
    there = set(
        ServicePoint.objects.filter(closed_on=None, name__in={_name(row) for row, _area in rows}).values_list(
            "area", "name"
        )
    )
    first: dict[tuple[int, str], int] = {}
    for row, area in rows:
        key = (area.pk, _name(row))
        if key in there:
            row.line.word, row.line.note = "same", _("already there in %(area)s") % {"area": area.name}
        elif key in first:
            row.line.fault("name", _("Row %(n)s has the same name in the same area.") % {"n": first[key]})
        else:
            first[key] = row.line.number
            continue
        row.wanted = None


def _name(row: Row) -> str:
    return " ".join(row.line.cells["name"].split())


def _wanted(line: Line, areas: dict[str, list[Area]], kinds: dict[str, str]) -> actions.Wanted:
    cells = line.cells
    if not cells["name"].strip():
        line.fault("name", _("Please enter a name."))
    kind = kinds.get(cells["kind"].lower(), "" if cells["kind"] else "station")
    known = codes_of(cells["services"])
    said = [part for part in cells["services"].replace("、", ",").replace("，", ",").split(",") if part.strip()]
    if unknown := next((part.strip() for part in said if not codes_of(part)), None):
        line.fault("services", _("“%(code)s” is not in the list of services.") % {"code": unknown} + _offered())
    opened = as_day(cells["opened_on"]) if cells["opened_on"] else None
    if cells["opened_on"] and opened is None:
        line.fault("opened_on", _("This is no day."))
    if _MOBILE.search(re.sub(r"[\s\-－—+]", "", cells["phone"])):
        # it stands on the public page and on the sign at the door, and nobody asked whose it is
        line.fault("phone", _("This is somebody's mobile phone. Enter the telephone of the office, or leave it empty."))
    floor, seats, level = (_number(line, name) for name in ("floor_area", "capacity", "level"))
    if level is not None and level > 5:
        line.fault("level", _("From 0 to 5 stars."))
    weekdays, weekend = _spans(line, "weekdays"), _spans(line, "weekend")
    return actions.Wanted(
        name=cells["name"],
        kind=kind,
        place=_place(line),
        lon=_number(line, "lon"),
        lat=_number(line, "lat"),
        area=_area(line, areas),
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


def _no_spot() -> str:
    return _("Please name a place of the map here, or write its degrees in the two columns beside.")


def _offered() -> str:
    """What may stand there."""
    return " " + _("Choose from: %(names)s.") % {"names": _(", ").join(one.name for one in services().values())}


def _area(line: Line, areas: dict[str, list[Area]]) -> Area | None:
    word = line.cells["area"]
    if not word:
        return None
    found = areas.get(word, [])
    if not found:
        line.fault("area", _("No area has this name or code."))
    elif len(found) > 1:
        line.fault("area", _("There are several areas of this name. Please write its code instead."))
    return found[0] if found else None


def _place(line: Line) -> Place | None:
    """The place named; without it and without degrees that of the address."""
    words = line.cells["place"]
    if not words and not line.cells["lon"] and not line.cells["lat"]:
        found = territory.places_found(line.cells["address"], limit=1) if line.cells["address"] else []
        if not found:
            line.fault("place", _no_spot())
        return found[0] if found else None
    found = territory.places_found(words, limit=1) if words else []
    if words and not found:
        line.fault("place", _("No place on the map is called “%(words)s”.") % {"words": words})
    return found[0] if found else None


def _spans(line: Line, name: str) -> rules.Spans:
    try:
        return rules.read_spans(line.cells[name])
    except rules.BadHours as error:
        line.fault(name, _("These hours can't be: %(part)s.") % {"part": error})
        return ()


def _number(line: Line, name: str) -> float | None:
    text = line.cells[name]
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or not -180 <= value <= 99999 or (value < 0 and name not in ("lon", "lat")):
        line.fault(name, _("“%(text)s” is no number.") % {"text": text})
        return None
    return float(value)


def _kinds() -> dict[str, str]:
    found = {code: code for code, _label in ServicePoint.KINDS}
    for language in ("zh-hans", "en"):
        with override(language):
            found |= {str(label).lower(): code for code, label in ServicePoint.KINDS}
    return found
