"""A station in the small place of people's tests."""

from liuchi.people.tests.conftest import NOW, Place, context, kept_place, place
from liuchi.places import actions
from liuchi.places.models import ServicePoint

__all__ = ["EVERY_DAY", "NOW", "Place", "context", "kept_place", "place", "station"]

# NOW is Sunday 2026-11-22, 10:00 in Shanghai.
SPOT = (116.9301, 31.0502)
EVERY_DAY = (((480, 1320),),) * 7  # 8:00-22:00


def station(place: Place, name: str = "槐荫驿站", **more: object) -> ServicePoint:
    facts = {
        "area": place.grid,
        "lon": SPOT[0],
        "lat": SPOT[1],
        "services": {"charge": "", "drink": "开水在左手边", "rest": ""},
        "week": EVERY_DAY,
    } | more
    return actions.enter_point(context(channel="replay"), actions.Wanted(name=name, **facts))  # type: ignore[arg-type]
