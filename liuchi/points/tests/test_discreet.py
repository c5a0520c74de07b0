"""What tells something of a person stands in the books like what everybody does: no row, no thing, no hour to lay beside."""

from datetime import timedelta

import pytest

from liuchi.kernel.errors import Refused
from liuchi.kernel.journal.models import Row
from liuchi.kernel.records import actions as records
from liuchi.people.models import Person
from liuchi.points import actions, events
from liuchi.points.models import Account, Transfer
from liuchi.points.tests.helpers import (
    EVENT,
    OTHER,
    TEN,
    assert_right,
    balance,
    by,
    code,
    happened,
    line,
    people_of,
    published,
    read,
    reserved,
    thanked,
)  # fmt: skip

SECRET = events.Event("test.secret", "只有党员做的事", "test.secret", people_of, booked=OTHER.key)


@pytest.fixture
def secret(world, monkeypatch):
    monkeypatch.setitem(events._events, SECRET.key, SECRET)
    published(by(None, TEN, "system"), [line(EVENT.key, 5), line(SECRET.key, 4), line(OTHER.key, 3)])
    return world


def test_the_books_do_not_name_it_and_still_thank_once(secret):
    record = records.create("test")
    happened([secret.rider], TEN, SECRET, record)
    read()
    happened([secret.rider], TEN + timedelta(hours=1), SECRET, record)
    read()
    one = Transfer.objects.get(kind="award")
    assert (one.event, one.row, one.thing, one.amount) == (OTHER.key, None, None, 4)
    assert one.once != record.pk and not Row.objects.filter(at=one.at, verb=SECRET.verb).exists()
    happened([secret.rider], TEN, SECRET)  # another thing
    read()
    assert balance(secret.rider) == 8
    assert_right()


def test_what_is_read_after_somebody_was_erased_is_nobodys(world):
    happened([world.rider])
    Person.objects.filter(pk=world.rider.pk).update(erased_at=TEN + timedelta(minutes=1))
    read()
    assert not Account.objects.filter(person=world.rider).exists()


def test_a_hand_over_of_who_was_erased_is_not_undone(world):
    thanked(world.rider, 4)
    one = reserved(world)
    actions.hand_over(by(world.grid_worker), code(one))
    actions.erase(by(world.rider), world.rider.pk)
    with pytest.raises(Refused):
        actions.undo_hand_over(by(world.grid_worker), one.pk)
    assert_right()
