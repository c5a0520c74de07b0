"""Points are entered, changed, given up; and what is wrong is said at its field."""

from datetime import date, timedelta

import pytest

from liuchi.kernel.errors import Refused
from liuchi.places import actions, rules
from liuchi.places.models import ServicePoint
from liuchi.places.queries.hours import now_of
from liuchi.places.tests.conftest import EVERY_DAY, NOW, SPOT, Place, context, station

pytestmark = pytest.mark.django_db


def test_a_clerk_enters_a_station_and_changes_it(place: Place) -> None:
    clerk = context(person=place.person("community_clerk").pk)
    wanted = {"area": place.grid, "lon": SPOT[0], "lat": SPOT[1]}
    point = actions.enter_point(clerk, actions.Wanted(name=" 槐荫  驿站 ", services={"charge": ""}, **wanted))
    assert (point.name, point.opened_on, len(point.code)) == ("槐荫 驿站", date(2026, 11, 22), 6)
    actions.change_point(
        clerk, point.pk, actions.Wanted(name="槐荫驿站", services={"drink": "冷热都有"}, week=EVERY_DAY, **wanted)
    )
    stored = ServicePoint.objects.get(pk=point.pk)
    assert list(stored.offers.values_list("service", "note")) == [("drink", "冷热都有")]
    assert stored.code == point.code  # the sign on the wall goes on working
    assert now_of(stored, NOW).code == "open"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"kind": "castle"}, "kind"),
        ({"lon": None}, "spot"),
        ({"services": {"gold": ""}}, "services"),
        ({"week": (((1500, 1600),),) * 7}, "week"),
    ],
)
def test_what_is_wrong_is_refused_at_its_field(place: Place, wrong: dict, field: str) -> None:
    with pytest.raises(Refused) as refused:
        station(place, **wrong)
    assert refused.value.field == field
    assert not ServicePoint.objects.exists()


def test_two_of_one_name_in_one_place_are_one_too_many(place: Place) -> None:
    point = station(place)
    with pytest.raises(Refused) as refused:
        station(place)
    assert refused.value.status == 409
    actions.close_point(context(channel="replay"), point.pk)
    assert station(place).pk != point.pk


def test_others_change_nothing(place: Place) -> None:
    point = station(place)
    for role in ("rider", "grid_worker", "secretary"):
        with pytest.raises(Refused) as refused:
            actions.close_point(context(person=place.person(role).pk), point.pk)
        assert refused.value.status == 403


def test_who_was_slower_reads_that_it_changed(place: Place) -> None:
    point = station(place)
    wanted = actions.Wanted(name="新名字", area=place.grid, lon=SPOT[0], lat=SPOT[1])
    actions.change_point(context(channel="replay"), point.pk, wanted, expect=1)
    with pytest.raises(Refused) as refused:
        actions.change_point(context(channel="replay"), point.pk, wanted, expect=1)
    assert refused.value.code == "changed"


def test_a_day_may_have_hours_of_its_own(place: Place) -> None:
    point = station(place)
    clerk = context(person=place.person("community_clerk").pk)
    actions.set_exception(clerk, point.pk, NOW.date(), (), "盘点")
    assert now_of(point, NOW).code == "closed"
    actions.set_exception(clerk, point.pk, NOW.date(), rules.read_spans("9-11"))
    assert now_of(ServicePoint.objects.get(pk=point.pk), NOW).code == "open"
    actions.drop_exception(clerk, point.pk, NOW.date())
    assert point.exceptions.count() == 0
    with pytest.raises(Refused) as refused:
        actions.set_exception(clerk, point.pk, NOW.date() - timedelta(days=1), ())
    assert refused.value.field == "day"


def test_one_tap_of_the_keeper_shows_at_once_and_ends_by_itself(place: Place) -> None:
    point = station(place)
    worker = context(person=place.person("grid_worker").pk)
    said = actions.say(worker, point.pk, "no_water", "2")
    assert now_of(said, NOW).lacking == "no_water"
    assert now_of(said, NOW + timedelta(hours=2)).lacking == ""
    full = actions.say(context(NOW + timedelta(minutes=5), worker.person), point.pk, "full")
    assert now_of(full, NOW + timedelta(minutes=5)).code == "full"
    late = actions.say(context(NOW + timedelta(minutes=1), worker.person), point.pk, "open")
    assert late.said == "full"  # tapped before, came later: the newer word stays
    assert now_of(actions.unsay(context(NOW + timedelta(hours=1), worker.person), point.pk), NOW).code == "open"
    with pytest.raises(Refused):
        actions.say(context(person=place.person("rider").pk), point.pk, "closed")
