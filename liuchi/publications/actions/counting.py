"""Counting without identity: once a day for each device and thing, with a random token that is gone the same day."""

from __future__ import annotations

import hmac
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from liuchi.kernel.context import Context
from liuchi.kernel.keys import key_file
from liuchi.people import rules as people
from liuchi.publications.actions.acting import day_of
from liuchi.publications.models import Count, Seen


def count(ctx: Context, thing: UUID, what: str, by: int = 1) -> None:
    """Adds to the number of a thing on the day. what: open, read, passed, use, came."""
    key = thing if connection.features.has_native_uuid_field else thing.hex
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO {Count._meta.db_table} (record_id, what, "on", count) VALUES (%s, %s, %s, %s)'
            f' ON CONFLICT (record_id, what, "on") DO UPDATE SET count = {Count._meta.db_table}.count + excluded.count',
            [key, what, day_of(ctx).isoformat(), by],
        )


def count_once(ctx: Context, thing: UUID, what: str, token: str) -> bool:
    """The same, unless this device was counted for it today already; returns whether it was counted. token: the random
    one of the day; without one nothing is counted."""
    if not token:
        return False
    with transaction.atomic():
        new = first_time(f"{what}:{thing}:{token}", day_of(ctx))
        if new:
            count(ctx, thing, what)
    return new


def first_time(secret: str, until: date) -> bool:
    """Whether this is new. Only a keyed digest is kept, until the day named; of two at once one is new."""
    digest = hmac.new(key_file("day-token.key"), secret.encode(), "sha256").hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Seen._meta.db_table} (digest, until) VALUES (%s, %s) ON CONFLICT (digest) DO NOTHING",
            [digest, until.isoformat()],
        )
        return bool(cursor.rowcount == 1)


EVERY = timedelta(hours=1)


def forget(at: datetime) -> int:
    """Drops the digests of days that are over; returns how many. For the worker's tick."""
    return Seen.objects.filter(until__lt=people.local_day(at)).delete()[0]
