"""What the phone asks of duties."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from liuchi.duties import queries

router = Router(tags=["duties"])


@router.get("/home")
def home(request: HttpRequest) -> dict[str, Any]:
    """`{next: [{title, where, when, begins, url}], free, more, soonest, url}`: one's own next shift and the free ones."""
    return queries.home(request.actor.person_id, timezone.now())
