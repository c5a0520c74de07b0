"""Rosters at two stations, a patrol and a meeting: two weeks of the past, and the weeks to come."""

from datetime import datetime, time, timedelta

from django.db.models import Count, Q

from liuchi.duties import actions
from liuchi.duties.actions.duties import Said
from liuchi.duties.codes import code_of
from liuchi.duties.models import Duty, Shift, Signup
from liuchi.kernel.context import Context
from liuchi.people import actions as people
from liuchi.people import rules
from liuchi.people.models import Person
from liuchi.places.models import ServicePoint
from liuchi.site.demo.people import Cast
from liuchi.territory.models import Area

VOLUNTEERS = ("程听雨", "胡小寒", "姚春分", "汪稻香", "章云起", "项拾穗")


def load(cast: Cast, now: datetime) -> int:
    """Returns how many shifts there are."""
    before = now - timedelta(days=14)

    def by(person: Person | None, at: datetime) -> Context:
        return Context(at=at, recorded_at=at, person=person.pk if person else None, channel="replay")

    crowd = [people.register_person(by(None, before), name=name, area_id=cast.street.pk) for name in VOLUNTEERS]
    crowd += [cast.by_role["resident"], cast.by_role["rider"]]
    for person in crowd:
        actions.join(by(person, before))
    first, second = cast.communities[0], cast.communities[1]
    start = rules.local_day(before)
    clerk = by(cast.by_role["community_clerk"], before)
    stations = [_station(area) for area in (first, second)]
    names = [
        station.name if station else f"{area.name}驿站" for station, area in zip(stations, (first, second), strict=True)
    ]
    about = [station.record if station else None for station in stations]
    said = (
        Said("驿站早班", first, "FREQ=WEEKLY;BYDAY=MO,WE,FR", start, time(9), time(11), where=names[0],
            about=about[0], needs=2,
             what="添热水、擦桌子、看看充电柜；有骑手来就聊两句。"),
        Said("驿站晚班", first, "FREQ=WEEKLY;BYDAY=TU,TH,SA", start, time(18), time(20), where=names[0],
            about=about[0], needs=2,
             what="饭点人多，帮忙热饭、引导停车。"),
        Said("暖心驿站值守", second, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", start, time(14), time(16), where=names[1],
            about=about[1],
             needs=1, what="开门、登记雨伞、关灯。"),
        Said("放学路护送", first, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", start, time(16), time(17), where="槐荫小学南门", needs=3,
             free_days="skip", what="穿反光背心，护送孩子过马路。"),
    )  # fmt: skip
    duties = [actions.open_duty(clerk, one) for one in said]
    committee = cast.units[f"{first.name}居委会"]
    for title, rule, begin in (
        ("居民议事例会", "FREQ=MONTHLY;BYMONTHDAY=5", time(15)),
        ("党建联席会", "FREQ=MONTHLY;INTERVAL=3;BYDAY=2WE", time(9)),
    ):
        opened = now - timedelta(days=150)
        duty = actions.open_duty(
            by(cast.by_role["community_clerk"], opened),
            Said(title, first, rule, rules.local_day(opened), begin, time(begin.hour + 1, 30), kind="rhythm", unit=committee,
                 where="社区议事厅", free_days="next", keeper=cast.by_role["community_clerk"]),
        )  # fmt: skip
        for number, shift in enumerate(
            Shift.objects.filter(duty=duty, ends__lt=now - timedelta(days=1)).order_by("day")
        ):
            if number != 1:
                held = by(cast.by_role["community_clerk"], shift.ends)
                actions.report(held, shift.pk, kept=True, note="到会14人，议定两件事。", done_on=shift.day)
    _fill(duties, crowd, now, by)
    actions.plan_due(now)
    while actions.settle_due(now):
        pass
    return Shift.objects.count()


def _station(area: Area) -> ServicePoint | None:
    inside = ServicePoint.objects.filter(
        kind="station", area__first__gte=area.first, area__first__lte=area.last, closed_on=None
    )
    return inside.select_related("record").order_by("name").first()


def _fill(duties: list[Duty], crowd: list[Person], now: datetime, by: object) -> None:
    """Who takes which shift: enough for most, not for all."""
    shifts = (
        Shift.objects.filter(duty__in=duties, begins__lt=now + timedelta(days=7))
        .select_related("duty")
        .order_by("begins")
    )
    for number, shift in enumerate(shifts):
        people_here = [crowd[(number * 3 + step) % len(crowd)] for step in range(shift.needs)]
        for place, person in enumerate(people_here):
            if (number + place) % 5 == 4:
                continue
            early = min(now, shift.begins) - timedelta(days=1)
            if Signup.objects.filter(
                person=person, left_at=None, shift__begins__lt=shift.ends, shift__ends__gt=shift.begins
            ).exists():
                continue
            actions.take(by(person, early), shift.pk)  # type: ignore[operator]
            if shift.begins <= now:
                actions.check_in(by(person, shift.begins), shift.pk, code_of(shift.duty_id))  # type: ignore[operator]
    ahead = Signup.objects.filter(shift__begins__gt=now + timedelta(days=1), left_at=None, person=crowd[2]).first()
    if ahead:
        actions.offer(by(crowd[2], now - timedelta(hours=1)), ahead.shift_id)  # type: ignore[operator]
    mine = crowd[-2]
    wanted = (
        Shift.objects.filter(duty=duties[1], begins__gt=now).exclude(signups__person=mine)
        .annotate(taken=Count("signups", filter=Q(signups__left_at=None))).filter(taken__lt=2).order_by("begins").first()
    )  # fmt: skip
    if wanted:
        actions.take(by(mine, now - timedelta(hours=2)), wanted.pk)  # type: ignore[operator]
