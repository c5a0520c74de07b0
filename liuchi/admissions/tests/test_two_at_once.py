"""Two at the same moment: one of them is told, and nothing is given twice."""

import pytest

from liuchi.admissions import actions
from liuchi.admissions.models import Admission, Application, Letter
from liuchi.admissions.tests.helpers import admitted, again, applied, approved, by, days_later, programme, somebody
from liuchi.kernel.journal.models import Row
from liuchi.kernel.tests.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_clerks_decide_at_the_same_moment(place):
    application = applied(place, programme(place, checks=[{"role": "dispatcher"}]), somebody())
    one, other = by(place.person("dispatcher")), by(place.person("dispatcher"))
    got = at_once(
        lambda: actions.approve(one, application.pk).state, lambda: actions.refuse(other, application.pk, "不行").state
    )
    assert sorted(str(word) for word in got) in (["admitted", "wrong_state"], ["refused", "wrong_state"])
    assert Admission.objects.count() == (again(application).state == "admitted")


def test_approved_twice_is_admitted_once(place):
    application = applied(place, programme(place, checks=[{"role": "dispatcher"}]), somebody())
    ctx = by(place.person("dispatcher"))
    got = at_once(*[lambda: actions.approve(ctx, application.pk).state] * 4)
    assert sorted(got) == ["admitted", "wrong_state", "wrong_state", "wrong_state"]
    assert (Admission.objects.count(), Letter.objects.count()) == (1, 1)


def test_the_last_free_place_goes_to_one(place):
    one = programme(place, capacity=1, checks=[{"role": "dispatcher"}])
    waiting = [applied(place, one, somebody(name)) for name in "甲乙丙"]
    ctx = by(place.person("dispatcher"))
    got = at_once(*[lambda app=app: actions.approve(ctx, app.pk).state for app in waiting])
    assert sorted(got) == ["admitted", "waiting", "waiting"]
    assert Admission.objects.filter(state="running").count() == 1


def test_withdrawn_while_it_is_renewed(place):
    held = admitted(place, programme(place), somebody())
    near = days_later(345)
    secretary = by(place.person("secretary"), near)
    got = at_once(
        lambda: actions.withdraw(secretary, held.pk, "离开本片区").state,
        lambda: actions.renew(secretary, held.pk).state,
    )
    assert again(held).state == "withdrawn" and got[0] == "withdrawn"
    assert not held.person.posts.filter(ends__gt=near.date()).exists()
    verbs = list(Row.objects.filter(record_id=held.pk).order_by("version").values_list("verb", flat=True))
    assert verbs.count("admission.withdrawn") == 1


def test_applied_twice_with_two_thumbs_is_one_application(place):
    one, person = programme(place), somebody()
    ctx = by(person, channel="phone")
    got = at_once(*[lambda: actions.save(ctx, one.pk, person, {"why": "同一份"}, area=place.community).pk] * 3)
    assert Application.objects.count() == 1 and len(set(got)) == 1


def test_given_back_twice_moves_one_up(place):
    one = programme(place, capacity=1)
    held = admitted(place, one, somebody("甲"))
    waiting = [
        approved(place, applied(place, one, somebody(name)), days_later(at)) for at, name in enumerate("乙丙", 1)
    ]
    ctx = by(held.person, days_later(5))
    got = at_once(*[lambda: actions.give_back(ctx, held.pk).state] * 3)
    assert sorted(got) == ["given_back", "wrong_state", "wrong_state"]
    assert [again(app).state for app in waiting] == ["admitted", "waiting"]
    numbers = [letter.number for letter in Letter.objects.order_by("pk")]
    assert len(set(numbers)) == len(numbers) == 2


def test_one_gives_back_while_the_next_in_line_cancels(place):
    """Each locks what the other will need; neither may be told that the database gave up."""
    for round_ in range(6):
        one = programme(place, capacity=1, key=f"turn{round_}", letter_mark=f"六聘{round_}")
        held = admitted(place, one, somebody(f"甲{round_}"))
        waiting = approved(place, applied(place, one, somebody(f"乙{round_}")), days_later(1))
        gave, cancelled = at_once(
            lambda held=held: actions.give_back(by(held.person, days_later(5)), held.pk).state,
            lambda waiting=waiting: actions.cancel(by(waiting.person, days_later(5)), waiting.pk).state,
        )
        assert gave == "given_back" and cancelled in ("cancelled", "wrong_state")
