"""Live lectures on the phone: the schedule, one lecture, questions and votes."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.errors import Refused
from liuchi.kernel.outbox.views import as_uuid
from liuchi.kernel.ui.refusals import refusal_told
from liuchi.publications.actions import lectures, reminding
from liuchi.publications.mobile.counted import calm, opened, token_of, with_token
from liuchi.publications.models import Lecture
from liuchi.publications.queries import lectures as reading

# Of one person or one network address: the whole station may sit behind one.
QUESTIONS_PER_MINUTE = 20
VOTES_PER_MINUTE = 300


@require_safe
@needs("publications.read")
def schedule(request: HttpRequest) -> HttpResponse:
    """What is on, what comes, what was."""
    now = timezone.now()
    context = {"coming": reading.coming(now), "past": reading.past(now), "now": now, "back": "/"}
    return render(request, "publications/mobile/lectures.html", context)


@require_safe
@needs("publications.read")
def lecture(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One lecture with its questions. Opening it while it is on is counted without identity."""
    found, ctx = _found(pk), of_request(request, "phone")
    response = render(request, "publications/mobile/lecture.html", _page(request, found))
    if reading.is_on(found, ctx.at):
        return opened(request, response, ctx, found.pk, "came")
    return with_token(request, response, ctx)


@require_safe
@needs("publications.read")
def questions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """For the page that waits: 204 while nothing is new (``?seen=``), else the list. The page asks without its cookies, so
    that this is one light query for whoever asks; ``?lang=en`` says the language."""
    pulse = reading.pulse(pk)
    if pulse is None:
        raise Http404
    if request.GET.get("seen") == str(pulse):
        return HttpResponse(status=204, headers={"X-Pulse": str(pulse)})
    with translation.override("en" if request.GET.get("lang") == "en" else "zh-hans"):
        response = render(request, "publications/mobile/_questions.html", {"questions": reading.public(pk)})
    response.headers["X-Pulse"] = str(pulse)
    return response


@require_POST
@needs("publications.read")
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A question sent in; what was typed stays when it is refused."""
    found, ctx = _found(pk), of_request(request, "phone")
    text = request.POST.get("text", "")
    try:
        calm(request, "ask", QUESTIONS_PER_MINUTE, ctx)
        key = as_uuid(request.POST.get("key"), "key")
        lectures.ask(ctx, found, text=text, key=key, named="named" in request.POST)
    except Refused as refused:
        context = {**_page(request, found), "refused": refused.sentence, "text": text}
        return render(request, "publications/mobile/lecture.html", context, status=refused.status)
    messages.success(request, _("Your question is with the host. Others see it as soon as it is let in."))
    return redirect("publications:lecture", found.pk)


@require_POST
@needs("publications.learn")
def remind(request: HttpRequest, pk: UUID) -> HttpResponse:
    """To be told shortly before it begins, or no longer."""
    found, wanted = _found(pk), bool(request.POST.get("wanted"))
    with refusal_told(request):
        reminding.remind_me(of_request(request, "phone"), found, wanted)
        messages.success(
            request, _("A message comes a quarter of an hour before.") if wanted else _("No message comes.")
        )
    return redirect("publications:lecture", pk)


@require_POST
@needs("publications.read")
def vote(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One more who asks the same. JSON ``{counted}`` to the page's script, else back to the page."""
    found, ctx = _found(pk), of_request(request, "phone")
    calm(request, "vote", VOTES_PER_MINUTE, ctx)
    counted = lectures.vote(ctx, found, as_uuid(request.POST.get("question"), "question"), token_of(request))
    if "application/json" in request.headers.get("Accept", ""):
        return with_token(request, JsonResponse({"counted": counted}), ctx)
    if not counted:
        messages.info(request, _("You are counted already."))
    return with_token(request, redirect("publications:lecture", found.pk), ctx)


def _found(pk: UUID) -> Lecture:
    return get_object_or_404(Lecture.objects.select_related("record", "lesson", "area"), pk=pk)


def _page(request: HttpRequest, found: Lecture) -> dict[str, Any]:
    now = timezone.now()
    return {
        "lecture": found,
        "questions": reading.public(found.pk),
        "own": reading.own_waiting(found.pk, request.actor.person_id),
        "is_on": found.starts <= now <= found.ends and not found.cancelled_at,
        "streams": reading.is_on(found, now),
        "ahead": now < found.starts and not found.cancelled_at,
        "reminded": now < found.starts and reading.is_reminded(found.pk, request.actor.person_id),
        "is_over": now > found.ends,
        "may_ask": not found.cancelled_at and now <= found.ends + lectures.AFTERWARDS,
        "key": uuid4(),
        "back": "/lectures",
    }
