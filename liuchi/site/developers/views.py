"""The page itself, open to everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from liuchi.cases.rest.reads import address
from liuchi.kernel.hooks import events
from liuchi.people.tokens.scopes import offered
from liuchi.site.developers import examples


@require_GET
def developers(request: HttpRequest) -> HttpResponse:
    """Keys, REST, Open311, webhooks: with lines to copy."""
    context = {
        "base": address(request, "/").rstrip("/"),
        "scopes": offered(),
        "events": events.offered().items(),
        "rest": examples.REST,
        "open311": examples.OPEN311,
        "event": examples.EVENT,
        "verify": examples.VERIFY,
    }
    return render(request, "developers/page.html", context)
