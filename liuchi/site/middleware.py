"""Turns what an action refused into an answer that the person can act on."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from liuchi.kernel.errors import Refused


class RefusedMiddleware:
    """JSON to programs and field screens, a page with the sentence to people."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        wants_json = request.path.startswith(("/api/", "/outbox")) or "application/json" in request.headers.get(
            "Accept", ""
        )
        if wants_json:
            return JsonResponse(error.as_dict(), status=error.status)
        return render(request, "ui/refused.html", {"refused": error}, status=error.status)
