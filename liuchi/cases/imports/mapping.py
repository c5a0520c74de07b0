"""What the columns of a foreign file mean: a mapping file in TOML.

    source = "old-hotline"          # a name for where the rows come from; with the key it makes an import repeatable
    encoding = "utf-8"              # optional; utf-8 takes files with and without a mark, gb18030 those of old offices
    delimiter = ","                 # optional

    [key]                           # what tells one row from another
    column = "Number"               # … or without such a column: columns = ["Text", "Created"], their values together

    [text]
    template = "{Type}: {Detail}"   # columns in braces; empty ones leave nothing behind

    [place]                         # optional
    words = "{Address}"
    lon = "Longitude"               # WGS-84 degrees; system = "gcj02" or "bd09" converts
    lat = "Latitude"
    decimals = 3                    # a coordinate with fewer digits is rounded and no place: only the words are kept
    within = [116.8, 30.3, 117.3, 30.7]   # west, south, east, north; what lies outside is no place either

    [time]                          # optional: without it a row counts as said when it is imported
    zone = "Asia/Shanghai"
    formats = ["%Y-%m-%d %H:%M:%S", "%Y/%m/%d"]
    reported = "Created"
    due = "Due"                     # optional
    closed = "Closed"               # optional

    [matter]                        # optional: code of an event of the catalogue
    column = "Type"
    default = "98092"               # optional; without it a value that stands nowhere is a bad row
    [matter.values]
    "路灯" = "01037"

    [state]                         # optional: open (default), closed, refused or withdrawn
    column = "Status"
    default = "open"
    [state.values]
    "办结" = "closed"

    [unit]                          # optional: which unit had it, by its name in this installation
    column = "Agency"
    [unit.values]
    "SW" = "环卫所"

Instead of ``column`` any of matter, state and unit may have ``constant = "…"``. Pure; no Django.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

STATES = ("open", "closed", "refused", "withdrawn")
SYSTEMS = ("wgs84", "gcj02", "bd09")
_BRACES = re.compile(r"\{([^{}]+)\}")


class MappingError(ValueError):
    """The mapping file is wrong; says where and what is expected."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value from a column through a table, or a constant. ``default``: for what the table lacks; None: a bad row."""

    column: str = ""
    constant: str = ""
    default: str | None = None
    values: dict[str, str] = field(default_factory=dict)

    def of(self, row: dict[str, str]) -> str | None:
        """The value for a row; None if the table has none. Raises KeyError without the column."""
        if self.constant:
            return self.constant
        said = row[self.column].strip()
        return self.values.get(said, self.default)


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping file, checked."""

    source: str
    key: tuple[str, ...]
    text: str
    encoding: str = "utf-8-sig"
    delimiter: str = ","
    words: str = ""
    lon: str = ""
    lat: str = ""
    decimals: int = 0
    within: tuple[float, float, float, float] | None = None
    system: str = "wgs84"
    zone: tzinfo | None = None
    formats: tuple[str, ...] = ()
    reported: str = ""
    due: str = ""
    closed: str = ""
    matter: Choice | None = None
    state: Choice = field(default_factory=lambda: Choice(constant="open"))
    unit: Choice | None = None

    @property
    def columns(self) -> set[str]:
        """Every column that the file must have."""
        named = {*self.key, *_BRACES.findall(self.text), *_BRACES.findall(self.words)}
        named |= {self.lon, self.lat, self.reported, self.due, self.closed}
        named |= {choice.column for choice in (self.matter, self.state, self.unit) if choice}
        return named - {""}

    def filled(self, template: str, row: dict[str, str]) -> str:
        """A template with the row's values; what is empty leaves no stray sign at the ends."""
        said = _BRACES.sub(lambda brace: row[brace[1]].strip(), template)
        return said.strip(" \t\n:：,，;；-|")


