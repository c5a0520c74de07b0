"""Whom what happens here concerns: who asked learns of the answer, who was given leaflets learns that they wait."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import formats
from django.utils.translation import gettext as _

from liuchi import notices
from liuchi.kernel.context import CHINA
from liuchi.kernel.journal.models import Row
from liuchi.people.registers import news
from liuchi.people.rules import local_day
from liuchi.publications.models import Batch, Lecture, Question, Reminder
from liuchi.publications.queries.services import valid

Told = tuple[str, str, str]


def register_all() -> None:
    """Called when the program starts."""
    news.register("publications", _new_services)
    notices.register("question.answered", _asker, _answered, mail=False)
    notices.register("lecture.soon", _reminded, _soon, mail=False)
    notices.register("leaflets.given", _volunteer, _given, mail=False)


def _new_services(begins: datetime, ends: datetime) -> list[news.Fresh]:
    """Lines of the list of services that are new and hold: for the week's news."""
    items = valid(local_day(ends)).select_related("area")
    made = Row.objects.filter(version=1, at__gte=begins, at__lt=ends, record__in=items.values("pk"))
    return [
        news.Fresh(item.name, item.area.first, item.area.last) for item in items.filter(pk__in=made.values("record"))
    ]


def _asker(row: Row) -> set[UUID]:
    return set(Question.objects.filter(pk=row.record_id, asker__isnull=False).values_list("asker", flat=True))


def _answered(row: Row) -> Told | None:
    """Nothing if it was hidden or answered in writing before this was told."""
    question = Question.objects.select_related("lecture").get(pk=row.record_id)
    if question.state != row.facts["how"]:
        return None
    body = question.answer if question.state == "answer" else _("It was answered live in the lecture.")
    title = _("Your question was answered · %(lecture)s") % {"lecture": question.lecture.title}
    return title, body, f"/lectures/{question.lecture_id}"


def _reminded(row: Row) -> set[UUID]:
    return set(Reminder.objects.filter(lecture=row.record_id).values_list("person", flat=True))


def _soon(row: Row) -> Told | None:
    """Nothing if it was called off or moved to later before this was told: then it is told anew."""
    lecture = Lecture.objects.get(pk=row.record_id)
    if lecture.cancelled_at or lecture.reminded_at is None:
        return None
    begins = formats.date_format(lecture.starts.astimezone(CHINA), "TIME_FORMAT")
    title = _("Begins at %(time)s · %(lecture)s") % {"time": begins, "lecture": lecture.title}
    return title, lecture.speaker or _("The stream is on the page of the lecture."), f"/lectures/{lecture.pk}"


def _volunteer(row: Row) -> set[UUID]:
    return set(Batch.objects.filter(pk=row.record_id, person__isnull=False).values_list("person", flat=True))


def _given(row: Row) -> Told | None:
    batch = Batch.objects.select_related("material").get(pk=row.record_id)
    if batch.closed_on:
        return None
    title = _("%(count)s leaflets to hand out when it suits you") % {"count": batch.count}
    return title, batch.material.title, "/leaflets"
