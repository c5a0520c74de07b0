"""Grids are drawn, changed, ended and brought in from a file."""

import copy

import pytest
from shapely.geometry import mapping, shape

from liuchi.kernel.errors import Refused
from liuchi.kernel.journal.models import Row
from liuchi.territory import actions, queries
from liuchi.territory.models import Area, Place
from liuchi.territory.tests.conftest import demo_place

pytestmark = pytest.mark.django_db


def square(lon: float, lat: float, size: float = 0.0008) -> dict:
    ring = [(lon, lat), (lon + size, lat), (lon + size, lat + size), (lon, lat + size), (lon, lat)]
    return {"type": "Polygon", "coordinates": [ring]}


@pytest.fixture
def community(street, ctx):
    """A community whose grids were all ended: empty ground to draw on."""
    community = Area.objects.get(code="340881990001")
    for grid in list(community.children.all()):
        actions.end_area(ctx, grid)
    return community


def test_a_drawn_grid_gets_the_next_code_counts_its_households_and_takes_its_places(community, ctx):
    house = Place.objects.get(label="槐荫里3幢")
    assert house.area == community
    grid = actions.draw_grid(ctx, community, square(house.lon - 0.0004, house.lat - 0.0004))
    assert grid.code == "340881990001009", "numbers that were given never come again"
    assert grid.name == "第 9 网格" and grid.households >= house.households
    house.refresh_from_db()
    assert house.area == grid and house.record.area_id == grid.pk
    assert queries.area_at(house.lon, house.lat) == grid
    assert list(Row.objects.filter(record=grid.record).values_list("verb", flat=True)) == ["area.drawn"]


def test_grids_must_not_overlap_and_lie_in_a_community(community, ctx):
    actions.draw_grid(ctx, community, square(116.8975, 31.1060))
    with pytest.raises(Refused) as refused:
        actions.draw_grid(ctx, community, square(116.8978, 31.1062))
    assert refused.value.code == "overlaps" and "第 9 网格" in refused.value.sentence
    actions.draw_grid(ctx, community, square(116.8983, 31.1060))  # beside it
    with pytest.raises(Refused) as refused:
        actions.draw_grid(ctx, Area.objects.get(code="340881990"), square(116.91, 31.12))
    assert refused.value.code == "bad_parent"


@pytest.mark.parametrize(
    "boundary",
    [
        None, {}, {"type": "Polygon"}, {"type": "Point", "coordinates": [116.9, 31.1]}, {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[116.9, 31.1], [116.901, 31.101], [116.901, 31.1], [116.9, 31.101], [116.9, 31.1]]]},
        square(116.9, 31.1, 0.00001), square(116.9, 31.1, 3.0), square(31.1, 116.9), {"type": "Polygon", "coordinates": "x"},
    ],
)  # fmt: skip
def test_what_is_no_outline_is_refused_and_nothing_is_kept(community, ctx, boundary):
    before = Area.objects.count()
    with pytest.raises(Refused) as refused:
        actions.draw_grid(ctx, community, boundary)
    assert refused.value.code == "bad_shape" and Area.objects.count() == before


def test_a_changed_outline_moves_places_in_and_out(community, ctx):
    house = Place.objects.get(label="槐荫里3幢")
    grid = actions.draw_grid(ctx, community, square(house.lon - 0.0004, house.lat - 0.0004), name="北片")
    actions.change_area(ctx, grid, boundary=square(house.lon + 0.002, house.lat - 0.0004), name="北片一")
    house.refresh_from_db()
    assert house.area == community
    grid.refresh_from_db()
    assert (grid.name, grid.initials) == ("北片一", "bpy")


def test_two_people_do_not_change_one_grid_unseen(community, ctx):
    grid = actions.draw_grid(ctx, community, square(116.8975, 31.1060))
    actions.change_area(ctx, grid, name="甲", expect=1)
    with pytest.raises(Refused) as refused:
        actions.change_area(ctx, Area.objects.get(pk=grid.pk), name="乙", expect=1)
    assert refused.value.status == 409 and Area.objects.get(pk=grid.pk).name == "甲"


