"""Many hands at the same moment: one of them gets the last gift, a code is used once, and the books are right afterwards."""

import contextlib
import random
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liuchi.kernel.errors import Refused
from liuchi.kernel.tests.at_once import at_once
from liuchi.points import actions, figures
from liuchi.points.models import Reservation
from liuchi.points.tests.helpers import (
    EVENT,
    OTHER,
    TEN,
    World,
    assert_right,
    balance,
    by,
    code,
    happened,
    kept_world,
    read,
    reserved,
    somebody,
    thanked,
)  # fmt: skip


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    @pytest.fixture
    def rich(self, world):
        thanked(world.rider, 4)
        return world

    def test_a_code_at_two_windows(self, rich):
        one = reserved(rich)
        gave = at_once(
            lambda: actions.hand_over(by(rich.grid_worker), code(one)).state,
            lambda: actions.hand_over(by(rich.community_clerk), code(one)).state,
        )
        assert sorted(gave, key=str) == ["handed", "used"]
        assert_right()

    def test_the_last_gift_for_two_people(self, rich):
        other = somebody()
        thanked(other, 4)
        actions.count_stock(by(rich.community_clerk), rich.window, rich.cup, 1, "broken")
        gave = at_once(
            lambda: reserved(rich, person=rich.rider).state,
            lambda: reserved(rich, person=other).state,
        )
        assert sorted(gave, key=str) == ["none_left", "open"]
        assert sorted([balance(rich.rider), balance(other)]) == [10, 20]
        assert_right()

    def test_all_points_spent_twice(self, rich):
        """Twenty points, three phones, ten points each."""
        gave = at_once(*[lambda: reserved(rich).state] * 3)
        assert sorted(gave, key=str) == ["not_enough", "open", "open"]
        assert balance(rich.rider) == 0
        assert_right()

    def test_one_tap_that_comes_twice(self, rich):
        key = uuid4()
        gave = at_once(*[lambda: actions.reserve(by(rich.rider), rich.cup.pk, rich.window.pk, key).pk] * 3)
        assert len(set(gave)) == 1
        assert Reservation.objects.count() == 1
        assert_right()

    def test_handed_over_while_it_is_given_back(self, rich):
        one = reserved(rich)
        gave = at_once(
            lambda: actions.hand_over(by(rich.grid_worker), code(one)).state,
            lambda: actions.cancel(by(rich.rider), one.pk).state,
        )
        assert sorted(gave, key=str) in (["handed", "handed"], ["cancelled", "ended"])
        assert_right()

    def test_given_back_twice(self, rich):
        one = reserved(rich)
        at_once(
            lambda: actions.cancel(by(rich.rider), one.pk).state,
            lambda: actions.expire_due(one.expires_at),
            lambda: actions.expire_due(one.expires_at),
        )
        assert balance(rich.rider) == 20
        assert_right()

    def test_eight_clients(self, rich):
        """Each does what comes to its mind; the worker reads the journal meanwhile."""
        steps = 12
        people = [rich.rider, *(somebody(f"示例{number}") for number in range(3))]
        for one in people:
            thanked(one, 4)
        actions.stock_in(by(None, TEN, "system"), rich.window, rich.cup, 20)

        def client(seed: int) -> Callable[[], object]:
            def work() -> object:
                hand = Hand(rich, people, random.Random(seed))
                for _each in range(steps):
                    hand.anything()
                return "done"

            return work

        gave = at_once(*[client(seed) for seed in range(7)], lambda: [read() for _each in range(4)] and "done")
        assert gave == ["done"] * 8
        read()
        assert_right()


class Hand:
    """Does something at random: what is refused is refused, and nothing else ever goes wrong."""

    def __init__(self, world: World, people: list, choice: random.Random) -> None:
        self.world, self.people, self.choice = world, people, choice
        self.at = TEN + timedelta(minutes=choice.randrange(60 * 24 * 20))

    def anything(self) -> None:
        turn = self.choice.choice(
            [self.thank, self.reserve, self.reserve, self.hand_over, self.cancel, self.undo, self.expire, self.stock, self.count]
        )  # fmt: skip
        self.at += timedelta(minutes=self.choice.randrange(300))
        with contextlib.suppress(Refused):
            turn()

    def thank(self) -> None:
        some = self.choice.sample(self.people, self.choice.randint(1, len(self.people)))
        happened(some, self.at, self.choice.choice([EVENT, OTHER]))

    def reserve(self) -> None:
        gift = self.choice.choice([self.world.cup, self.world.cut])
        reserved(self.world, gift, self.choice.choice(self.people), self.at)

    def one(self, *states: str) -> Reservation:
        found = list(Reservation.objects.filter(state__in=states)[:20])
        if not found:
            raise Refused("none", "")
        return self.choice.choice(found)

    def hand_over(self) -> None:
        actions.hand_over(by(self.world.grid_worker, self.at), code(self.one("open", "handed", "expired")))

    def cancel(self) -> None:
        one = self.one("open", "cancelled")
        actions.cancel(by(None, self.at, "system"), one.pk)

    def undo(self) -> None:
        actions.undo_hand_over(by(self.world.grid_worker, self.at), self.one("handed").pk)

    def expire(self) -> None:
        actions.expire_due(self.at)

    def stock(self) -> None:
        actions.stock_in(by(None, self.at, "system"), self.fresh(), self.world.cup, self.choice.randint(1, 3))

    def count(self) -> None:
        actions.count_stock(
            by(None, self.at, "system"), self.fresh(), self.world.cup, self.choice.randint(0, 30), self.choice.choice(["lost", "found"])
        )  # fmt: skip

    def fresh(self):
        from liuchi.points.models import Window

        return Window.objects.select_related("record", "area").get(pk=self.world.window.pk)


def run_at_random(seed: int, steps: int, world: World) -> None:
    people = [world.rider, somebody("示例甲"), somebody("示例乙")]
    hand = Hand(world, people, random.Random(seed))
    for step in range(steps):
        hand.anything()
        if step % 10 == 9:
            read()
    read()
    assert_right()
    total = sum(balance(one) for one in people)
    found = figures.figures(TEN.date(), hand.at.date() + timedelta(days=1))
    waiting = sum(Reservation.objects.filter(state="open").values_list("cost", flat=True))
    assert found.issued.points == total + waiting + found.redeemed.points
    assert found.redeemed.times == Reservation.objects.filter(state="handed").count()


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_whatever_is_done_the_books_are_right(db, two_events, seed):
    from django.db import transaction

    with transaction.atomic():
        run_at_random(seed, 60, kept_world())
        transaction.set_rollback(True)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_ten_thousand_operations_at_random(world):
    run_at_random(20261122, 10_000, world)
