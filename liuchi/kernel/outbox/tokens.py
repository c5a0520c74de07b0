"""What a phone shows when it delivers: a token that lives longer than the sign-in.

A token says by itself who it stands for, under our signature, so nothing is looked up before the write begins; whether it
still holds is asked together with everything else that a write asks (docs/decisions/0011-few-trips.md).
"""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from liuchi.kernel import sql
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.keys import key_file
from liuchi.kernel.outbox.models import Token
from liuchi.kernel.outbox.slowing import slow_down

# A phone may lie in a drawer for a season and still deliver what it kept.
DAYS = 90
# A whole office, or a village behind one address of its provider, writes as many phones would.
PHONES_OF_ONE_ADDRESS = 10
HOLDS = "EXISTS (SELECT 1 FROM kernel_outbox_token WHERE hash = %s AND ends_at > %s)"


class Phone(NamedTuple):
    """Who stands behind a token: the person, None for nobody signed in; the digest by which floods are slowed; and the
    digest of the token itself, under which the house knows it."""

    person_id: UUID | None
    device: str
    hash: str


def digest_of(secret: str) -> str:
    """How a token, a device or an address is kept: never itself."""
    return hmac.new(key_file("outbox.key"), secret.encode(), hashlib.sha256).hexdigest()


def issue(ctx: Context, address: str) -> str:
    """A new token for a phone; bound to the person who is signed in, or to nobody. Slowed per network address; the phones
    of one address share a few counts a day, so that asking for many tokens makes no flood."""
    slow_down(f"token {digest_of(address)}", 60, ctx.recorded_at)
    share = digest_of(f"{address} {ctx.recorded_at:%Y-%m-%d} {secrets.randbelow(PHONES_OF_ONE_ADDRESS)}")
    said = f"{secrets.token_urlsafe(32)}.{ctx.person.hex if ctx.person else ''}.{share[:32]}"
    token = f"{said}.{_signature(said)}"
    Token.objects.create(
        hash=digest_of(token),
        person_id=ctx.person,
        made_at=ctx.recorded_at,
        ends_at=ctx.recorded_at + timedelta(days=DAYS),
    )
    return token


def phone_of(token: str) -> Phone:
    """Who stands behind a token, by what it says itself; whether it still ``HOLDS`` only the database knows.

    Raises Refused (401) for what was not signed here: the phone then asks for a new one.
    """
    said, _dot, signature = token.rpartition(".")
    if not hmac.compare_digest(signature.encode(), _signature(said).encode()):
        raise unknown()
    _random, person, device = said.split(".")
    return Phone(UUID(person) if person else None, device, digest_of(token))


def refuse_ended(phone: Phone, at: datetime) -> None:
    """Raises Refused (401) when the token has ended, by its days or with the person's sign-in."""
    if not sql.rows(f"SELECT {HOLDS}", (phone.hash, at))[0][0]:
        raise unknown()


def unknown() -> Refused:
    """The answer to a token that is none."""
    sentence = _("Your phone needs to introduce itself again. Nothing is lost; it will do so by itself.")
    return Refused("token", sentence, status=401)


def end_tokens(person_id: UUID) -> None:
    """Sign-out, a new password, erasure: what this person's phones still hold is no longer taken in their name."""
    Token.objects.filter(person_id=person_id).delete()


def _signature(said: str) -> str:
    return digest_of(f"token {said}")[:32]
