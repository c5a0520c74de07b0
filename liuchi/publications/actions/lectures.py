"""Live lectures: announced, questions sent in, voted up, shown, answered."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from liuchi.cases.masks import masked
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records
from liuchi.people.models import Person
from liuchi.people.rules import local_day, shown_name
from liuchi.publications.actions.acting import acting, day_of, link, words
from liuchi.publications.actions.counting import first_time
from liuchi.publications.models import Lecture, Lesson, Question
from liuchi.territory.models import Area

LONGEST = timedelta(hours=12)
# So long after the end questions are still taken, to be answered in writing.
AFTERWARDS = timedelta(days=1)
# Questions of one lecture at most: a flood must not fill the page of the host.
MOST_QUESTIONS = 2000
LONGEST_QUESTION = 300
OPEN = ("waiting", "shown")
TO_BE_SEEN = ("shown", "live", "answer")


def write_lecture(
    ctx: Context,
    *,
    title: str,
    starts: datetime,
    ends: datetime,
    area: Area,
    speaker: str = "",
    words_: str = "",
    video_url: str = "",
    lesson: Lesson | None = None,
    lecture: Lecture | None = None,
) -> Lecture:
    """A new lecture, or other facts of one. Moved to later, it is called to mind again."""
    ctx = acting(ctx, "publications.edit", area)
    if lecture:
        ctx = acting(ctx, "publications.edit", lecture.area)
    if not starts < ends <= starts + LONGEST:
        raise Refused("ends", _("The end must be after the beginning, on the same day."), "ends")
    values = {
        "title": words(title, "title", 80),
        "speaker": words(speaker, "speaker", 80, needed=False),
        "words": words(words_, "words", 2000, needed=False, lines=True),
        "video_url": link(video_url, "video_url"),
        "starts": starts,
        "ends": ends,
        "lesson": lesson,
        "area": area,
    }
    with transaction.atomic():
        if lecture is None:
            lecture = Lecture(record=records.create("lecture", area.pk), **values)
            lecture.save(force_insert=True)
            verb = "lecture.announced"
        else:
            # moved to later: whoever asked to be reminded is told of the new beginning as well
            if Lecture.objects.filter(pk=lecture.pk, starts__lt=starts).update(reminded_at=None):
                lecture.reminded_at = None
            for name, value in values.items():
                setattr(lecture, name, value)
            lecture.save(update_fields=list(values))
            records.move(lecture.record, area.pk)
            verb = "lecture.changed"
        journal.write(ctx, lecture.record, verb, {"starts": starts.isoformat(), "ends": ends.isoformat()})
    return lecture


def cancel(ctx: Context, lecture: Lecture) -> None:
    """It does not take place; its page says so."""
    ctx = acting(ctx, "publications.edit", lecture.area)
    with transaction.atomic():
        if Lecture.objects.filter(pk=lecture.pk, cancelled_at=None).update(cancelled_at=ctx.at, pulse=F("pulse") + 1):
            journal.write(ctx, lecture.record, "lecture.cancelled")


def ask(ctx: Context, lecture: Lecture, *, text: str, key: UUID, named: bool = False) -> Question:
    """A question sent in; others see it when the host lets it. Phone numbers and the like are masked before it is kept.

    named: with one's family name (程某); only for who is signed in.
    """
    text = masked(words(text, "text", LONGEST_QUESTION))[:LONGEST_QUESTION]
    if earlier := _asked_before(key, lecture):
        return earlier
    if lecture.cancelled_at or ctx.at > lecture.ends + AFTERWARDS:
        raise Refused("over", _("Questions to this lecture are closed. What was answered stays here."), status=409)
    if Question.objects.filter(lecture=lecture).exclude(state="hidden").count() >= MOST_QUESTIONS:
        raise Refused("full", _("There are very many questions already. Vote for one that asks the same."), status=409)
    person = Person.objects.filter(pk=ctx.person).first() if ctx.person else None
    name = shown_name(person.name, language="zh-hans")[:20] if person and named else ""
    try:
        with transaction.atomic():
            record = records.create("question", lecture.area_id)
            question = Question(
                record=record, lecture=lecture, key=key, asker=person, name=name, text=text, asked_at=ctx.at
            )
            question.save(force_insert=True)
            journal.write(ctx, record, "question.asked", {"lecture": str(lecture.pk)})
    except IntegrityError:  # the same tap came twice at once
        if earlier := _asked_before(key, lecture):
            return earlier
        raise
    return question


def _asked_before(key: UUID, lecture: Lecture) -> Question | None:
    """What the same form asked before. Raises Refused when it was another lecture's."""
    earlier = Question.objects.filter(key=key).first()
    if earlier and earlier.lecture_id != lecture.pk:
        raise Refused("key", _("This form was sent before. Please open the page again."), status=409)
    return earlier


def vote(ctx: Context, lecture: Lecture, question_id: UUID, token: str) -> bool:
    """One more who asks the same: once a person, or once a device of the day. Kept is only the number; what stops a second
    vote is a keyed digest that goes the day after the lecture. Returns whether it counted."""
    voter = f"person:{ctx.person}" if ctx.person else f"token:{token}" if token else ""
    if not voter:
        return False
    until = max(local_day(lecture.ends), day_of(ctx))
    with transaction.atomic():
        if not first_time(f"vote:{question_id}:{voter}", until):
            return False
        up = Question.objects.filter(pk=question_id, lecture=lecture, state__in=TO_BE_SEEN)
        if not up.update(votes=F("votes") + 1):
            raise Refused("not_found", _("This question is not there any more."), status=404)
        _touch(lecture)
    return True


def show(ctx: Context, question: Question) -> Question:
    """Others may see it and vote for it."""
    return _turn(ctx, question, Question.State.SHOWN, "question.shown", ("waiting", "hidden"))


def hide(ctx: Context, question: Question) -> Question:
    """Others do not see it: it names somebody, or belongs elsewhere."""
    return _turn(ctx, question, Question.State.HIDDEN, "question.hidden", ("waiting", "shown", "live", "answer"))


def answered_live(ctx: Context, question: Question) -> Question:
    """The speaker answered it in the lecture."""
    return _turn(ctx, question, Question.State.LIVE, "question.answered", OPEN, answered_on=day_of(ctx))


def answer(ctx: Context, question: Question, text: str) -> Question:
    """An answer in writing, also to what was answered live, or in other words than before."""
    text = masked(words(text, "answer", 2000, lines=True))
    sources = ("waiting", "shown", "live", "answer")
    on = question.answered_on or day_of(ctx)
    return _turn(ctx, question, Question.State.ANSWERED, "question.answered", sources, answer=text, answered_on=on)


def _turn(
    ctx: Context, question: Question, state: str, verb: str, sources: tuple[str, ...], **values: object
) -> Question:
    ctx = acting(ctx, "publications.host", question.lecture.area)
    with transaction.atomic():
        if not Question.objects.filter(pk=question.pk, state__in=sources).update(state=state, **values):
            raise Refused("wrong_state", _("Somebody else has dealt with this question already."), status=409)
        _touch(question.lecture)
        question.record.refresh_from_db()
        journal.write(ctx, question.record, verb, {"lecture": str(question.lecture_id), "how": state})
    question.refresh_from_db()
    return question


def _touch(lecture: Lecture) -> None:
    Lecture.objects.filter(pk=lecture.pk).update(pulse=F("pulse") + 1)
