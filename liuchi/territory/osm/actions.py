"""Bringing a map file in: areas with their boundaries, places, and the base map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.kernel.context import CHINA, Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records
from liuchi.kernel.records.models import Record
from liuchi.territory import rules, stamps
from liuchi.territory.basemap import build
from liuchi.territory.divisions.actions import new_area
from liuchi.territory.divisions.names import known_name
from liuchi.territory.finding.areas import AreaIndex, load_areas
from liuchi.territory.models import Area, Place
from liuchi.territory.osm.places import Found, find_places
from liuchi.territory.osm.reader import Extract, UnreadableMap, read
from liuchi.territory.shapes import geojson

Progress = Callable[[int, int], None]
# What is compared between two imports of the same place.
FIELDS = (
    "kind", "name", "number", "street", "compound_id", "area_id", "lon", "lat", "geometry", "households", "facts",
    "label", "pinyin", "initials",
)  # fmt: skip


@dataclass
class Counted:
    """What an import did. `kinds` counts the places that the file holds, `drawn` the features of the base map by layer."""

    area: str = ""
    added: int = 0
    changed: int = 0
    ended: int = 0
    unchanged: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    drawn: dict[str, int] = field(default_factory=dict)
    tiles: int = 0
    map_bytes: int = 0
    bounds: tuple[float, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def import_osm(
    ctx: Context, path: Path, code: str, name: str = "", *, folder: Path | None = None, progress: Progress | None = None
) -> Counted:
    """Brings in a map file for the area with this code; the area is made, with all above it, when it is not there.

    Run again with the same or a newer file it changes what differs and ends what has vanished. Places of other areas
    and other sources stay. The base map is made anew from all maps brought in so far, in `folder` (default:
    MAP_FOLDER). Raises Refused for a file or a code that can't be read.
    """
    try:
        code = rules.plain_code(code)
    except ValueError as error:
        raise Refused(
            "bad_code", _("A division code has 2, 4, 6, 9 or 12 digits, like 340881990."), field="area"
        ) from error
    try:
        extract = read(path)
    except UnreadableMap as error:
        raise Refused(
            "bad_map", _("This is not a map file that can be read: %(why)s") % {"why": error}, field="file"
        ) from error
    found = find_places(extract)
    folder = folder or Path(settings.MAP_FOLDER)
    build.keep_source(folder, code, path)
    made = build.make(folder, {code: extract}, progress)
    counted = Counted(
        kinds=dict(Counter(place.kind for place in found)), drawn=made.features, tiles=made.tiles, map_bytes=made.size,
        bounds=extract.bounds,
    )  # fmt: skip
    with transaction.atomic():
        area = _areas(ctx, extract, code, name)
        counted.area = area.name
        _places(ctx, found, area, counted)
        record = records.create("import", area_id=area.pk)
        facts = counted.as_dict()
        facts.pop("bounds")
        facts.pop("area")
        journal.write(ctx, record, "territory.map_imported", {"code": code, **facts})
        stamps.touch("areas")
        stamps.touch("places")
    return counted


def _areas(ctx: Context, extract: Extract, code: str, name: str) -> Area:
    """The area of the import and all above it, and every boundary of the file that has a division code."""
    named: dict[str, str] = {}
    shapes: dict[str, Any] = {}
    for thing in extract.things:
        if thing.tags.get("boundary") != "administrative" or "division_code" not in thing.tags:
            continue
        try:
            boundary_code = rules.plain_code(thing.tags["division_code"])
        except ValueError:
            continue
        named[boundary_code] = thing.tags.get("name", "")
        if thing.shape is not None:
            shapes[boundary_code] = thing.shape
    if name:
        named[code] = name
    known = {area.code: area for area in Area.objects.filter(valid_to=None).defer("boundary")}
    wanted = [*rules.ancestors(code), code]
    wanted += sorted((c for c in shapes if c.startswith(code) and c != code), key=lambda c: (len(c), c))
    for one in wanted:
        if one not in known:
            area = new_area(one, (named.get(one) or known_name(one))[:80], known, f"osm:{code}")
            area.save()
            known[one] = area
    for one, shape in shapes.items():
        if one in known:
            middle = shape.representative_point()
            area = known[one]
            area.boundary, area.lon, area.lat = geojson(shape), round(middle.x, 7), round(middle.y, 7)
            area.save(update_fields=["boundary", "lon", "lat"])
    area = known[code]
    if name and area.name != name:
        area.name = name
        area.save(update_fields=["name"])
    if area.lon is None:
        west, south, east, north = extract.bounds
        area.lon, area.lat = (west + east) / 2, (south + north) / 2
        area.save(update_fields=["lon", "lat"])
    if not Area.objects.filter(home=True).exists():
        area.home = True
        area.save(update_fields=["home"])
    return area


def _places(ctx: Context, found: list[Found], area: Area, counted: Counted) -> None:
    source = f"osm:{area.code}"
    today = ctx.at.astimezone(CHINA).date()
    before = {place.source_id: place for place in Place.objects.filter(source=source)}
    index = load_areas()
    inside = index.codes_below(area)
    new = [one for one in found if one.source_id not in before]
    fresh = records.create_many("place", [_area_of(index, inside, one, area.pk) for one in new])
    record_of: dict[str, Record] = {one.source_id: record for one, record in zip(new, fresh, strict=True)}
    pk_of = {source_id: place.pk for source_id, place in before.items()} | {s: r.pk for s, r in record_of.items()}
    added, changed = [], []
    for one in found:
        values = {
            "kind": one.kind, "name": one.name, "number": one.number, "street": one.street,
            "compound_id": pk_of.get(one.inside), "area_id": _area_of(index, inside, one, area.pk), "lon": one.lon,
            "lat": one.lat, "geometry": one.geometry, "households": one.households, "facts": one.facts,
            "label": one.label, "pinyin": one.pinyin, "initials": one.initials,
        }  # fmt: skip
        place = before.get(one.source_id)
        if place is None:
            added.append(Place(record=record_of[one.source_id], source=source, source_id=one.source_id, **values))
        elif place.valid_to is not None or any(getattr(place, name) != values[name] for name in FIELDS):
            for name, value in values.items():
                setattr(place, name, value)
            place.valid_to = None
            changed.append(place)
        else:
            counted.unchanged += 1
    Place.objects.bulk_create(added, batch_size=500)
    Place.objects.bulk_update(
        changed,
        [*(name for name in FIELDS if not name.endswith("_id")), "compound", "area", "valid_to"],
        batch_size=100,
    )
    for place in changed:
        Record.objects.filter(pk=place.pk).exclude(area_id=place.area_id).update(area_id=place.area_id)
    counted.added, counted.changed = len(added), len(changed)
    counted.ended = _end(before, {one.source_id for one in found}, today)


def _end(before: dict[str, Place], still: set[str], today: date) -> int:
    gone = [place.pk for source_id, place in before.items() if source_id not in still and place.valid_to is None]
    for start in range(0, len(gone), 500):
        Place.objects.filter(pk__in=gone[start : start + 500]).update(valid_to=today)
    return len(gone)


def _area_of(index: AreaIndex, inside: set[int], place: Found, otherwise: int) -> int:
    """The deepest area around a place that belongs to the area of the import."""
    number = index.containing(place.lon, place.lat)
    return number if number in inside else otherwise
