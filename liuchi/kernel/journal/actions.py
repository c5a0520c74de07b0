"""Writing, sealing and erasing in the journal."""

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from liuchi.kernel import sql
from liuchi.kernel.context import CHINA, Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import rules
from liuchi.kernel.journal.models import Position, Row, Seal, Side
from liuchi.kernel.records.models import Record

ALGORITHM = "sha256"
# Rows a seal takes at most: one short transaction.
BATCH = 2000
# How far below the newest sealed row a late transaction may still surface and be found by the quick search.
WINDOW = 20_000
CUT_AT_ONCE = 500


def write(
    ctx: Context,
    record: Record,
    verb: str,
    facts: dict[str, Any] | None = None,
    personal: dict[str, Any] | None = None,
    *,
    about: UUID | None = None,
    expect: int | None = None,
    schema: int = 1,
) -> None:
    """Writes what happened on a record. Call inside the transaction of the change.

    facts: ids, codes and numbers only; personal: words, names, phones (erasable), about the person ``about``;
    expect: the version of the record that the person had before their eyes. Raises Refused("changed") if someone else
    was faster.
    """
    version = _next_version(record, expect)
    facts = rules.plain(facts or {})
    sides: list[dict[str, Any]] = []
    actor_digest = personal_digest = ""
    if ctx.person:
        body = {"person": str(ctx.person), "post": str(ctx.post) if ctx.post else None}
        salt = secrets.token_hex(16)
        actor_digest = rules.side_digest(salt, body)
        sides.append({"kind": "actor", "person_id": ctx.person, "salt": salt, "body": body})
    if personal:
        personal = rules.plain(personal)
        salt = secrets.token_hex(16)
        personal_digest = rules.side_digest(salt, personal)
        sides.append({"kind": "personal", "person_id": about, "salt": salt, "body": personal})
    local_date = ctx.at.astimezone(CHINA).date()
    hash_ = rules.row_hash(
        record=str(record.pk),
        version=version,
        verb=verb,
        schema=schema,
        area=record.area_id,
        at=ctx.at,
        recorded_at=ctx.recorded_at,
        local_date=local_date.isoformat(),
        channel=ctx.channel,
        facts=facts,
        actor_digest=actor_digest,
        personal_digest=personal_digest,
    )
    row = {
        "record_id": record.pk,
        "version": version,
        "verb": verb,
        "schema": schema,
        "area_id": record.area_id,
        "at": ctx.at,
        "recorded_at": ctx.recorded_at,
        "local_date": local_date,
        "channel": ctx.channel,
        "facts": facts,
        "actor_digest": actor_digest,
        "personal_digest": personal_digest,
        "algorithm": ALGORITHM,
        "hash": hash_,
    }
    sql.insert_with(Row, row, Side, sides, "row_id")


def _next_version(record: Record, expect: int | None) -> int:
    """Claims the record's next version number; of two who claim the same one, the second is refused."""
    if record.fresh:
        record.fresh = False
        return record.version
    known = record.version if expect is None else expect
    if not Record.objects.filter(pk=record.pk, version=known).update(version=F("version") + 1):
        raise Refused(
            "changed",
            _("Someone else changed this in the meantime. Look at it again, then decide."),
            status=409,
        )
    record.version = known + 1
    return record.version


def seal(at: datetime, *, thorough: bool = False) -> int:
    """Seals up to BATCH rows that are visible and unsealed; returns how many. Only one sealer runs at a time: the
    primary key of the next seal makes a second one fail and try again later.

    thorough: look for unsealed rows through the whole table, not only near its end (at start and once an hour).
    """
    with transaction.atomic():
        last = Seal.objects.order_by("-number").first()
        rows = Row.objects.filter(position=None).order_by("id")
        if not thorough:
            newest = Position.objects.aggregate(top=Max("row_id"))["top"] or 0
            rows = rows.filter(id__gt=newest - WINDOW)
        batch = list(rows.values_list("id", "hash")[:BATCH])
        if not batch:
            return 0
        number = last.number + 1 if last else 1
        previous = last.hash if last else ""
        digest = rules.rows_digest(hash_ for _id, hash_ in batch)
        hash_ = rules.seal_hash(number, previous, len(batch), digest, at, ALGORITHM)
        sealed = Seal(
            number=number,
            previous=previous,
            count=len(batch),
            rows=digest,
            sealed_at=at,
            algorithm=ALGORITHM,
            hash=hash_,
            mac=rules.seal_mac(key(), hash_, ALGORITHM),
        )
        sealed.save(force_insert=True)
        Position.objects.bulk_create(
            [Position(row_id=row_id, seal=sealed, place=place) for place, (row_id, _hash) in enumerate(batch)],
            batch_size=500,
        )
    return len(batch)


def seal_all(at: datetime) -> int:
    """Seals everything that is visible now; returns how many rows."""
    total = 0
    while done := seal(at, thorough=True):
        total += done
    return total


def key() -> bytes:
    """The key of the seals, from a file outside the database; made at first use."""
    from liuchi.kernel.keys import key_file

    return key_file("journal.key")


def erase_person(ctx: Context, subject: Record, *, ties: bool) -> int:
    """Erases the personal values about a person from the journal, and with ``ties`` also who-did-it ties to that
    person. A row on the person's record says which side rows went, so that verify can tell erasure from theft.

    Returns how many side rows were erased. Call inside a transaction.
    """
    doomed = Side.objects.filter(person_id=subject.pk)
    if not ties:
        doomed = doomed.filter(kind="personal")
    return _erase(ctx, subject, doomed)


def erase_record(ctx: Context, record: Record) -> int:
    """Erases the personal values of one record's rows (a report withdrawn by somebody without an account)."""
    return _erase(ctx, record, Side.objects.filter(row__record=record, kind="personal"))


def _erase(ctx: Context, record: Record, doomed: Any) -> int:
    gone = list(doomed.values_list("row_id", "kind"))
    if gone:
        doomed.delete()
        write(ctx, record, "journal.erased", {"sides": [[row_id, kind] for row_id, kind in gone]})
    return len(gone)


def ties_before(record: Record | None, before: datetime, posts: Collection[str] = ()) -> tuple[int | None, list[int]]:
    """What `cut_ties` would cut: (the last row that is old enough, the ties). Nothing is changed."""
    up_to = Row.objects.filter(recorded_at__lt=before).aggregate(top=Max("id"))["top"]
    last = Row.objects.filter(record=record, verb="journal.ties_cut").order_by("-id").first() if record else None
    if up_to is None:
        return None, []
    ties = Side.objects.filter(kind="actor", row_id__lte=up_to, row__recorded_at__lt=before)
    if last:
        ties = ties.filter(row_id__gt=last.facts["up_to"])
    return up_to, [pk for pk, body in ties.values_list("pk", "body").iterator() if body["post"] not in posts]


def cut_ties(ctx: Context, record: Record, before: datetime, posts: Collection[str] = ()) -> int:
    """Cuts the tie from actor to person on the rows recorded before a moment: actor, place and time make a track.

    record: the one that carries the note (the installation's own); posts: in which acts stay on record, because an office
    answers for them. Only what came since the last cut is looked at. Returns how many ties were cut.
    """
    with transaction.atomic():
        up_to, doomed = ties_before(record, before, posts)
        for at in range(0, len(doomed), CUT_AT_ONCE):
            Side.objects.filter(pk__in=doomed[at : at + CUT_AT_ONCE]).delete()
        if doomed:
            write(ctx, record, "journal.ties_cut", {"up_to": up_to, "before": rules.moment(before)})
    return len(doomed)
