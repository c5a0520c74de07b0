"""One row of a foreign file as a request, or the reason why it is none. Pure; no Django."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from liuchi.cases.imports.mapping import Mapping

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)  # the first day of the calendar of working days
KEY_LENGTH = 80


class BadRow(ValueError):
    """A row that can't be imported. ``code`` and ``value`` say why; the sentence is made where it is told."""

    def __init__(self, code: str, value: str = "") -> None:
        super().__init__(f"{code}: {value}" if value else code)
        self.code = code
        self.value = value


@dataclass(frozen=True, slots=True)
class Request:
    """What a row says. Times are aware; degrees as written; None where nothing is said."""

    key: str
    text: str
    place_words: str
    lon: float | None
    lat: float | None
    reported: datetime | None
    due: datetime | None
    closed: datetime | None
    matter: str
    state: str
    unit: str


def request_of(row: dict[str, str], mapping: Mapping, now: datetime) -> Request:
    """Reads one row. Raises BadRow."""
    if any(value is None for value in row.values()) or None in row:
        raise BadRow("columns")
    key = _key(row, mapping)
    text = mapping.filled(mapping.text, row)
    if not text:
        raise BadRow("empty")
    reported = _moment(row, mapping, mapping.reported)
    due = _moment(row, mapping, mapping.due)
    closed = _moment(row, mapping, mapping.closed)
    if mapping.reported and reported is None:
        raise BadRow("no_time")
    for moment in (reported, closed):
        if moment and moment > now:
            raise BadRow("future", moment.isoformat())
    if reported and reported < EARLIEST:
        raise BadRow("too_old", reported.isoformat())
    if reported and closed and closed < reported:
        raise BadRow("closed_before", closed.isoformat())
    matter = mapping.matter.of(row) if mapping.matter else ""
    if matter is None:
        raise BadRow("matter", row[mapping.matter.column] if mapping.matter else "")
    state = mapping.state.of(row)
    if state is None:
        raise BadRow("state", row[mapping.state.column])
    if state == "open" and closed:
        raise BadRow("open_but_closed", closed.isoformat())
    if state != "open" and mapping.closed and not closed:
        raise BadRow("closed_when")
    unit = (mapping.unit.of(row) or "") if mapping.unit else ""
    lon, lat = _point(row, mapping)
    words = mapping.filled(mapping.words, row) if mapping.words else ""
    return Request(key, text, words, lon, lat, reported, due, closed, matter, state, unit)


def _key(row: dict[str, str], mapping: Mapping) -> str:
    """The source's own key; of several columns, or one too long, a digest."""
    values = [row[column].strip() for column in mapping.key]
    if not any(values):
        raise BadRow("no_key")
    if len(values) == 1 and len(values[0]) <= KEY_LENGTH:
        return values[0]
    return hashlib.sha256("\x1f".join(values).encode()).hexdigest()[:40]


def _moment(row: dict[str, str], mapping: Mapping, column: str) -> datetime | None:
    said = row[column].strip() if column else ""
    if not said:
        return None
    for pattern in mapping.formats:
        try:
            moment = datetime.strptime(said, pattern)  # noqa: DTZ007 - the zone comes from the mapping
        except ValueError:
            continue
        return (moment if moment.tzinfo else moment.replace(tzinfo=mapping.zone)).astimezone(UTC)
    raise BadRow("time", said)


def _point(row: dict[str, str], mapping: Mapping) -> tuple[float | None, float | None]:
    """The coordinate, unless it is missing, rounded or outside: then only the words are a place."""
    lon, lat = (row[mapping.lon].strip(), row[mapping.lat].strip()) if mapping.lon else ("", "")
    if not lon or not lat:
        return None, None
    try:
        point = float(lon), float(lat)
    except ValueError:
        raise BadRow("coordinate", f"{lon}, {lat}") from None
    if min(_decimals(lon), _decimals(lat)) < mapping.decimals:
        return None, None
    if mapping.within:
        west, south, east, north = mapping.within
        if not (west <= point[0] <= east and south <= point[1] <= north):
            return None, None
    if not (-180 <= point[0] <= 180 and -90 <= point[1] <= 90):
        raise BadRow("coordinate", f"{lon}, {lat}")
    return point


def _decimals(number: str) -> int:
    return len(number.partition(".")[2])
