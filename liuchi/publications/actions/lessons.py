"""Lessons: written as drafts, published in versions, learnt, signed, taught."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.media import actions as media
from liuchi.kernel.media.actions import Stream
from liuchi.kernel.records import actions as records
from liuchi.people.models import Person
from liuchi.people.registers.trades import GROUPS
from liuchi.publications import rules
from liuchi.publications.actions.acting import acting, day_of, link, number, words
from liuchi.publications.models import Done, Lesson, LessonVersion, Teaching
from liuchi.territory.models import Area

Parts = list[dict[str, Any]]


def write_lesson(
    ctx: Context,
    *,
    title: str,
    area: Area,
    minutes: int = rules.FIVE_MINUTES,
    trades: Sequence[str] = (),
    political: bool = False,
    needs_sign_off: bool = False,
    lesson: Lesson | None = None,
    expect: int | None = None,
) -> Lesson:
    """A new lesson with an empty draft, or other facts of one. trades: codes of people.registers.trades.GROUPS, none for everybody."""
    ctx = acting(ctx, "publications.edit", area)
    if lesson:
        ctx = acting(ctx, "publications.edit", lesson.area)
    if unknown := set(trades) - set(GROUPS):
        raise Refused("trades", _("There is no such trade: %(trade)s") % {"trade": min(unknown)}, "trades")
    if lesson and lesson.state != Lesson.State.DRAFT and political != lesson.political:
        # else a lesson could earn points first and be called political afterwards
        sentence = _("Whether a lesson is political study is settled when it is published. Write a new lesson.")
        raise Refused("political", sentence, "political", status=409)
    values = {
        "title": words(title, "title", 60),
        "minutes": number(minutes, "minutes", 1, rules.LONGEST_LESSON),
        "trades": [trade for trade in GROUPS if trade in trades],
        "political": political,
        "needs_sign_off": needs_sign_off,
        "area": area,
    }
    facts = {"minutes": minutes, "political": political, "needs_sign_off": needs_sign_off, "trades": list(trades)}
    with transaction.atomic():
        if lesson is None:
            lesson = Lesson(record=records.create("lesson", area.pk), code=rules.new_code(), made_at=ctx.at, **values)
            lesson.save(force_insert=True)
            LessonVersion.objects.create(lesson=lesson, number=1)
            journal.write(ctx, lesson.record, "lesson.made", facts)
        else:
            for name, value in values.items():
                setattr(lesson, name, value)
            lesson.save(update_fields=list(values))
            records.move(lesson.record, area.pk)
            journal.write(ctx, lesson.record, "lesson.changed", facts, expect=expect)
    return lesson


def draft_of(lesson: Lesson) -> LessonVersion:
    """What is being written: the version after the published one, or a copy of that one which is not kept yet."""
    newest = lesson.versions.order_by("-number").first()
    if newest is None:
        return LessonVersion(lesson=lesson, number=1)
    if newest.published_at is None:
        return newest
    return LessonVersion(lesson=lesson, number=newest.number + 1, blocks=newest.blocks, questions=newest.questions)


def save_draft(
    ctx: Context,
    lesson: Lesson,
    *,
    blocks: Parts,
    questions: Parts,
    pictures: dict[int, Stream] | None = None,
    expect: int | None = None,
) -> LessonVersion:
    """Keeps what a clerk has written so far; it need not be whole. pictures: place of a block -> the file chosen for it;
    expect: the record's version that the clerk had before their eyes."""
    ctx = acting(ctx, "publications.edit", lesson.area)
    blocks = [_block(block, at) for at, block in enumerate(blocks[: rules.BLOCKS_MOST])]
    taken = {}
    for at, file in (pictures or {}).items():
        taken[at] = media.receive(ctx, uuid4(), "photo", file)
        blocks[at]["media"] = str(taken[at].pk)
    try:
        with transaction.atomic():
            draft = draft_of(lesson)
            draft.blocks, draft.questions = blocks, [_question(one, at) for at, one in enumerate(questions)]
            draft.save()
            media.attach([one.key for one in taken.values()], lesson.record)
            facts = {"number": draft.number, "media": [str(one.pk) for one in taken.values()]}
            journal.write(ctx, lesson.record, "lesson.drafted", facts, expect=expect)
    except IntegrityError as error:  # two who begin the same new version at once
        raise Refused(
            "changed",
            _("Someone else changed this in the meantime. Look at it again, then decide."),
            status=409,
        ) from error
    return draft


def _block(block: dict[str, Any], at: int) -> dict[str, Any]:
    kind = block.get("kind")
    if kind not in rules.BLOCK_KINDS:
        raise Refused("block", _("A lesson is made of words, pictures and links of videos."))
    out = {"kind": kind, "words": words(str(block.get("words", "")), f"words-{at}", 2000, needed=False, lines=True)}
    if kind == "picture":
        out["media"] = str(block.get("media") or "")
    if kind == "video":
        out["url"] = link(str(block.get("url", "")), f"url-{at}")
    return out


