"""What recurs: each app registers what the worker is to do every so often."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

logger = logging.getLogger(__name__)

Job = Callable[[datetime], object]
_jobs: dict[str, tuple[timedelta, Job]] = {}
_next: dict[str, datetime] = {}


def register(name: str, every: timedelta, job: Job) -> None:
    """Adds a job, called with the time about every ``every``. A job must do no harm when it runs twice or late.

    If it returns a true value it is called again at once: it has more to do.
    """
    _jobs[name] = (every, job)


def run_due(at: datetime, *, everything: bool = False) -> bool:
    """Runs the jobs that are due; returns whether one of them has more to do. One that fails does not stop the others."""
    more = False
    for name, (every, job) in list(_jobs.items()):
        if not everything and _next.get(name, at) > at:
            continue
        try:
            again = bool(job(at))
        except Exception:
            logger.exception("job %s failed", name)
            again = False
        _next[name] = at if again else at + every
        more = more or again
    return more
