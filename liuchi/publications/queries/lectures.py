"""Reading lectures: the schedule, and the questions as the public and the host see them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count as HowMany
from django.db.models import QuerySet, Sum

from liuchi.publications.actions.lectures import TO_BE_SEEN
from liuchi.publications.models import Count, Lecture, Question, Reminder

SHOWN_MOST = 100
BEFORE = timedelta(minutes=10)


def coming(at: datetime, most: int = 20) -> list[Lecture]:
    """What is on now or to come, the next first."""
    return list(Lecture.objects.filter(ends__gte=at, cancelled_at=None).order_by("starts")[:most])


def past(at: datetime, most: int = 20) -> list[Lecture]:
    """What is over, the latest first."""
    return list(Lecture.objects.filter(ends__lt=at, cancelled_at=None).order_by("-starts")[:most])


def pulse(lecture_id: UUID) -> int | None:
    """What grows when the questions change; None if there is no such lecture. The one light query of a page that waits."""
    return Lecture.objects.filter(pk=lecture_id).values_list("pulse", flat=True).first()


def public(lecture_id: UUID) -> list[Question]:
    """The questions that everybody may see: open ones by votes, then the answered ones."""
    found = Question.objects.filter(lecture=lecture_id, state__in=TO_BE_SEEN)[:SHOWN_MOST]
    return sorted(found, key=lambda one: (one.state != "shown", -one.votes, one.asked_at))


def own_waiting(lecture_id: UUID, person_id: UUID | None) -> list[Question]:
    """What one sent in oneself and others do not see yet."""
    if person_id is None:
        return []
    return list(Question.objects.filter(lecture=lecture_id, asker=person_id, state="waiting").order_by("asked_at"))


def queue(lecture: Lecture) -> dict[str, list[Question]]:
    """For the host: waiting (to be let in, oldest first), shown (by votes), done, hidden."""
    asked = Question.objects.filter(lecture=lecture)
    found = list(asked.exclude(state="waiting").order_by("-votes", "asked_at")[:500])
    return {
        "waiting": list(asked.filter(state="waiting").order_by("asked_at")[:500]),
        "shown": [one for one in found if one.state == "shown"],
        "done": [one for one in found if one.state in ("live", "answer")],
        "hidden": [one for one in found if one.state == "hidden"],
    }


def came(lecture_id: UUID) -> int:
    """How many devices had the page open while it was on."""
    return int(Count.objects.filter(record=lecture_id, what="came").aggregate(total=Sum("count"))["total"] or 0)


def is_on(lecture: Lecture, at: datetime) -> bool:
    """Whether opening the page counts as attending, and the stream is there: from ten minutes before it begins."""
    return lecture.cancelled_at is None and lecture.starts - BEFORE <= at <= lecture.ends


def is_reminded(lecture_id: UUID, person_id: UUID | None) -> bool:
    """Whether somebody will be told shortly before it begins."""
    return bool(person_id) and Reminder.objects.filter(lecture=lecture_id, person=person_id).exists()


def seen_by(actor: Any) -> QuerySet[Lecture]:
    """The lectures that somebody may see at the desk."""
    return Lecture.objects.filter(actor.q("publications.see")).select_related("record", "area", "lesson")


def numbers(lectures: Collection[UUID]) -> dict[UUID, dict[str, int]]:
    """Of each lecture: {came, asked, answered}, in two queries."""
    out = {pk: {"came": 0, "asked": 0, "answered": 0} for pk in lectures}
    counted = Count.objects.filter(record__in=lectures, what="came").values_list("record").annotate(total=Sum("count"))
    for pk, total in counted:
        out[pk]["came"] = total
    asked = Question.objects.filter(lecture__in=lectures).order_by().values_list("lecture", "state")
    for pk, state, total in asked.annotate(total=HowMany("pk")):
        out[pk]["asked"] += total
        if state in ("live", "answer"):
            out[pk]["answered"] += total
    return out
