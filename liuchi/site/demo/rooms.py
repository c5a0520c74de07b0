"""Rooms of two communities, with what is booked today."""

from datetime import datetime, time, timedelta

from liuchi.kernel.context import Context
from liuchi.people import rules
from liuchi.people.models import Person
from liuchi.places.rooms import actions, opening
from liuchi.places.rooms.actions import Asked
from liuchi.places.rooms.models import Booking
from liuchi.places.rooms.opening import Wanted
from liuchi.site.demo.people import Cast


def load(cast: Cast, now: datetime) -> int:
    """Returns how many bookings there are."""

    def by(person: Person | None = None, at: datetime = now) -> Context:
        return Context(at=at, recorded_at=at, person=person.pk if person else None, channel="replay")

    first, second = cast.communities[0], cast.communities[1]
    before = now - timedelta(days=20)
    key = "一楼值班室，0556-0000 1200"
    said = (
        Wanted("学习加油站", "study", first, "社区服务中心二楼 201", time(8), time(21), seats=24, equipment=["书架", "投影仪", "无线网"], key=key,
               rules="用完请关灯关空调，把椅子摆回原位。"),
        Wanted("议事厅", "council", first, "社区服务中心二楼 203", time(8), time(20, 30), seats=16, equipment=["白板", "投影仪", "茶水"],
               approval=True, key=key, rules="议事时请轮流发言。"),
        Wanted("多功能厅", "hall", first, "社区服务中心三楼", time(8), time(21), seats=80, equipment=["音响", "舞台", "钢琴"], approval=True, key=key,
               longest=6),
        Wanted("便民服务站", "service", second, "文汇路 12 号", time(9), time(18), seats=10, equipment=["打印机", "轮椅"], weekdays=[0, 1, 2, 3, 4, 5]),
    )  # fmt: skip
    study, council, hall, service = (opening.open_room(by(at=before), one) for one in said)
    today = rules.local_day(now)
    committee = cast.units[f"{first.name}居委会"]
    for step in range(-1, 6):
        day = today + timedelta(days=step)
        at = min(now, before) if step < 0 else before
        actions.book(by(at=at), study.pk, Asked(day, time(9), time(10, 30), 12, "", "老年人智能手机课", committee))
        if step % 2 == 0:
            actions.book(by(cast.by_role["rider"], at), study.pk, Asked(day, time(14), time(16), 6, "骑手安全学习"))
        actions.book(by(at=at), hall.pk, Asked(day, time(18, 30), time(20, 30), 40, "合唱队排练", "", committee))
        if day.weekday() < 6:
            actions.book(by(at=at), service.pk, Asked(day, time(10), time(12), 4, "帮办社保资料", "", committee))
    resident = Context(at=before, recorded_at=before, person=cast.by_role["resident"].pk, channel="phone")
    actions.book(resident, council.pk, Asked(today + timedelta(days=1), time(15), time(17), 9, "3幢加装电梯商量会"))
    return Booking.objects.count()
