"""Counting who comes. A visit is a number: nothing says whose it was."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from liuchi.kernel.context import CHINA, Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.places import rules
from liuchi.places.actions.acting import acting, locked, locked_open
from liuchi.places.models import DaySalt, Seen, ServicePoint, Visit
from liuchi.places.services import services

MOST_AT_ONCE = 2000
DAYS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Arrived:
    """counted: False when this phone was counted a short while ago; used: the services it has named so far."""

    counted: bool
    used: list[str]


def count(
    ctx: Context,
    point_id: UUID,
    visits: int = 1,
    uses: Mapping[str, int] | None = None,
    *,
    hour: int | None = None,
    source: str = "keeper",
) -> None:
    """The keeper counts: one tap is one visit, or the number of a whole day at its end; uses: service -> how often.
    They count on the day and hour of the context. Raises Refused("visits" | "uses" | "not_yours")."""
    uses = dict(uses or {})
    if not 0 <= visits <= MOST_AT_ONCE or any(not 0 < n <= MOST_AT_ONCE for n in uses.values()):
        raise Refused("visits", _("Please enter a number between 1 and %(n)s.") % {"n": MOST_AT_ONCE}, field="visits")
    if not visits and not uses:
        raise Refused("visits", _("Please enter how many came."), field="visits")
    if any(code not in services() for code in uses):
        raise Refused("uses", _("Please choose what was used from the list."), field="uses")
    with transaction.atomic():
        point = locked_open(point_id)
        ctx = acting(ctx, "places.keep", point)
        local = ctx.at.astimezone(CHINA)
        hour = local.hour if hour is None else hour
        if visits:
            _add_visits(point, local.date(), hour, source, visits, told=True)
        for code, n in uses.items():
            _add_use(point, local.date(), code, n)
        facts = {"visits": visits, "day": local.date().isoformat(), "hour": hour, "uses": uses}
        journal.write(ctx, point.record, "place.counted", facts)


def arrive(ctx: Context, point: ServicePoint, token: str, used: Iterable[str] = ()) -> Arrived:
    """Somebody says at the sign's QR that they are there: one visit, and what they use. The same phone within half an hour
    is the same visit; it may go on naming services, each of them once.

    token: random, of the phone's cookie, gone with the day. Of the context only the time is used.
    """
    if point.closed_on is not None:
        raise Refused("given_up", _("This place has been given up."), status=409)
    local = ctx.at.astimezone(CHINA)
    there = set(point.offers.values_list("service", flat=True))
    named = [code for code in dict.fromkeys(used) if code in there]
    with transaction.atomic():
        digest = _digest(_salt(local.date()), token, point.pk)
        seen, new = _remember(digest, ctx.at)
        fresh = [code for code in named if code not in seen.used]
        if new:
            _add_visits(point, local.date(), local.hour, "qr", 1)
        if fresh:
            seen.used = [*seen.used, *fresh]
            seen.save(update_fields=["used"])
        for code in fresh:
            _add_use(point, local.date(), code, 1)
    return Arrived(new, seen.used)


def seen_here(point: ServicePoint, token: str, at: datetime) -> list[str] | None:
    """What the phone with this token has named here in the last half hour; None when it was not here."""
    if not token:
        return None
    salt = DaySalt.objects.filter(pk=at.astimezone(CHINA).date()).values_list("salt", flat=True).first()
    if salt is None:
        return None
    seen = Seen.objects.filter(digest=_digest(salt, token, point.pk), until__gt=at).first()
    return seen.used if seen else None


def _remember(digest: str, at: datetime) -> tuple[Seen, bool]:
    """(the note on this phone here, whether it is new). Of two taps at the same moment one is new."""
    Seen.objects.filter(digest=digest, until__lte=at).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO places_seen (digest, until, used) VALUES (%s, %s, %s) ON CONFLICT (digest) DO NOTHING",
            [digest, connection.ops.adapt_datetimefield_value(at + rules.COUNTED_AGAIN), "[]"],
        )
        new = cursor.rowcount == 1
    return Seen.objects.select_for_update().get(digest=digest), new


def _salt(day: date) -> str:
    """The salt of a day; those of other days are thrown away when it is made."""
    found = DaySalt.objects.filter(pk=day).values_list("salt", flat=True).first()
    if found is None:
        DaySalt.objects.bulk_create([DaySalt(local_date=day, salt=secrets.token_hex(32))], ignore_conflicts=True)
        DaySalt.objects.filter(local_date__lt=day).delete()
        found = DaySalt.objects.values_list("salt", flat=True).get(pk=day)
    return found


def _digest(salt: str, token: str, point_id: UUID) -> str:
    return hmac.new(bytes.fromhex(salt), f"{point_id} {token}".encode(), hashlib.sha256).hexdigest()


def _add_visits(point: ServicePoint, day: date, hour: int, source: str, n: int, *, told: bool = False) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO places_visit (point_id, local_date, hour, source, count, told) VALUES (%s, %s, %s, %s, %s, %s)"
            " ON CONFLICT (point_id, local_date, hour, source) DO UPDATE SET count = places_visit.count + excluded.count",
            [_id(point), day.isoformat(), hour, source, n, told],
        )
        cursor.execute(
            "INSERT INTO places_visit_of_day (point_id, local_date, count) VALUES (%s, %s, %s)"
            " ON CONFLICT (point_id, local_date) DO UPDATE SET count = places_visit_of_day.count + excluded.count",
            [_id(point), day.isoformat(), n],
        )


def _add_use(point: ServicePoint, day: date, service: str, n: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO places_use (point_id, local_date, service, count) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (point_id, local_date, service) DO UPDATE SET count = places_use.count + excluded.count",
            [_id(point), day.isoformat(), service, n],
        )


def _id(point: ServicePoint) -> UUID | str:
    """As the database keeps it: SQLite has no type for it."""
    return point.pk if connection.features.has_native_uuid_field else point.pk.hex


def tell_days(ctx: Context) -> int:
    """Writes into the journal what the QR of each point counted on the days that are over; returns how many rows. One row
    for a day and point: a row for each visit would say when somebody came."""
    today = ctx.at.astimezone(CHINA).date()
    waiting = Visit.objects.filter(told=False, local_date__lt=today)
    days = list(waiting.values_list("point_id", "local_date").distinct()[:DAYS_AT_ONCE])
    for point_id, day in days:
        with transaction.atomic():
            point = locked(point_id)
            of_day = Visit.objects.filter(point=point, local_date=day, told=False)
            visits = of_day.aggregate(n=Sum("count"))["n"]
            if visits:
                of_day.update(told=True)
                journal.write(ctx, point.record, "place.visited", {"day": day.isoformat(), "visits": visits})
    return len(days)


def forget(at: datetime) -> None:
    """Drops the notes on phones that were counted over half an hour ago, and the salts of earlier days."""
    Seen.objects.filter(until__lte=at).delete()
    DaySalt.objects.filter(local_date__lt=at.astimezone(CHINA).date()).delete()
