"""Places are found by what people type; points get words that people say."""

import pytest

from liuchi.territory import queries
from liuchi.territory.models import Area, Place

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("槐荫里3幢", "槐荫里 3 幢"), ("hyl3", "槐荫里 3 幢"), ("huaiyinli3", "槐荫里 3 幢"), ("huaiyinli", "槐荫里"),
        ("槐荫里 3号楼", "槐荫里 3 幢"), ("槐荫里３栋2单元502室", "槐荫里 3 幢"), ("槐荫里3幢东侧", "槐荫里 3 幢"),
        ("北正街41", "北正街 41 号"), ("北正街 41 号门前", "北正街 41 号"), ("bzj41", "北正街 41 号"), ("北正街", "北正街"),
        ("安徽省桐城市六尺街道北正街41号", "北正街 41 号"), ("六尺菜场", "六尺菜场"), ("lccc", "六尺菜场"),
        ("龙眼巷5号院", "龙眼巷 5 号院"), ("暖新", "暖新驿站·北正街"), ("GYY12", "桂语园 12 幢"),
    ],
)  # fmt: skip
def test_what_is_typed_finds_what_is_meant(street, typed, first):
    assert str(queries.places_found(typed)[0]) == first


def test_a_number_is_not_found_inside_another(street):
    assert all("13" not in place.label for place in queries.places_found("槐荫里3"))
    labels = [place.label for place in queries.places_found("3幢", limit=30)]
    assert labels and not any("13幢" in label for label in labels)


def test_nonsense_finds_nothing_and_breaks_nothing(street):
    for typed in ("", " ", "随便什么", "%", "_", "\n", "'; drop table", "x" * 5000, "😀", "\x00"):
        assert len(queries.places_found(typed)) <= 10
    assert queries.places_found("完全没有的地方") == []


def test_the_nearer_of_equals_comes_first(street):
    gate = Place.objects.filter(kind="gate", name="南门").order_by("lat").first()
    found = queries.places_found("南门", near=(gate.lon, gate.lat))
    assert found[0].pk == gate.pk


def test_what_has_ended_is_not_found(street, ctx):
    from liuchi.territory import stamps

    Place.objects.filter(label="槐荫里3幢").update(valid_to=ctx.at.date())
    stamps.touch("places")
    assert "槐荫里3幢" not in [place.label for place in queries.places_found("槐荫里3幢")]


def test_a_point_beside_a_house_is_told_by_the_house(street):
    house = Place.objects.get(label="槐荫里3幢")
    assert queries.address_at(house.lon, house.lat) == "槐荫里 3 幢"
    xs = [x for x, _y in house.geometry["coordinates"][0]]
    east = queries.address_at(max(xs) + 0.00004, house.lat)
    assert east in ("槐荫里 3 幢东侧", "槐荫里 3 幢东南侧", "槐荫里 3 幢东北侧")


def test_a_point_before_a_shop_is_told_by_its_number(street):
    shop = Place.objects.get(label="北正街41号")
    road = Place.objects.get(kind="road", label="北正街")
    toward = 1 if road.lon > shop.lon else -1
    xs = [x for x, _y in shop.geometry["coordinates"][0]]
    edge = max(xs) if toward > 0 else min(xs)
    assert queries.address_at(edge + toward * 0.00003, shop.lat) == "北正街 41 号门前"


def test_a_point_at_a_gate_in_a_park_and_on_a_crossing(street):
    gate = Place.objects.filter(kind="gate", compound__name="槐荫里").first()
    assert queries.address_at(gate.lon, gate.lat).startswith(f"槐荫里{gate.name}")
    park = Place.objects.get(label="荷塘公园")
    assert "荷塘" in queries.address_at(park.lon, park.lat)


def test_far_from_everything_the_area_is_told(street):
    assert queries.address_at(120.0, 30.0) == "六尺街道"


def test_a_point_finds_its_grid_else_the_nearest_area_else_the_home(street):
    house = Place.objects.get(label="桂语园12幢")
    assert queries.area_at(house.lon, house.lat).level == "grid"
    first = Area.objects.get(code="340881990001")
    west = min(x for x, _y in first.boundary["coordinates"][0])
    just_outside = queries.area_at(west - 0.002, first.lat)
    assert just_outside.level == "grid" and just_outside.parent_id == first.pk
    assert queries.area_at(100.0, 20.0) == queries.root() == Area.objects.get(code="340881990")
    assert not queries.is_covered(100.0, 20.0) and queries.is_covered(house.lon, house.lat)


def test_every_house_of_the_street_can_be_found_by_its_label_and_said_by_its_place(street):
    houses = list(Place.objects.filter(kind="building").order_by("pk")[::25])
    for house in houses:
        assert house.pk in [place.pk for place in queries.places_found(house.label, near=(house.lon, house.lat))]
        assert queries.address_at(house.lon, house.lat)
