"""The short way in for the outbox, and the answers to what was refused or asked in a wrong way."""

import logging
from collections.abc import Callable
from contextlib import suppress

from django.db import DataError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _

from liuchi.kernel.errors import Refused
from liuchi.kernel.media import views as media
from liuchi.kernel.outbox import views as outbox

# What a form may bring: words from anybody, photos and workbooks and, once, a map from the office. The check for the form
# token would write all of it to the disk before anybody asks who sends it.
MOST_OF_ANYBODY = 1024 * 1024
# the photos of an application, of who is signed in; the phone makes them smaller before
MOST_OF_APPLICANT = 16 * 1024 * 1024
MOST_OF_STAFF = 320 * 1024 * 1024

logger = logging.getLogger(__name__)
Answer = Callable[[HttpRequest], HttpResponse]


class OutboxMiddleware:
    """Stands before everything that only pages need: session, form token, messages, content policy. What a phone delivers
    has a token of its own, and it is the busiest address of the house."""

    VIEWS: dict[str, Answer] = {"/outbox": outbox.deliver, "/outbox/media": media.upload}

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        view = self.VIEWS.get(request.path_info)
        if view is None:
            return self.get_response(request)
        request.get_host()  # a host that is not ours is refused here as everywhere
        language = translation.get_language_from_request(request)
        with translation.override(language):
            try:
                response = view(request)
            except Refused as refused:
                response = refusal(refused)
            if response.status_code == 405:
                response = wrong_method(request, response)
        response["Content-Language"] = language
        response["Cache-Control"] = "no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response


def _most(request: HttpRequest) -> int:
    if request.actor.is_staff:
        return MOST_OF_STAFF
    applies = request.path_info.startswith("/admissions/") and request.path_info.endswith("/apply")
    return MOST_OF_APPLICANT if applies and request.actor.is_signed_in else MOST_OF_ANYBODY


class RefusedMiddleware:
    """JSON to programs and field screens, a page with the sentence to people."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # A NUL says nothing, and PostgreSQL takes none: what is asked for is read without it, a thing's name never has one.
        if "\x00" in request.path_info:
            return told(request, unreadable())
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.META["QUERY_STRING"] = request.META["QUERY_STRING"].replace("%00", "")
        length = _length(request)
        if length > MOST_OF_ANYBODY and length > _most(request):
            return told(request, too_large())
        response = self.get_response(request)
        if response.status_code == 405:
            return wrong_method(request, response)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refused):
            return told(request, error)
        if isinstance(error, DataError):
            logger.warning("the database can't hold what came to %s", request.path, exc_info=error)
            return told(request, unreadable())
        return None


def told(request: HttpRequest, refused: Refused, back: str = "") -> HttpResponse:
    """The refusal as whoever asks can read it. back: the page to go on from, if it is not the first one."""
    if request.path.startswith(("/api/", "/outbox")) or "application/json" in request.headers.get("Accept", ""):
        return refusal(refused)
    return render(request, "ui/refused.html", {"refused": refused, "back": back}, status=refused.status)


def refusal(refused: Refused) -> JsonResponse:
    """The sentence for programs and field screens."""
    return JsonResponse(refused.as_dict(), status=refused.status)


def too_large() -> Refused:
    return Refused("too_large", _("This is too large to be sent here. Choose a smaller file."), status=413)


def _length(request: HttpRequest) -> int:
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else 0


def unreadable(status: int = 400) -> Refused:
    return Refused("form", _("This could not be read. Go back and enter it again."), status=status)


def wrong_method(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """405 with a sentence and the way to the page on which the button was: somebody who signed in again in the middle of a
    step comes here. Which methods there are stands in the header Allow."""
    refused = Refused("method", _("This step was not carried out. Open its page and do it again there."), status=405)
    said = told(request, refused, _above(request.path))
    if "Allow" in response:
        said["Allow"] = response["Allow"]
    return said


def _above(path: str) -> str:
    """The nearest address above one at which there is a page."""
    parts = path.rstrip("/").split("/")
    while len(parts) > 2:
        parts.pop()
        for address in ("/".join(parts), "/".join(parts) + "/"):
            with suppress(Resolver404):
                resolve(address)
                return address
    return ""
