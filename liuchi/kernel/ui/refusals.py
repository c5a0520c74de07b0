"""A refusal on a page that one goes back to: its sentence stands there as a message."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest

from liuchi.kernel.errors import Refused


@contextmanager
def refusal_told(request: HttpRequest) -> Iterator[None]:
    """Goes on behind the block when what it does is refused, with the sentence as a message for the next page::

    with refusal_told(request):
        actions.close_room(ctx, room)
        messages.success(request, _("Closed."))
    return redirect("rooms:day")
    """
    try:
        yield
    except Refused as refused:
        messages.error(request, refused.sentence)
