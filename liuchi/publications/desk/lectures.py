"""Live lectures at the desk: announced, and led by the host: questions in the order of votes, shown, hidden, answered."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.documents import qr
from liuchi.kernel.errors import Refused
from liuchi.people.rules import withheld
from liuchi.publications.actions import lectures as actions
from liuchi.publications.desk.paper import address
from liuchi.publications.forms import LectureForm
from liuchi.publications.models import Lecture, Question
from liuchi.publications.queries import lectures as reading

PAGE = 50
TURNS = {"show": actions.show, "hide": actions.hide, "live": actions.answered_live}


@require_safe
@needs("publications.see")
def lectures(request: HttpRequest) -> HttpResponse:
    """The lectures of one's area, the next ones first."""
    page = Paginator(reading.seen_by(request.actor), PAGE).get_page(request.GET.get("page"))
    numbers = reading.numbers([one.pk for one in page])
    context = {
        "tab": "lectures",
        "page": page,
        "rows": [{"lecture": one, **numbers[one.pk], "came": withheld(numbers[one.pk]["came"])} for one in page],
        "may_edit": request.actor.may("publications.edit"),
        "may_host": request.actor.may("publications.host"),
    }
    return render(request, "publications/desk/lectures.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("publications.edit")
def new(request: HttpRequest) -> HttpResponse:
    """A new lecture."""
    form = LectureForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(lambda: actions.write_lecture(of_request(request, "desk"), **form.cleaned_data))
        if done:
            return redirect("publications:desk_lectures")
    back = reverse("publications:desk_lectures")
    context = {"form": form, "title": _("New lecture"), "back": back, "save": _("Announce it")}
    return render(request, "publications/desk/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("publications.edit")
def facts(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What it is called, when it is, its link."""
    lecture = _of(request, pk, "publications.edit")
    names = ("title", "speaker", "starts", "ends", "area", "video_url", "lesson")
    start = {name: getattr(lecture, name) for name in names} | {"words_": lecture.words}
    form = LectureForm(request.POST or None, actor=request.actor, initial=start)
    if request.method == "POST" and form.is_valid():
        ctx = of_request(request, "desk")
        if form.carry_out(lambda: actions.write_lecture(ctx, lecture=lecture, **form.cleaned_data)):
            return redirect("publications:desk_lectures")
    context = {
        "form": form,
        "title": lecture.title,
        "back": reverse("publications:desk_lectures"),
        "save": _("Save"),
        "end": reverse("publications:lecture_cancel", args=[pk]) if not lecture.cancelled_at else "",
        "end_label": _("Call it off"),
        "end_words": _("Its page says that it does not take place. Who sent in a question can still read it."),
    }
    return render(request, "publications/desk/form.html", context)


@require_POST
@needs("publications.edit")
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It does not take place."""
    lecture = _of(request, pk, "publications.edit")
    actions.cancel(of_request(request, "desk"), lecture)
    messages.success(request, _("“%(title)s” is called off.") % {"title": lecture.title})
    return redirect("publications:desk_lectures")


@require_safe
@needs("publications.host")
def host(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The page from which a lecture is led."""
    lecture = _of(request, pk, "publications.host")
    link = f"/lectures/{lecture.pk}"
    context = {
        "tab": "lectures",
        "lecture": lecture,
        "came": withheld(reading.came(lecture.pk)),
        "link": link,
        "code": qr.svg(address(request, link), label=_("QR of this page")),
        **_queue(lecture),
    }
    return render(request, "publications/desk/host.html", context)


@require_safe
@needs("publications.host")
def queue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The questions, for the page that asks again and again: 204 while nothing is new and nobody waits."""
    lecture = _of(request, pk, "publications.host")
    now = _queue(lecture)
    if request.GET.get("seen") == now["stamp"]:
        return HttpResponse(status=204)
    return render(request, "publications/desk/_queue.html", {"lecture": lecture, **now})


@require_safe
@needs("publications.host")
def screen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The open questions in large letters, for the screen in the room."""
    lecture = _of(request, pk, "publications.host")
    link = address(request, f"/lectures/{lecture.pk}")
    shown = [one for one in reading.public(lecture.pk) if one.state == "shown"][:8]
    context = {
        "lecture": lecture,
        "questions": shown,
        "code": qr.svg(link, label=_("QR of this page"), border=2),
        "again": request.path,
    }
    partial = request.headers.get("HX-Request") == "true"
    return render(request, f"publications/desk/{'_screen' if partial else 'screen'}.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("publications.host")
def question(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An answer in writing, on a page of its own: the list may change meanwhile."""
    found = _question(request, pk)
    text, refused = request.POST.get("answer", found.answer), ""
    if request.method == "POST":
        try:
            actions.answer(of_request(request, "desk"), found, text)
            messages.success(request, _("Answered. Who asked is told."))
            return redirect("publications:lecture_host", found.lecture_id)
        except Refused as error:
            refused = error.sentence
    context = {"tab": "lectures", "question": found, "text": text, "refused": refused}
    return render(request, "publications/desk/question.html", context, status=409 if refused else 200)


@require_POST
@needs("publications.host")
def turn(request: HttpRequest, pk: UUID) -> HttpResponse:
    """``do``: show, hide or live (answered in the lecture)."""
    found, action = _question(request, pk), TURNS.get(request.POST.get("do", ""))
    if action is None:
        raise Refused("form", _("This could not be read. Go back and enter it again."), status=400)
    action(of_request(request, "desk"), found)
    if request.headers.get("HX-Request"):
        lecture = Lecture.objects.get(pk=found.lecture_id)
        return render(request, "publications/desk/_queue.html", {"lecture": lecture, **_queue(lecture)})
    return redirect("publications:lecture_host", found.lecture_id)


def _queue(lecture: Lecture) -> dict[str, Any]:
    lists = reading.queue(lecture)
    return {**lists, "stamp": f"{lecture.pulse}-{sum(len(one) for one in lists.values())}"}


def _of(request: HttpRequest, pk: UUID, ability: str) -> Lecture:
    actor = request.actor
    return get_object_or_404(Lecture.objects.filter(actor.q(ability)).select_related("record", "area", "lesson"), pk=pk)


def _question(request: HttpRequest, pk: UUID) -> Question:
    actor = request.actor
    found = Question.objects.filter(actor.q("publications.host", area="lecture__area__first"))
    return get_object_or_404(found.select_related("record", "lecture__area"), pk=pk)
