"""Bringing records into being."""

from collections.abc import Iterable

from liuchi.kernel import sql
from liuchi.kernel.records.models import Record


def create(kind: str, area_id: int | None = None, secrecy: int = 0) -> Record:
    """A new record, inserted at version 1. The caller writes its first journal row in the same transaction."""
    record = Record(kind=kind, area_id=area_id, secrecy=secrecy, version=1)
    sql.insert(record)
    record.fresh = True
    return record


def create_many(kind: str, areas: Iterable[int | None], secrecy: int = 0) -> list[Record]:
    """As many records as areas, in one go, for imports of things (buildings, roads) that have no journal of their own."""
    records = [Record(kind=kind, area_id=area, secrecy=secrecy) for area in areas]
    return Record.objects.bulk_create(records, batch_size=2000)


def create_all(kind: str, areas: Iterable[int | None], secrecy: int = 0) -> list[Record]:
    """As many records as areas at version 1, in one go. The caller writes the first journal row of each, as with `create`."""
    made = Record.objects.bulk_create(
        [Record(kind=kind, area_id=area, secrecy=secrecy, version=1) for area in areas], batch_size=2000
    )
    for record in made:
        record.fresh = True
    return made


def move(record: Record, area_id: int | None) -> None:
    """Puts a record into another area. The caller writes the journal row."""
    if record.area_id != area_id:
        record.area_id = area_id
        record.save(update_fields=["area_id"])
