"""The story of the seed: riders are thanked for what they do and redeem their points at a station's window.

"Points redeemed at a station" (002) is counted from the records: how many redemptions, how many points, which gifts.
"""

from datetime import date, timedelta

from liuchi.kernel.journal.models import Row
from liuchi.points import actions, figures
from liuchi.points.models import Reservation
from liuchi.points.tests.helpers import (
    EVENT,
    OTHER,
    TEN,
    assert_right,
    balance,
    by,
    code,
    happened,
    read,
    reserved,
    somebody,
)  # fmt: skip


def test_points_redeemed_at_a_station(world):
    riders = [somebody(f"示例{number}") for number in range(12)]
    outsider = somebody("没有参加", on=False)
    actions.stock_in(by(None, TEN, "system"), world.window, world.cup, 20)
    # Three weeks of October and November: what they reported was true, some sat in a class.
    for week in range(3):
        at = TEN - timedelta(days=7 * week)
        for number, rider in enumerate(riders):
            for _each in range(2 if number < 8 else 1):
                happened([rider, outsider], at)
        happened(riders[:6], at, OTHER)
    read()
    assert [balance(one) for one in riders] == [39] * 6 + [30] * 2 + [15] * 4
    # Each takes a cup at the station; some have their hair cut; two think better of it, one forgets.
    handed = []
    for number, rider in enumerate(riders):
        one = reserved(world, person=rider, at=TEN + timedelta(hours=number))
        if number < 9:
            handed.append(actions.hand_over(by(world.grid_worker, TEN + timedelta(days=1)), code(one)))
        elif number < 11:
            actions.cancel(by(rider, TEN + timedelta(days=1)), one.pk)
    for rider in riders[:6]:
        one = reserved(world, world.cut, rider, TEN + timedelta(days=2)) if rider != riders[5] else None
        if one:
            handed.append(actions.hand_over(by(world.grid_worker, TEN + timedelta(days=3)), code(one)))
    actions.expire_due(TEN + timedelta(days=30))

    month = figures.figures(date(2026, 11, 1), date(2026, 11, 30))
    redeemed = figures.points_redeemed(date(2026, 11, 1), date(2026, 11, 30), world.place.street)
    assert (redeemed.points, redeemed.times) == (9 * 10 + 5 * 5, 14)
    assert [(one.label, one.points, one.times, one.withheld) for one in month.by_window] == [
        ("槐荫驿站", 115, 14, False)
    ]
    assert [(one.label, one.times) for one in month.by_gift] == [("保温杯", 9), ("理发一次", 5)]
    assert {one.key: (one.points, one.times) for one in month.by_event} == {
        EVENT.key: (3 * (8 * 10 + 4 * 5), 60), OTHER.key: (3 * 6 * 3, 18),
    }  # fmt: skip
    # The same from the single records: nothing is typed in, nothing is kept twice.
    records = Reservation.objects.filter(state="handed", ended_at__month=11)
    assert (records.count(), sum(records.values_list("cost", flat=True))) == (14, 115)
    assert Row.objects.filter(verb="points.handed_over").count() == len(handed) == 14
    # The week of the cups alone, and a street that has no station.
    assert figures.points_redeemed(TEN.date(), TEN.date() + timedelta(days=1)).points == 90
    assert figures.points_redeemed(date(2026, 11, 1), date(2026, 11, 30), world.place.other_street).times == 0
    # Who gave back or forgot has everything again.
    assert [balance(one) for one in riders[9:]] == [15] * 3
    assert balance(outsider) == 0
    assert_right()
