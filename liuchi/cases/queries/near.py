"""Open cases close to a point: asked at every report, shown to the dispatcher."""

from datetime import datetime, timedelta
from uuid import UUID

from liuchi.cases import rules
from liuchi.cases.models import Case
from liuchi.kernel import geo, sql

METRES = 50
DAYS = 30
MOST = 3


def open_cases_near(lon: float, lat: float, at: datetime, *, metres: float = METRES, but: object = None) -> list[Case]:
    """Up to three open cases reported within 30 days before ``at`` and so many metres, nearest first (one query)."""
    west, south, east, north = geo.box_around(lon, lat, metres)
    found = Case.objects.filter(
        lat__range=(south, north),
        lon__range=(west, east),
        state__in=rules.OPEN,
        reported_at__range=(at - timedelta(days=DAYS), at),
    ).order_by("-reported_at")[:20]
    close = [(geo.distance(lon, lat, case.lon, case.lat), case) for case in found if case.pk != but]
    return [case for far, case in sorted(close, key=lambda pair: pair[0]) if far <= metres][:MOST]


def ids_near(lon: float, lat: float, at: datetime) -> list[UUID]:
    """The same by id alone, for the intake: it asks this at every report and needs no more."""
    west, south, east, north = geo.box_around(lon, lat, METRES)
    found = sql.rows(
        "SELECT record_id, lon, lat FROM cases_case WHERE lat BETWEEN %s AND %s AND lon BETWEEN %s AND %s"
        f" AND state IN ({', '.join(['%s'] * len(rules.OPEN))}) AND reported_at BETWEEN %s AND %s"
        " ORDER BY reported_at DESC LIMIT 20",
        (south, north, west, east, *sorted(rules.OPEN), at - timedelta(days=DAYS), at),
    )
    close = sorted((geo.distance(lon, lat, there_lon, there_lat), str(sql.as_uuid(pk))) for pk, there_lon, there_lat in found)
    return [UUID(pk) for far, pk in close if far <= METRES][:MOST]
