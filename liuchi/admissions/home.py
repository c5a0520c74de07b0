"""What the phone's first page shows of admissions."""

from typing import Any

from liuchi.admissions import rules
from liuchi.admissions.models import Admission, Application
from liuchi.people.access import Actor


def home(actor: Actor) -> dict[str, Any]:
    """`{appointments: [{title, until, url}], open, url}`: what I hold, and how many applications wait for me to correct
    them. Nothing without sign-in. Two queries."""
    person = actor.person_id
    if person is None:
        return {"appointments": [], "open": 0, "url": "/admissions"}
    held = Admission.objects.filter(person_id=person, state=rules.RUNNING).order_by("-begins")
    return {
        "appointments": [
            {
                "title": one.title,
                "until": one.ends.isoformat() if one.ends else None,
                "url": f"/admissions/mine/{one.pk}",
            }
            for one in held.only("title", "ends")[:10]
        ],
        "open": Application.objects.filter(person_id=person, state="returned").count(),
        "url": "/admissions",
    }
