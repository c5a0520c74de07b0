"""Tying records together."""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.db.models import Q

from liuchi.kernel.context import Context
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.links.models import Link
from liuchi.kernel.records.models import Record


def link(ctx: Context, source: Record, target: Record, kind: str) -> Link:
    """Ties two records; a second time changes nothing. Call inside a transaction."""
    made, new = Link.objects.get_or_create(source=source, target=target, kind=kind)
    if new:
        journal.write(ctx, source, "record.linked", {"to": str(target.pk), "kind": kind})
    return made


def thread(record_id: UUID, may_see: Callable[[Record], bool]) -> Iterable[tuple[str, Record]]:
    """The other ends of a record's links, shown only to who may see both ends: (kind, record)."""
    ties = Link.objects.filter(Q(source=record_id) | Q(target=record_id)).select_related("source", "target")
    for tie in ties:
        other = tie.target if tie.source_id == record_id else tie.source
        if may_see(tie.source) and may_see(tie.target):
            yield tie.kind, other
