"""What is over is emptied: drafts that nobody goes on with, answers of what was decided long ago. For the worker's ticks."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from liuchi.admissions.actions.acting import emptied, locked
from liuchi.admissions.actions.applying import cancel
from liuchi.admissions.models import Application
from liuchi.kernel.context import Context
from liuchi.kernel.journal.models import Row
from liuchi.kernel.media import actions as media
from liuchi.people.rules import local_day

DRAFT_DAYS = 90
DECIDED_DAYS = 90  # of which an appeal takes 60 at most


def sweep_drafts(at: datetime) -> bool:
    """Deletes what was begun and not touched for 90 days; for the worker's tick."""
    since = at - timedelta(days=DRAFT_DAYS)
    touched = Row.objects.filter(record_id=OuterRef("pk"), at__gte=since)
    old = Application.objects.filter(~Exists(touched), state="draft", begun_at__lt=since)
    some = list(old.values_list("pk", flat=True)[:100])
    for pk in some:
        ctx = Context(at=at, recorded_at=at, channel="system")
        cancel(ctx, pk)
    return len(some) == 100


def sweep_decided(at: datetime) -> bool:
    """Empties what was refused, or ended, and is over for 90 days: answers, photos and what was said against it. That it
    was decided, and how, stays. For the worker's tick."""
    since = at - timedelta(days=DECIDED_DAYS)
    over = Q(state__in=("refused", "closed"), decided_at__lt=since) | Q(
        state="admitted", admission__ended_on__lt=local_day(since)
    )
    some = list(Application.objects.filter(over, answers_cipher__isnull=False).values_list("pk", flat=True)[:100])
    for pk in some:
        with transaction.atomic():
            application = locked(pk)
            emptied(application)
            application.appeal = ""
            media.remove(application.record.media.all())
            application.save()
    return len(some) == 100
