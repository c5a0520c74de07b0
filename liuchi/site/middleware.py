"""The short way in for the outbox, and the answers to what was refused or asked in a wrong way."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from liuchi.kernel.errors import Refused
from liuchi.kernel.media import views as media
from liuchi.kernel.outbox import views as outbox

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


class RefusedMiddleware:
    """JSON to programs and field screens, a page with the sentence to people."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405:
            return wrong_method(request, response)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        if wants_json(request):
            return refusal(error)
        return render(request, "ui/refused.html", {"refused": error}, status=error.status)


def wants_json(request: HttpRequest) -> bool:
    """Whether a program or a field screen asks."""
    return request.path.startswith(("/api/", "/outbox")) or "application/json" in request.headers.get("Accept", "")


def refusal(refused: Refused) -> JsonResponse:
    """The sentence for programs and field screens."""
    return JsonResponse(refused.as_dict(), status=refused.status)


def wrong_method(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """405 with a sentence; which methods there are stands in the header Allow."""
    refused = Refused("method", _("This address cannot be used in this way. Open the page again."), status=405)
    said = (
        refusal(refused)
        if wants_json(request)
        else render(request, "ui/refused.html", {"refused": refused}, status=405)
    )
    if "Allow" in response:
        said["Allow"] = response["Allow"]
    return said
