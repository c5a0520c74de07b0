"""The device's token of the day, by which opening, reading, using and voting are counted once without anybody's identity.

Whoever throws the token away at each request is given few new ones a minute, and a token that we did not make is none:
otherwise a short script would count as a crowd.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from liuchi.kernel.context import CHINA, Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.keys import key_file
from liuchi.kernel.network import network_of
from liuchi.kernel.outbox.slowing import slow_down
from liuchi.kernel.outbox.tokens import digest_of
from liuchi.publications.actions import counting

COOKIE = "liuchi_day"
_LONGEST = 60
NEW_TOKENS_PER_MINUTE = 40


def token_of(request: HttpRequest) -> str:
    """The random token of this device and day: the cookie's, or a new one, which ``with_token`` gives to the device. Empty
    where too many new ones were asked for: then nothing is counted."""
    known = request.COOKIES.get(COOKIE, "")
    if len(known) <= _LONGEST and hmac.compare_digest(
        known.rpartition(".")[2].encode(), _mark(known.rpartition(".")[0])
    ):
        return known
    if not hasattr(request, "_day_token"):
        fresh = secrets.token_urlsafe(12)
        request._day_token = f"{fresh}.{_mark(fresh).decode()}" if _may_begin(request) else ""  # type: ignore[attr-defined]
    return str(request._day_token)  # type: ignore[attr-defined]


def _mark(token: str) -> bytes:
    """What only this house can put behind a token, and only today."""
    said = f"{timezone.localdate()} {token}".encode()
    return hmac.new(key_file("day-token.key"), said, "sha256").hexdigest()[:16].encode()


def _may_begin(request: HttpRequest) -> bool:
    network = digest_of(network_of(request.META.get("REMOTE_ADDR", "")))
    try:
        slow_down(f"day token {network}"[:64], NEW_TOKENS_PER_MINUTE, timezone.now())
    except Refused:
        return False
    return True


def with_token(request: HttpRequest, response: HttpResponse, ctx: Context) -> HttpResponse:
    """The answer with the cookie, which ends with the day."""
    fresh = getattr(request, "_day_token", "")
    if fresh:
        here = ctx.at.astimezone(CHINA)
        midnight = datetime.combine(here.date() + timedelta(days=1), time(), CHINA)
        response.set_cookie(
            COOKIE,
            fresh,
            max_age=max(1, int((midnight - here).total_seconds())),
            secure=bool(settings.SESSION_COOKIE_SECURE),
            httponly=True,
            samesite="Lax",
        )
    return response


def opened(request: HttpRequest, response: HttpResponse, ctx: Context, thing: UUID, what: str) -> HttpResponse:
    """Counts that a page was opened, once a day for each device; a look by a program (HEAD) does not count."""
    if request.method == "GET":
        counting.count_once(ctx, thing, what, token_of(request))
    return with_token(request, response, ctx)


def calm(request: HttpRequest, what: str, per_minute: int, ctx: Context) -> None:
    """Slows who writes without end: by person, else by network address. Raises Refused (429)."""
    sender = str(ctx.person) if ctx.person else digest_of(network_of(request.META.get("REMOTE_ADDR", "")))
    try:
        slow_down(f"{what} {sender}"[:64], per_minute, ctx.recorded_at)
    except Refused as refused:
        raise Refused(
            "slow_down",
            _("Too many attempts. Wait a minute, then try again."),
            status=429,
            retry_after=refused.retry_after,
        )
