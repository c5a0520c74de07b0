"""Lessons on the phone: the list, one lesson with its quiz, the signature."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from liuchi.kernel import given
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.people.registers.trades import GROUPS
from liuchi.publications import rules
from liuchi.publications.actions import counting, lessons
from liuchi.publications.mobile.counted import opened, token_of, with_token
from liuchi.publications.models import Lesson
from liuchi.publications.queries import lessons as reading
from liuchi.publications.queries.trades import trade_of


@require_safe
@needs("publications.read")
def shelf(request: HttpRequest) -> HttpResponse:
    """The lessons, for one's trade first; ``?trade=`` another one, ``?trade=all`` all of them."""
    person = request.actor.person_id
    asked = request.GET.get("trade", "")
    trade = asked if asked in GROUPS else "" if asked else trade_of(person)
    learnt = reading.learnt_by(person)
    offered = [(lesson, learnt.get(lesson.pk)) for lesson in reading.offered(trade)]
    context = {
        "short": [line for line in offered if line[0].minutes <= rules.FIVE_MINUTES],
        "longer": [line for line in offered if line[0].minutes > rules.FIVE_MINUTES],
        "trades": GROUPS.offered().items(),
        "trade": trade,
        "back": "/",
    }
    return render(request, "publications/mobile/lessons.html", context)


@require_safe
@needs("publications.read")
def lesson(request: HttpRequest, short: str) -> HttpResponse:
    """One lesson, read without sign-in; opening it is counted without identity."""
    found = _found(short)
    context = _page(request, found)
    response = render(request, "publications/mobile/lesson.html", context)
    if found.state != Lesson.State.PUBLISHED:
        return response
    return opened(request, response, of_request(request, "phone"), found.pk, "read")


@require_POST
@needs("publications.read")
def quiz(request: HttpRequest, short: str) -> HttpResponse:
    """The answers to the three questions: each is said to be right or not, and why. As many tries as one wants."""
    found, ctx = _found(short), of_request(request, "phone")
    answers = [_places(request.POST.getlist(f"q{at}")) for at in range(rules.QUESTIONS)]
    missing = sum(not one for one in answers)
    if missing:
        # the answers are explained to who gave some
        context = _page(request, found, None, answers) | {"missing": missing}
        return render(request, "publications/mobile/lesson.html", context)
    number = given.whole(request.POST.get("version"), 99_999) or found.version
    tried = lessons.answer_quiz(ctx, found, number, answers)
    if tried.passed and ctx.person is None:
        counting.count_once(ctx, found.pk, "passed", token_of(request))
    context = _page(request, found, number, answers, tried)
    return with_token(request, render(request, "publications/mobile/lesson.html", context), ctx)


@require_POST
@needs("publications.learn")
def sign(request: HttpRequest, short: str) -> HttpResponse:
    """ "I have learnt this", with today's date."""
    found = _found(short)
    lessons.sign_off(of_request(request, "phone"), found)
    messages.success(request, _("Signed. Whoever checks your application sees the day."))
    return redirect("publications:lesson", found.code)


def _found(short: str) -> Lesson:
    found = get_object_or_404(Lesson.objects.select_related("record"), code=short)
    if not found.version:
        raise Http404
    return found


def _places(said: list[str]) -> set[int]:
    return {place for one in said if (place := given.whole(one, 99)) is not None}


def _page(
    request: HttpRequest,
    found: Lesson,
    number: int | None = None,
    answers: list[set[int]] | None = None,
    tried: lessons.Tried | None = None,
) -> dict[str, Any]:
    version = found.versions.get(number=number or found.version)
    done = reading.learnt_by(request.actor.person_id, [found.pk]).get(found.pk)
    return {
        "lesson": found,
        "version": version,
        "parts": reading.parts(version),
        "quiz": quiz_lines(version.questions, answers, tried),
        "tried": tried,
        "done": done,
        "back": "/lessons",
    }


def quiz_lines(
    questions: list[dict[str, Any]], answers: list[set[int]] | None = None, tried: lessons.Tried | None = None
) -> list[dict[str, Any]]:
    """The questions as the page shows them: several or one right answer, what was chosen, whether that was right."""
    lines = []
    for at, question in enumerate(questions):
        chosen = answers[at] if answers and at < len(answers) else set()
        lines.append(
            {
                "at": at,
                "words": question["words"],
                "why": question["why"],
                "several": sum(bool(option["right"]) for option in question["options"]) > 1,
                "options": [
                    {"place": place, "words": option["words"], "right": option["right"], "chosen": place in chosen}
                    for place, option in enumerate(question["options"])
                ],
                "right": tried.results[at] if tried else None,
            }
        )
    return lines
