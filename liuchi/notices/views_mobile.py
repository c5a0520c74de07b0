"""The phone's page of messages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from liuchi.kernel.context import of_request
from liuchi.notices import actions, queries


@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    """What the office told this person, the newest first; to a stranger how to follow a report without signing in."""
    person = request.actor.person_id  # type: ignore[attr-defined]
    context = {"page": "messages", "back": "/", "notices": queries.mine(person) if person else []}
    return render(request, "notices/messages.html", context)


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """All of one's own messages are read: the page that shows them says so."""
    actions.mark_read(of_request(request, "phone"))
    return HttpResponse(status=204)
