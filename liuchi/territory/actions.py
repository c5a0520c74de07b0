"""Changing areas: grids drawn, changed, ended or brought in from a file; the home area."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.kernel.context import CHINA, Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records
from liuchi.kernel.records.models import Record
from liuchi.territory import rules, stamps
from liuchi.territory.borders import checked_shape, refuse_elsewhere, refuse_overlap
from liuchi.territory.divisions.actions import new_area
from liuchi.territory.finding.areas import load_areas
from liuchi.territory.models import Area
from liuchi.territory.settling import place_shape, resettle_places
from liuchi.territory.shapes import geojson, shape_of
from liuchi.territory.spelling import spell


def draw_grid(
    ctx: Context, parent: Area, boundary: dict[str, Any], name: str = "", code: str = "", households: int | None = None
) -> Area:
    """A new grid in a community. Without a code it gets the next free one, without a name its number; the households are
    counted from the buildings inside when they are not given.

    Raises Refused: bad_shape, overlaps, elsewhere, bad_code, bad_parent.
    """
    if parent.level != "community":
        raise Refused("bad_parent", _("A grid lies in a community. Choose the community first."), field="parent")
    shape = checked_shape(boundary)
    with transaction.atomic():
        index = load_areas()
        refuse_elsewhere(shape, parent, index)
        refuse_overlap(shape, None, index)
        taken = set(Area.objects.filter(code__startswith=parent.code, level="grid").values_list("code", flat=True))
        code = _grid_code(code, parent, taken)
        known = {parent.code: parent}
        grid = new_area(code, (name or _("Grid %(number)s") % {"number": int(code[12:])})[:80], known, "desk")
        grid.parent = parent
        grid.valid_from = None
        place_shape(grid, shape, households)
        grid.record = records.create("area")
        grid.save()
        records.move(grid.record, grid.pk)
        journal.write(
            ctx, grid.record, "area.drawn", {"area": grid.pk, "code": grid.code, "households": grid.households}
        )
        stamps.touch("areas")
        resettle_places([shape])
    return grid


def change_area(
    ctx: Context,
    area: Area,
    *,
    name: str | None = None,
    boundary: dict[str, Any] | None = None,
    households: int | None = None,
    expect: int | None = None,
) -> Area:
    """Another name, boundary or number of households; what is None stays.

    expect: the record's version that was on the screen. Raises Refused: bad_shape, overlaps, elsewhere, changed.
    """
    with transaction.atomic():
        record = _record_of(area)
        shapes = [shape_of(area.boundary)] if area.boundary else []
        facts: dict[str, Any] = {"area": area.pk}
        if name is not None and name.strip() and name.strip() != area.name:
            area.name = name.strip()[:80]
            pinyin, initials = spell(area.name)
            area.pinyin, area.initials = pinyin[:160], initials[:40]
            facts["renamed"] = True
        if boundary is not None:
            shape = checked_shape(boundary)
            if area.level == "grid":
                index = load_areas()
                if area.parent:
                    refuse_elsewhere(shape, area.parent, index)
                refuse_overlap(shape, area, index)
            shapes.append(shape)
            place_shape(area, shape, households)
            facts["redrawn"] = True
        if households is not None:
            area.households = households
        facts["households"] = area.households
        area.save()
        journal.write(ctx, record, "area.changed", facts, expect=expect)
        stamps.touch("areas")
        if boundary is not None:
            resettle_places(shapes)
    return area


def end_area(ctx: Context, area: Area) -> Area:
    """The area is no more from this day on. What was filed in it keeps its place; new things go to the area above.

    Raises Refused when areas below it are still there.
    """
    if Area.objects.filter(parent=area, valid_to=None).exists():
        raise Refused("has_children", _("There are still areas inside. End those first."))
    with transaction.atomic():
        record = _record_of(area)
        area.valid_to = ctx.at.astimezone(CHINA).date()
        area.save(update_fields=["valid_to"])
        journal.write(ctx, record, "area.ended", {"area": area.pk, "code": area.code})
        stamps.touch("areas")
        if area.boundary:
            resettle_places([shape_of(area.boundary)])
    return area


def set_home(ctx: Context, area: Area) -> Area:
    """Makes this the area that the installation works for."""
    with transaction.atomic():
        record = _record_of(area)
        Area.objects.filter(home=True).exclude(pk=area.pk).update(home=False)
        area.home = True
        area.save(update_fields=["home"])
        journal.write(ctx, record, "area.home", {"area": area.pk, "code": area.code})
        stamps.touch("areas")
    return area


@dataclass
class Imported:
    """What an import of grids did. `left_out` says for each feature that was not taken which one and why."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    ended: int = 0
    households: int = 0
    left_out: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def import_grids(
    ctx: Context, collection: dict[str, Any], *, replace: bool = False, allowed: Iterable[tuple[int, int]] | None = None
) -> Imported:
    """Brings in grids from a GeoJSON FeatureCollection (WGS-84 degrees). Properties: `code` (15 digits) or none, `name`,
    `households`. Without a code the community is the one around the grid, and a grid of the same name there is taken
    for the same.

    replace: grids of the communities touched that the file does not hold are ended. allowed: ranges of `first` within
    which the person may draw. Raises Refused when it is no FeatureCollection.
    """
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list) or collection.get("type") != "FeatureCollection":
        raise Refused("bad_geojson", _("This is not a GeoJSON file with a FeatureCollection in it."), field="file")
    done = Imported()
    limits = None if allowed is None else list(allowed)
    with transaction.atomic():
        index = load_areas()
        communities = {
            area.code: area for area in Area.objects.filter(level="community", valid_to=None).defer("boundary")
        }
        by_id = {area.pk: area for area in communities.values()}
        grids = {grid.code: grid for grid in Area.objects.filter(level="grid", valid_to=None)}
        ever = set(Area.objects.filter(level="grid").values_list("code", flat=True))
        seen: set[str] = set()
        touched: list[Any] = []
        for number, feature in enumerate(features, start=1):
            facts = feature.get("properties") or {} if isinstance(feature, dict) else {}
            name = str(facts.get("name") or "").strip()[:80]
            try:
                shape = checked_shape(feature.get("geometry") if isinstance(feature, dict) else None)
                parent = _community_of(shape, str(facts.get("code") or ""), communities, by_id, index)
                if limits is not None and not any(first <= parent.first <= last for first, last in limits):
                    raise Refused("not_yours", _("You may not draw grids in %(area)s.") % {"area": parent.name})
                refuse_elsewhere(shape, parent, index)
                grid = _same_grid(str(facts.get("code") or ""), name, parent, grids)
                code = grid.code if grid else _grid_code(str(facts.get("code") or ""), parent, ever)
            except Refused as refused:
                done.left_out.append(f"{number} {name}: {refused.sentence}")
                continue
            households = facts.get("households")
            households = int(households) if isinstance(households, int | float) and 0 <= households < 1e6 else None
            seen.add(code)
            ever.add(code)
            if (
                grid
                and grid.boundary == geojson(shape)
                and name in ("", grid.name)
                and households in (None, grid.households)
            ):
                done.unchanged += 1
                done.households += grid.households
                continue
            if grid is None:
                grid = new_area(
                    code, name or _("Grid %(number)s") % {"number": int(code[12:])}, {parent.code: parent}, "geojson"
                )
                done.added += 1
            else:
                if grid.boundary:
                    touched.append(shape_of(grid.boundary))
                if name:
                    grid.name = name
                    pinyin, initials = spell(name)
                    grid.pinyin, grid.initials = pinyin[:160], initials[:40]
                done.changed += 1
            place_shape(grid, shape, households)
            grid.save()
            grids[code] = grid
            touched.append(shape)
            done.households += grid.households
        if replace:
            today = ctx.at.astimezone(CHINA).date()
            parents = {grids[code].parent_id for code in seen}
            gone = [grid for grid in grids.values() if grid.parent_id in parents and grid.code not in seen]
            touched += [shape_of(grid.boundary) for grid in gone if grid.boundary]
            Area.objects.filter(pk__in=[grid.pk for grid in gone]).update(valid_to=today)
            done.ended = len(gone)
        if touched:
            stamps.touch("areas")
            resettle_places(touched)
            record = records.create("import")
            facts = done.as_dict() | {"left_out": len(done.left_out)}
            journal.write(ctx, record, "territory.grids_imported", facts)
    return done


