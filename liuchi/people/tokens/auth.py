"""A request that brings a key: who asks, and not too often. A signed-in browser counts for nothing here, so that no page of
somebody else can make it ask."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from liuchi.kernel.errors import Refused
from liuchi.kernel.network import network_of
from liuchi.kernel.outbox.slowing import slow_down
from liuchi.kernel.outbox.tokens import digest_of
from liuchi.people import rules
from liuchi.people.access import NOBODY
from liuchi.people.tokens.access import TokenActor, actor_of, token_of
from liuchi.people.tokens.actions import note_use

PER_MINUTE = 300
WRONG_PER_MINUTE = 60


def take_in(request: HttpRequest, secret: str) -> TokenActor | None:
    """Puts who stands behind the key on the request; None, and nobody on it, where there is none.

    Raises Refused (429) for a key, or an address that tries wrong ones, that asks too often.
    """
    now = timezone.now()
    request.actor = NOBODY  # type: ignore[attr-defined]
    token = token_of(secret, now) if secret else None
    if token is None:
        if secret:
            count(f"wrong key {digest_of(network_of(request.META.get('REMOTE_ADDR', '')))}", WRONG_PER_MINUTE)
        return None
    count(f"key {token.pk}", PER_MINUTE)
    actor = actor_of(token, now, translation.get_language() or "zh-hans")
    if not actor.is_signed_in:
        return None
    note_use(token, rules.local_day(now))
    request.actor = actor  # type: ignore[attr-defined]
    return actor


def count(sender: str, most: int) -> None:
    """Counts a question. Raises Refused (429) past so many in a minute."""
    try:
        slow_down(sender, most, timezone.now())
    except Refused as refused:
        wait = refused.retry_after or 60
        sentence = _("That is too often. Ask again in %(seconds)s seconds.") % {"seconds": wait}
        raise Refused("slow_down", sentence, status=429, retry_after=wait)


class Bearer(HttpBearer):
    """``Authorization: Bearer liuchi_…``"""

    def authenticate(self, request: HttpRequest, token: str) -> TokenActor | None:
        return take_in(request, token)


def asking(request: HttpRequest, ability: str) -> TokenActor:
    """Who asks with a key that is for this. Raises Refused (403) for one that is not."""
    actor = cast(TokenActor, request.actor)  # type: ignore[attr-defined]
    if not actor.may(ability):
        raise Refused(
            "scope",
            _("This key is not for that, or the post it acts for is not. Ask whoever gave it to you."),
            status=403,
        )
    return actor
