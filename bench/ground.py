"""The ground that a filled house stands on: a street of communities and grids, its staff, a handler and the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

# South-west corner in WGS-84 degrees; a grid is about 190 by 220 m with 24 houses.
WEST, SOUTH = 117.03, 30.52
ACROSS, ALONG = 0.002, 0.002
COLUMNS, ROWS = 10, 6
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
PASSWORD = "six foot alley"


@dataclass(frozen=True, slots=True)
class Ground:
    """What the cases need to lie on."""

    street: Any
    grids: list[Any]
    unit: Any
    office: Any
    handler: Any
    matters: list[Any]
    dispatcher_login: str


def middle(number: int) -> tuple[float, float]:
    """Longitude and latitude of the middle of a grid."""
    row, column = divmod(number, COLUMNS)
    return WEST + (column + 0.5) * ACROSS, SOUTH + (row + 0.5) * ALONG


def _box(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [[[round(x, 7), round(y, 7)] for x, y in ring]]}


def fill_ground() -> Ground:
    """Areas with boundaries, houses with numbers, one unit, a dispatcher, a handler and the catalogue's matters."""
    from liuchi.cases.models import Matter
    from liuchi.kernel.context import system
    from liuchi.kernel.records import actions as records
    from liuchi.people import actions as people
    from liuchi.territory import stamps
    from liuchi.territory.models import Area, Place

    def area(code: str, name: str, level: str, parent: Any, boundary: Any, **more: Any) -> Any:
        first, last = int(code.ljust(15, "0")), int(code.ljust(15, "9"))
        return Area.objects.create(
            code=code, name=name, level=level, parent=parent, first=first, last=last, boundary=boundary, **more
        )

    whole = _box(WEST, SOUTH, WEST + COLUMNS * ACROSS, SOUTH + ROWS * ALONG)
    county = area("340881", "六尺区", "county", None, None)
    street = area("340881001", "六尺街道", "street", county, whole, home=True, lon=middle(0)[0], lat=middle(0)[1])
    communities = [
        area(
            f"340881001{row + 1:03d}", f"第{row + 1}社区", "community", street,
            _box(WEST, SOUTH + row * ALONG, WEST + COLUMNS * ACROSS, SOUTH + (row + 1) * ALONG),
        )
        for row in range(ROWS)
    ]  # fmt: skip
    grids, houses = [], []
    for number in range(COLUMNS * ROWS):
        lon, lat = middle(number)
        community = communities[number // COLUMNS]
        boundary = _box(lon - ACROSS / 2, lat - ALONG / 2, lon + ACROSS / 2, lat + ALONG / 2)
        grid = area(f"{community.code}{number % COLUMNS + 1:03d}", f"第{number + 1}网格", "grid", community, boundary)
        grids.append(grid)
        for house in range(24):
            west = lon - ACROSS / 2 + (house % 6 + 0.2) * ACROSS / 6
            south = lat - ALONG / 2 + (house // 6 + 0.2) * ALONG / 4
            houses.append((grid, number, house, west, south, west + ACROSS / 10, south + ALONG / 8))
    made = records.create_many("place", [grid.pk for grid, *_rest in houses])
    Place.objects.bulk_create(
        [
            Place(
                record=record, kind="building", number=f"{house + 1}幢", street=f"第{number + 1}街", area=grid,
                label=f"第{number + 1}街{house + 1}幢", lon=(west + east) / 2, lat=(south + north) / 2,
                geometry=_box(west, south, east, north), households=24,
            )
            for record, (grid, number, house, west, south, east, north) in zip(made, houses, strict=True)
        ],
        batch_size=2000,
    )  # fmt: skip
    stamps.touch("areas")
    stamps.touch("places")
    ctx = system(NOW - timedelta(days=400))
    office = people.open_unit(ctx, kind="government_unit", name="六尺街道办事处", area=street)
    unit = people.open_unit(ctx, kind="property_manager", name="槐荫物业", parent=office, area=street)
    _person, login, _password = people.hire(
        ctx, name="示例派遣员", role="dispatcher", phone="13800000001", username="bench", begins=date(2025, 1, 1),
        password=PASSWORD, area=street, organisation=office,
    )  # fmt: skip
    handler, _login, _password = people.hire(
        ctx, name="示例处置员", role="handler", phone="13800000002", username="benchhandler", begins=date(2025, 1, 1),
        password=PASSWORD, organisation=unit,
    )  # fmt: skip
    return Ground(street, grids, unit, office, handler, list(Matter.objects.order_by("code")), login.username)
