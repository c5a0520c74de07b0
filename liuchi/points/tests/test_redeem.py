"""A gift is reserved, picked up by a code that works once, given back, or expires; points and pieces move together."""

from datetime import timedelta
from uuid import uuid4

import pytest

from liuchi.kernel.delivery.models import Message
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.journal import consumers
from liuchi.kernel.journal.models import Row
from liuchi.points import actions, figures, queries
from liuchi.points.models import Entry, Reservation, Transfer
from liuchi.points.tests.helpers import (
    TEN,
    assert_right,
    balance,
    by,
    code,
    reserved,
    somebody,
    thanked,
)  # fmt: skip


def stock(world, gift=None):
    gift = gift or world.cup
    return queries.stock([gift.pk], [world.window.pk]).get((gift.pk, world.window.pk))


def refused(call, *arguments):
    with pytest.raises(Refused) as told:
        call(*arguments)
    return told.value.code


@pytest.fixture
def rich(world):
    thanked(world.rider, 4)
    return world


def test_reserving_takes_points_and_a_piece_at_once(rich):
    one = reserved(rich)
    assert balance(rich.rider) == 10
    assert stock(rich) == (4, 1)
    assert one.expires_at == TEN.replace(hour=16) + timedelta(days=7)  # the midnight after the seventh day
    assert_right()


def test_it_is_handed_over_by_its_code(rich):
    one = reserved(rich)
    done = actions.hand_over(by(rich.community_clerk), code(one))
    assert done.state == "handed"
    assert (balance(rich.rider), stock(rich)) == (10, (4, 0))
    assert_right()


def test_a_code_works_once(rich):
    one = reserved(rich)
    actions.hand_over(by(rich.grid_worker), code(one))
    assert refused(actions.hand_over, by(rich.grid_worker), code(one)) == "used"
    assert refused(actions.cancel, by(rich.rider), one.pk) == "handed"
    assert_right()


def test_the_code_is_kept_nowhere(rich):
    one = reserved(rich)
    kept = str(Row.objects.values_list("facts")) + str(list(Reservation.objects.values()))
    assert code(one) not in kept


def test_the_code_as_it_is_typed_and_scanned(rich):
    digits = code(reserved(rich))
    for text in (
        f" {digits[:4]} {digits[4:]} ",
        "".join(chr(ord(sign) + 0xFEE0) for sign in digits),
        f"https://liuchi.example/desk/points/window?code={digits}",
    ):
        assert actions.look_up(by(rich.grid_worker), text).gift == rich.cup
    assert refused(actions.look_up, by(rich.grid_worker), "1234") == "code"


def test_only_the_own_windows(rich):
    one = reserved(rich)
    assert refused(actions.look_up, by(rich.rider), code(one)) == "not_yours"
    from liuchi.people import actions as people

    keeper, _login, _password = people.hire(
        by(None), name="河东", role="community_clerk", username="hedong", password="six foot alley",
        begins=TEN.date(), area=rich.place.other_community,
    )  # fmt: skip
    assert refused(actions.look_up, by(keeper), code(one)) == "elsewhere"


def test_wrong_codes_are_slowed(rich, monkeypatch):
    from liuchi.points.actions import redeeming

    monkeypatch.setattr(redeeming, "TRIES_A_MINUTE", 3)
    told = [refused(actions.look_up, by(rich.grid_worker), "00000000") for _each in range(4)]
    assert told == ["unknown"] * 3 + ["slow_down"]


def test_cancelling_gives_back(rich):
    one = reserved(rich)
    actions.cancel(by(rich.rider), one.pk)
    assert actions.cancel(by(rich.rider), one.pk).state == "cancelled"  # twice changes nothing
    assert (balance(rich.rider), stock(rich)) == (20, (5, 0))
    assert refused(actions.hand_over, by(rich.grid_worker), code(one)) == "ended"
    assert_right()


def test_a_reservation_expires_and_everything_comes_back(rich):
    one = reserved(rich)
    actions.expire_due(one.expires_at - timedelta(minutes=1))
    assert balance(rich.rider) == 10
    actions.expire_due(one.expires_at)
    actions.expire_due(one.expires_at)
    one.refresh_from_db()
    assert (one.state, balance(rich.rider), stock(rich)) == ("expired", 20, (5, 0))
    assert_right()


def test_a_day_before_it_is_called_to_mind_once_and_the_end_is_told(rich):
    one = reserved(rich)
    actions.remind_due(TEN)
    for at in (one.expires_at - timedelta(hours=20), one.expires_at - timedelta(hours=2)):
        actions.remind_due(at)
    actions.expire_due(one.expires_at)
    Row.objects.update(recorded_at=Row.objects.latest("id").recorded_at)  # the news of today
    journal.seal_all(TEN)
    while consumers.run("notices"):
        pass
    told = list(Message.objects.filter(person_id=rich.rider.pk).values_list("title", flat=True))
    assert told == ["保温杯的预约已结束"]  # what was over before it was told of is not told


def test_tapping_twice_reserves_once(rich):
    key = uuid4()
    first = actions.reserve(by(rich.rider), rich.cup.pk, rich.window.pk, key)
    again = actions.reserve(by(rich.rider), rich.cup.pk, rich.window.pk, key)
    assert first == again
    assert balance(rich.rider) == 10