def _grid_code(code: str, parent: Area, taken: Iterable[str]) -> str:
    taken = set(taken)
    if not code:
        try:
            return rules.next_serial(taken, parent.code)
        except ValueError as error:
            raise Refused("bad_code", _("All 999 grid codes of this community are used."), field="code") from error
    if not (code.isascii() and code.isdigit() and len(code) == 15 and code.startswith(parent.code)):
        sentence = _("A grid code has 15 digits and begins with that of its community, %(code)s.") % {
            "code": parent.code
        }
        raise Refused("bad_code", sentence, field="code")
    if code in taken:
        raise Refused("bad_code", _("This grid code was given before."), field="code")
    return code


def _community_of(shape: Any, code: str, communities: dict[str, Area], by_id: dict[int, Area], index: Any) -> Area:
    if code and code[:12] in communities:
        return communities[code[:12]]
    point = shape.representative_point()
    for i in index.tree.query(point, predicate="intersects"):
        if index.ids[i] in by_id:
            return by_id[index.ids[i]]
    raise Refused(
        "bad_parent", _("No community is known around it. Give a grid code of 15 digits, or bring in the map first.")
    )


def _same_grid(code: str, name: str, parent: Area, grids: dict[str, Area]) -> Area | None:
    if code:
        return grids.get(code)
    return next((grid for grid in grids.values() if name and grid.name == name and grid.parent_id == parent.pk), None)


def _record_of(area: Area) -> Record:
    """The record that carries an area's journal; an area from a list gets one with its first change by hand."""
    if area.record is None:
        area.record = records.create("area", area_id=area.pk)
        area.save(update_fields=["record"])
    return area.record
