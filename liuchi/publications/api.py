"""What the phone asks of publications."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from liuchi.publications.queries import lectures, lessons
from liuchi.publications.queries.trades import trade_of

router = Router(tags=["publications"])
MOST = 3


@router.get("/home", url_name="publications_home")
def home(request: HttpRequest) -> dict[str, Any]:
    """`{lessons: [{title, minutes, done, url}], lecture: {title, when, url} | null, url}`: short lessons one has not learnt
    yet, and the next lecture; without sign-in the newest lessons."""
    person = request.actor.person_id  # type: ignore[attr-defined]
    offered = lessons.offered(trade_of(person), new_to=person)
    coming = lectures.coming(timezone.now(), 1)
    return {
        "lessons": [
            {"title": one.title, "minutes": one.minutes, "done": False, "url": f"/x/{one.code}"}
            for one in offered[:MOST]
        ],
        "lecture": {"title": coming[0].title, "when": coming[0].starts, "url": f"/lectures/{coming[0].pk}"}
        if coming
        else None,
        "url": "/lessons",
    }
