"""What is over is emptied: drafts that nobody goes on with, answers of what was decided long ago."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from liuchi.admissions.actions.acting import emptied, locked
from liuchi.admissions.actions.applying import cancel
from liuchi.admissions.models import Application
from liuchi.kernel.context import Context
from liuchi.kernel.journal.models import Row
from liuchi.kernel.media import actions as media
from liuchi.kernel.retention.fields import Field, of_rows, register
from liuchi.people.rules import local_day

DRAFT_DAYS = 90
DECIDED_DAYS = 90
APPEAL_OVER = 60  # an appeal reads the answers until then


def idle_drafts(before: datetime) -> QuerySet[Application]:
    """What was begun and not touched since."""
    touched = Row.objects.filter(record_id=OuterRef("pk"), at__gte=before)
    return Application.objects.filter(~Exists(touched), state="draft", begun_at__lt=before)


def long_decided(before: datetime) -> QuerySet[Application]:
    """What was refused, or ended, and is over."""
    over = Q(state__in=("refused", "closed"), decided_at__lt=before) | Q(
        state="admitted", admission__ended_on__lt=local_day(before)
    )
    return Application.objects.filter(over, answers_cipher__isnull=False)


def _give_up(ctx: Context, some: QuerySet[Application]) -> None:
    for pk in list(some.values_list("pk", flat=True)):
        cancel(ctx, pk)


def _empty(_ctx: Context, some: QuerySet[Application]) -> None:
    """Answers, photos and what was said against it go. That it was decided, and how, stays."""
    for pk in list(some.values_list("pk", flat=True)):
        application = locked(pk)
        emptied(application)
        application.appeal = ""
        media.remove(application.record.media.all())
        application.save()


def register_all() -> None:
    """Called when the program starts."""
    group = _("Applications")
    due, let_go = of_rows(idle_drafts, _give_up)
    title = _("Drafts that nobody goes on with")
    register("admissions.drafts", Field(group, title, _("the last change"), DRAFT_DAYS, 14, 365, due, let_go))
    due, let_go = of_rows(long_decided, _empty)
    title = _("Answers and photos of what was refused or has ended")
    register(
        "admissions.decided",
        Field(group, title, _("it was decided or ended"), DECIDED_DAYS, APPEAL_OVER, 1095, due, let_go),
    )