def test_an_ended_grid_gives_its_places_back_and_its_code_is_not_used_again(community, ctx):
    house = Place.objects.get(label="槐荫里3幢")
    outline = square(house.lon - 0.0004, house.lat - 0.0004)
    grid = actions.draw_grid(ctx, community, outline)
    actions.end_area(ctx, grid)
    house.refresh_from_db()
    assert house.area == community
    assert actions.draw_grid(ctx, community, outline).code == "340881990001010"
    with pytest.raises(Refused):
        actions.end_area(ctx, community)


def test_the_file_of_the_demo_comes_in_once_and_again_without_a_change(street, ctx):
    rows = Row.objects.count()
    done = actions.import_grids(ctx, demo_place().grids)
    assert (done.added, done.changed, done.ended) == (0, 0, 0) and done.unchanged == 22
    assert Row.objects.count() == rows
    assert done.households == sum(Place.objects.values_list("households", flat=True)), "every home lies in a grid"


def test_a_file_without_codes_finds_communities_and_knows_its_grids_again(community, ctx):
    plain = copy.deepcopy(demo_place().grids)
    for feature in plain["features"]:
        feature["properties"] = {"name": feature["properties"]["name"] + "（新）"}
    first = actions.import_grids(ctx, plain)
    assert first.added == 22 and not first.left_out
    assert Area.objects.get(name="第 1 网格（新）").parent == community
    again = actions.import_grids(ctx, plain)
    assert (again.added, again.unchanged) == (0, 22)


def test_replacing_ends_what_the_file_lacks_only_in_its_communities(street, ctx):
    fewer = copy.deepcopy(demo_place().grids)
    fewer["features"] = [f for f in fewer["features"] if f["properties"]["code"].startswith("340881990001")][1:]
    done = actions.import_grids(ctx, fewer, replace=True)
    assert done.ended == 1
    assert Area.objects.filter(level="grid", valid_to=None).count() == 21


def test_bad_features_are_left_out_with_their_reason_and_the_rest_comes_in(community, ctx):
    features = [
        {"type": "Feature", "properties": {"name": "好"}, "geometry": square(116.8975, 31.1060)},
        {"type": "Feature", "properties": {"name": "在天边"}, "geometry": square(100.0, 20.0)},
        {"type": "Feature", "properties": None, "geometry": None},
        "nonsense",
        {"type": "Feature", "properties": {"code": "123"}, "geometry": square(116.8990, 31.1060)},
    ]
    done = actions.import_grids(ctx, {"type": "FeatureCollection", "features": features})
    assert done.added == 1 and len(done.left_out) == 4
    assert "在天边" in done.left_out[0]
    with pytest.raises(Refused):
        actions.import_grids(ctx, {"type": "Feature"})


def test_who_may_draw_in_one_community_brings_in_only_there(street, ctx):
    community = Area.objects.get(code="340881990001")
    renamed = copy.deepcopy(demo_place().grids)
    for feature in renamed["features"]:
        feature["properties"]["name"] += "（新）"
    done = actions.import_grids(ctx, renamed, allowed=[(community.first, community.last)])
    assert (done.changed, len(done.left_out)) == (8, 14)
    assert set(Area.objects.filter(name__endswith="（新）").values_list("parent", flat=True)) == {community.pk}


def test_outlines_within_a_box_are_given_as_geojson(street):
    found = queries.shapes_within((116.85, 31.05, 116.95, 31.15))
    assert len(found["features"]) == 22
    one = found["features"][0]
    assert one["properties"]["name"] == "第 1 网格" and shape(one["geometry"]).is_valid
    assert mapping(shape(one["geometry"]))["type"] == "Polygon"
    assert queries.shapes_within((100.0, 20.0, 100.1, 20.1))["features"] == []
