"""Turning rows of the journal into messages, and marking messages as read."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import OperationalError, transaction
from django.utils import translation

from liuchi.kernel.context import Context, system
from liuchi.kernel.delivery import actions as delivery
from liuchi.kernel.journal.models import Row
from liuchi.notices import notices_for
from liuchi.notices.queries import languages_of, mail_addresses

logger = logging.getLogger(__name__)

# What was brought in from elsewhere happened long ago, and its people know.
SILENT_CHANNELS = ("import", "replay")
# A reader that starts late (a new notice, a restored backup) does not tell the news of last year.
_STALE = timedelta(days=7)


def tell_rows(rows: list[Row]) -> None:
    """The journal's reader: each row's people get one message, in their language, whatever happens on the way; who did
    it is not told. Runs in the transaction of the reader's progress. A row whose notice fails is logged and passed over:
    the others' news must not wait for it."""
    stale = system().at - _STALE
    for row in rows:
        if not notices_for(row.verb) or row.channel in SILENT_CHANNELS or row.recorded_at < stale:
            continue
        try:
            with transaction.atomic():
                _tell_row(row)
        except OperationalError:  # the database is away: the whole batch is read again
            raise
        except Exception:
            logger.exception("nobody could be told of row %s (%s)", row.pk, row.verb)


def _tell_row(row: Row) -> None:
    ctx = Context(at=row.at, recorded_at=row.recorded_at, channel="system")
    told: set[UUID] = set()
    for notice in notices_for(row.verb):
        people = set(notice.recipients(row)) - told - {_actor_of(row)}
        told |= people
        languages = languages_of(people)
        addresses = mail_addresses(people) if notice.mail and delivery.mail_is_on() else {}
        for person_id, language in languages.items():
            with translation.override(language):
                words = notice.words(row)
                if words is not None:
                    _tell(ctx, row, person_id, words, addresses.get(person_id))


def _actor_of(row: Row) -> UUID | None:
    actor = row.side("actor")
    return UUID(actor["person"]) if actor and actor.get("person") else None


def _tell(ctx: Context, row: Row, person_id: UUID, words: tuple[str, str, str], address: str | None) -> None:
    title, body, url = words
    thing = f"journal:{row.pk}"  # one message for one row, however often the row is read
    delivery.tell(ctx, person_id, thing, title, body, url)
    if address:
        link = f"\n\n{settings.PUBLIC_URL}{url}" if settings.PUBLIC_URL and url else ""
        delivery.send_mail(ctx, thing, address, title, f"{body or title}{link}\n", person_id)


def mark_read(ctx: Context, message_ids: Iterable[UUID] | None = None) -> int:
    """Marks the acting person's messages as read, those named or all; returns how many were unread."""
    return delivery.mark_read(ctx, ctx.person, message_ids) if ctx.person else 0