def read(path: Path) -> Mapping:
    """Reads and checks a mapping file. Raises MappingError."""
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingError(f"{path.name} is not TOML: {error}") from error
    return of(said)


def of(said: dict[str, Any]) -> Mapping:
    """The mapping in a parsed file. Raises MappingError."""
    _only(said, "", {"source", "encoding", "delimiter", "key", "text", "place", "time", "matter", "state", "unit"})
    key, place, time = (_table(said, name) for name in ("key", "place", "time"))
    _only(key, "key", {"column", "columns"})
    _only(place, "place", {"words", "lon", "lat", "decimals", "within", "system"})
    _only(time, "time", {"zone", "formats", "reported", "due", "closed"})
    source = said.get("source", "")
    if not re.fullmatch(r"[a-z0-9_-]{1,24}", source if isinstance(source, str) else ""):
        raise MappingError("source: a name of at most 24 small letters, digits, - and _")
    keys = key.get("columns") or [key.get("column", "")]
    if not all(isinstance(column, str) and column for column in keys):
        raise MappingError('[key]: column = "…" or columns = ["…", …]')
    text = _table(said, "text").get("template", "")
    if not _BRACES.search(text):
        raise MappingError("[text]: template with at least one {Column}")
    within = place.get("within")
    if within is not None and (len(within) != 4 or within[0] >= within[2] or within[1] >= within[3]):
        raise MappingError("[place] within: [west, south, east, north]")
    system = place.get("system", "wgs84")
    if system not in SYSTEMS:
        raise MappingError(f"[place] system: one of {', '.join(SYSTEMS)}")
    if bool(place.get("lon")) != bool(place.get("lat")):
        raise MappingError("[place]: lon and lat, or neither")
    zone = None
    if time:
        if not time.get("reported") or not time.get("formats"):
            raise MappingError("[time]: reported and formats are needed")
        try:
            zone = ZoneInfo(time.get("zone", "Asia/Shanghai"))
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise MappingError(f"[time] zone: {time.get('zone')} is not known") from error
    state = _choice(said, "state") or Choice(constant="open")
    for value in {state.constant, state.default or "", *state.values.values()} - {""}:
        if value not in STATES:
            raise MappingError(f"[state]: {value} is none of {', '.join(STATES)}")
    encoding = said.get("encoding", "utf-8")
    return Mapping(
        source=source,
        key=tuple(keys),
        text=text,
        encoding="utf-8-sig" if encoding == "utf-8" else encoding,
        delimiter=said.get("delimiter", ","),
        words=place.get("words", ""),
        lon=place.get("lon", ""),
        lat=place.get("lat", ""),
        decimals=int(place.get("decimals", 0)),
        within=tuple(within) if within else None,
        system=system,
        zone=zone,
        formats=tuple(time.get("formats", ())),
        reported=time.get("reported", ""),
        due=time.get("due", ""),
        closed=time.get("closed", ""),
        matter=_choice(said, "matter"),
        state=state,
        unit=_choice(said, "unit"),
    )


def _table(said: dict[str, Any], name: str) -> dict[str, Any]:
    table = said.get(name, {})
    if not isinstance(table, dict):
        raise MappingError(f"{name} is a table: [{name}]")
    return table


def _only(table: dict[str, Any], name: str, known: set[str]) -> None:
    for word in table:
        if word not in known:
            where = f"[{name}] " if name else ""
            raise MappingError(f"{where}{word} is not known; known are {', '.join(sorted(known))}")


def _choice(said: dict[str, Any], name: str) -> Choice | None:
    if name not in said:
        return None
    table = _table(said, name)
    _only(table, name, {"column", "constant", "default", "values"})
    if bool(table.get("column")) == bool(table.get("constant")):
        raise MappingError(f"[{name}]: either column or constant")
    values = {str(key): str(value) for key, value in table.get("values", {}).items()}
    return Choice(table.get("column", ""), table.get("constant", ""), table.get("default"), values)
