"""Work on media that happens in the worker."""

from uuid import UUID

from django_tasks import task


@task()
def prepare(media_id: str) -> None:
    """Makes an upload ready to be shown."""
    from liuchi.kernel.media.actions import prepare as prepare_now  # actions enqueue this task

    prepare_now(UUID(media_id))
