"""Stations, shops and corners of the demo place, who came in the last two weeks, and what is on."""

from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from liuchi.kernel.context import CHINA, Context
from liuchi.people.models import Organisation, Person
from liuchi.places import actions, rules
from liuchi.places.models import ServicePoint
from liuchi.site.demo.people import Cast
from liuchi.territory.models import Place

STATION = ("rest", "drink", "heat", "charge", "toilet", "wifi", "read", "umbrella", "first_aid")
# label of the place, name, kind, services, hours of working days, of weekends, more
POINTS: tuple[tuple[str, str, str, tuple[str, ...], str, str, dict[str, Any]], ...] = (
    ("暖新驿站·北正街", "", "station", (*STATION, "ebike", "swap", "tools", "aed"), "全天", "全天",
     {"floor_area": 70, "capacity": 24, "directions": "北正街口，蓝色门头，电动车可停门前白线内。", "about": "骑手、快递员、环卫工人都可以进来歇脚，不用登记。"}),
    ("暖新驿站·桂语园", "", "station", STATION, "7:00-22:00", "8:00-21:00", {"floor_area": 45, "capacity": 16, "directions": "桂语园东门进门右手第一间。"}),
    ("暖新驿站·六尺菜场", "", "station", (*STATION, "tools", "meal", "air"), "5:30-13:00 15:30-20:00", "5:30-13:00",
     {"floor_area": 38, "capacity": 12, "directions": "菜场西门楼梯下。"}),
    ("文汇社区党群服务中心", "文汇社区党群服务站", "station", ("rest", "drink", "toilet", "read", "law", "jobs", "meeting", "party", "counsel", "lesson", "aed"),
     "8:00-12:00 14:00-18:00", "9:00-12:00", {"floor_area": 210, "capacity": 60}),
    ("桂语社区党群服务中心", "桂语社区党群服务站", "station", ("rest", "drink", "toilet", "read", "law", "meeting", "party", "shelter", "clinic"),
     "8:00-12:00 14:00-18:00", "休", {"floor_area": 180, "capacity": 50}),
    ("热锅饺子馆", "", "shop", ("rest", "drink", "heat", "meal", "toilet"), "10:00-21:30", "10:00-21:30", {"level": 3, "about": "骑手吃饭八折，热水随便打。"}),
    ("老灶面馆", "", "shop", ("rest", "drink", "heat", "charge"), "6:30-20:00", "6:30-20:00", {"level": 2}),
    ("快修手机", "", "shop", ("charge", "rest", "wifi"), "9:00-21:00", "9:00-21:00", {"level": 1, "about": "骑手换膜、换电池只收成本。"}),
    ("车友电动车行", "", "shop", ("air", "tools", "charge", "ebike"), "8:00-19:00", "8:00-19:00", {"level": 2, "about": "打气、紧链条不收钱。"}),
    ("安心药房", "", "shop", ("first_aid", "drink", "rest"), "8:00-22:00", "8:00-22:00", {"level": 2}),
    ("云窗书店", "云窗书店阅读角", "corner", ("read", "rest", "drink", "charge"), "10:00-22:00", "10:00-22:00", {}),
    ("荷塘公园", "荷塘公园遮雨角", "corner", ("rest", "umbrella", "shelter", "toilet"), "全天", "全天", {}),
)  # fmt: skip
EVENTS = (
    ("暖新驿站·北正街", "clinic", "骑手义诊：量血压、看腰肩", 0, 14, 2, "社区卫生服务站的医生来，不用预约。"),
    ("暖新驿站·北正街", "lecture", "冬季骑行安全一刻钟", 1, 15, 1, ""),
    ("文汇社区党群服务站", "service", "律师坐班：劳动合同、交通事故", 2, 9, 3, "带上合同或照片更快。"),
    ("暖新驿站·桂语园", "gift", "降温送手套和围脖", 3, 17, 2, ""),
    ("云窗书店阅读角", "class", "周末识字读报班", 6, 10, 2, ""),
    ("暖新驿站·北正街", "clinic", "骑手义诊：量血压、看腰肩", -7, 14, 2, ""),
    ("暖新驿站·六尺菜场", "meal", "冬至前的一碗热汤", -5, 11, 2, ""),
    ("桂语社区党群服务站", "meeting", "骑手和物业聊进小区", -3, 19, 2, ""),
)
CAME = (36, 58, 17)
PROBLEMS = (("暖新驿站·北正街", "饮水机只出凉水，热水灯不亮"), ("暖新驿站·桂语园", "右边两个充电口接触不良"))
DAYS = 14
RARE = {"aed", "first_aid", "shelter", "clinic"}


