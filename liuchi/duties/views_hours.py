"""My hours and the certificate of them (志愿服务时长证明); and the page by which anybody verifies one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from liuchi.admissions.rules.letters import clean_code, masked_name
from liuchi.duties import actions, queries, rules
from liuchi.duties.models import Certificate
from liuchi.kernel import given
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.documents import qr
from liuchi.kernel.errors import Refused


@never_cache
@require_GET
@needs("duties.join")
def hours(request: HttpRequest) -> HttpResponse:
    """My hours: for my own eyes; and the certificates that I asked for."""
    person, year = request.actor.person_id, _year(request.GET.get("year"))  # type: ignore[attr-defined]
    served = queries.hours(person, year)
    now = timezone.now().astimezone(rules.PLACE_ZONE).year
    context = {
        "minutes": served.minutes, "times": served.times, "served": served.newest, "year": year, "years": [now, now - 1, now - 2],
        "issued": queries.certificates_of(person)[:20],
    }  # fmt: skip
    return render(request, "duties/mobile/hours.html", context)


@require_POST
@needs("duties.join")
def issue(request: HttpRequest) -> HttpResponse:
    """A certificate as of today: made for and by the person alone."""
    try:
        made = actions.issue_certificate(of_request(request, "phone"), _year(request.POST.get("year")))
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("duties:hours")
    return redirect("duties:certificate", made.pk)


@never_cache
@require_GET
@needs("duties.join")
def certificate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One of mine, to be printed or saved, with its number, the code to verify it, and a place for the seal."""
    one = get_object_or_404(queries.certificates_of(request.actor.person_id), pk=pk)  # type: ignore[attr-defined]
    link = request.build_absolute_uri(reverse("duties:verify", args=[one.code]))
    context = {
        "one": one, "name": one.name, "lines": queries.lines_of(one), "link": link,
        "qr": qr.svg(link, label=_("Code to verify this certificate"), border=2),
    }  # fmt: skip
    return render(request, "duties/mobile/certificate.html", context)


@never_cache
@require_safe
@needs("duties.verify")
def verify(request: HttpRequest, paper: str) -> HttpResponse:
    """Whether a certificate is genuine: number, who issued it, how much it says; the name partly hidden, nothing of what was
    served where. Anybody who holds the paper may ask. One whose person was erased is answered as a code that never was: that
    somebody used this right is nobody's business."""
    clean = clean_code(paper)
    if clean and paper != clean:
        return redirect("duties:verify", clean)
    one = Certificate.objects.filter(code=clean, person__isnull=False).first() if clean else None
    context = {"one": one, "name": masked_name(one.name) if one else "", "now": timezone.now()}
    response = render(request, "duties/mobile/verify.html", context, status=200 if one else 404)
    response["X-Robots-Tag"] = "noindex"
    return response


def _year(text: object) -> int | None:
    year = given.whole(text, 2099)
    return year if year and year >= 2000 else None
