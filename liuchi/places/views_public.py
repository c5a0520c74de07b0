"""What the QR of a sign opens: I am here, I used this, here is a problem. Nobody is asked who they are."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.day_token import DayToken
from liuchi.kernel.errors import Refused
from liuchi.kernel.network import network_of
from liuchi.kernel.outbox.slowing import slow_down
from liuchi.places import actions, faults, words
from liuchi.places.actions.counting import seen_here
from liuchi.places.forms import ProblemForm
from liuchi.places.models import ServicePoint
from liuchi.places.queries import events, points

DAY = DayToken("place-day", "/p/")
RECEIPT = "places.receipt"
# A whole canteen behind one address comes at noon; a script comes faster.
PER_MINUTE = 40
PROBLEMS_PER_MINUTE = 6


@never_cache
@needs("places.look")
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, sign_code: str) -> HttpResponse:
    """How it stands, and one key: I am here. The cookie holds a random word until midnight and is read here alone."""
    point = points.by_code(sign_code)
    if point is None:
        raise Http404
    if request.method == "POST":
        return _arrived(request, point)
    at = timezone.now()
    line = points.one(point.pk, at)
    used = seen_here(point, DAY.known(request), at)
    context = {
        "line": line,
        "point": point,
        "used": used,
        "here": used is not None,
        "other": None if line is None or line.now.serves or point.closed_on else _open_near(point, at),
        "today": [(one, words.span(one.begins, one.ends, at)) for one in events.coming(at, point.pk, days=0)[:3]],
    }
    return render(request, "places/mobile/sign.html", context)


def _open_near(point: ServicePoint, at: datetime) -> points.Shown | None:
    """The nearest place that is open, from one that is shut."""
    found = points.nearest(at, (point.lon, point.lat), kinds=("station", "shop", "corner"), limit=2)
    return next((one for one in found if one.now.code == "open" and one.now.serves), None)


def _arrived(request: HttpRequest, point: ServicePoint) -> HttpResponse:
    ctx = of_request(request, "phone")
    slow_down(f"place.arrive {network_of(request.META.get('REMOTE_ADDR', ''))}", PER_MINUTE, ctx.recorded_at)
    if token := DAY.of(request):
        actions.arrive(ctx, point, token, request.POST.getlist("used"))
    return DAY.give(request, redirect("places:sign", point.code), ctx.at)


@needs("places.look")
@require_http_methods(["GET", "HEAD", "POST"])
def problem(request: HttpRequest, sign_code: str) -> HttpResponse:
    """Something is broken or missing here: two taps, or a few words, and a receipt to follow it with."""
    point = points.by_code(sign_code)
    if point is None or point.closed_on is not None:
        raise Http404
    form = ProblemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ctx = of_request(request, "phone")
        sent = form.cleaned_data
        try:
            slow_down(
                f"place.problem {network_of(request.META.get('REMOTE_ADDR', ''))}", PROBLEMS_PER_MINUTE, ctx.recorded_at
            )
            taken = actions.report_problem(
                ctx, point, sent["text"], what=sent["what"], phone=sent["phone"], key=sent["key"]
            )
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        else:
            request.session[RECEIPT] = [point.code, taken]  # in an address it would stay in histories and logs
            return redirect("places:problem_sent", point.code)
    asked = faults.asked_of(point.offers.values_list("service", flat=True))
    return render(request, "places/mobile/problem.html", {"form": form, "point": point, "faults": asked})


@never_cache
@needs("places.look")
@require_http_methods(["GET", "HEAD"])
def problem_sent(request: HttpRequest, sign_code: str) -> HttpResponse:
    """The receipt, told on the phone that sent the report, as long as its session lasts."""
    point = points.by_code(sign_code)
    if point is None:
        raise Http404
    code, receipt = request.session.get(RECEIPT, ("", ""))
    if code != point.code:
        return redirect("places:sign", point.code)
    return render(request, "places/mobile/problem_sent.html", {"point": point, "receipt": receipt})