def _question(question: dict[str, Any], at: int) -> dict[str, Any]:
    options = [
        {"words": words(str(one.get("words", "")), f"option-{at}", 120, needed=False), "right": bool(one.get("right"))}
        for one in question.get("options", [])
    ]
    return {
        "words": words(str(question.get("words", "")), f"question-{at}", 200, needed=False),
        "options": [one for one in options if one["words"]][: rules.OPTIONS_MOST],
        "why": words(str(question.get("why", "")), f"why-{at}", 300, needed=False),
    }


def publish(ctx: Context, lesson: Lesson, expect: int | None = None) -> Lesson:
    """What is drafted becomes what everybody reads. Raises Refused("lacking") with what is still missing."""
    ctx = acting(ctx, "publications.edit", lesson.area)
    with transaction.atomic():
        draft = draft_of(lesson)
        if draft.pk is None:
            draft.save()
        if rules.lacking(draft.blocks, draft.questions):
            raise Refused("lacking", _("Something is still missing before this can be published."), status=409)
        draft.published_at = ctx.at
        draft.save(update_fields=["published_at"])
        lesson.state, lesson.version = Lesson.State.PUBLISHED, draft.number
        lesson.published_at = lesson.published_at or ctx.at
        lesson.save(update_fields=["state", "version", "published_at"])
        journal.write(ctx, lesson.record, "lesson.published", {"number": draft.number}, expect=expect)
    return lesson


def end_lesson(ctx: Context, lesson: Lesson) -> None:
    """It is no longer offered. Who learnt it keeps that."""
    ctx = acting(ctx, "publications.edit", lesson.area)
    with transaction.atomic():
        if Lesson.objects.filter(pk=lesson.pk).exclude(state="ended").update(state=Lesson.State.ENDED):
            journal.write(ctx, lesson.record, "lesson.ended")


@dataclass(frozen=True, slots=True)
class Tried:
    """results: right or not, question by question; passed: all right; first: the first time for this person."""

    results: list[bool]
    passed: bool
    first: bool = False


def answer_quiz(ctx: Context, lesson: Lesson, number_: int, answers: Sequence[Collection[int]]) -> Tried:
    """Judges the answers by the version that was read. The first time that a person who is signed in has all right is
    kept, and thanked once; wrong answers are kept nowhere."""
    read = lesson.versions.filter(number=number_, published_at__isnull=False).first()
    if read is None:
        raise Refused("changed", _("This lesson was changed in the meantime. Please read it again."), status=409)
    results = rules.judged(read.questions, answers)
    if not rules.passed(results) or ctx.person is None or lesson.state != Lesson.State.PUBLISHED:
        return Tried(results, rules.passed(results))
    if Done.objects.filter(lesson=lesson, person=ctx.person).exists():
        return Tried(results, True)
    try:
        with transaction.atomic():
            record = records.create("lesson_done", lesson.area_id)
            done = Done(record=record, lesson=lesson, person_id=ctx.person, version=read.number, passed_on=day_of(ctx))
            done.save(force_insert=True)
            facts = {"lesson": str(lesson.pk), "number": read.number, "political": lesson.political}
            journal.write(ctx, record, "lesson.passed", facts)
    except IntegrityError:  # passed twice at the same moment
        return Tried(results, True)
    return Tried(results, True, first=True)


def sign_off(ctx: Context, lesson: Lesson) -> Done:
    """ "I have learnt this" (我已学完), with the day, after the quiz was passed."""
    done = Done.objects.select_related("record").filter(lesson=lesson, person=ctx.person).first()
    if ctx.person is None or done is None:
        raise Refused("quiz_first", _("First answer the three questions, then sign."), status=409)
    if done.signed_on is None:
        with transaction.atomic():
            today = day_of(ctx)
            if Done.objects.filter(pk=done.pk, signed_on=None).update(signed_on=today):
                journal.write(ctx, done.record, "lesson.signed", {"lesson": str(lesson.pk)})
            done.refresh_from_db()
    return done


def note_teaching(
    ctx: Context,
    lesson: Lesson,
    *,
    teacher: Person,
    taught_on: date,
    area: Area,
    place_words: str,
    came: int,
) -> Teaching:
    """A volunteer taught the lesson at a place (上门送学). came: how many listened."""
    ctx = acting(ctx, "publications.edit", area)
    if taught_on > day_of(ctx):
        raise Refused("taught_on", _("This day is still to come."), "taught_on")
    if ctx.person and teacher.pk == ctx.person:
        raise Refused("own", _("Ask a colleague to note what you taught yourself."), "teacher", status=403)
    place_words, came = words(place_words, "place_words", 120), number(came, "came", 1, 5000)
    taught = Teaching(
        lesson=lesson, area=area, place_words=place_words, teacher=teacher, taught_on=taught_on, came=came
    )
    try:
        with transaction.atomic():
            taught.record = record = records.create("teaching", area.pk)
            taught.save(force_insert=True)
            facts = {"lesson": str(lesson.pk), "came": came, "political": lesson.political, "on": taught_on.isoformat()}
            journal.write(ctx, record, "lesson.taught", facts)
    except IntegrityError as error:  # a second tap, or a colleague was faster
        raise Refused("double", _("This is noted already."), "place_words", status=409) from error
    return taught
