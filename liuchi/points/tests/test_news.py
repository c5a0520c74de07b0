"""The week's news of benefits: for who asked, once, with the way out in it, and nothing when nothing is new."""

from datetime import UTC, datetime, timedelta

import pytest

from liuchi.kernel.delivery.models import Message
from liuchi.people import actions as people
from liuchi.people.actions import groups
from liuchi.people.models import Person
from liuchi.people.registers.news import tell_week
from liuchi.points import actions
from liuchi.points.models import Window
from liuchi.points.tests.helpers import TEN, by

MONDAY = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)  # half past ten there


@pytest.fixture
def asked(world):
    """A rider who wants the news, and one who does not."""
    for person, agreed in ((world.rider, groups.PURPOSES_OF_REGISTER), (world.grid_worker, (groups.BASE,))):
        groups.register_worker(
            by(person), person=person, trade="takeaway", area=world.place.community, how="self", agreed=agreed
        )
    return world


def gift(world, name="手电筒", pieces=3, window=None):
    made = actions.make_gift(by(None, TEN, "system"), name=name, cost=5)
    if pieces:
        shelf = Window.objects.select_related("record").get(pk=(window or world.window).pk)
        actions.stock_in(by(None, TEN, "system"), shelf, made, pieces)
    return made


def test_who_asked_is_told_once_a_week_with_the_way_out(asked):
    gift(asked)
    for at in (MONDAY, MONDAY + timedelta(hours=1), MONDAY + timedelta(hours=3)):
        tell_week(at)
    told = Message.objects.get()
    assert told.person_id == asked.rider.pk and "手电筒" in told.body and "撤回" in told.body
    tell_week(MONDAY + timedelta(days=7))  # nothing came since
    assert Message.objects.count() == 1


def test_not_before_monday_and_not_when_nothing_is_new(asked):
    tell_week(MONDAY)
    gift(asked)
    tell_week(MONDAY - timedelta(days=1))
    tell_week(MONDAY - timedelta(hours=1))
    assert not Message.objects.exists()


def test_nothing_of_an_empty_shelf_of_elsewhere_or_after_it_was_withdrawn(asked):
    gift(asked, "空的", 0)
    gift(asked, "河东的", 3, asked.far)
    tell_week(MONDAY)
    gift(asked)
    rider = Person.objects.select_related("record").get(pk=asked.rider.pk)
    people.withdraw_consent(by(rider), rider, groups.NEWS)
    tell_week(MONDAY)
    assert not Message.objects.exists()
