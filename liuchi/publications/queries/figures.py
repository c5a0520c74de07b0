"""The figures of an area and a period, counted from the records; for a briefing and the desk."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count as HowMany
from django.db.models import Q, Sum

from liuchi.publications.models import Batch, Count, Done, HandOut, Lecture, Lesson, Question, ServiceItem, Teaching
from liuchi.territory.models import Area


def figures(area: Area, begins: date, ends: date) -> dict[str, int]:
    """First and last day are both included. Leaflets, lessons and uses are occasions (份, 人次), not persons; items and
    aspects are those of the list that held on the last day."""
    period = (begins, ends)
    inside = {"area__first__gte": area.first, "area__first__lte": area.last}
    taught = Teaching.objects.filter(**inside, taught_on__range=period).aggregate(n=HowMany("pk"), came=Sum("came"))
    items = ServiceItem.objects.filter(**inside).exclude(ended_on__lte=ends).exclude(valid_until__lt=ends)
    questions = Question.objects.filter(_within("lecture__", area))
    return {
        "batches": Batch.objects.filter(**inside, given_on__range=period).count(),
        "leaflets": _sum(HandOut.objects.filter(**inside, on__range=period)),
        "lessons_done": Done.objects.filter(_within("lesson__", area), passed_on__range=period).count()
        + _counted(Lesson, area, period, "passed"),
        "lessons_read": _counted(Lesson, area, period, "read"),
        "lessons_taught": taught["n"],
        "lessons_taught_came": taught["came"] or 0,
        "lectures": Lecture.objects.filter(**inside, starts__date__range=period, cancelled_at=None).count(),
        "lecture_came": _counted(Lecture, area, period, "came"),
        "questions_asked": questions.filter(asked_at__date__range=period).count(),
        "questions_answered": questions.filter(answered_on__range=period, state__in=("live", "answer")).count(),
        "service_items": items.count(),
        "service_aspects": items.order_by().values("aspect").distinct().count(),
        "service_uses": _counted(ServiceItem, area, period, "use"),
    }


def _within(prefix: str, area: Area) -> Q:
    return Q(**{f"{prefix}area__first__gte": area.first, f"{prefix}area__first__lte": area.last})


def _sum(rows: Any) -> int:
    return int(rows.aggregate(total=Sum("count"))["total"] or 0)


def _counted(model: Any, area: Area, period: tuple[date, date], what: str) -> int:
    things = model.objects.filter(_within("", area)).values("pk")
    return _sum(Count.objects.filter(record__in=things, what=what, on__range=period))