def test_another_persons_key_opens_nothing(rich):
    key = uuid4()
    actions.reserve(by(rich.rider), rich.cup.pk, rich.window.pk, key)
    other = somebody()
    thanked(other, 4)
    assert refused(actions.reserve, by(other), rich.cup.pk, rich.window.pk, key) == "key"


def test_nobody_spends_what_they_do_not_have(world):
    assert refused(reserved, world) == "not_enough"
    thanked(world.rider, 1)
    assert refused(reserved, world) == "not_enough"
    assert balance(world.rider) == 5
    assert_right()


def test_the_limit_of_a_month(rich):
    reserved(rich, rich.cut)
    assert refused(reserved, rich, rich.cut) == "month"
    thanked(rich.rider, 1, at=TEN + timedelta(days=20))
    assert reserved(rich, rich.cut, at=TEN + timedelta(days=20)).state == "open"


def test_what_was_given_back_does_not_count_for_the_month(rich):
    actions.cancel(by(rich.rider), reserved(rich, rich.cut).pk)
    assert reserved(rich, rich.cut).state == "open"


def test_the_last_one_is_for_one(rich):
    other = somebody()
    thanked(other, 4)
    actions.count_stock(by(rich.community_clerk), rich.window, rich.cup, 1, "broken")
    reserved(rich)
    assert refused(reserved, rich, rich.cup, other) == "none_left"
    assert balance(other) == 20


def test_closed_gifts_and_windows_take_no_reservations_but_hand_over(rich):
    one = reserved(rich)
    actions.change_window(by(None, TEN, "system"), rich.window, open=False)
    assert refused(reserved, rich) == "closed"
    assert actions.hand_over(by(rich.grid_worker), code(one)).state == "handed"


def test_a_slip_at_the_window_is_undone_the_same_day(rich):
    one = reserved(rich)
    actions.hand_over(by(rich.grid_worker), code(one))
    undone = actions.undo_hand_over(by(rich.grid_worker, TEN + timedelta(hours=2)), one.pk)
    assert (undone.state, stock(rich), balance(rich.rider)) == ("open", (4, 1), 10)
    assert_right()
    actions.hand_over(by(rich.grid_worker, TEN + timedelta(hours=3)), code(one))
    tomorrow = by(rich.grid_worker, TEN + timedelta(days=1))
    assert refused(actions.undo_hand_over, tomorrow, one.pk) == "too_late"
    assert_right()
    assert figures.figures(TEN.date(), TEN.date()).redeemed.times == 1


@pytest.mark.parametrize("turn", ["reserve", "hand_over", "cancel"])
def test_a_crash_in_the_middle_leaves_the_books_right(rich, monkeypatch, turn):
    """Whatever stops the machine before the journal row, nothing of the turn is there; then it can be done again."""
    one = None if turn == "reserve" else reserved(rich)
    before = (balance(rich.rider), stock(rich), Entry.objects.count())

    def crash(*_of, **_more):
        raise MemoryError

    def act():
        if turn == "reserve":
            return reserved(rich)
        if turn == "cancel":
            return actions.cancel(by(rich.rider), one.pk)
        return actions.hand_over(by(rich.grid_worker), code(one))

    with monkeypatch.context() as patch:
        patch.setattr(journal, "write", crash)
        with pytest.raises(MemoryError):
            act()
    assert (balance(rich.rider), stock(rich), Entry.objects.count()) == before
    assert_right()
    act()
    assert_right()


def test_a_crash_between_debit_and_hand_over_is_seen_and_comes_back_by_itself(rich):
    """The phone's turn is done, the window's never comes: the points are in the books as reserved until they go back."""
    one = reserved(rich)
    assert_right()
    assert queries.open_reservations(one.holder_id) == [one]
    actions.expire_due(TEN + timedelta(days=60))
    assert balance(rich.rider) == 20
    assert_right()


def test_stock_comes_and_is_counted(rich):
    clerk = by(rich.community_clerk)
    actions.stock_in(clerk, rich.window, rich.cup, 3)
    reserved(rich)
    assert stock(rich) == (7, 1)
    assert actions.count_stock(clerk, rich.window, rich.cup, 8) == 0
    assert refused(actions.count_stock, clerk, rich.window, rich.cup, 6) == "reason"
    assert actions.count_stock(clerk, rich.window, rich.cup, 6, "lost") == -2
    assert refused(actions.count_stock, clerk, rich.window, rich.cup, 0, "lost") == "counted"
    assert actions.count_stock(clerk, rich.window, rich.cup, 9, "found") == 3
    assert stock(rich) == (8, 1)
    assert list(Transfer.objects.filter(kind="counted").values_list("amount", "reason")) == [(2, "lost"), (3, "found")]
    assert_right()


def test_a_dearer_gift_costs_who_reserved_it_what_it_cost(rich):
    one = reserved(rich)
    actions.change_gift(by(None, TEN, "system"), rich.cup, cost=15)
    actions.cancel(by(rich.rider), one.pk)
    assert balance(rich.rider) == 20
