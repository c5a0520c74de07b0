"""What the worker does for this app."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from liuchi.kernel import context
from liuchi.people.actions import data, groups
from liuchi.people.models import Claim, Counted


def waiting_folder() -> Path:
    """Where uploaded workbooks wait, encrypted, until somebody confirms the preview."""
    return Path(settings.VAR) / "waiting"


def sweep_workbooks(at: datetime) -> None:
    """Throws away workbooks that nobody confirmed within a day: they hold names and phone numbers."""
    oldest = (at - timedelta(days=1)).timestamp()
    for path in waiting_folder().glob("*"):
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def sweep_counts(at: datetime) -> None:
    """Forgets wrong passwords that no longer count."""
    Counted.objects.filter(until__lt=at.timestamp()).delete()


def forget_claims(at: datetime) -> None:
    """A post that is over can't be claimed again: by whom it was claimed who left meanwhile need not be known any more."""
    Claim.objects.filter(left_by__isnull=False, post__ends__lte=at).update(left_by=None)


def expire_registrations(at: datetime) -> None:
    """Ends what nobody confirmed within two years."""
    while groups.expire_registrations(context.system(at)):
        pass


def erase_again(at: datetime) -> None:
    """Takes along what was being written while somebody was erased."""
    data.erase_again(context.system(at))
