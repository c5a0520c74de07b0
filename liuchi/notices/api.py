"""A person's messages for the phone's page: only ever one's own."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router

from liuchi.kernel.delivery.queries import unread_count
from liuchi.notices.queries import mine

router = Router(tags=["notices"])


@router.get("/mine")
def messages(request: HttpRequest, page: Annotated[int, Query(ge=1, le=1000)] = 1) -> dict[str, Any]:
    """`{unread, messages: [{id, title, body, url, at, read}]}`, the newest first; nothing without sign-in."""
    person = request.actor.person_id  # type: ignore[attr-defined]
    return {"unread": unread_count(person), "messages": mine(person, page) if person else []}
