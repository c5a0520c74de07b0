"""Takes the rows of a file over as cases: each through the action that the pages use, nothing lost silently."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TextIO
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.cases.actions import Said, report
from liuchi.cases.actions.clock import stop_clock
from liuchi.cases.imports.mapping import Mapping, MappingError
from liuchi.cases.imports.rules import BadRow, Request, request_of
from liuchi.cases.models import Case, Matter
from liuchi.kernel import geo
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.people.models import Organisation
from liuchi.territory.models import Area

BATCH = 200  # rows a transaction: a long one would keep everybody else from writing
OUTCOME = {"closed": "done", "refused": "refused", "withdrawn": ""}


@dataclass(slots=True)
class Imported:
    """What became of the rows: read = imported + there + bad."""

    read: int = 0
    imported: int = 0
    there: int = 0
    bad: int = 0
    closed: int = 0
    with_place: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    unknown_units: Counter[str] = field(default_factory=Counter)

    def as_dict(self) -> dict:
        """For ``--json``."""
        return {
            "read": self.read,
            "imported": self.imported,
            "already_there": self.there,
            "bad": self.bad,
            "closed": self.closed,
            "with_place": self.with_place,
            "reasons": dict(self.reasons),
            "unknown_units": dict(self.unknown_units),
        }


def import_file(
    ctx: Context,
    path: Path,
    mapping: Mapping,
    *,
    bad: Path,
    area: Area | None = None,
    told: Callable[[int], None] = lambda _rows: None,
) -> Imported:
    """Imports a CSV file. May be repeated: rows whose key is there already are left alone.

    ctx.at is the moment of rows without a time; recorded_at of all. bad: where bad rows are written, each as it was
    with its line and the reason; made only if there are any. told: called with the number of rows done.
    Raises MappingError if the file lacks a column or a code of the mapping is none of the catalogue.
    """
    done = Imported()
    matters = _matters(mapping)
    units = dict(Organisation.objects.filter(closed_on=None).values_list("name", "pk")) if mapping.unit else {}
    with path.open(encoding=mapping.encoding, errors="surrogateescape", newline="") as stream:
        reader = csv.DictReader(stream, delimiter=mapping.delimiter)
        columns = list(reader.fieldnames or [])
        if missing := mapping.columns - set(columns):
            raise MappingError(f"{path.name} has no column {', '.join(sorted(missing))}; it has {', '.join(columns)}")
        refused = _BadRows(bad, columns)
        try:
            rows = _numbered(reader)
            while batch := tuple(islice(rows, BATCH)):
                _import_batch(ctx, batch, mapping, matters, units, area, done, refused)
                told(len(batch))
        finally:
            refused.close()
    return done


def _numbered(reader: csv.DictReader) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows with the line they end on."""
    for row in reader:
        yield reader.line_num, row


def _import_batch(
    ctx: Context,
    batch: tuple[tuple[int, dict[str, str]], ...],
    mapping: Mapping,
    matters: dict[str, UUID],
    units: dict[str, UUID],
    area: Area | None,
    done: Imported,
    refused: _BadRows,
) -> None:
    requests: list[tuple[int, dict[str, str], Request]] = []
    for line, row in batch:
        done.read += 1
        try:
            requests.append((line, row, request_of(_readable(row), mapping, ctx.recorded_at)))
        except BadRow as reason:
            done.bad += 1
            done.reasons[reason.code] += 1
            refused.write(line, row, sentence(reason))
    with transaction.atomic():
        keys = [request.key for _line, _row, request in requests]
        there = set(
            Case.objects.filter(source=mapping.source, source_key__in=keys).values_list("source_key", flat=True)
        )
        for line, row, request in requests:
            if request.key in there:
                done.there += 1
                continue
            try:
                with transaction.atomic():
                    _take(ctx, request, mapping, matters, units, area, done)
            except Refused as reason:
                done.bad += 1
                done.reasons[reason.code] += 1
                refused.write(line, row, reason.sentence)
            else:
                there.add(request.key)
                done.imported += 1


def _take(
    ctx: Context,
    request: Request,
    mapping: Mapping,
    matters: dict[str, UUID],
    units: dict[str, UUID],
    area: Area | None,
    done: Imported,
) -> None:
    lon, lat = request.lon, request.lat
    if lon is not None and lat is not None and mapping.system != "wgs84":
        lon, lat = (geo.gcj_to_wgs if mapping.system == "gcj02" else geo.bd_to_wgs)(lon, lat)
    said = Said(
        text=request.text,
        lon=lon,
        lat=lat,
        place_source="map" if lon is not None else "none",
        place_words=request.place_words[:120],
        matter_id=matters[request.matter] if request.matter else None,
        area=area,
        source=mapping.source,
        source_key=request.key,
    )
    taken = report(ctx.happened(request.reported) if request.reported else ctx, said)
    unit = units.get(request.unit) if request.unit else None
    if request.unit and unit is None:
        done.unknown_units[request.unit] += 1
    if request.state != "open" or request.due or unit:
        take_over(ctx, taken.case, state=request.state, closed=request.closed, due=request.due, unit=unit)
    done.closed += request.state != "open"
    done.with_place += lon is not None


