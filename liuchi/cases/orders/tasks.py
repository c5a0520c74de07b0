"""What the worker does: taking a file in."""

from uuid import UUID

from django_tasks import task

from liuchi.cases.orders import actions
from liuchi.kernel import context


@task()
def take_in(pk: str) -> None:
    """Takes some rows of a file in from where it is. Twice does no harm."""
    if actions.carry_on(context.system(), UUID(pk)):
        take_in.enqueue(pk)