def load(cast: Cast, now: datetime) -> int:
    """Returns how many points there are."""
    chance = Random(6)
    before = now - timedelta(days=DAYS)

    def by(person: Person | None, at: datetime) -> Context:
        return Context(at=at, recorded_at=at, person=person.pk if person else None, channel="replay")

    clerk, worker = cast.by_role["community_clerk"], cast.by_role["grid_worker"]
    found: dict[str, ServicePoint] = {}
    for label, name, kind, services, usual, weekend, more in POINTS:
        place = Place.objects.filter(label=label, valid_to=None).select_related("area").order_by("pk").first()
        if place is None:
            continue
        spans, other = rules.read_spans(usual), rules.read_spans(weekend)
        community = place.area.parent if place.area and place.area.level == "grid" else place.area
        wanted = actions.Wanted(
            name=name or label,
            kind=kind,
            place=place,
            area=place.area,
            address=f"{place.street}{place.number}",
            unit=Organisation.objects.filter(area=community, kind="community").first() if kind == "station" else None,
            services=dict.fromkeys(services, ""),
            week=(*(spans,) * 5, *(other,) * 2),
            opened_on=(before - timedelta(days=80)).date(),
            **more,  # type: ignore[arg-type]
        )
        found[wanted.name] = actions.enter_point(by(clerk, before), wanted)
    for point in found.values():
        _count(point, by(worker, before), now, chance)
    _live(found, by(worker, now - timedelta(minutes=25)))
    _events(found, by(clerk, before), now)
    for name, text in PROBLEMS:
        if name in found:
            actions.report_problem(by(cast.by_role["rider"], now - timedelta(hours=5)), found[name], text)
    first = next(iter(found.values()), None)
    if first is not None:
        actions.set_keepers(by(clerk, before), first.pk, [cast.by_role["rider"]])
    return len(found)


def _count(point: ServicePoint, ctx: Context, now: datetime, chance: Random) -> None:
    """Who came on each day of the two weeks, counted by the keeper at noon and, at stations, in the evening too."""
    hours = (12, 19) if point.kind == "station" else (18,)
    services = [offer.service for offer in point.offers.all() if offer.service not in RARE]
    for ahead in range(DAYS + 1):
        for hour in hours:
            at = datetime.combine((ctx.at + timedelta(days=ahead)).astimezone(CHINA).date(), time(hour, 30), CHINA)
            if at > now:
                continue
            visits = chance.randint(14, 38) if point.kind == "station" else chance.randint(2, 11)
            used = {code: chance.randint(1, visits) for code in chance.sample(services, k=min(3, len(services)))}
            actions.count(ctx.happened(at), point.pk, visits, used)


def _live(found: dict[str, ServicePoint], ctx: Context) -> None:
    for name, said, how_long in (("暖新驿站·桂语园", "no_water", "4"), ("快修手机", "full", "2")):
        if name in found:
            actions.say(ctx, found[name].pk, said, how_long)


def _events(found: dict[str, ServicePoint], ctx: Context, now: datetime) -> None:
    today = now.astimezone(CHINA).date()
    came = iter(CAME)
    for where, kind, title, ahead, hour, lasts, about in EVENTS:
        if where not in found:
            continue
        begins = datetime.combine(today + timedelta(days=ahead), time(hour), CHINA)
        planned = actions.Planned(kind, title, begins, begins + timedelta(hours=lasts), about)
        event = actions.plan_event(ctx, found[where].pk, planned)
        if ahead < 0:
            actions.note_came(ctx.happened(begins + timedelta(hours=lasts)), event.pk, next(came))
