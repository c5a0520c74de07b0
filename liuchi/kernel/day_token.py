"""A device's token of the day: by it something is counted once without anybody's identity. It ends at midnight.

Whoever throws the token away at each request is given few new ones a minute, and a token that we did not make is none:
otherwise a short script would count as a crowd. Each use has a cookie of its own, so what is counted here can't be tied to
what is counted there.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from liuchi.kernel.context import CHINA
from liuchi.kernel.errors import Refused
from liuchi.kernel.keys import key_file
from liuchi.kernel.network import network_of
from liuchi.kernel.outbox.slowing import slow_down
from liuchi.kernel.outbox.tokens import digest_of

_LONGEST = 60
NEW_PER_MINUTE = 40
"""A whole canteen behind one address comes at noon; a script comes faster."""


@dataclass(frozen=True, slots=True)
class DayToken:
    """cookie: its name; path: the addresses to which alone it is sent."""

    cookie: str
    path: str = "/"

    def of(self, request: HttpRequest) -> str:
        """The random token of this device and day: the cookie's, or a new one, which ``give`` gives to the device. Empty
        where too many new ones were asked for: then nothing is counted."""
        known = self.known(request)
        if known:
            return known
        waiting = self._waiting(request)
        if self.cookie not in waiting:
            fresh = secrets.token_urlsafe(12)
            waiting[self.cookie] = f"{fresh}.{self._mark(fresh)}" if self._may_begin(request) else ""
        return waiting[self.cookie]

    def known(self, request: HttpRequest) -> str:
        """The token that the device has, or nothing."""
        said = request.COOKIES.get(self.cookie, "")
        token, _dot, mark = said.rpartition(".")
        return said if len(said) <= _LONGEST and hmac.compare_digest(mark.encode(), self._mark(token).encode()) else ""

    def give(self, request: HttpRequest, response: HttpResponse, at: datetime) -> HttpResponse:
        """The answer with the cookie, if a new token was made for this request."""
        if fresh := self._waiting(request).get(self.cookie):
            here = at.astimezone(CHINA)
            midnight = datetime.combine(here.date() + timedelta(days=1), time(), CHINA)
            response.set_cookie(
                self.cookie,
                fresh,
                max_age=max(1, int((midnight - here).total_seconds())),
                path=self.path,
                secure=bool(settings.SESSION_COOKIE_SECURE),
                httponly=True,
                samesite="Lax",
            )
        return response

    def _mark(self, token: str) -> str:
        """What only this house can put behind a token, and only today."""
        said = f"{self.cookie} {timezone.localdate()} {token}".encode()
        return hmac.new(key_file("day-token.key"), said, "sha256").hexdigest()[:16]

    def _may_begin(self, request: HttpRequest) -> bool:
        network = digest_of(network_of(request.META.get("REMOTE_ADDR", "")))
        try:
            slow_down(f"{self.cookie} {network}"[:64], NEW_PER_MINUTE, timezone.now())
        except Refused:
            return False
        return True

    @staticmethod
    def _waiting(request: HttpRequest) -> dict[str, str]:
        """What was made for this request, by cookie: two who ask get the same."""
        if not hasattr(request, "day_tokens"):
            request.day_tokens = {}  # type: ignore[attr-defined]
        found: dict[str, str] = request.day_tokens  # type: ignore[attr-defined]
        return found
