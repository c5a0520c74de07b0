"""What is kept on a person here, and how it lets go of it (PIPL art. 45, 47)."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liuchi.kernel.context import Context
from liuchi.people import data
from liuchi.publications.models import Batch, Done, Question, Reminder, Teaching


def lessons(person_id: UUID) -> list[dict[str, Any]]:
    """The lessons one learnt, with what one signed, and those one taught."""
    learnt = Done.objects.filter(person_id=person_id).select_related("lesson").order_by("passed_on")
    taught = Teaching.objects.filter(teacher_id=person_id).select_related("lesson").order_by("taught_on")
    return [
        {"lesson": done.lesson.title, "passed": str(done.passed_on), "signed": str(done.signed_on or "")}
        for done in learnt
    ] + [{"lesson": one.lesson.title, "taught": str(one.taught_on), "place": one.place_words} for one in taught]


def forget_lessons(ctx: Context, person_id: UUID) -> None:
    """The number of those who learnt or listened stays, without a person."""
    Done.objects.filter(person_id=person_id).update(person=None)
    Teaching.objects.filter(teacher_id=person_id).update(teacher=None)


def questions(person_id: UUID) -> list[dict[str, Any]]:
    """The questions one sent in to lectures, and the reminders one asked for. Votes are kept without a person."""
    asked = Question.objects.filter(asker_id=person_id).select_related("lecture").order_by("asked_at")
    reminders = Reminder.objects.filter(person_id=person_id).select_related("lecture")
    return [{"lecture": one.lecture.title, "reminder": one.lecture.starts.isoformat()} for one in reminders] + [
        {"lecture": one.lecture.title, "asked": one.asked_at.isoformat(), "words": one.text, "answer": one.answer}
        for one in asked
    ]


def forget_questions(ctx: Context, person_id: UUID) -> None:
    """An answered question stays without its name, since others learn from it; the others go from the pages."""
    asked = Question.objects.filter(asker_id=person_id)
    asked.filter(state__in=("waiting", "hidden")).update(text="", state="hidden")
    asked.update(asker=None, name="")
    Reminder.objects.filter(person_id=person_id).delete()


def leaflets(person_id: UUID) -> list[dict[str, Any]]:
    """What one was given to hand out, alone and not as one of a team."""
    batches = Batch.objects.filter(person_id=person_id).select_related("material").order_by("given_on")
    return [
        {"leaflet": one.material.title, "given": str(one.given_on), "count": one.count, "handed": one.handed}
        for one in batches
    ]


def forget_leaflets(ctx: Context, person_id: UUID) -> None:
    """How many went out stays, without a person."""
    Batch.objects.filter(person_id=person_id).update(person=None)


def register_all() -> None:
    """Called when the program starts."""
    data.register("lessons", data.Keeper(_("Lessons you learnt or taught"), lessons, forget_lessons))
    data.register("questions", data.Keeper(_("Questions you sent in to lectures"), questions, forget_questions))
    data.register("leaflets", data.Keeper(_("Leaflets you were given to hand out"), leaflets, forget_leaflets))
