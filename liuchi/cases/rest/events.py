"""What happens to cases, as other programs are told of it: asked for here, or sent by webhook."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liuchi.cases.queries.lists import visible
from liuchi.kernel.hooks import events
from liuchi.kernel.journal.models import Position, Row
from liuchi.people.tokens.access import TokenActor

OFFERED = {
    "case.reported": _("A report came in"),
    "case.filed": _("Filed"),
    "case.dispatched": _("Dispatched"),
    "case.accepted": _("Accepted"),
    "case.handled": _("Handled, to be checked"),
    "case.checked": _("Checked"),
    "case.closed": _("Closed"),
    "case.refused": _("Not taken up"),
    "case.withdrawn": _("Withdrawn"),
    "case.returned": _("Given back by the unit"),
    "case.suspended": _("On hold"),
    "case.resumed": _("Goes on after being on hold"),
    "case.merged": _("Goes with another report"),
    "case.reopened": _("Opened again"),
    "case.disputed": _("Not clear whose it is; the supervisor decides"),
    "case.decided": _("Decided whose it is"),
    "case.transferred": _("Given to another unit"),
    "case.admitted": _("Admitted"),
    "case.declined": _("Not admitted"),
    "case.unit_added": _("A unit helps"),
    "case.split": _("A part became a request of its own"),
    "case.extended": _("More time is granted"),
    "case.excused": _("The overdue mark is taken back"),
    "case.urged": _("Somebody asks how it stands"),
    "case.supervised": _("Supervision begins or ends"),
    "case.warned": _("The time limit comes to 80 or 100 %"),
    "case.escalated": _("Passed up"),
    "case.sent_down": _("Sent down"),
    "case.reworked": _("Back to the unit"),
    "case.recalled": _("Opened again after a call"),
    "case.unmerged": _("Taken apart"),
    "case.undone": _("The last step was taken back"),
}
FACTS = (
    "number",
    "state",
    "outcome",
    "matter",
    "code",
    "condition",
    "unit",
    "limit",
    "clock",
    "in_time",
    "place_source",
    "from",
    "value",
    "until",
    "level",
    "light",
    "on",
    "main",
    "part",
    "parent",
    "turn",
    "since",
)
# Rows of the journal that one answer looks through.
LOOKED_AT = 1000
_CURSOR = re.compile(r"(\d{1,15})-(\d{1,9})")


def register_all() -> None:
    """Called when the program starts."""
    events.offer(OFFERED, FACTS)


def place_of(cursor: str) -> tuple[int, int] | None:
    """(seal, place) of a cursor; None for one that is none."""
    if not cursor:
        return 0, -1
    found = _CURSOR.fullmatch(cursor)
    return (int(found[1]), int(found[2])) if found and cursor.isascii() else None


def page(actor: TokenActor, place: tuple[int, int], limit: int) -> dict[str, Any]:
    """Events behind a place in the journal, in order (3 queries). What lies outside the key's reach is passed over."""
    behind = Position.objects.filter(Q(seal_id=place[0], place__gt=place[1]) | Q(seal_id__gt=place[0]))
    rows = list(
        behind.order_by("seal_id", "place").values_list("seal_id", "place", "row_id", "row__verb", "row__record_id")[
            :LOOKED_AT
        ]
    )
    wanted = {record for _seal, _place, _row, verb, record in rows if verb in OFFERED}
    seen = (
        set(visible(actor).filter(record__secrecy=0, pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    )
    chosen: list[int] = []
    last = place
    for seal, at, row, verb, record in rows:
        if len(chosen) == limit:
            break
        last = (seal, at)
        if verb in OFFERED and record in seen:
            chosen.append(row)
    more = bool(rows) and (last != rows[-1][:2] or len(rows) == LOOKED_AT)
    return {"events": _told(chosen), "cursor": f"{last[0]}-{last[1]}" if last[1] >= 0 else "", "more": more}


def _told(rows: list[int]) -> list[dict[str, Any]]:
    found = Row.objects.in_bulk(rows)
    return [
        {
            "id": events.id_of(found[pk]),
            "type": found[pk].verb,
            "at": found[pk].at,
            "case": found[pk].record_id,
            "channel": found[pk].channel,
            "data": events.told(found[pk]),
        }
        for pk in rows
    ]
