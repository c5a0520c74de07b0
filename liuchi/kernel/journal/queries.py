"""Reading the journal: a record's story, and the check that history is whole."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q

from liuchi.kernel.journal import rules
from liuchi.kernel.journal.actions import key
from liuchi.kernel.journal.models import Position, Row, Seal


def story(record_id: UUID) -> list[Row]:
    """All rows of one record, oldest first, with their side rows (2 queries)."""
    return list(Row.objects.filter(record_id=record_id).order_by("version").prefetch_related("sides"))


@dataclass
class Report:
    """What verify found. head is the hash of the last seal: keep it elsewhere, and truncation can be found."""

    seals: int = 0
    sealed: int = 0
    unsealed: int = 0
    erased: int = 0
    head: str = ""
    problems: list[dict[str, Any]] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return not self.problems

    def problem(self, what: str, **where: Any) -> None:
        self.problems.append({"problem": what, **where})

    def as_dict(self) -> dict[str, Any]:
        return {
            "whole": self.whole,
            "seals": self.seals,
            "sealed": self.sealed,
            "unsealed": self.unsealed,
            "erased": self.erased,
            "head": self.head,
            "problems": self.problems,
        }


def verify(expected_head: str | None = None, tick: Any = None) -> Report:
    """Checks sealed history: rows changed, missing, added, out of order, side rows changed or gone without an erasure,
    seals changed or missing. With the head exported earlier it also finds that the end was cut off.

    tick: called with the number of rows checked, for a progress bar.
    """
    report = Report()
    erased, ties_up_to = _erasures()
    previous, number = "", 0
    found_head = expected_head is None or expected_head == ""
    for seal in Seal.objects.order_by("number").iterator(chunk_size=500):
        if seal.number != number + 1:
            report.problem("seal missing", seal=number + 1)
        if seal.previous != previous:
            report.problem("seal does not follow the one before", seal=seal.number)
        _check_seal(seal, report, erased, ties_up_to)
        previous, number = seal.hash, seal.number
        report.seals += 1
        found_head = found_head or seal.hash == expected_head
        if tick:
            tick(seal.count)
    stray = Position.objects.exclude(seal_id__in=Seal.objects.values("number")).values_list("seal_id", flat=True)
    for lost in sorted(set(stray)):
        report.problem("seal missing", seal=lost)
    report.head = previous
    report.unsealed = Row.objects.filter(position=None).count()
    if not found_head:
        report.problem("the journal was cut off: the head given is not in it", head=expected_head)
    return report


def _check_seal(seal: Seal, report: Report, erased: set[tuple[int, str]], ties_up_to: int) -> None:
    positions = list(
        Position.objects.filter(seal=seal).order_by("place").select_related("row").prefetch_related("row__sides")
    )
    if [position.place for position in positions] != list(range(len(positions))):
        report.problem("row missing", seal=seal.number)
    if len(positions) > seal.count:
        report.problem("row added", seal=seal.number, count=len(positions), sealed=seal.count)
    elif len(positions) < seal.count:
        report.problem("row missing", seal=seal.number, count=len(positions), sealed=seal.count)
    for position in positions:
        _check_row(position.row, seal, report, erased, ties_up_to)
    hashes = [position.row.hash for position in positions]
    if rules.rows_digest(hashes, seal.algorithm) != seal.rows and len(positions) == seal.count:
        report.problem("rows re-ordered or replaced", seal=seal.number)
    hash_ = rules.seal_hash(seal.number, seal.previous, seal.count, seal.rows, seal.sealed_at, seal.algorithm)
    if hash_ != seal.hash:
        report.problem("seal changed", seal=seal.number)
    elif rules.seal_mac(key(), seal.hash, seal.algorithm) != seal.mac:
        report.problem("seal not made with this installation's key", seal=seal.number)
    report.sealed += len(positions)


def _check_row(row: Row, seal: Seal, report: Report, erased: set[tuple[int, str]], ties_up_to: int) -> None:
    where = {"seal": seal.number, "row": row.pk, "record": str(row.record_id)}
    if hash_of(row) != row.hash:
        report.problem("row changed", **where)
    sides = {side.kind: side for side in row.sides.all()}
    for kind, digest in (("actor", row.actor_digest), ("personal", row.personal_digest)):
        side = sides.get(kind)
        if side is None:
            if not digest:
                continue
            if (row.pk, kind) in erased or (kind == "actor" and row.pk <= ties_up_to):
                report.erased += 1
            else:
                report.problem("side row gone without an erasure", kind=kind, **where)
        elif rules.side_digest(side.salt, side.body, row.algorithm) != digest:
            report.problem("side row changed", kind=kind, **where)


def hash_of(row: Row) -> str:
    """The hash that a row's content should have."""
    try:
        return rules.row_hash(
            record=str(row.record_id),
            version=row.version,
            verb=row.verb,
            schema=row.schema,
            area=row.area_id,
            at=row.at,
            recorded_at=row.recorded_at,
            local_date=row.local_date.isoformat(),
            channel=row.channel,
            facts=row.facts,
            actor_digest=row.actor_digest,
            personal_digest=row.personal_digest,
            algorithm=row.algorithm,
        )
    except ValueError:  # content that we would never have written
        return ""


def _erasures() -> tuple[set[tuple[int, str]], int]:
    """Which side rows were erased on purpose, and up to which row the ties to actors were cut."""
    erased: set[tuple[int, str]] = set()
    for facts in Row.objects.filter(verb="journal.erased").values_list("facts", flat=True).iterator():
        erased.update((row_id, kind) for row_id, kind in facts["sides"])
    cuts = Row.objects.filter(verb="journal.ties_cut").values_list("facts", flat=True)
    return erased, max((facts["up_to"] for facts in cuts), default=0)


def after(seal: int, place: int, limit: int) -> Iterator[Row]:
    """Sealed rows behind a position, in order, with their side rows: what consumers read."""
    positions = (
        Position.objects.filter(Q(seal_id=seal, place__gt=place) | Q(seal_id__gt=seal))
        .order_by("seal_id", "place")
        .select_related("row__record")
        .prefetch_related("row__sides")[:limit]
    )
    for position in positions:
        row = position.row
        row.position = position
        yield row
