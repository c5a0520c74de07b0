"""Lessons at the desk: the list, what they are called, the editor, the sheet to print, what was taught."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.documents import qr
from liuchi.kernel.errors import Refused
from liuchi.people.rules import local_day, withheld
from liuchi.publications import rules
from liuchi.publications.actions import lessons as actions
from liuchi.publications.desk.editor import lacking_words, lines_of, said_in
from liuchi.publications.desk.paper import address
from liuchi.publications.forms import LessonForm, TeachingForm
from liuchi.publications.mobile.lessons import quiz_lines
from liuchi.publications.models import Lesson, LessonVersion, Teaching
from liuchi.publications.queries import lessons as reading

PAGE = 50


@require_safe
@needs("publications.see")
def lessons(request: HttpRequest) -> HttpResponse:
    """The lessons of one's area, with how often each was read and passed."""
    page = Paginator(reading.seen_by(request.actor), PAGE).get_page(request.GET.get("page"))
    numbers = reading.numbers([lesson.pk for lesson in page])
    rows = [
        {"lesson": one, "read": withheld(numbers[one.pk]["read"]), "passed": withheld(numbers[one.pk]["passed"])}
        for one in page
    ]
    taught = Teaching.objects.filter(request.actor.q("publications.see")).select_related("lesson", "area")[:10]
    actor = request.actor
    for row in rows:
        row["may_edit"] = actor.may("publications.edit", row["lesson"])
    may_edit = actor.may("publications.edit")
    context = {"tab": "lessons", "page": page, "rows": rows, "taught": taught, "may_edit": may_edit}
    return render(request, "publications/desk/lessons.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("publications.edit")
def new(request: HttpRequest) -> HttpResponse:
    """What a new lesson is called; its content comes next."""
    form = LessonForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        done = form.carry_out(lambda: actions.write_lesson(of_request(request, "desk"), **form.cleaned_data))
        if done:
            return redirect("publications:lesson_write", done.pk)
    context = {
        "form": form,
        "title": _("New lesson"),
        "back": reverse("publications:desk"),
        "save": _("On to its content"),
    }
    return render(request, "publications/desk/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("publications.edit")
def facts(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a lesson is called and for whom it is."""
    lesson = _edited(request, pk)
    names = ("title", "area", "minutes", "trades", "needs_sign_off", "political")
    form = LessonForm(
        request.POST or None, actor=request.actor, initial={name: getattr(lesson, name) for name in names}
    )
    if request.method == "POST" and form.is_valid():
        ctx = of_request(request, "desk")
        if form.carry_out(lambda: actions.write_lesson(ctx, lesson=lesson, **form.cleaned_data)):
            return redirect("publications:lesson_write", lesson.pk)
    back = reverse("publications:lesson_write", args=[pk])
    context = {"form": form, "title": lesson.title, "back": back, "save": _("Save")}
    return render(request, "publications/desk/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("publications.edit")
def write(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The editor: each button keeps the draft first, then does what it says. Beside it stands the page as the phone shows
    it. Nothing typed is lost when something is refused."""
    lesson, ctx = _edited(request, pk), of_request(request, "desk")
    draft = actions.draft_of(lesson)
    faults: dict[str, str] = {}
    if request.method == "POST":
        said = said_in(request)
        try:
            actions.save_draft(
                ctx, lesson, blocks=said.blocks, questions=said.questions, pictures=said.pictures, expect=said.expect
            )
            if said.publish:
                actions.publish(ctx, lesson)
                messages.success(request, _("Published. The QR leads to it from now on."))
            return redirect(reverse("publications:lesson_write", args=[pk]) + said.anchor)
        except Refused as refused:
            faults = {refused.field or "all": refused.sentence}
            draft = actions.draft_of(lesson)
            if refused.code != "lacking":
                draft = LessonVersion(lesson=lesson, number=draft.number, blocks=said.blocks, questions=said.questions)
    lacking = rules.lacking(draft.blocks, draft.questions)
    context = {
        "tab": "lessons",
        "lesson": lesson,
        "draft": draft,
        "blocks": lines_of(draft, faults),
        "questions": _empty_lines(draft),
        "parts": reading.parts(draft),
        "quiz": quiz_lines(draft.questions),
        "faults": faults,
        "lacking": lacking_words(lacking),
        "changed": draft.published_at is None and draft.pk is not None and bool(lesson.version),
        "version": lesson.record.version,
        "code": qr.svg(address(request, f"/x/{lesson.code}"), label=_("QR of this page")),
        "link": f"/x/{lesson.code}",
    }
    return render(request, "publications/desk/lesson.html", context, status=409 if faults else 200)


def _empty_lines(draft: LessonVersion) -> list[dict[str, Any]]:
    """Three questions with at least four places for answers each."""
    lines = []
    for at in range(rules.QUESTIONS):
        question = draft.questions[at] if at < len(draft.questions) else {"words": "", "options": [], "why": ""}
        options = [*question["options"], *({"words": "", "right": False} for _place in range(rules.OPTIONS_MOST))]
        lines.append({**question, "at": at, "options": options[: max(4, len(question["options"]))]})
    return lines


@require_POST
@needs("publications.edit")
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It is no longer offered."""
    lesson = _edited(request, pk)
    actions.end_lesson(of_request(request, "desk"), lesson)
    messages.success(request, _("“%(title)s” is no longer offered.") % {"title": lesson.title})
    return redirect("publications:desk")


@require_safe
@needs("publications.see")
def sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A sheet to hang up: title and QR."""
    lesson = get_object_or_404(reading.seen_by(request.actor), pk=pk)
    context = {
        "title": lesson.title,
        "line": _("Scan, read, answer three questions"),
        "code": qr.svg(address(request, f"/x/{lesson.code}"), label=_("QR of this page"), border=2),
        "link": address(request, f"/x/{lesson.code}"),
        "area": lesson.area.name,
        "back": reverse("publications:desk"),
    }
    return render(request, "publications/desk/sheet.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("publications.edit")
def taught(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A volunteer taught it at somebody's place."""
    lesson = get_object_or_404(reading.seen_by(request.actor), pk=pk, state="public")
    start = {"taught_on": local_day(timezone.now())}
    form = TeachingForm(request.POST or None, actor=request.actor, initial=start)
    if request.method == "POST" and form.is_valid():
        ctx = of_request(request, "desk")
        if form.carry_out(lambda: actions.note_teaching(ctx, lesson, **form.cleaned_data)):
            messages.success(request, _("Noted: %(title)s") % {"title": lesson.title})
            return redirect("publications:desk")
    title = _("Taught at a place: %(title)s") % {"title": lesson.title}
    context = {"form": form, "title": title, "back": reverse("publications:desk"), "save": _("Note it")}
    return render(request, "publications/desk/form.html", context)


def _edited(request: HttpRequest, pk: UUID) -> Lesson:
    actor = request.actor
    lessons_ = Lesson.objects.filter(actor.q("publications.edit")).select_related("record", "area")
    return get_object_or_404(lessons_, pk=pk)
