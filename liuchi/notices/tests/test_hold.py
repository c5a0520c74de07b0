"""What is held back is told after its time, unless it was undone meanwhile."""

from datetime import timedelta

import pytest

from liuchi.kernel.delivery.models import Message
from liuchi.kernel.tests.at_once import at_once
from liuchi.notices import actions
from liuchi.notices.models import Held
from liuchi.notices.tests.conftest import TEN, context, happened
from liuchi.people import actions as people

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("liuchi.notices.actions.telling._STALE", timedelta(days=9000))


def titles(person):
    return sorted(Message.objects.filter(person_id=person.pk).values_list("title", flat=True))


@pytest.mark.django_db
def test_it_waits_its_time_and_is_told_once(notice, somebody):
    notice("thing.done", lambda _row: [somebody.pk], lambda _row: ("later", "", ""), hold=60)
    row = happened("thing.done")
    actions.tell_rows([row])
    actions.tell_rows([row])
    actions.tell_held(TEN + MINUTE - timedelta(seconds=1))
    assert titles(somebody) == []
    actions.tell_held(TEN + MINUTE)
    actions.tell_held(TEN + MINUTE)
    assert titles(somebody) == ["later"] and not Held.objects.exists()
    assert Message.objects.get().written_at == TEN + MINUTE


@pytest.mark.django_db
def test_what_was_undone_meanwhile_is_never_told(notice, somebody):
    undone = set()
    notice("thing.done", lambda _row: [somebody.pk], lambda row: None if row.pk in undone else ("x", "", ""), hold=60)
    slip, meant = happened("thing.done"), happened("thing.done")
    actions.tell_rows([slip, meant])
    undone.add(slip.pk)
    actions.tell_held(TEN + MINUTE)
    assert [message.thing for message in Message.objects.all()] == [f"journal:{meant.pk}"]


@pytest.mark.django_db
def test_of_one_verb_some_wait_and_some_do_not(notice, somebody):
    notice("thing.done", lambda _row: [somebody.pk], lambda _row: ("later", "", ""), hold=60)
    other = people.register_person(context(channel="replay"), name="other")
    notice("thing.done", lambda _row: [other.pk], lambda _row: ("now", "", ""))
    actions.tell_rows([happened("thing.done")])
    assert (titles(somebody), titles(other)) == ([], ["now"])
    actions.tell_held(TEN + MINUTE)
    assert titles(somebody) == ["later"]


@pytest.mark.django_db
def test_one_that_fails_holds_up_no_other(notice, somebody, caplog):
    def words(row):
        if row.facts["bad"]:
            raise ZeroDivisionError
        return "good", "", ""

    notice("thing.done", lambda _row: [somebody.pk], words, hold=5)
    actions.tell_rows([happened("thing.done", bad=True), happened("thing.done", bad=False)])
    actions.tell_held(TEN + MINUTE)
    assert titles(somebody) == ["good"] and "thing.done" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_two_workers_tell_it_once(notice):
    person = people.register_person(context(channel="replay"), name="somebody")
    told = []
    notice("thing.done", lambda _row: [person.pk], lambda _row: told.append(1) or ("x", "", ""), hold=5)
    actions.tell_rows([happened("thing.done")])
    at_once(*[lambda: actions.tell_held(TEN + MINUTE)] * 3)
    assert titles(person) == ["x"] and len(told) == 1
