"""Applications to check: a list beside the one that is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from liuchi.admissions import actions, queries, rules, words
from liuchi.admissions.actions.acting import answers_of, is_vacant, may_decide
from liuchi.admissions.actions.applying import lessons_of
from liuchi.admissions.models import Admission, Application, Programme
from liuchi.kernel import given
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal.models import Row
from liuchi.kernel.media import queries as media
from liuchi.kernel.worktime import queries as worktime
from liuchi.kernel.worktime import rules as clocks
from liuchi.people.models import Post

PAGE = 50
TABS = {
    "mine": gettext_lazy("For me"),
    "desk": gettext_lazy("Being checked here"),
    "returned": gettext_lazy("With the applicant"),
    "waiting": gettext_lazy("Waiting list"),
    "decided": gettext_lazy("Decided"),
}
STORY = {
    "application.sent": gettext_lazy("Sent"),
    "application.corrected": gettext_lazy("Corrected and sent again"),
    "application.passed": gettext_lazy("One check done"),
    "application.returned": gettext_lazy("Returned to be corrected"),
    "application.refused": gettext_lazy("Not approved"),
    "application.approved": gettext_lazy("Approved"),
    "application.appealed": gettext_lazy("Appeal"),
    "application.upheld": gettext_lazy("The appeal did not change it"),
    "application.overturned": gettext_lazy("Approved after the appeal"),
    "application.moved_up": gettext_lazy("Moved up from the waiting list"),
    "application.lapsed": gettext_lazy("Place on the waiting list ended"),
    "application.cancelled": gettext_lazy("Taken back"),
}


@never_cache
@require_safe
@needs("admissions.desk")
def inbox(request: HttpRequest) -> HttpResponse:
    """The list of a tab with the open application beside it (at most 12 queries)."""
    actor = request.actor
    if not actor.may("admissions.see"):
        return redirect("admissions:programmes")
    tab = request.GET.get("tab") if request.GET.get("tab") in TABS else "mine"
    assert tab
    programme = _uuid(request.GET.get("programme", ""))
    found = queries.inbox(actor, tab, programme)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    shown = list(page)
    wanted = _uuid(request.GET.get("open", ""))
    one = next((app for app in shown if app.pk == wanted), None)
    if one is None and wanted:
        one = queries.seen_by(actor).filter(pk=wanted).first()
    if one is None and shown:
        one = shown[0]
    asked = {"tab": tab, **({"programme": str(programme)} if programme else {})}
    context = {
        "tabs": [(key, label, count) for (key, label), count in zip(TABS.items(), _counts(actor), strict=True)],
        "tab": tab,
        "lines": [_row(app, asked) for app in shown],
        "page": page,
        "asked": urlencode(asked),
        "open": one,
        "programmes": Programme.objects.exclude(version=None).order_by("name"),
        "chosen": str(programme or ""),
        "may_appoint": actor.may("admissions.appoint"),
        "main_class": "bare",
    }
    if one:
        context |= _detail(request, one)
    return render(request, "admissions/desk/inbox.html", context)


@never_cache
@require_safe
@needs("admissions.see")
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One application, on a page of its own."""
    one = get_object_or_404(queries.seen_by(request.actor), pk=pk)
    return render(request, "admissions/desk/application.html", {"open": one} | _detail(request, one))


