"""Points come in for what the journal says, once for each row and person, within the caps of the day."""

from datetime import timedelta

import pytest
from django.db import connection

from liuchi.kernel.journal.models import Cursor
from liuchi.kernel.records import actions as records
from liuchi.people import actions as people
from liuchi.points import actions, queries
from liuchi.points.models import Account, Transfer
from liuchi.points.tests.helpers import (
    EVENT,
    OTHER,
    TEN,
    assert_right,
    balance,
    by,
    happened,
    line,
    published,
    read,
    somebody,
    thanked,
)  # fmt: skip


def test_what_is_thanked_for_comes_in(world):
    assert thanked(world.rider, 1) == 5
    assert_right()


def test_reading_the_journal_again_gives_nothing_more(world):
    thanked(world.rider, 2)
    Cursor.objects.filter(consumer="points").delete()
    read()
    assert balance(world.rider) == 10
    assert_right()


def test_the_same_thing_is_thanked_once_where_the_rule_says_so(world):
    thing = records.create("test")
    happened([world.rider], record=thing)
    happened([world.rider], record=thing)
    happened([world.rider], event=OTHER, record=thing)
    happened([world.rider], event=OTHER, record=thing)
    read()
    assert balance(world.rider) == 5 + 3 + 3


def test_the_cap_of_a_rule_and_of_a_day(world):
    thanked(world.rider, 6)  # 30 by the rule, whose cap is 20
    assert balance(world.rider) == 20
    thanked(world.rider, 3, event=OTHER)  # nothing left of the day
    assert balance(world.rider) == 20
    thanked(world.rider, 1, at=TEN + timedelta(days=1))
    assert balance(world.rider) == 25


def test_a_cap_that_leaves_a_part_gives_the_part(world):
    published(by(None, TEN, "system"), [line(EVENT.key, 5), line(OTHER.key, 3, once=False)], day_cap=7)
    assert thanked(world.rider, 2) == 7


def test_the_day_is_that_of_the_place_and_of_what_happened(world):
    evening = TEN.replace(hour=16, minute=30)  # half past midnight in Shanghai
    thanked(world.rider, 4)
    assert thanked(world.rider, 1, at=evening) == 25
    assert set(Transfer.objects.filter(kind="award").values_list("day", flat=True)) == {
        TEN.date(), TEN.date() + timedelta(days=1),
    }  # fmt: skip


def test_of_those_who_did_not_join_nothing_is_collected(world):
    stranger = somebody(on=False)
    thanked(stranger, 2)
    assert not Account.objects.filter(person=stranger).exists()
    actions.switch_on(by(stranger, TEN), stranger)
    thanked(stranger, 1, at=TEN - timedelta(days=1))  # before they joined
    assert balance(stranger) == 0
    assert thanked(stranger, 1, at=TEN + timedelta(minutes=1)) == 5


def test_switching_off_keeps_what_there_is(world):
    thanked(world.rider, 2)
    actions.switch_off(by(world.rider, TEN), world.rider)
    thanked(world.rider, 1, at=TEN + timedelta(minutes=5))
    assert balance(world.rider) == 10
    assert not queries.is_on(world.rider.pk)
    # what happened while it was on still comes in, however late it is read
    assert thanked(world.rider, 1, at=TEN - timedelta(minutes=5)) == 15


def test_each_day_has_the_rules_of_its_day(world):
    later = TEN + timedelta(days=3)
    published(by(None, later, "system"), [line(EVENT.key, 8)])
    thanked(world.rider, 1)
    thanked(world.rider, 1, at=later)
    thanked(world.rider, 1, at=later, event=OTHER)  # the new rules thank for it no more
    assert balance(world.rider) == 5 + 8


def test_a_row_that_cannot_be_understood_stops_nobody(world, monkeypatch):
    happened([world.rider])
    from liuchi.points.tests import helpers

    record = records.create("test")
    helpers.journal.write(by(None), record, EVENT.verb, {})  # no people
    happened([world.rider])
    read()
    assert balance(world.rider) == 10


def test_many_people_of_one_row(world):
    others = [somebody() for _each in range(3)]
    happened([world.rider, *others])
    read()
    assert [balance(one) for one in (world.rider, *others)] == [5, 5, 5, 5]
    assert_right()


def test_an_erased_person_leaves_numbers_without_anybody(world):
    one = somebody()
    thanked(one, 3)
    people.erase_person(by(one, TEN), one)
    assert not Account.objects.filter(person=one).exists()
    assert_right()
    thanked(one, 1, at=TEN + timedelta(minutes=1))
    assert not Account.objects.filter(person=one).exists()


def test_a_line_of_the_books_cannot_be_changed(world):
    thanked(world.rider, 1)
    with pytest.raises(Exception, match="never changed"), connection.cursor() as cursor:
        cursor.execute("UPDATE points_entry SET amount = amount + 1")
