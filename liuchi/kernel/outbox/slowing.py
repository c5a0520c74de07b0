"""Who writes too much in a minute is slowed, never lost."""

from datetime import datetime

from django.utils.translation import gettext as _

from liuchi.kernel import sql
from liuchi.kernel.errors import Refused
from liuchi.kernel.outbox.models import Slowed


def slow_down(sender: str, most: int, at: datetime, weight: int = 1, *, minutes: int = 1) -> None:
    """Counts one write of a sender, or as many as it weighs; none to only ask whether it is past the limit. Raises Refused
    (429) past the limit: slowed, never lost, because the phone keeps it. most: in so many minutes (a window, kept under the
    number of its last minute)."""
    span = 60 * minutes
    window = int(at.timestamp() // span + 1) * minutes - 1

    def check(counted: list[sql.Row]) -> None:
        if counted[0][0] > most:
            wait = span - int(at.timestamp() % span)
            raise Refused(
                "slow_down",
                _("That is a lot in one minute. What you wrote is kept and goes out by itself in %(seconds)s seconds.")
                % {"seconds": wait},
                status=429,
                retry_after=wait,
            )

    sql.ask(
        'INSERT INTO kernel_slowed (sender, "window", count) VALUES (%s, %s, %s)'
        ' ON CONFLICT (sender, "window") DO UPDATE SET count = kernel_slowed.count + excluded.count RETURNING count',
        (sender, window, weight),
        check,
    )


def forget_before(at: datetime) -> None:
    """Drops the counts of windows that are over."""
    Slowed.objects.filter(window__lt=int(at.timestamp() // 60) - 2).delete()
