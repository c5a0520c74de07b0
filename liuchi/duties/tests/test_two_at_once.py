"""The last place for two, the same one twice, an offered place for two: on threads, on both databases."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from liuchi.duties import actions
from liuchi.duties.models import Signup
from liuchi.duties.tests.helpers import a_duty, a_team, by
from liuchi.kernel.errors import Refused

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], object]) -> list[str]:
    """Starts all together; what each came to: ok, or the code of the refusal."""
    start, told = threading.Barrier(len(works)), []

    def run(work: Callable[[], object]) -> None:
        try:
            start.wait(5)
            work()
            told.append("ok")
        except Refused as refused:
            told.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return sorted(told)


def test_the_last_place_twice_the_same_and_an_offer_with_two_takers():
    team = a_team(6)
    duty = a_duty(team.grid, needs=1)
    one, two, three, *_rest = duty.shifts.order_by("begins")
    people = team.volunteers
    assert at_once(*(lambda who=who: actions.take(by(who), one.pk) for who in people)) == ["full"] * 5 + ["ok"]
    assert at_once(*(lambda: actions.take(by(people[0]), two.pk) for _ in range(3))) == ["ok"] * 3
    assert Signup.objects.filter(shift=two, left_at=None).count() == 1
    place = actions.take(by(people[1]), three.pk)
    actions.offer(by(people[1]), three.pk)
    told = at_once(*(lambda who=who: actions.take_over(by(who), place.pk) for who in people[2:5]))
    assert told == ["gone", "gone", "ok"]
    assert Signup.objects.filter(shift=three, left_at=None).count() == 1


def test_two_exchanges_for_one_place():
    team = a_team(3)
    first, second, third, *_rest = a_duty(team.grid, needs=1).shifts.order_by("begins")
    a, b, c = team.volunteers
    for who, shift in ((a, first), (b, second), (c, third)):
        actions.take(by(who), shift.pk)
    place = actions.offer(by(a), first.pk)
    asked = [
        actions.ask_exchange(by(who), place.pk, shift.pk) for who, shift in ((b, second), (c, third))
    ]  # fmt: skip
    told = at_once(*(lambda one=one: actions.answer_exchange(by(a), one.pk, True) for one in asked))
    assert told.count("ok") == 1
    held = Signup.objects.filter(left_at=None).order_by("shift__begins").values_list("person", flat=True)
    assert len(set(held)) == 3 and held[0] != a.pk


def test_two_ticks_plan_once():
    team = a_team(1)
    duty = a_duty(team.grid)
    later = duty.shifts.order_by("-begins").first().begins
    at_once(*(lambda: actions.plan_due(later) for _ in range(2)))
    days = list(duty.shifts.values_list("nominal", flat=True))
    assert len(days) == len(set(days)) > 6
