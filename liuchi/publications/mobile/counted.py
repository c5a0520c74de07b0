"""What is counted once for each device and day, by its token: opening, reading, using and voting, without anybody's identity."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from liuchi.kernel.context import Context
from liuchi.kernel.day_token import DayToken
from liuchi.kernel.errors import Refused
from liuchi.kernel.network import network_of
from liuchi.kernel.outbox.slowing import slow_down
from liuchi.kernel.outbox.tokens import digest_of
from liuchi.publications.actions import counting

DAY = DayToken("liuchi_day")
token_of = DAY.of


def with_token(request: HttpRequest, response: HttpResponse, ctx: Context) -> HttpResponse:
    """The answer with the cookie, which ends with the day."""
    return DAY.give(request, response, ctx.at)


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
