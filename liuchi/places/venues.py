"""Places as other rooms name them: where a gift is picked up, where a service is to be had. Read through kernel.venues."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from liuchi.kernel import venues
from liuchi.kernel.context import CHINA
from liuchi.places import words
from liuchi.places.queries import points
from liuchi.places.queries.hours import hours_of

MOST = 300


def show(records: Collection[UUID], at: datetime) -> dict[UUID, venues.Venue]:
    """Those that everybody may see; three queries."""
    found = list(points.whole(points.public().filter(pk__in=list(records)), at))
    return {one.point.pk: _venue(one) for one in points.shown(found, at)}


def _venue(one: points.Shown) -> venues.Venue:
    point = one.point
    weekday = one.at.astimezone(CHINA).weekday()
    return venues.Venue(
        record=point.pk,
        name=point.name,
        address=point.address,
        phone=point.phone,
        state=one.state_words,
        tone=one.tone,
        hours=words.spans(hours_of(point).week[weekday]),
        url=reverse("places:place", args=[point.pk]),
    )


def choices(actor: Any, ability: str) -> list[tuple[UUID, str]]:
    """What is no shop, within the reach of an ability."""
    mine = points.living().filter(actor.q(ability, area="area__first")).exclude(kind="shop")
    return list(mine.order_by("name").values_list("pk", "name")[:MOST])


def register_all() -> None:
    """Called when the program starts."""
    venues.register(show, choices)
