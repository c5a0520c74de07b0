"""Somebody wants to be told shortly before a lecture begins."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.kernel.context import Context, system
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.people.actions.living import living
from liuchi.publications.models import Lecture, Reminder

EVERY = timedelta(minutes=2)
BEFORE = timedelta(minutes=15)


def remind_me(ctx: Context, lecture: Lecture, wanted: bool) -> None:
    """Asks for it, or no longer. Twice is once. Raises Refused("sign_in" | "over")."""
    if ctx.person is None:
        raise Refused("sign_in", _("Please sign in first."), status=401)
    if wanted and (lecture.cancelled_at or lecture.reminded_at or ctx.at >= lecture.starts):
        raise Refused("over", _("It has begun, or begins in a moment."), status=409)
    with transaction.atomic():
        person = living(ctx.person)
        if wanted:
            Reminder.objects.get_or_create(lecture=lecture, person=person)
        else:
            Reminder.objects.filter(lecture=lecture, person=person).delete()


def remind_due(at: datetime) -> None:
    """A quarter of an hour before it begins those who asked for it are told, once. For the worker's tick."""
    ctx = system(at)
    soon = Lecture.objects.filter(
        starts__lte=at + BEFORE, ends__gt=at, cancelled_at=None, reminded_at=None, reminders__isnull=False
    )
    for one in soon.select_related("record").distinct():
        with transaction.atomic():
            if Lecture.objects.filter(pk=one.pk, reminded_at=None).update(reminded_at=at):
                journal.write(ctx, one.record, "lecture.soon")
    Reminder.objects.filter(lecture__ends__lt=at).delete()
