"""The public map says what is worked on and about where; never who said it, in which words, or exactly where."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from liuchi.cases import actions
from liuchi.cases.joining.rules import NOT_A_PLACE
from liuchi.cases.models import Case, Matter
from liuchi.cases.public import queries, rules
from liuchi.cases.tests import helpers

pytestmark = pytest.mark.django_db
WORDS = "外墙掉了一块，我叫程知秋，电话13800001234"


def one(place, at=None, **said):
    return helpers.told(
        place, WORDS, at or helpers.TEN, place.resident, lon=helpers.SPOT[0], lat=helpers.SPOT[1], phone="13800001234",
        place_words="石榴巷 6 号院 1 幢 2 单元 301 室", **said,
    ).case  # fmt: skip


def test_what_is_open_is_told_without_who_and_exactly_where(client):
    place = helpers.a_place()
    case = helpers.dispatched(one(place), place)
    page = client.get("/map").content.decode()
    assert "房屋外墙脱落" in page
    assert "石榴巷" in page
    assert "2026年11月" in page
    for private in ("程知秋", "13800001234", "掉了一块", "301", "1 幢", "6 号院", case.number, str(case.pk), place.resident.name,
                    str(helpers.SPOT[0]), str(helpers.SPOT[1]), "media/"):  # fmt: skip
        assert private not in page
    [spot] = queries.spots(helpers.TEN, done=False)
    assert abs(spot.lon - helpers.SPOT[0]) <= rules.STEP / 2 + 1e-9
    assert len(spot.dots) == 1


def test_what_the_desk_has_not_settled_and_what_was_taken_back_is_nobodys_dot():
    place = helpers.a_place()
    one(place)
    gone = one(place)
    actions.withdraw(helpers.by(place.resident, channel="phone"), gone.pk)
    assert queries.spots(helpers.TEN, done=False) == []


def test_what_is_in_confidence_or_about_somebody_is_left_out():
    place = helpers.a_place()
    case = helpers.dispatched(one(place), place)
    case.record.secrecy = 1
    case.record.save()
    assert queries.spots(helpers.TEN, done=False) == []
    case.record.secrecy = 0
    case.record.save()
    assert len(queries.spots(helpers.TEN, done=False)) == 1
    Matter.objects.filter(pk=place.wall.pk).update(code=min(NOT_A_PLACE))
    assert queries.spots(helpers.TEN, done=False) == []


def test_what_was_done_stands_there_for_thirty_days():
    place = helpers.a_place()
    case = one(place)
    for step in (helpers.dispatched, helpers.accepted, helpers.handled, helpers.closed):
        step(case, place)
    closed = Case.objects.get(pk=case.pk).closed_at
    assert queries.spots(closed, done=False) == []
    [spot] = queries.spots(closed + timedelta(days=29), done=True)
    assert spot.tone == "ok"
    assert queries.spots(closed + timedelta(days=31), done=True) == []
    refused = one(place)
    actions.refuse(helpers.by(place.dispatcher), refused.pk, "不在本街道")
    [spot] = queries.spots(closed + timedelta(days=1), done=True)
    assert len(spot.dots) == 1


def test_neighbours_are_one_dot():
    place = helpers.a_place()
    for metres in range(0, 20, 5):
        case = helpers.dispatched(one(place), place)
        Case.objects.filter(pk=case.pk).update(lon=117.0342 + metres / 1e6)
    [spot] = queries.spots(helpers.TEN, done=False)
    assert len(spot.dots) == 4


def test_the_page_asks_two_things_however_many_there_are(client, django_assert_max_num_queries):
    place = helpers.a_place()
    helpers.many(place, 30, "accepted")
    Case.objects.update(matter=place.wall)
    with django_assert_max_num_queries(2):
        assert sum(len(spot.dots) for spot in queries.spots(timezone.now(), done=False)) == 30
    client.get("/map")
    with django_assert_max_num_queries(3):  # and the place in the head
        client.get("/map")


@given(st.floats(73, 135), st.floats(18, 54))
def test_a_spot_hides_the_door(lon, lat):
    x, y = rules.spot(lon, lat)
    assert abs(x - lon) <= rules.STEP / 2 + 1e-4 and abs(y - lat) <= rules.STEP / 2 + 1e-4
    assert rules.spot(x, y) == (x, y)


@pytest.mark.parametrize(
    ("words", "road"),
    [
        ("石榴巷 6 号院 1 幢北侧", "石榴巷"), ("文汇路 187 号", "文汇路"), ("槐荫里 3 幢东侧", "槐荫里"), ("3幢2单元", ""), ("", ""),
        ("青砖里小区2号楼301", "青砖里"), ("王家", ""), ("六尺大道与文汇路口", "六尺大道"),
    ],
)  # fmt: skip
def test_the_road_alone_is_said(words, road):
    assert rules.road(words) == road
