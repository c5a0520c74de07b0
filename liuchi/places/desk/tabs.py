"""The tabs of places at the desk: points, rooms, counter; each is there for who may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from liuchi.people.access import Actor

TABS = (
    ("places", "/desk/places", gettext_lazy("Service points"), "places.see"),
    ("rooms", "/desk/rooms", gettext_lazy("Rooms"), "rooms.see"),
    ("counter", "/desk/counter", gettext_lazy("Counter"), "counter.help"),
)


def tabs(actor: Actor, here: str) -> list[tuple[str, Any, bool]]:
    """(address, label, whether it is this page) of the tabs that somebody has; none where there would be one alone."""
    mine = [(url, label, key == here) for key, url, label, ability in TABS if actor.may(ability)]
    return mine if len(mine) > 1 else []
