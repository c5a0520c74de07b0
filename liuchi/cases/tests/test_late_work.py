"""What a phone says of its time is believed within bounds: nothing happens before what it follows, and a post that is
over opens nothing."""

from datetime import timedelta

import pytest

from liuchi.cases import actions
from liuchi.cases.tests.helpers import TEN, again, by, dispatched, hours_later, report
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.people import actions as people

pytestmark = pytest.mark.django_db


def late(person, at, recorded_at):
    return Context(at=at, recorded_at=recorded_at, person=person.pk, channel="phone")


def test_nothing_happens_before_what_it_follows(place):
    case = dispatched(report(place), place, at=hours_later(5))
    actions.accept(late(place.handler, TEN - timedelta(days=2), hours_later(6)), case.pk)
    assert again(case).accepted_at == hours_later(5)
    actions.handle(late(place.handler, TEN - timedelta(days=1), hours_later(9)), case.pk, "修好了")
    assert again(case).handled_at == hours_later(5)


def test_work_of_the_last_days_of_a_post_still_counts(place):
    case = dispatched(report(place), place)
    people.end_post(by(None, hours_later(24)), place.handler.posts.get(), last_day=TEN.date())
    assert actions.accept(late(place.handler, hours_later(1), hours_later(30)), case.pk).state == "accepted"


def test_who_left_weeks_ago_does_nothing_any_more_by_naming_an_old_day(place):
    case = dispatched(report(place), place)
    people.end_post(by(None, hours_later(24)), place.handler.posts.get(), last_day=TEN.date())
    with pytest.raises(Refused) as refused:
        actions.accept(late(place.handler, hours_later(1), TEN + timedelta(days=20)), case.pk)
    assert refused.value.status == 403


def test_who_is_still_in_post_may_deliver_late(place):
    case = dispatched(report(place), place)
    assert actions.accept(late(place.handler, hours_later(1), TEN + timedelta(days=20)), case.pk).state == "accepted"
