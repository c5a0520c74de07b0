"""What the phone's first page shows of points: only ever one's own."""

from typing import Any

from django.urls import reverse

from liuchi.people.access import Actor
from liuchi.points import queries


def home(actor: Actor) -> dict[str, Any]:
    """`{on, balance, codes: [{gift, window, until, url}], url}` for the first page; nothing without sign-in. At most 3 queries."""
    person = actor.person_id
    url = reverse("points:mine")
    if person is None:
        return {"on": False, "balance": 0, "codes": [], "url": url}
    account, balance = queries.account_of(person)
    return {
        "on": queries.is_on(person),
        "balance": balance,
        "codes": [
            {
                "gift": one.gift.name,
                "window": one.window.name,
                "until": one.expires_at,
                "url": reverse("points:code", args=[one.pk]),
            }
            for one in queries.open_reservations(account)
        ],
        "url": url,
    }
