"""The list of services on the phone: by need, by aspect, and how to get each."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from liuchi.kernel import venues
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.people.rules import local_day
from liuchi.publications import rules
from liuchi.publications.actions import counting
from liuchi.publications.mobile.counted import token_of, with_token
from liuchi.publications.models import ServiceItem
from liuchi.publications.models.services import ASPECT_LABELS
from liuchi.publications.queries import services as reading


@require_http_methods(["GET", "HEAD", "POST"])
@needs("publications.read")
def services(request: HttpRequest) -> HttpResponse:
    """The list, by aspect; ``?kind=`` one of the three lists. What somebody needs is looked for in the page itself or, by
    POST, here: it stands in no address and no log."""
    text, kind = request.POST.get("q", "")[:60], request.GET.get("kind", "")
    kind = kind if kind in rules.KINDS_OF_SERVICE else ""
    items = reading.listed(local_day(timezone.now()), text=text, kind=kind)
    language = get_language() or "zh-hans"
    context: dict[str, Any] = {
        "groups": reading.by_aspect(items, language),
        "count": len(items),
        "news": [(item, item.said(language)) for item in items if item.news][:3] if not text else [],
        "kinds": ServiceItem.Kind.choices,
        "kind": kind,
        "text": text,
        "back": "/",
    }
    return render(request, "publications/mobile/services.html", context)


@require_safe
@needs("publications.read")
def service(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One line: how to get it, in steps."""
    item = get_object_or_404(ServiceItem, pk=pk)
    today = local_day(timezone.now())
    context = {
        "item": item,
        "said": item.said(get_language() or "zh-hans"),
        "aspect": ASPECT_LABELS[item.aspect],
        "over": bool(item.ended_on or (item.valid_until and item.valid_until < today)),
        "venue": venues.venue(item.place, timezone.now()),
        "back": "/services",
    }
    return render(request, "publications/mobile/service.html", context)


@require_POST
@needs("publications.read")
def use(request: HttpRequest, pk: UUID) -> HttpResponse:
    """ "I am going to": counted once a day for each device, without identity."""
    day = local_day(timezone.now())
    item, ctx = get_object_or_404(reading.valid(day), pk=pk), of_request(request, "phone")
    counting.count_once(ctx, item.pk, "use", token_of(request))
    messages.success(request, _("Good. It is counted that somebody uses this, and not who."))
    return with_token(request, redirect("publications:service", item.pk), ctx)
