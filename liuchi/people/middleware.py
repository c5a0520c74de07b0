"""Puts `request.actor` on each request, and keeps who holds a one-time password on the page that replaces it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from liuchi.people.access import NOBODY, Actor, actor_at


def actor_of(request: HttpRequest) -> Actor:
    """The actor of a page: the signed-in person now. No query when nobody is signed in."""
    user = request.user
    if not user.is_authenticated or user.must_change:
        return NOBODY
    return actor_at(user.person_id, timezone.now(), get_language() or user.person.language)


class ActorMiddleware:
    """`request.actor`, made when first asked for."""

    # what somebody with a one-time password still needs
    OPEN = (
        "/account/password",
        "/account/logout",
        "/static/",
        "/language",
        "/healthz",
        "/sw.js",
        "/manifest",
        "/outbox",
    )

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_of(request))  # type: ignore[attr-defined]
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not request.path.startswith(self.OPEN):
            user = request.user
            if user.is_authenticated and user.must_change:
                if request.path.startswith("/api/"):
                    sentence = _("First choose a password of your own, then go on.")
                    return JsonResponse({"error": "must_change", "message": sentence}, status=403)
                return redirect(reverse("account_change_password"))
        return self.get_response(request)
