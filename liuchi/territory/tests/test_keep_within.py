"""A grid decides whose desk a report comes to: nobody draws over the ground of others."""

from datetime import UTC, datetime

import pytest
from shapely.geometry import mapping, shape

from liuchi.kernel import context
from liuchi.kernel.errors import Refused
from liuchi.territory import actions, queries
from liuchi.territory.models import Area
from liuchi.territory.tests.test_draw_grid import square

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def emptied(street_of_module, django_db_blocker):
    """The street of the module, two of whose communities have outlines and no grids."""
    ctx = context.system(datetime(2026, 3, 2, 1, tzinfo=UTC), channel="import")
    with django_db_blocker.unblock():
        communities = Area.objects.filter(level="community", valid_to=None).exclude(boundary=None).order_by("code")[:2]
        for grid in Area.objects.filter(parent__in=list(communities)):
            actions.end_area(ctx, grid)
    return [community.pk for community in communities]


@pytest.fixture
def two(emptied, street) -> tuple[Area, Area]:
    one, other = Area.objects.filter(pk__in=emptied).order_by("code")
    return one, other


def inside(area: Area) -> dict:
    middle = shape(area.boundary).representative_point()
    return square(middle.x - 0.0002, middle.y - 0.0002, 0.0004)


def test_a_grid_is_not_drawn_on_the_ground_of_another_community(two, ctx):
    own, other = two
    with pytest.raises(Refused) as refused:
        actions.draw_grid(ctx, own, inside(other))
    assert refused.value.code == "elsewhere" and other.name in refused.value.sentence


def test_a_grid_does_not_grow_over_it_either(two, ctx):
    own, other = two
    grid = actions.draw_grid(ctx, own, inside(own))
    with pytest.raises(Refused) as refused:
        actions.change_area(ctx, grid, boundary=mapping(shape(own.boundary).union(shape(other.boundary)).convex_hull))
    assert refused.value.code == "elsewhere"
    middle = shape(other.boundary).representative_point()
    assert queries.area_at(middle.x, middle.y) == other


def test_nor_does_it_come_in_by_a_file(two, ctx):
    own, other = two
    allowed = [(own.first, own.last)]
    file = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"code": f"{own.code}900", "name": "伸手"}, "geometry": inside(other)},
            {"type": "Feature", "properties": {"code": f"{own.code}901", "name": "自家"}, "geometry": inside(own)},
        ],
    }
    done = actions.import_grids(ctx, file, allowed=allowed)
    assert (done.added, len(done.left_out)) == (1, 1)
    middle = shape(other.boundary).representative_point()
    assert queries.area_at(middle.x, middle.y) == other