def take_over(
    ctx: Context, case: Case, *, state: str, closed: datetime | None, due: datetime | None, unit: UUID | None
) -> None:
    """What another system did with a case before it came here, in one journal row: its due time, its unit, its end.

    state: open, closed, refused or withdrawn. Only for the program itself; call it in the transaction of the report.
    Raises Refused(403).
    """
    if not ctx.trusted:
        raise Refused(
            "not_yours",
            _("This is not yours to do. Ask the desk of your street if you think it should be."),
            status=403,
        )
    case.due_at, case.unit_id = due, unit
    fields = ["due_at", "unit", "step_due"]
    facts: dict[str, object] = {"state": case.state}
    moment = ctx.recorded_at
    if state == "open":
        case.step_due = due or case.step_due
    else:
        moment = closed or case.reported_at
        case.state = "withdrawn" if state == "withdrawn" else "closed"
        case.outcome = OUTCOME[state]
        case.closed_at = moment
        facts = {"state": case.state, "outcome": case.outcome}
        if state == "closed":
            case.handled_at = moment
            case.in_time = facts["in_time"] = due is None or moment <= due
        stop_clock(case)
        fields += ["state", "outcome", "closed_at", "handled_at", "in_time", "step_from", "step_value", "step_clock"]
    if due:
        facts["due"] = due.astimezone(UTC).isoformat()
    if unit:
        facts["unit"] = str(unit)
    case.save(update_fields=fields)
    journal.write(replace(ctx, at=moment), case.record, "case.taken_over", facts)


def _matters(mapping: Mapping) -> dict[str, UUID]:
    """code -> id of every matter that the mapping names. Raises MappingError for one that is not in the catalogue."""
    if not mapping.matter:
        return {}
    choice = mapping.matter
    codes = {choice.constant, choice.default or "", *choice.values.values()} - {""}
    found = dict(Matter.objects.filter(kind="event", code__in=codes).exclude(valid_from=None).values_list("code", "pk"))
    if missing := codes - set(found):
        raise MappingError(
            f"[matter]: {', '.join(sorted(missing))} is not in the catalogue (liuchi cases import-catalogue)"
        )
    return found


def _readable(row: dict[str, str]) -> dict[str, str]:
    """The row, if its bytes are what the encoding promised. Raises BadRow."""
    for value in row.values():
        if isinstance(value, str) and any("\udc80" <= sign <= "\udcff" for sign in value):
            raise BadRow("bytes")
    return row


_NUMBER = re.compile(r"[+-]?[0-9.,:/ ]+")


class _BadRows:
    """The file of bad rows, opened when there is one: line, reason, and the row as it was."""

    def __init__(self, path: Path, columns: list[str]) -> None:
        self.path, self.columns = path, columns
        self.stream: TextIO | None = None

    def write(self, line: int, row: dict[str, str], reason: str) -> None:
        names = ["line", "reason", *self.columns]
        first = self.stream is None
        if self.stream is None:
            self.stream = self.path.open("w", encoding="utf-8-sig", errors="replace", newline="")
        writer = csv.DictWriter(self.stream, names, restval="")
        if first:
            writer.writeheader()
        cells = {name: row.get(name) or "" for name in self.columns}
        if None in row:  # more cells than columns: none is dropped
            cells[self.columns[-1]] = " | ".join([cells[self.columns[-1]], *row[None]])  # type: ignore[index]
        writer.writerow({"line": line, "reason": _harmless(reason)} | {name: _harmless(cells[name]) for name in cells})

    def close(self) -> None:
        if self.stream:
            self.stream.close()


def _harmless(cell: str) -> str:
    """Words of strangers that Excel would take for a formula, with a tab before them: it shows them, and the import leaves
    it out again. Numbers stay numbers."""
    return f"\t{cell}" if cell.startswith(("=", "+", "-", "@")) and not _NUMBER.fullmatch(cell.strip()) else cell


def sentence(reason: BadRow) -> str:
    """Why a row is bad, for whoever mends the file."""
    said = {
        "columns": _("More or fewer cells than there are columns."),
        "bytes": _("Some bytes are not text in the encoding of the mapping."),
        "empty": _("There are no words in it."),
        "no_key": _("The key is empty."),
        "no_time": _("It does not say when it was reported."),
        "time": _("This is no time in any format of the mapping: %(value)s"),
        "future": _("This time is still to come: %(value)s"),
        "too_old": _("Times before 2000 are not taken: %(value)s"),
        "closed_before": _("It was closed before it was reported: %(value)s"),
        "open_but_closed": _("It is open, but has a time of closing: %(value)s"),
        "closed_when": _("It is closed, but does not say when."),
        "matter": _("The mapping has no matter for: %(value)s"),
        "state": _("The mapping has no state for: %(value)s"),
        "coordinate": _("This is no coordinate: %(value)s"),
    }[reason.code]
    return said % {"value": reason.value}
