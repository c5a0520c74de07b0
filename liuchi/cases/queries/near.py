"""Open cases close to a point: asked at every report, shown to the dispatcher."""

from collections.abc import Callable
from datetime import datetime, timedelta
from math import hypot
from typing import NamedTuple
from uuid import UUID

from liuchi.cases.alike import nearness
from liuchi.cases.models import Case
from liuchi.kernel import geo, sql

MOST = 3


class Near(NamedTuple):
    """An open case and how many metres away it is."""

    metres: float
    case: Case


def ids_near(lon: float, lat: float, at: datetime) -> list[tuple[float, UUID]]:
    """(metres, id) of up to three open cases as near and as late as the administrator set (50 m, 30 days), reported before
    ``at``; nearest first."""
    return ask_near(lon, lat, at)()


def ask_near(lon: float, lat: float, at: datetime) -> Callable[[], list[tuple[float, UUID]]]:
    """Asks for the same now; the answer is there when it is called."""
    within = nearness.current()
    west, south, east, north = geo.box_around(lon, lat, within.metres)
    # Open is what is waited for; by its state SQLite would walk through all open cases instead of the few in the box.
    asked = sql.ask(
        "SELECT record_id, lon, lat FROM cases_case WHERE lat BETWEEN %s AND %s AND lon BETWEEN %s AND %s"
        " AND step_due IS NOT NULL AND parent_id IS NULL AND reported_at BETWEEN %s AND %s ORDER BY reported_at DESC LIMIT 20",
        (south, north, west, east, at - timedelta(days=within.days), at),
    )

    def nearest() -> list[tuple[float, UUID]]:
        plane = geo.Metres(lon, lat)
        far = sorted((hypot(*plane.to(there[1], there[2])), there[0]) for there in asked.rows)
        return [(metres, UUID(str(pk))) for metres, pk in far[:MOST] if metres <= within.metres]

    return nearest


def cases_near(lon: float, lat: float, at: datetime, *, but: UUID | None = None) -> list[Near]:
    """The same with the cases (two queries). but: the case one looks from."""
    far = [(metres, pk) for metres, pk in ids_near(lon, lat, at) if pk != but]
    cases = Case.objects.select_related("record", "area").in_bulk([pk for _metres, pk in far]) if far else {}
    return [Near(metres, cases[pk]) for metres, pk in far if pk in cases]
