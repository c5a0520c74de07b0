"""Turning rows of the journal into messages, at once or after a while, and marking messages as read."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import OperationalError, connection, transaction
from django.utils import translation

from liuchi.kernel.context import Context, system
from liuchi.kernel.delivery import actions as delivery
from liuchi.kernel.journal.models import Row
from liuchi.notices import Told, groups_for, holds_of, notices_for
from liuchi.notices.actions.grouping import say_in_groups
from liuchi.notices.actions.reaching import reach
from liuchi.notices.models import Held
from liuchi.notices.queries import languages_of

logger = logging.getLogger(__name__)

# What was brought in from elsewhere happened long ago, and its people know.
SILENT_CHANNELS = ("import", "replay")
# A reader that starts late (a new notice, a restored backup) does not tell the news of last year.
_STALE = timedelta(days=7)
_BATCH = 100


def tell_rows(rows: list[Row]) -> None:
    """The journal's reader: each row's people get one message, in their language, whatever happens on the way; who did
    it is not told. What a notice holds back is written down. Runs in the transaction of the reader's progress."""
    stale = system().at - _STALE
    for row in rows:
        if row.channel in SILENT_CHANNELS or row.recorded_at < stale:
            continue
        for hold in sorted(holds_of(row.verb)):
            if hold:
                due = row.recorded_at + timedelta(seconds=hold)
                Held.objects.bulk_create([Held(row=row, hold=hold, due_at=due)], ignore_conflicts=True)
            else:
                _tell_or_log(row, 0)


def tell_held(at: datetime) -> bool:
    """Tells what was held back long enough; True if there may be more. For the worker's tick.

    A row is let go in the transaction in which it is told: of two workers one tells it, and one that dies tells nothing.
    """
    due = list(Held.objects.filter(due_at__lte=at).order_by("due_at").values_list("pk", flat=True)[:_BATCH])
    for pk in due:
        with transaction.atomic():
            mine = Held.objects.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
            held = mine.select_related("row").filter(pk=pk).first()
            if held is not None:
                _tell_or_log(held.row, held.hold)
                held.delete()
    return len(due) == _BATCH


def _tell_or_log(row: Row, hold: int) -> None:
    """A row whose notice fails is logged and passed over: the others' news must not wait for it."""
    try:
        with transaction.atomic():
            _tell_row(row, hold)
    except OperationalError:  # the database is away: the whole batch is read again
        raise
    except Exception:
        logger.exception("nobody could be told of row %s (%s)", row.pk, row.verb)


def _tell_row(row: Row, hold: int) -> None:
    ctx = Context(at=row.at, recorded_at=row.recorded_at + timedelta(seconds=hold), channel="system")
    told: set[UUID] = set()
    for notice in notices_for(row.verb, hold):
        people = set(notice.recipients(row)) - told - {_actor_of(row)}
        told |= people
        fresh: dict[UUID, Told] = {}
        for person_id, language in languages_of(people).items():
            with translation.override(language):
                words = notice.words(row)
                # one message for one row, however often the row is read
                if words is not None and delivery.tell(ctx, person_id, f"journal:{row.pk}", *words[:3]):
                    fresh[person_id] = Told(*words)
        if notice.mail and fresh:
            reach(ctx, f"journal:{row.pk}", fresh, urgent=notice.urgent(row))
    for group in groups_for(row.verb, hold):
        say_in_groups(ctx, row, group)


def _actor_of(row: Row) -> UUID | None:
    actor = row.side("actor")
    return UUID(actor["person"]) if actor and actor.get("person") else None


def mark_read(ctx: Context, message_ids: Iterable[UUID] | None = None) -> int:
    """Marks the acting person's messages as read, those named or all; returns how many were unread."""
    return delivery.mark_read(ctx, ctx.person, message_ids) if ctx.person else 0