@require_POST
@needs("admissions.see")
def turn(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """pass, approve, return, refuse, uphold, overturn; then the next of the list."""
    one = get_object_or_404(queries.seen_by(request.actor), pk=pk)
    ctx, sent = of_request(request, "desk"), request.POST
    expect = given.whole(sent.get("expect"))
    marks = {key.removeprefix("mark_"): str(value) for key, value in sent.items() if key.startswith("mark_")}
    turns: dict[str, tuple[Callable[[], Any], str]] = {
        "pass": (lambda: actions.pass_on(ctx, pk, expect=expect), _("On to the next check.")),
        "approve": (lambda: actions.approve(ctx, pk, expect=expect), _("Approved.")),
        "return": (lambda: actions.send_back(ctx, pk, marks, expect=expect), _("Returned to be corrected.")),
        "refuse": (
            lambda: actions.refuse(ctx, pk, sent.get("reason", ""), expect=expect),
            _("Not approved; the reason was sent."),
        ),
        "uphold": (
            lambda: actions.uphold(ctx, pk, sent.get("reason", ""), expect=expect),
            _("Decided; the reason was sent."),
        ),
        "overturn": (lambda: actions.overturn(ctx, pk, sent.get("reason", ""), expect=expect), _("Approved.")),
    }
    if name not in turns:
        raise Http404
    action, done = turns[name]
    back = reverse("admissions:desk")
    try:
        action()
    except Refused as refused:
        if refused.status == 403:
            raise
        messages.error(request, refused.sentence)
        return redirect(f"{back}?open={pk}")
    one.refresh_from_db(fields=["state"])
    messages.success(request, _("All places are taken: on the waiting list.") if one.state == "waiting" else done)
    return redirect(back)


@never_cache
@require_POST
@needs("admissions.see")
def phone(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Shows the phone number of an answer; the look is logged."""
    one = get_object_or_404(queries.seen_by(request.actor), pk=pk)
    number = actions.show_phone(of_request(request, "desk"), one.pk, name)
    return render(request, "admissions/desk/_phone.html", {"number": number})


def _counts(actor: Any) -> list[int]:
    """How many stand in each tab, with one query; what is decided is not counted."""
    parts = {tab: Count("pk", filter=condition) for tab, condition in queries.TABS.items() if tab != "decided"}
    parts["mine"] = Count("pk", filter=queries.for_me(actor))
    found = queries.seen_by(actor).select_related(None).order_by().aggregate(**parts)
    return [found.get(tab, 0) for tab in TABS]


def _row(one: Application, asked: dict[str, str]) -> dict[str, Any]:
    word, tone = words.state(one)
    return {
        "app": one,
        "holder": words.holder(one),
        "word": word,
        "tone": tone,
        "left": _left(one),
        "url": f"?{urlencode({**asked, 'open': str(one.pk)})}",
    }


def _left(one: Application) -> dict[str, Any] | None:
    """What is left of the time of this step, in words and as a share."""
    if one.due_at is None or one.sent_at is None:
        return None
    now = timezone.now()
    if now >= one.due_at:
        return {"word": _("overdue"), "share": 1.0, "tone": "bad"}
    minutes = clocks.elapsed(now, one.due_at, "work_day", worktime.current())
    days = round(minutes / 480, 1)
    said = _("%(n)s working days left") % {"n": f"{days:g}"}
    return {
        "word": said,
        "share": max(0.0, 1 - days / 5),
        "tone": "bad" if days < 0.5 else "warn" if days < 1.5 else "ok",
    }


def _detail(request: HttpRequest, one: Application) -> dict[str, Any]:
    said, answers = one.version.definition, answers_of(one)
    may = may_decide(request.actor, one) is not None
    word, tone = words.state(one)
    checks = said.checks
    last = one.step >= len(checks) - 1
    earlier = Application.objects.filter(programme=one.programme, person=one.person).exclude(
        Q(pk=one.pk) | Q(state="draft")
    )
    return {
        "word": word,
        "tone": tone,
        "holder": words.holder(one),
        "stops": words.stops(one),
        "answers": [
            {
                "field": field,
                "said": words.shown_answer(field, answers.get(field.key)),
                "spot": rules.spot_of(answers.get(field.key)),
                "phone": field.kind == "phone" and field.key in answers,
                "photos": _photos(one, answers.get(field.key, [])) if field.kind == "photo" else None,
                "mark": one.marks.get(field.key, ""),
            }
            for field in said.fields
        ],
        "lessons": lessons_of(said, one.person_id),
        "look": checks[one.step].look if one.state in ("sent", "checking") and one.step < len(checks) else "",
        "step": (one.step + 1, len(checks)),
        "whose": words.role(one.role) if one.role else "",
        "may_decide": may,
        "vacant": bool(one.role) and not may and is_vacant(one, timezone.now()),
        "may_hire": request.actor.may("people.edit"),
        "turns": {name for name in rules.TURNS if may and rules.may_turn(name, one.state, last_step=last)},
        "rows": [
            {"when": timezone.localtime(row.at).strftime("%m-%d %H:%M"), "words": _story(row)}
            for row in Row.objects.filter(record_id=one.pk, verb__in=STORY)
            .prefetch_related("sides")
            .order_by("version")
        ],
        "earlier": list(earlier.order_by("-begun_at")[:5]),
        "held": Admission.objects.filter(application=one).first(),
        "left": _left(one),
    }


def _story(row: Row) -> str:
    """What happened; where a deputy decided, for whom."""
    said = str(STORY[row.verb])
    acted = row.side("actor") if row.facts.get("stood_in") else None
    held = Post.objects.filter(pk=acted["post"]).select_related("person").first() if acted and acted["post"] else None
    return f"{said} · " + _("a deputy stood in for %(name)s") % {"name": held.person} if held else said


def _photos(one: Application, keys: list[str]) -> list[dict[str, Any]]:
    there = {str(piece.key): piece for piece in media.of_record(one.pk)} if keys else {}
    return [
        {"url": media.url(there[key], "shown"), "thumb": media.url(there[key], "thumb"), "kind": "photo", "word": ""}
        for key in keys
        if key in there and there[key].thumb
    ]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
