"""Work on media that happens in the worker."""

from uuid import UUID

from django_tasks import task

from liuchi.kernel.media import preparing


@task()
def prepare(media_id: str) -> None:
    """Makes an upload ready to be shown."""
    preparing.prepare(UUID(media_id))
