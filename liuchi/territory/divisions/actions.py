"""Bringing the list of divisions into the tree of areas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.kernel.context import CHINA, Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records
from liuchi.territory import rules, stamps
from liuchi.territory.divisions.reader import Division, NoDivisions, read_folder
from liuchi.territory.models import Area
from liuchi.territory.spelling import spell

SOURCE = "divisions"
Progress = Callable[[int, int], None]


@dataclass
class Counted:
    """What an import did; `levels` counts what the list holds."""

    added: int = 0
    renamed: int = 0
    ended: int = 0
    unchanged: int = 0
    levels: dict[str, int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def import_divisions(ctx: Context, folder: Path, progress: Progress | None = None) -> Counted:
    """Adds what is new, renames what has another name and ends what the list no longer holds, from the day of `ctx.at`.

    Only areas that came from such a list are ended: grids and areas made by hand or from a map stay. Running it again
    changes nothing. Raises Refused when the folder holds no list.
    """
    try:
        divisions = read_folder(folder)
    except NoDivisions as error:
        raise Refused("no_divisions", _("No division codes found. Looked for: %(where)s") % {"where": error}) from error
    today = ctx.at.astimezone(CHINA).date()
    counted = Counted(levels=dict(Counter(division.level for division in divisions)))
    with transaction.atomic():
        known = {area.code: area for area in Area.objects.filter(valid_to=None).defer("boundary")}
        _rename(divisions, known, counted)
        _add(divisions, known, today, counted, progress)
        _end(divisions, known, today, counted)
        if counted.added or counted.renamed or counted.ended:
            record = records.create("import")
            journal.write(ctx, record, "territory.divisions_imported", counted.as_dict())
            stamps.touch("areas")
    return counted


def _rename(divisions: list[Division], known: dict[str, Area], counted: Counted) -> None:
    changed = []
    for division in divisions:
        area = known.get(division.code)
        if area is None:
            continue
        if area.source not in ("", SOURCE) or (area.name == division.name and area.source == SOURCE):
            counted.unchanged += 1
            continue
        area.name, area.source = division.name, SOURCE
        area.pinyin, area.initials = _spelt(division.name)
        changed.append(area)
    Area.objects.bulk_update(changed, ["name", "source", "pinyin", "initials"], batch_size=200)
    counted.renamed = len(changed)


def _add(
    divisions: list[Division], known: dict[str, Area], today: date, counted: Counted, progress: Progress | None
) -> None:
    ended = {area.code: area for area in Area.objects.exclude(valid_to=None).order_by("valid_to").defer("boundary")}
    done = 0
    for _length, same_level in groupby(divisions, key=lambda division: len(division.code)):
        new = []
        for division in same_level:
            done += 1
            if division.code in known:
                continue
            before = ended.get(division.code)
            if before and before.valid_to == today and before.source == SOURCE:
                before.valid_to = None
                before.save(update_fields=["valid_to"])
                known[division.code] = before
                counted.added += 1
                continue
            new.append(new_area(division.code, division.name, known, SOURCE, valid_from=today if before else None))
            if progress and done % 500 == 0:
                progress(done, len(divisions))
        for area in Area.objects.bulk_create(new, batch_size=1000):
            known[area.code] = area
        counted.added += len(new)
        if progress:
            progress(done, len(divisions))


def new_area(code: str, name: str, known: dict[str, Area], source: str, valid_from: date | None = None) -> Area:
    """An area that is not saved yet; its parent is the nearest of the known ones above it."""
    parents = [known[above] for above in rules.ancestors(code) if above in known]
    first, last = rules.code_range(code)
    pinyin, initials = _spelt(name)
    return Area(
        code=code, name=name, level=rules.level_of(code), parent=parents[-1] if parents else None, first=first, last=last,
        valid_from=valid_from, pinyin=pinyin, initials=initials, source=source,
    )  # fmt: skip


def _spelt(name: str) -> tuple[str, str]:
    pinyin, initials = spell(name)
    return pinyin[:160], initials[:40]


def _end(divisions: list[Division], known: dict[str, Area], today: date, counted: Counted) -> None:
    """Ends what has vanished, only in the provinces and on the levels that the list covers."""
    codes = {division.code for division in divisions}
    covered = {(division.code[:2], division.level) for division in divisions}
    gone = [
        area.pk
        for area in known.values()
        if area.source == SOURCE and area.code not in codes and (area.code[:2], area.level) in covered
    ]
    for start in range(0, len(gone), 500):
        Area.objects.filter(pk__in=gone[start : start + 500]).update(valid_to=today)
    counted.ended = len(gone)
