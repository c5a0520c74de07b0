"""What one holds, with its letter; and verifying a letter, for everybody."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from liuchi.admissions import actions, paper, queries, rules, words
from liuchi.admissions.actions.admitting import may_ask
from liuchi.admissions.actions.letters import code_of
from liuchi.admissions.models import Admission, Letter
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.documents import qr
from liuchi.kernel.ui.refusals import refusal_told


@never_cache
@require_safe
@needs("admissions.apply")
def held(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What I hold: title, term, and my letter with its code, large enough to be scanned from my screen."""
    one = _held(request, pk)
    letter = queries.newest_letters([one]).get(one.pk)
    word, tone = words.term_state(one)
    link = ""
    if letter:
        letter.admission = one
        link = f"{settings.PUBLIC_URL or request.build_absolute_uri('/')}".rstrip("/") + f"/v/{code_of(letter)}"
    today = timezone.localdate()
    context = {
        "held": one,
        "name": words.holder(one),
        "word": word,
        "tone": tone,
        "letter": letter,
        "link": link,
        "qr": qr.svg(link, label=_("Code to verify this certificate"), extra="large") if letter else "",
        "term": words.term(one.begins, one.ends),
        "may_ask": may_ask(one, today) and one.asked_at is None,
        "left": (one.ends - today).days if one.ends and one.state == rules.RUNNING else None,
        "said": one.version.definition,
    }
    return render(request, "admissions/mobile/held.html", context)


@never_cache
@require_safe
@needs("admissions.apply")
def letter_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """My letter as PDF."""
    one = _held(request, pk)
    letter = get_object_or_404(Letter, admission=one, replaced=False)
    letter.admission = one
    return pdf_answer([letter], request)


@require_POST
@needs("admissions.apply")
def give_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Gives it back; no reason is asked."""
    actions.give_back(of_request(request, "phone"), _held(request, pk).pk)
    messages.success(request, _("Given back. Thank you for what you did."))
    return redirect("admissions:home")


@require_POST
@needs("admissions.apply")
def renew(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Says that one would like to go on."""
    with refusal_told(request):
        actions.ask_to_renew(of_request(request, "phone"), _held(request, pk).pk)
        messages.success(request, _("Noted. You hear from us before the term ends."))
    return redirect("admissions:held", pk)


@never_cache
@require_safe
@needs("admissions.browse")
def verify(request: HttpRequest, letter: str) -> HttpResponse:
    """Whether a letter is genuine and valid today: number, title, term, who issued it, the name partly hidden."""
    found = queries.verified(letter, timezone.localdate())
    context: dict[str, Any] = {"found": found, "now": timezone.now()}
    if found:
        issued = found.admission.programme.unit
        context |= {
            "unit": issued.name if issued else found.admission.programme.area.name,
            "term": words.term(found.letter.begins, found.letter.ends),
            # why it ended, and whose it was, is nobody's business who kept the paper
            "shown": found.state in ("valid", "not_yet", "renewed"),
            "heading": found.admission.version.definition.letter_heading,
        }
    response = render(request, "admissions/mobile/verify.html", context, status=200 if found else 404)
    response["X-Robots-Tag"] = "noindex"
    return response


def pdf_answer(letters: list[Letter], request: HttpRequest) -> HttpResponse:
    """Letters as one PDF."""
    written = paper.papers(letters, request.build_absolute_uri("/"))
    response = HttpResponse(paper.as_pdf(written), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="liuchi-letters.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def _held(request: HttpRequest, pk: UUID) -> Admission:
    return get_object_or_404(queries.held_by(request.actor.person_id, running=False), pk=pk)
