"""Rules, gifts, windows of the demo place; who was thanked for what happened there, and what they exchanged it for."""

import io
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from liuchi.kernel.context import CHINA, Context
from liuchi.kernel.journal.models import Row
from liuchi.kernel.media.actions import receive
from liuchi.people import actions as people_
from liuchi.people.models import Person
from liuchi.places.models import ServicePoint
from liuchi.points import actions, codes, events, queries
from liuchi.points.models import Gift, Window
from liuchi.site.demo.gifts import gift_picture
from liuchi.site.demo.people import Cast
from liuchi.territory.models import Place

KEYS = UUID("6d1c0b8e-7a43-4f0e-9a55-3c5f2f6d9a10")
# name, kind, points, a month for each person, picture, words, pieces at the first window and at the second
GIFTS = (
    ("保温杯", "gift", 30, 1, "cup", "316 不锈钢，500 毫升，冬天跑单喝口热的。", 12, 6),
    ("防滑骑行手套", "gift", 15, 2, "gloves", "加绒，食指可触屏。", 20, 10),
    ("折叠雨伞", "gift", 20, 1, "umbrella", "", 8, 0),
    ("洗衣液一瓶", "gift", 10, None, "bottle", "2 千克装。", 24, 15),
    ("理发一次", "service", 8, 1, "scissors", "每周三下午，社区理发志愿者。", 10, 10),
    ("电动车检修一次", "service", 12, 1, "wheel", "查刹车、胎压、线路，换件只收成本。", 6, 4),
)
WINDOWS = (
    ("暖新驿站·北正街", "北正街驿站窗口", "每天 8:00-21:00"),
    ("文汇社区党群服务中心", "文汇党群服务站窗口", "工作日 8:00-12:00 14:00-18:00"),
)
POINTS = {"report.true": (5, 20, True)}
USUAL = (3, 12, True)


def load(cast: Cast, now: datetime) -> int:
    """Returns how many people were thanked. Comes after whatever is thanked for."""
    begins = now - timedelta(days=60)
    staff = {name: cast.by_role[name] for name in ("administrator", "dispatcher")}

    def by(person: Person | None, at: datetime) -> Context:
        return Context(at=at, recorded_at=at, person=person.pk if person else None, channel="replay")

    _rules(by(staff["administrator"], begins))
    windows = _windows(cast, by(staff["dispatcher"], begins))
    gifts = _gifts(by(staff["dispatcher"], begins), windows)
    people = _thanks(by, begins)
    _exchange(by, now, cast, staff["dispatcher"], gifts, windows, people)
    return len(people)


def _rules(ctx: Context) -> None:
    draft = actions.draft_rules(ctx)
    lines = []
    for event in events.events():
        points, cap, once = POINTS.get(event, USUAL)
        lines.append({"event": event, "points": points, "day_cap": cap, "once": once})
    actions.change_rules(ctx, draft, day_cap=20, lines=lines)
    actions.try_rules(ctx, draft, 30)
    actions.publish_rules(ctx, draft, ctx.at.date() + timedelta(days=1))


def _windows(cast: Cast, ctx: Context) -> list[Window]:
    made = []
    for number, (label, name, hours) in enumerate(WINDOWS):
        place = Place.objects.filter(label=label, valid_to=None).select_related("area").order_by("pk").first()
        area = place.area if place and place.area else cast.grids[number]
        point = ServicePoint.objects.filter(name=label, closed_on=None).values_list("pk", flat=True).first()
        made.append(
            actions.open_window(ctx, name=name, area=area, venue=place, point=point, address=label, hours=hours)
        )
    return made


def _gifts(ctx: Context, windows: list[Window]) -> list[Gift]:
    made = []
    for name, kind, cost, per_month, drawn, words, *pieces in GIFTS:
        data, key = gift_picture(drawn), uuid5(KEYS, drawn)
        receive(ctx, key, "photo", io.BytesIO(data), len(data))
        gift = actions.make_gift(ctx, name=name, kind=kind, cost=cost, per_month=per_month, words=words, picture=key)
        made.append(gift)
        for window, count in zip(windows, pieces, strict=True):
            if count:
                actions.stock_in(ctx, window, gift, count)
    return made


def _thanks(by, begins: datetime) -> list[Person]:
    """Everybody whom something thanked has points on; then the journal is read as the worker does."""
    verbs = {event.verb for event in events.events().values()}
    rows = list(
        Row.objects.filter(verb__in=verbs).order_by("at", "id").prefetch_related("sides").select_related("record")
    )
    named = {person for row in rows for event in events.events_of(row.verb) for person in event.people(row)}
    people = list(Person.objects.select_related("record").filter(pk__in=named).order_by("pk"))
    for person in people:
        actions.switch_on(by(person, begins), person)
    actions.award_rows(rows)
    return people


def _exchange(by, now: datetime, cast: Cast, keeper: Person, gifts: list[Gift], windows: list[Window], people) -> None:
    """What people like, as far as their points go; the rider has something waiting."""
    begins = now - timedelta(days=30)
    cheap = sorted(gifts, key=lambda gift: gift.cost)
    rider = Person.objects.select_related("record").get(pk=cast.by_role["rider"].pk)
    able = [one for one in people if one != rider and queries.account_of(one.pk)[1] >= cheap[0].cost]
    for number, person in enumerate(able):
        if person.phone_checked_at is None:  # the window wrote the number down with them
            people_.correct_person(by(keeper, begins), person, phone=f"139000071{number:02}")
        gift = cheap[0] if number < 6 or queries.account_of(person.pk)[1] < cheap[1].cost else cheap[1]
        window = windows[number % 6 == 5]
        at = _morning(now - timedelta(days=1 + number % 6)) + timedelta(minutes=37 * (number % 9))
        one = actions.reserve(by(person, at), gift.pk, window.pk, uuid5(KEYS, str(person.pk)))
        actions.hand_over(by(keeper, at + timedelta(hours=3)), codes.code_of(one.pk, one.code_turn))
    clerk = cast.by_role["community_clerk"]
    if queries.account_of(rider.pk)[1]:
        asked = actions.ask_statement(
            by(rider, now - timedelta(days=2)),
            rider,
            area=cast.communities[0],
            home_unit="六尺快送站",
            period="quarter",
            agreed=True,
        )
        actions.confirm_statement(by(clerk, now - timedelta(days=1)), asked)
    wanted = next((gift for gift in gifts[1:] if gift.cost <= queries.account_of(rider.pk)[1]), None)
    if wanted:
        actions.reserve(by(rider, now - timedelta(hours=5)), wanted.pk, windows[0].pk, uuid5(KEYS, "rider"))


def _morning(at: datetime) -> datetime:
    return at.astimezone(CHINA).replace(hour=9, minute=5, second=0)
