"""What a killed worker had in hand, and what failed, is done after all."""

import os
import socket
import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from liuchi.site import worker

pytestmark = pytest.mark.django_db


def task(status: str, claimed_by: list[str], minutes_ago: float = 0) -> DBTaskResult:
    at = timezone.now() - timedelta(minutes=minutes_ago)
    return DBTaskResult.objects.create(
        status=status, worker_ids=claimed_by, started_at=at, finished_at=at if status == "FAILED" else None, args_kwargs={},
        task_path="x", backend_name="default", priority=0, exception_class_path="", traceback="",
    )  # fmt: skip


def status_after(one: DBTaskResult) -> str:
    worker.give_back_lost_tasks()
    one.refresh_from_db()
    return one.status


def ended_process() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_a_task_of_a_killed_worker_goes_back_at_once() -> None:
    assert status_after(task("RUNNING", [f"{socket.gethostname()}-{ended_process()}-00ff"])) == "READY"


def test_the_next_worker_in_a_container_has_the_number_of_the_last_and_is_another() -> None:
    assert status_after(task("RUNNING", [f"{socket.gethostname()}-{os.getpid()}-00ff"])) == "READY"


@pytest.mark.parametrize(
    "name",
    [worker.NAME, f"{socket.gethostname()}-{os.getppid()}-00ff", "elsewhere-1-00ff"],
    ids=["itself", "its neighbour", "elsewhere"],
)
def test_who_works_on_is_left_alone(name: str) -> None:
    assert status_after(task("RUNNING", [name])) == "RUNNING"


def test_a_worker_on_another_machine_is_given_ten_minutes() -> None:
    assert status_after(task("RUNNING", ["elsewhere-1-00ff"], minutes_ago=11)) == "READY"


@pytest.mark.parametrize(
    ("tries", "minutes_ago", "status"),
    [(1, 2, "READY"), (4, 2, "READY"), (5, 2, "FAILED"), (1, 0.2, "FAILED"), (1, 2000, "FAILED")],
)
def test_what_failed_is_tried_again_a_few_times(tries: int, minutes_ago: float, status: str) -> None:
    assert status_after(task("FAILED", ["somebody-1-00ff"] * tries, minutes_ago)) == status
