"""Who holds what until when: found, printed, renewed, withdrawn."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from liuchi.admissions import actions, paper, queries, rules, words
from liuchi.admissions.mobile.holding import pdf_answer
from liuchi.admissions.models import Admission, Letter, Programme
from liuchi.kernel import typed
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.documents import word
from liuchi.kernel.errors import Refused

PAGE = 50
MOST_LETTERS = 300
MADE = "admissions.made"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("admissions.see")
def holders(request: HttpRequest) -> HttpResponse:
    """The register, the nearest end first; searched by name or number. What is typed is sent and can't be read in the
    address (at most 9 queries)."""
    sent = request.method == "POST"
    asked = request.POST if sent else request.GET
    text = (asked.get("q", "") if sent else typed.uncovered(asked.get("q", ""), "holders")).strip()[:60]
    chosen = {name: asked[name] for name in ("programme", "state") if asked.get(name)}
    said = urlencode({**({"q": typed.covered(text, "holders")} if text else {}), **chosen})
    if sent:
        return redirect(request.path + (f"?{said}" if said else ""))
    state = chosen.get("state", rules.RUNNING)
    programme = _uuid(chosen.get("programme", ""))
    found = queries.holders(
        request.actor, programme=programme, state=state if state in rules.TERM_STATES else rules.RUNNING, text=text
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    shown = list(page)
    letters = queries.newest_letters(shown)
    made = set(request.session.get(MADE, ()))
    today = timezone.localdate()
    context = {
        "rows": [
            {
                "held": one,
                "name": words.holder(one),
                "state": words.term_state(one),
                "letter": letters.get(one.pk),
                "soon": one.ends is not None and (one.ends - today).days <= 30,
                "made": str(one.pk) in made,
            }
            for one in shown
        ],
        "page": page,
        "asked": said,
        "text": text,
        "chosen": chosen,
        "made": len(made),
        "unprinted": queries.unprinted(request.actor, programme).count() if state == rules.RUNNING and not text else 0,
        "programme": programme,
        "at_once": MOST_LETTERS,
        "states": words.choices({key: word for key, (word, _tone) in words.TERM_STATES.items()}),
        "programmes": Programme.objects.exclude(version=None).order_by("name"),
        "appointing": list(queries.programmes_for(request.actor)),
    }
    return render(request, "admissions/desk/holders.html", context)


@never_cache
@require_safe
@needs("admissions.see")
def holder(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One of them: term, letters, what it gave; renew or withdraw."""
    one = get_object_or_404(queries.holders_seen_by(request.actor), pk=pk)
    said = one.version.definition
    today = timezone.localdate()
    running = one.state == rules.RUNNING
    may = running and request.actor.may("admissions.appoint", one)
    may_renew = may and said.renewal != "none" and one.ends is not None and (one.ends - today).days <= said.renewal_days
    context = {
        "held": one,
        "name": words.holder(one),
        "next_term": _next_term(one, today) if may_renew else "",
        "state": words.term_state(one),
        "term": words.term(one.begins, one.ends),
        "letters": list(one.letters.all()),
        "gives": [(words.give(grant.kind), grant.ended) for grant in one.grants.all()],
        "grounds": said.grounds if may else (),
        "may_renew": may_renew,
        "may_withdraw": may,
    }
    return render(request, "admissions/desk/holder.html", context)


def _next_term(one: Admission, today: date) -> str:
    """The term that renewing brings, under what the programme says now."""
    begins = max(one.ends + timedelta(days=1), today) if one.ends else today
    return words.term(begins, (one.programme.version or one.version).definition.last_day(begins))


@never_cache
@require_POST
@needs("admissions.see")
def letters(request: HttpRequest) -> HttpResponse:
    """The letters of those chosen, or all that were never printed (of a programme), as one PDF or one Word document."""
    kind, new = request.POST.get("as", ""), request.POST.get("as", "").startswith("new-")
    if new:
        letters_ = queries.unprinted(request.actor, _uuid(request.POST.get("programme", "")))
    else:
        wanted = [pk for pk in (_uuid(text) for text in request.POST.getlist("held")[:MOST_LETTERS]) if pk]
        seen = queries.holders_seen_by(request.actor).filter(pk__in=wanted, state=rules.RUNNING)
        letters_ = Letter.objects.filter(admission__in=seen, replaced=False).order_by("pk")
    found = list(
        letters_.select_related(
            "admission__record", "admission__version", "admission__person", "admission__business",
            "admission__organisation", "admission__programme__unit", "admission__programme__area",
        )[:MOST_LETTERS]
    )  # fmt: skip
    if not found:
        none = _("All of them were printed already.") if new else ""
        messages.error(request, none or _("Choose at least one that is running and has a letter."))
        return redirect("admissions:holders")
    actions.note_printed(of_request(request, "desk"), found)
    request.session.pop(MADE, None)
    if not kind.endswith("word"):
        return pdf_answer(found, request)
    made = paper.as_word(paper.papers(found, request.build_absolute_uri("/")))
    response = HttpResponse(made, content_type=word.TYPE)
    response["Content-Disposition"] = 'attachment; filename="liuchi-letters.docx"'
    return response


@require_POST
@needs("admissions.appoint")
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Takes it back on one of the grounds."""
    one = get_object_or_404(queries.holders_seen_by(request.actor), pk=pk)
    return _done(
        request, one, lambda: actions.withdraw(of_request(request, "desk"), pk, request.POST.get("ground", "")), _("Withdrawn. The letter is not valid any more.")
    )  # fmt: skip


@require_POST
@needs("admissions.appoint")
def renew(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Another term, another letter."""
    one = get_object_or_404(queries.holders_seen_by(request.actor), pk=pk)
    return _done(
        request, one, lambda: actions.renew(of_request(request, "desk"), pk), _("Renewed. The new letter is ready to be printed.")
    )  # fmt: skip


def _done(request: HttpRequest, one: Admission, action: object, words_: str) -> HttpResponse:
    try:
        action()  # type: ignore[operator]
        messages.success(request, words_)
    except Refused as refused:
        if refused.status == 403:
            raise
        messages.error(request, refused.sentence)
    return redirect("admissions:holder", one.pk)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
