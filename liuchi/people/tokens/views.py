"""The desk's pages for keys of other programs."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.ui import nav
from liuchi.people.models import ApiToken
from liuchi.people.tokens.actions import make_token, revoke_token
from liuchi.people.tokens.forms import TokenForm
from liuchi.people.tokens.queries import PAGE, lines


@require_GET
@needs("tokens.edit")
def listed(request: HttpRequest) -> HttpResponse:
    """Those that were revoked last."""
    page = Paginator(ApiToken.objects.order_by(F("revoked_at").asc(nulls_first=True), "-pk"), PAGE).get_page(
        request.GET.get("page")
    )
    context = {"page": page, "lines": lines(list(page), timezone.now()), "tabs": nav.shown("interfaces", request)}
    return render(request, "people/tokens/listed.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("tokens.edit")
def new(request: HttpRequest) -> HttpResponse:
    """A new key; its secret stands on the page that answers, and never again."""
    form = TokenForm(request.POST or None, at=timezone.now())
    if request.method == "POST" and form.is_valid():
        made = form.carry_out(lambda: make_token(of_request(request, "desk"), **form.cleaned_data))
        if made:
            token, secret = made
            return render(request, "people/tokens/made.html", {"token": token, "secret": secret})
    return render(request, "people/tokens/new.html", {"form": form})


@require_POST
@needs("tokens.edit")
def revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ends a key at once."""
    token = get_object_or_404(ApiToken.objects.select_related("record"), pk=pk)
    revoke_token(of_request(request, "desk"), token)
    messages.success(request, _("The key “%(name)s” opens nothing any more.") % {"name": token.name})
    return redirect("people:tokens")
