"""Service points in lists and one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Avg, ExpressionWrapper, F, FloatField, Prefetch, Q, QuerySet

from liuchi.kernel import geo
from liuchi.kernel.context import CHINA
from liuchi.people.registers.queries.businesses import may_be_shown
from liuchi.places import rules, words
from liuchi.places.models import Exceptional, ServicePoint
from liuchi.places.queries.hours import now_of
from liuchi.places.services import Service, services
from liuchi.territory import queries as territory
from liuchi.territory.walking.ways import roads

# Of the points around somebody, so many of the nearest by the straight line are looked at closely.
LOOKED_AT = 60
SHOWN = 10


@dataclass(slots=True)
class Shown:
    """A point as a page shows it at a moment. metres: on foot; by_road: False when reckoned from the straight line."""

    point: ServicePoint
    now: rules.Now
    at: datetime
    metres: float | None = None
    by_road: bool = True

    @property
    def state_words(self) -> str:
        return words.state(self.now, self.at)

    @property
    def head(self) -> str:
        return words.head(self.now)

    @property
    def tone(self) -> str:
        return words.tone(self.now)

    @property
    def far(self) -> str:
        return words.metres(self.metres, self.by_road) if self.metres is not None else ""

    @property
    def minutes(self) -> str:
        return words.on_foot(self.metres) if self.metres is not None else ""

    @property
    def services(self) -> list[Service]:
        """In the order of the list."""
        there = {offer.service for offer in self.point.offers.all()}
        return [service for code, service in services().items() if code in there]

    def has(self, code: str) -> bool:
        """Whether a service is there, and is to be had now."""
        lacking = rules.LACKS.get(self.now.lacking, frozenset())
        return code not in lacking and any(offer.service == code for offer in self.point.offers.all())

    def dot(self) -> dict[str, Any]:
        """A GeoJSON feature for the map."""
        return {
            "type": "Feature",
            "properties": {
                "id": str(self.point.pk),
                "tone": self.tone,
                "ring": not self.now.serves,
                "name": self.point.name,
                "state": self.state_words,
            },
            "geometry": {"type": "Point", "coordinates": [self.point.lon, self.point.lat]},
        }


def living(rows: QuerySet[ServicePoint] | None = None) -> QuerySet[ServicePoint]:
    """Points that have not been given up."""
    return (ServicePoint.objects.all() if rows is None else rows).filter(closed_on=None)


def to_public(path: str = "") -> Q:
    """The condition for points that everybody may see: no shop of the register, or one whose keeper said yes to being shown.
    path: to the point, such as ``point__``."""
    shop = f"{path}business"
    return Q(**{shop: None}) | may_be_shown(f"{shop}__") | may_be_shown(f"{shop}__merged_into__")


def public() -> QuerySet[ServicePoint]:
    """The points of pages that everybody sees."""
    return living().filter(to_public())


def whole(rows: QuerySet[ServicePoint], at: datetime) -> QuerySet[ServicePoint]:
    """With all that a line of a list says: services, and exceptions of yesterday and what comes (three queries in all)."""
    since = at.astimezone(CHINA).date() - timedelta(days=1)
    return rows.prefetch_related(
        "offers", Prefetch("exceptions", queryset=Exceptional.objects.filter(day__gte=since))
    ).select_related("area")


def shown(points: Sequence[ServicePoint], at: datetime) -> list[Shown]:
    """Each with how it stands."""
    return [Shown(point, now_of(point, at), at) for point in points]


def nearest(
    at: datetime, spot: geo.Point | None, need: str = "", *, kinds: Sequence[str] = (), limit: int = SHOWN
) -> list[Shown]:
    """The nearest points with what is needed, each by the way on foot: where one can go in now, then where nobody knows the
    hours, then what is shut. Without a spot the middle of the place is where one stands. Three queries; the position is
    used and forgotten."""
    here = spot or middle()
    if here is None:
        return []
    rows = whole(public(), at)
    if need:
        rows = rows.filter(offers__service=need)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    along, across = geo.degree_lengths(here[1])
    away = ((F("lon") - here[0]) * along) * ((F("lon") - here[0]) * along)
    away += ((F("lat") - here[1]) * across) * ((F("lat") - here[1]) * across)
    lines = shown(list(rows.order_by(ExpressionWrapper(away, FloatField()))[:LOOKED_AT]), at)
    found: list[Shown] = []
    for wanted in range(3):
        if more := limit - len(found):
            found += _by_way(here, [one for one in lines if _place_in_list(one, need) == wanted], more)
    return found


def _place_in_list(one: Shown, need: str) -> int:
    """0: one can go in now and have it; 1: nobody knows; 2: not now."""
    if not one.now.serves or (need and not one.has(need)):
        return 2
    return 1 if one.now.code == "unknown" else 0


def _by_way(here: geo.Point, lines: list[Shown], limit: int) -> list[Shown]:
    """The nearest of them on foot, with how far it is."""
    for one, way in zip(
        lines, roads().ways(here, [(one.point.lon, one.point.lat) for one in lines], wanted=limit), strict=True
    ):
        one.metres, one.by_road = way.metres, way.by_road
    return sorted(lines, key=lambda one: one.metres or 0.0)[:limit]


def named(typed: str, at: datetime, spot: geo.Point | None) -> list[Shown]:
    """The points whose name has what was typed, with the way to them, the nearest first."""
    here = spot or middle()
    if here is None or not typed:
        return []
    return _by_way(here, shown(list(whole(public().filter(name__icontains=typed), at)[:LOOKED_AT]), at), SHOWN)


def middle() -> geo.Point | None:
    """The middle of the place, where somebody stands who does not say where; where no map says it, that of the points."""
    root = territory.root()
    if root is not None and root.lon is not None and root.lat is not None:
        return root.lon, root.lat
    mean = living().aggregate(lon=Avg("lon"), lat=Avg("lat"))
    return (mean["lon"], mean["lat"]) if mean["lon"] is not None else None


def by_code(code: str) -> ServicePoint | None:
    """The point of a sign; it may be written large. One that was given up is found, too."""
    rows = ServicePoint.objects.filter(to_public(), code=code.strip().lower()[:12])
    return rows.select_related("area", "record").first()


def kept_by(actor: Any) -> QuerySet[ServicePoint]:
    """The points that this person may keep."""
    return living().filter(keeps(actor)).distinct()


def keeps(actor: Any) -> Q:
    """The condition for the points that a person may keep."""
    condition: Q = actor.q("places.keep", area="area__first", owner="keepings__person")
    return condition


def one(pk: UUID, at: datetime, rows: QuerySet[ServicePoint] | None = None) -> Shown | None:
    """One point (of those rows), with all that its page says."""
    point = (
        whole((ServicePoint.objects.all() if rows is None else rows).filter(pk=pk), at)
        .select_related("area", "unit", "record")
        .first()
    )
    return Shown(point, now_of(point, at), at) if point else None
