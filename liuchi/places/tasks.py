"""What the worker does for places."""

from __future__ import annotations

from datetime import datetime

from liuchi.kernel import context
from liuchi.places.actions import counting


def forget(at: datetime) -> None:
    """Notes on phones counted over half an hour ago, and yesterday's salt."""
    counting.forget(at)


def tell_days(at: datetime) -> bool:
    """The QR's numbers of days that are over, into the journal; True when there may be more."""
    return counting.tell_days(context.system(at)) >= counting.DAYS_AT_ONCE
