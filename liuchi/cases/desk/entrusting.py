"""The page of what is asked of communities (社区事项准入): a unit asks here, the street answers, everybody concerned reads both."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from liuchi.cases import actions
from liuchi.cases.desk.case import as_id
from liuchi.cases.queries.admissions import admissions_seen_by
from liuchi.cases.queries.offers import may_answer
from liuchi.kernel import given
from liuchi.kernel.access import needs, refuse
from liuchi.kernel.context import of_request
from liuchi.kernel.errors import Refused
from liuchi.people.models import Organisation

LINES = 30


@needs("cases.admissions")
@require_http_methods(["GET", "HEAD", "POST"])
def entrust(request: HttpRequest) -> HttpResponse:
    """What was asked, the newest first, each with its answer; for units the form above it (at most 10 queries)."""
    actor = request.actor  # type: ignore[attr-defined]
    refused = None
    if request.method == "POST" and not actor.may("cases.entrust"):
        return refuse(request)
    if request.method == "POST":
        try:
            unit = as_id(request.POST.get("unit", ""))
            if unit is None:
                raise Refused("unit", _("Choose the community that is asked."), field="unit")
            actions.entrust(of_request(request, "desk"), unit, request.POST.get("words", ""))
        except Refused as error:
            if error.status in (403, 404):
                raise
            refused = error
        else:
            messages.success(
                request, _("It waits for the street's answer. The community hears of it only if it is admitted.")
            )
            return redirect("desk_entrust")
    page = Paginator(admissions_seen_by(actor), LINES).get_page(given.whole(request.GET.get("page")) or 1)
    may_ask = actor.may("cases.entrust")
    context = {
        "page": page,
        "lines": [(one, may_answer(actor, one)) for one in page.object_list],
        "communities": Organisation.objects.filter(kind="community", closed_on=None, area__isnull=False).order_by(
            "name"
        )
        if may_ask
        else [],
        "may_ask": may_ask,
        "sent": {name: request.POST.get(name, "") for name in ("unit", "words")},
        "refused": refused,
    }
    return render(request, "cases/desk/entrust.html", context, status=refused.status if refused else 200)
