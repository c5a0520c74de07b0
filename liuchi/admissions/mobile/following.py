"""How far one's application is; what one can say against a refusal; taking it back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from liuchi.admissions import actions, rules, words
from liuchi.admissions.actions.acting import answers_of
from liuchi.admissions.forms import AppealForm
from liuchi.admissions.models import Admission, Application
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.media import queries as shown
from liuchi.kernel.ui.refusals import refusal_told
from liuchi.people.looks import looks_at


@never_cache
@require_safe
@needs("admissions.apply")
def application(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far it is: four stops, what was marked, the reason, the appeal."""
    one = _mine(request, pk)
    said = one.version.definition
    held = Admission.objects.filter(application=one).first()
    word, tone = words.state(one)
    answers = answers_of(one)
    context = {
        "application": one,
        "word": word,
        "tone": tone,
        "stops": words.stops(one),
        "marks": [(field.label, one.marks[field.key]) for field in said.fields if field.key in one.marks],
        "answers": [
            (field.label, words.shown_answer(field, answers[field.key]))
            for field in said.fields
            if field.key in answers and field.kind not in ("photo", "consent")
        ],
        "photos": _pictures(one),
        "step": said.checks[one.step] if one.role and one.state != "appealed" and one.step < len(said.checks) else None,
        "who": words.role(one.role) if one.role else "",
        "held": held,
        "looks": looks_at(one.person_id, one.pk) if one.state != "draft" else [],
        "ahead": _ahead(one),
        "appeal": AppealForm() if rules.may_turn("appeal", one.state, appealed=one.appealed_at is not None) else None,
        "may_cancel": rules.may_turn("cancel", one.state),
    }
    return render(request, "admissions/mobile/application.html", context)


def _ahead(one: Application) -> int | None:
    """How many wait before this one."""
    if one.state != "waiting":
        return None
    earlier = Application.objects.filter(programme=one.programme, state="waiting", waiting_since__lt=one.waiting_since)
    return earlier.count()


def _pictures(one: Application) -> list[dict[str, Any]]:
    return [
        {"url": shown.url(photo, "shown"), "thumb": shown.url(photo, "thumb"), "kind": photo.kind, "word": ""}
        for photo in shown.of_record(one.pk)
        if photo.thumb
    ]


@require_POST
@needs("admissions.apply")
def appeal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Says once what one sees differently."""
    one = _mine(request, pk)
    with refusal_told(request):
        actions.appeal(of_request(request, "phone"), one.pk, request.POST.get("why", ""))
    return redirect("admissions:application", pk)


@require_POST
@needs("admissions.apply")
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Takes an application back."""
    actions.cancel(of_request(request, "phone"), _mine(request, pk).pk)
    messages.success(request, _("Taken back. What you had written is gone."))
    return redirect("admissions:home")


def _mine(request: HttpRequest, pk: UUID) -> Application:
    found = Application.objects.select_related("programme", "version", "business", "organisation", "person", "area")
    return get_object_or_404(found, pk=pk, person=request.actor.person_id)
