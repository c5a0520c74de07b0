"""The desk's page of how long what is kept: a table to read, the days to change, and what would go now."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from liuchi.kernel import given
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.errors import Refused
from liuchi.kernel.retention import actions, queries


@needs("retention.set")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The table; ``?count`` counts what would go now."""
    if request.method == "POST":
        return _set(request)
    return _page(request)


def _set(request: HttpRequest) -> HttpResponse:
    name = request.POST.get("field", "")
    said = request.POST.get("days", "").strip()
    wanted = given.whole(said)
    try:
        if said and wanted is None:
            raise Refused("days", _("Please type a number of days."), field=name)
        actions.keep_for(of_request(request, "desk"), name, wanted)
    except Refused as refused:
        if refused.status in (403, 404):
            raise
        return _page(request, wrong=name, said=said, why=refused.sentence)
    messages.success(request, _("Kept. The worker goes by it from now on."))
    return redirect("retention")


def _page(request: HttpRequest, wrong: str = "", said: str = "", why: str = "") -> HttpResponse:
    counted = "count" in request.GET
    lines = queries.table(timezone.now(), counted=counted)
    groups = [(name, list(some)) for name, some in groupby(lines, key=lambda line: str(line.field.group))]
    context = {
        "groups": groups, "counted": counted, "most": queries.COUNTED, "wrong": wrong, "said": said, "why": why,
        "total": sum(line.due or 0 for line in lines),
    }  # fmt: skip
    return render(request, "retention/page.html", context, status=422 if wrong else 200)
