"""Taking what the phone's outbox delivers: once, whatever the network does."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from liuchi.kernel import crypto, sql
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.outbox import slowing
from liuchi.kernel.outbox.models import Token, Write
from liuchi.kernel.outbox.slowing import slow_down
from liuchi.kernel.outbox.tokens import DAYS, HOLDS, Phone, unknown

# A clock that runs ahead is set back to the time of arrival; one that runs far behind is not believed.
OLDEST = timedelta(days=DAYS)

# Called with the context, the body and the client keys of the media; returns what the phone is told.
Handler = Callable[[Context, dict[str, Any], list[UUID]], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Verb:
    handler: Handler
    per_minute: int | None  # how many a sender may write in a minute before it is slowed


_verbs: dict[str, Verb] = {}


def register(verb: str, handler: Handler, per_minute: int | None = None) -> None:
    """Lets the outbox deliver a verb. The handler runs inside the transaction that remembers the write, and all it does is
    in that transaction: it may have begun when the database says that the key was here before."""
    _verbs[verb] = Verb(handler, per_minute)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the phone is told. again: it had arrived before, and nothing was done now."""

    result: dict[str, Any]
    again: bool


class Earlier(NamedTuple):
    """What a write under the same key was answered before: the digest of its content, the answer encrypted."""

    digest: str
    result: bytes


class _Again(Exception):
    """This key was here before."""


def deliver(
    ctx: Context,
    sender: str,
    key: UUID,
    verb: str,
    body: dict[str, Any],
    media: list[UUID],
    phone: Phone | None = None,
) -> Answer:
    """Carries out one write, exactly once per key.

    sender: by what floods are slowed; phone: whose token has to hold. Raises Refused: 401 when it does not, ``other_body``
    (409) for the same key with another content, ``slow_down`` (429), or what the action itself refuses; then nothing is
    remembered and the phone may send it again, corrected.
    """
    known = _verbs.get(verb)
    if known is None:
        raise Refused(
            "unknown_verb", _("This version of the page is too old. Open the page again; what you wrote is kept.")
        )
    # Escaped to ASCII, so that half a surrogate pair is no hindrance; 31.50 and 31.5 are one number by now.
    content = json.dumps([verb, body, [str(one) for one in media]], sort_keys=True)
    digest = hashlib.sha256(content.encode()).hexdigest()
    try:
        with sql.transaction_together():
            _ask_whether_new(key, phone, ctx.recorded_at)
            _count(known, verb, sender, ctx.recorded_at)
            result = known.handler(ctx, body, media)
            sql.insert_row(
                Write,
                key=key,
                verb=verb,
                body_digest=digest,
                sender=sender,
                result=_closed(key, result),
                arrived_at=ctx.recorded_at,
            )
    except (_Again, Refused, IntegrityError) as error:
        if isinstance(error, Refused) and error.code == "token":
            raise
        # The same write may also have come twice at once: the other one won, and this one was rolled back.
        if found := _earlier_of(key):
            return _again(key, digest, found)
        if isinstance(error, Refused) and error.code != "slow_down":
            _count(known, verb, sender, ctx.recorded_at)  # what is refused counts as well; its count was rolled back
        raise
    return Answer(result, again=False)


def _count(known: Verb, verb: str, sender: str, at: datetime) -> None:
    if known.per_minute:
        slow_down(f"{verb} {sender}", known.per_minute, at)


def _ask_whether_new(key: UUID, phone: Phone | None, at: datetime) -> None:
    """Asks, in one look, whether the phone's token holds and whether the key was here before."""

    def check(found: list[sql.Row]) -> None:
        was_here, holds = found[0]
        if not holds:
            raise unknown()
        if was_here:
            raise _Again

    was_here = "EXISTS (SELECT 1 FROM kernel_outbox_write WHERE key = %s) AS was_here"
    if phone:
        sql.ask(f"SELECT {was_here}, {HOLDS} AS holds", (key, phone.hash, at), check)
    else:
        sql.ask(f"SELECT {was_here}, TRUE AS holds", (key,), check)


def _earlier_of(key: UUID) -> Earlier | None:
    found = sql.row("SELECT body_digest, result FROM kernel_outbox_write WHERE key = %s", (key,))
    return Earlier(*found) if found else None


def _again(key: UUID, digest: str, earlier: Earlier) -> Answer:
    if earlier.digest != digest:
        raise Refused(
            "other_body", _("This was already sent, with other words. Send the new one as a new report."), status=409
        )
    return Answer(json.loads(crypto.decrypt(earlier.result, f"outbox:{key}")), again=True)


def _closed(key: UUID, result: dict[str, Any]) -> bytes:
    return crypto.encrypt(json.dumps(result), f"outbox:{key}")


def sweep(at: datetime) -> None:
    """Forgets windows that are over, tokens that ended, and writes no phone will send again."""
    slowing.forget_before(at)
    Token.objects.filter(ends_at__lt=at).delete()
    Write.objects.filter(arrived_at__lt=at - 2 * OLDEST).delete()


def happened_at(said: Any, arrived: datetime) -> datetime:
    """When the phone says it happened, if that can be. A little ahead means a fast clock and becomes the arrival.

    Raises Refused for a time that is none, lies over 90 days back or over a day ahead.
    """
    if said in (None, ""):
        return arrived
    try:
        at = datetime.fromisoformat(str(said))
    except ValueError:
        raise Refused(
            "time", _("The time of this report can't be read. Check the date and time of your phone."), field="at"
        )
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at
    try:
        at = at.astimezone(UTC)
    except OverflowError:
        raise Refused(
            "time", _("The time of this report can't be read. Check the date and time of your phone."), field="at"
        )
    if at > arrived + timedelta(days=1) or at < arrived - OLDEST:
        raise Refused(
            "time", _("The clock of your phone seems wrong. Set date and time, then send it again."), field="at"
        )
    return min(at, arrived)
