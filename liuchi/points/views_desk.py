"""The desk's pages of points: sums of a month, the window with its one big field, and statements. Never anybody's balance."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from liuchi.kernel import given, venues
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.errors import Refused
from liuchi.kernel.media import queries as media
from liuchi.kernel.ui.refusals import refusal_told
from liuchi.people.models import Look
from liuchi.people.registers.seeing import leads
from liuchi.people.rules import shown_name
from liuchi.points import actions, figures, queries, rules
from liuchi.points.actions.redeeming import Elsewhere
from liuchi.points.models import Reservation, Statement
from liuchi.points.views_mobile import sheet_of

SHOWN = timedelta(minutes=10)  # so long who was found by the number is the one who is checked


def tabs(request: HttpRequest) -> dict[str, Any]:
    """Which tabs somebody has."""
    actor = request.actor  # type: ignore[attr-defined]
    names = ("see", "window", "stock", "gifts", "rules", "confirm")
    may = {f"may_{name}": actor.may(f"points.{name}") for name in names}
    return {**may, "may_home": actor.may("points.home") and bool(leads(actor))}


@require_safe
@needs("points.desk")
def overview(request: HttpRequest) -> HttpResponse:
    """A month in sums; whoever only hands gifts over goes to the window at once."""
    if not request.actor.may("points.see"):  # type: ignore[attr-defined]
        return redirect("points:window" if request.actor.may("points.window") else "points:home")  # type: ignore[attr-defined]
    today = timezone.localdate()
    begins, ends = rules.month_bounds(_month(request.GET.get("month", ""), today))
    found = figures.figures(begins, ends)
    context = {
        **tabs(request),
        "figures": found,
        "outstanding": figures.outstanding(today),
        "before": rules.month_of(begins - timedelta(days=1)),
        "after": rules.month_of(ends + rules.DAY) if ends < today else "",
    }
    return render(request, "points/desk/overview.html", context)


def _month(text: str, today: date) -> date:
    return min(given.day(f"{text}-01") or today, today)


@never_cache
@needs("points.window")
def window(request: HttpRequest) -> HttpResponse:
    """One big field for the code. GET with a code (a scanned picture) or POST `find` shows the gift; POST `hand` hands it over;
    POST `phone` looks for an account by its number, and `checked` says that whoever stands there has it."""
    ctx, do = of_request(request, "desk"), request.POST.get("do", "")
    typed = request.POST.get("code", request.GET.get("code", ""))
    number = request.POST.get("number", "")[:20]
    found, person, refused, elsewhere, shown = None, None, None, None, ""
    try:
        if do == "hand":
            done = actions.hand_over(ctx, typed)
            messages.success(request, _("Handed over: %(gift)s") % {"gift": done.gift.name})
            return redirect("points:window")
        if do == "checked":
            actions.check_phone(ctx, *_shown(request))
            messages.success(request, _("Checked. From now on gifts with a limit of the month can be had."))
            return redirect("points:window")
        if do == "phone":
            person = actions.find_by_phone(ctx, number)
            shown = signing.dumps([str(person.pk), number], salt=_salt(request))
        elif typed:
            found = actions.look_up(ctx, typed)
    except Elsewhere as error:
        elsewhere = error
    except Refused as error:
        refused = error
    pictures = media.of_record(found.gift_id) if found else []
    context = {
        **tabs(request),
        "found": found,
        "picture": media.url(pictures[0], "shown") if pictures else "",
        "code": rules.digits_of(typed) if found else "",
        "typed": "" if found else typed,
        "refused": refused.sentence if refused and refused.field != "phone" else "",
        "refused_number": refused.sentence if refused and refused.field == "phone" else "",
        "elsewhere": elsewhere,
        "spot": venues.venue(elsewhere.window.point_id, ctx.at) if elsewhere else None,
        "person": person,
        "named": shown_name(person.name) if person else "",
        "number": number,
        "shown": shown,
        "lately": _handed_lately(request) if not found else [],
    }
    return render(request, "points/desk/window.html", context, status=422 if refused or elsewhere else 200)


def _shown(request: HttpRequest) -> tuple[UUID, str]:
    """(the person, the number) that this window was shown a moment ago. Raises Refused("phone") for anything else."""
    try:
        person, number = signing.loads(request.POST.get("shown", ""), salt=_salt(request), max_age=SHOWN)
    except signing.BadSignature as error:
        raise Refused("phone", _("That was a while ago. Look the number up once more."), "phone", 409) from error
    return UUID(person), number


def _salt(request: HttpRequest) -> str:
    return f"points.window:{request.actor.person_id}"  # type: ignore[attr-defined]


def _handed_lately(request: HttpRequest) -> list[Reservation]:
    """What was handed over today at the own windows, for who made a slip."""
    today = rules.day_starts(timezone.localdate())
    mine = request.actor.q("points.window", area="window__area__first")  # type: ignore[attr-defined]
    done = Reservation.objects.filter(mine, state=Reservation.State.HANDED, ended_at__gte=today)
    return list(done.select_related("gift", "window").order_by("-ended_at")[:10])


@require_POST
@needs("points.window")
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Handed over by a slip: it waits again."""
    mine = request.actor.q("points.window", area="window__area__first")  # type: ignore[attr-defined]
    one = get_object_or_404(Reservation.objects.filter(mine), pk=pk)
    with refusal_told(request):
        actions.undo_hand_over(of_request(request, "desk"), one.pk)
        messages.success(request, _("Undone: it waits at the window again, with the same code."))
    return redirect("points:window")


@require_safe
@needs("points.confirm")
def statements(request: HttpRequest) -> HttpResponse:
    """Statements that people of the own area asked for."""
    found = _visible(request).order_by("state", "-asked_at")
    return render(request, "points/desk/statements.html", {**tabs(request), "statements": found[:100]})


@never_cache
@needs("points.confirm")
def statement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One of them, with what the person let the community see; POST confirms it. Each look is in the person's log."""
    one = get_object_or_404(_visible(request), pk=pk)
    ctx = of_request(request, "desk")
    if request.method == "POST":
        with refusal_told(request):
            actions.confirm_statement(ctx, one)
            messages.success(request, _("Confirmed. The person is told and prints the sheet."))
        return redirect("points:desk_statements")
    if one.person and one.person_id != ctx.person:
        Look.objects.create(
            at=ctx.at,
            person=one.person,
            by_id=ctx.person,
            by_post_id=ctx.post,
            what="points",
            duty="points.confirm",
            record_id=one.pk,
        )
    shown = sheet_of(one)
    if one.state == Statement.State.ASKED and one.person:
        earned = actions.earned(one.person, one.begins, one.ends)
        shown["lines"] = [(queries.label_of(event), times, points) for event, times, points in earned]
        shown["sum"] = sum(points for _event, _times, points in earned)
    else:
        shown["sum"] = one.points
    return render(request, "points/desk/statement.html", {**tabs(request), **shown})


def _visible(request: HttpRequest) -> Any:
    return actions.waiting_here(request.actor, of_request(request, "desk"))  # type: ignore[attr-defined]
