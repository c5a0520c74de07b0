"""The lights of a unit's limit, and holds that end by themselves: what the worker looks after."""

from datetime import datetime, timedelta

from django.db import transaction

from liuchi.cases.actions.acting import locked
from liuchi.cases.actions.clock import next_light
from liuchi.cases.actions.motions import resume_due
from liuchi.cases.models import Case
from liuchi.kernel import ticks
from liuchi.kernel.context import system
from liuchi.kernel.journal import actions as journal

AT_ONCE = 100


def warn_due(at: datetime) -> bool:
    """Says of each limit that has come to its next light (80 %, 100 %) that it has, once. True when there is more."""
    due = list(Case.objects.filter(warn_at__lte=at).order_by("warn_at").values_list("pk", flat=True)[:AT_ONCE])
    for pk in due:
        with transaction.atomic():
            case = locked(pk)
            if case.warn_at is None or case.warn_at > at:
                continue
            light = 100 if case.due_at is not None and case.due_at <= at else 80
            case.warn_at = next_light(case, at)
            case.save(update_fields=["warn_at"])
            if case.state in ("dispatched", "accepted"):
                journal.write(system(at), case.record, "case.warned", {"light": light})
    return len(due) == AT_ONCE


def register_all() -> None:
    """Called when the program starts."""
    ticks.register("lights", timedelta(minutes=1), warn_due)
    ticks.register("holds", timedelta(minutes=5), resume_due)
