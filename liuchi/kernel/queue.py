"""The queue of tasks for the worker: django-tasks in the database, put in by one plain statement."""

from typing import Any

from django.utils import timezone
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult, get_date_max

from liuchi.kernel import sql
from liuchi.kernel.ids import new_id


class Queue(DatabaseBackend):
    """A task is put in inside the transaction of the change it follows, so it is there if and only if the change is."""

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        """Arguments are numbers, texts and lists of them."""
        sql.insert_row(
            DBTaskResult,
            id=new_id(),
            args_kwargs={"args": list(args), "kwargs": kwargs},
            priority=task.priority,
            task_path=task.module_path,
            queue_name=task.queue_name,
            run_after=task.run_after or get_date_max(),
            enqueued_at=timezone.now(),
            backend_name=self.alias,
            worker_ids=[],
        )
