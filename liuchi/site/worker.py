"""The background worker: tasks of the queue, and a tick for what recurs. One process; several do no harm."""

import logging
import os
import secrets
import signal
import socket
import time
from datetime import timedelta

from django.conf import settings
from django.db import OperationalError, close_old_connections
from django.utils import timezone, translation
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from liuchi.kernel import ticks

logger = logging.getLogger(__name__)
# A task that has run this long belongs to a worker that was killed, and is given to another.
DEAD_AFTER = timedelta(minutes=10)
PAUSE = 0.2
# A task that failed (the disk was full, the database away) is tried again this much later, so often in all.
TRY_AGAIN_AFTER = timedelta(minutes=1)
MOST_TRIES = 5
NAME = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}"


# What is written for everybody is in the language of the house, whatever the terminal speaks.
_in_the_language_of_the_house = translation.override(settings.LANGUAGE_CODE)


@_in_the_language_of_the_house
def run() -> None:
    """Works until it is told to end (SIGTERM, SIGINT) or the process that started it is gone."""
    ending = False

    def end(*_: object) -> None:
        nonlocal ending
        ending = True

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    parent = int(os.environ.get("LIUCHI_PARENT", "0"))
    while not ending:
        if parent and os.getppid() != parent:
            return
        try:
            busy = _turn()
        except OperationalError:  # the database is locked or away for a moment; what waits stays in it
            logger.warning("database not to be had just now", exc_info=True)
            close_old_connections()
            busy = False
        if not busy:
            time.sleep(PAUSE)


@_in_the_language_of_the_house
def run_once() -> None:
    """Does all that waits now; for tests and for ``liuchi worker --once``."""
    ticks.run_due(timezone.now(), everything=True)
    while _run_tasks():
        pass
    ticks.run_due(timezone.now(), everything=True)


def _turn() -> bool:
    busy = _run_tasks()
    ticked = ticks.run_due(timezone.now())
    return bool(busy) or ticked


def _run_tasks(most: int = 20) -> int:
    """Runs up to so many ready tasks; returns how many."""
    if not DBTaskResult.objects.ready().exists():  # asking costs no lock, claiming does
        return 0
    worker = Worker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False,
        max_tasks=most, worker_id=NAME, excluded_queue_names=[],
    )  # fmt: skip
    worker.run()
    return worker._run_tasks


def give_back_lost_tasks() -> None:
    """Tasks claimed by a worker that was killed go back into the queue, and so do those that failed, a few times."""
    now = timezone.now()
    again = [
        task.pk
        for task in DBTaskResult.objects.filter(status="RUNNING").only("worker_ids", "started_at")
        if (task.started_at or now) < now - DEAD_AFTER or _is_gone(task.worker_ids[-1])
    ]
    failed = DBTaskResult.objects.filter(
        status="FAILED", finished_at__gt=now - timedelta(days=1), finished_at__lt=now - TRY_AGAIN_AFTER
    )
    again += [task.pk for task in failed.only("worker_ids") if len(task.worker_ids) < MOST_TRIES]
    if again:
        DBTaskResult.objects.filter(pk__in=again, status__in=("RUNNING", "FAILED")).update(
            status="READY", started_at=None
        )


def _is_gone(worker: str) -> bool:
    """Whether a worker of this machine ended; of one on another machine only the time tells."""
    host, pid, _mark = worker.rsplit("-", 2)
    if worker == NAME or host != socket.gethostname():
        return False
    if int(pid) == os.getpid():  # in a container the next worker often has the number of the last
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def forget_done_tasks() -> None:
    """Results of tasks that went well are of no use after a day."""
    DBTaskResult.objects.filter(status="SUCCESSFUL", finished_at__lt=timezone.now() - timedelta(days=1)).delete()


ticks.register("tasks.give_back", timedelta(minutes=1), lambda _at: give_back_lost_tasks())
ticks.register("tasks.forget", timedelta(hours=1), lambda _at: forget_done_tasks())
