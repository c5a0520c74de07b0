"""What the phone's first page shows of publications."""

from typing import Any

from django.utils import timezone

from liuchi.people.access import Actor
from liuchi.publications.queries import lectures, lessons
from liuchi.publications.queries.trades import trade_of

MOST = 3


def home(actor: Actor) -> dict[str, Any]:
    """`{lessons: [{title, minutes, done, url}], lecture: {title, when, url} | null, url}`: short lessons one has not learnt
    yet, and the next lecture; without sign-in the newest lessons."""
    person = actor.person_id
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
