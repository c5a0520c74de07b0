"""Taking what the phone's outbox delivers: once, whatever the network does."""

import hashlib
import hmac
import json
import secrets
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
from liuchi.kernel.keys import key_file
from liuchi.kernel.outbox.models import Slowed, Token, Write

# A phone may lie in a drawer for a season and still deliver what it kept.
TOKEN_DAYS = 90
# A clock that runs ahead is set back to the time of arrival; one that runs far behind is not believed.
OLDEST = timedelta(days=TOKEN_DAYS)
# A whole office, or a village behind one address of its provider, writes as many phones would.
PHONES_OF_ONE_ADDRESS = 10

# Called with the context, the body and the client keys of the media; returns what the phone is told.
Handler = Callable[[Context, dict[str, Any], list[UUID]], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Verb:
    handler: Handler
    per_minute: int | None  # how many a sender may write in a minute before it is slowed


_verbs: dict[str, Verb] = {}


def register(verb: str, handler: Handler, per_minute: int | None = None) -> None:
    """Lets the outbox deliver a verb. The handler runs inside the transaction that remembers the write."""
    _verbs[verb] = Verb(handler, per_minute)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the phone is told. again: it had arrived before, and nothing was done now."""

    result: dict[str, Any]
    again: bool


def digest_of(secret: str) -> str:
    """How a token, a device or an address is kept: never itself."""
    return hmac.new(key_file("outbox.key"), secret.encode(), hashlib.sha256).hexdigest()


def issue(ctx: Context, address: str) -> str:
    """A new token for a phone; bound to the person who is signed in, or to nobody. Slowed per network address; the phones
    of one address share a few counts a day, so that asking for many tokens makes no flood."""
    slow_down(f"token {digest_of(address)}", 60, ctx.recorded_at)
    secret = secrets.token_urlsafe(32)
    Token.objects.create(
        hash=digest_of(secret),
        person_id=ctx.person,
        device=digest_of(f"{address} {ctx.recorded_at:%Y-%m-%d} {secrets.randbelow(PHONES_OF_ONE_ADDRESS)}"),
        made_at=ctx.recorded_at,
        ends_at=ctx.recorded_at + timedelta(days=TOKEN_DAYS),
    )
    return secret


class Earlier(NamedTuple):
    """What a write under the same key was answered before: the digest of its content, the answer encrypted."""

    digest: str
    result: bytes


class Phone(NamedTuple):
    """Who stands behind a token: the person, None for nobody signed in, and the digest by which floods are slowed."""

    person_id: UUID | None
    device: str
    earlier: Earlier | None = None


def token(secret: str, at: datetime, key: UUID | None = None) -> Phone:
    """Who stands behind a secret, and in the same look what the write under a key was answered before.

    Raises Refused (401) when the secret is unknown or over: the phone then asks for a new one.
    """
    found = sql.row(
        "SELECT token.person_id, token.device, earlier.body_digest, earlier.result FROM kernel_outbox_token AS token"
        " LEFT JOIN kernel_outbox_write AS earlier ON earlier.key = %s WHERE token.hash = %s AND token.ends_at > %s",
        (key, digest_of(secret), at),
    )
    if found is None:
        raise Refused(
            "token",
            _("Your phone needs to introduce itself again. Nothing is lost; it will do so by itself."),
            status=401,
        )
    earlier = Earlier(found[2], found[3]) if found[2] is not None else None
    return Phone(sql.as_uuid(found[0]), found[1], earlier)


def end_tokens(person_id: UUID) -> None:
    """Sign-out, a new password, erasure: what this person's phones still hold is no longer taken in their name."""
    Token.objects.filter(person_id=person_id).delete()


def deliver(
    ctx: Context,
    sender: str,
    key: UUID,
    verb: str,
    body: dict[str, Any],
    media: list[UUID],
    earlier: Earlier | None,
) -> Answer:
    """Carries out one write, exactly once per key.

    earlier: what ``earlier_of`` or ``token`` found for the key. Raises Refused: ``other_body`` (409) for the same key with
    another content, ``slow_down`` (429), or what the action itself refuses; then nothing is remembered and the phone may
    send it again, corrected.
    """
    known = _verbs.get(verb)
    if known is None:
        raise Refused(
            "unknown_verb", _("This version of the page is too old. Open the page again; what you wrote is kept.")
        )
    # Escaped to ASCII, so that half a surrogate pair is no hindrance; 31.50 and 31.5 are one number by now.
    content = json.dumps([verb, body, [str(one) for one in media]], sort_keys=True)
    digest = hashlib.sha256(content.encode()).hexdigest()
    if earlier:
        return _again(key, digest, earlier)
    try:
        with sql.transaction_together():
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
    except (Refused, IntegrityError) as error:
        # The same write may have come twice at once: the other one won, and this one was rolled back.
        if found := earlier_of(key):
            return _again(key, digest, found)
        if isinstance(error, Refused) and error.code != "slow_down":
            _count(known, verb, sender, ctx.recorded_at)  # what is refused counts as well; its count was rolled back
        raise
    return Answer(result, again=False)


def _count(known: Verb, verb: str, sender: str, at: datetime) -> None:
    if known.per_minute:
        slow_down(f"{verb} {sender}", known.per_minute, at)


def earlier_of(key: UUID) -> Earlier | None:
    """What the write under a key was answered before."""
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


def slow_down(sender: str, per_minute: int, at: datetime, weight: int = 1) -> None:
    """Counts one write of a sender, or as many as it weighs; none to only ask whether it is past the limit. Raises Refused
    (429) past the limit: slowed, never lost, because the phone keeps it."""
    window = int(at.timestamp() // 60)

    def check(counted: list[sql.Row]) -> None:
        if counted[0][0] > per_minute:
            wait = 60 - int(at.timestamp() % 60)
            raise Refused(
                "slow_down",
                _("That is a lot in one minute. What you wrote is kept and goes out by itself in %(seconds)s seconds.")
                % {"seconds": wait},
                status=429,
                retry_after=wait,
            )

    sql.ask(
        'INSERT INTO kernel_slowed (sender, "window", count) VALUES (%s, %s, %s)'
        ' ON CONFLICT (sender, "window") DO UPDATE SET count = kernel_slowed.count + excluded.count RETURNING count',
        (sender, window, weight),
        check,
    )


def sweep(at: datetime) -> None:
    """Forgets windows that are over, tokens that ended, and writes no phone will send again."""
    Slowed.objects.filter(window__lt=int(at.timestamp() // 60) - 2).delete()
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
