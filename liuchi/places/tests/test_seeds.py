"""The figures of the seeds, counted from records that came in through the actions."""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from liuchi.cases import actions as cases
from liuchi.cases.models import Matter
from liuchi.kernel.granting import Granted, kinds
from liuchi.kernel.ids import new_id
from liuchi.kernel.records import actions as records
from liuchi.people.actions.businesses import register_business
from liuchi.people.models import Organisation
from liuchi.places import actions
from liuchi.places.models import ServicePoint, Visit
from liuchi.places.queries import figures
from liuchi.places.tests.conftest import SPOT, Place, context, station

pytestmark = pytest.mark.django_db
CHINA = ZoneInfo("Asia/Shanghai")
AUGUST = datetime(2026, 8, 3, 12, tzinfo=CHINA)
LAST = date(2026, 11, 22)


def replay(at: datetime):
    return context(at, channel="replay")


def test_one_station_since_august(place: Place) -> None:
    """方圆邻里暖“新”驿站 (002): >2000 person-visits, >100 problems of riders solved, >50 events since early August; four
    functions."""
    point = station(
        place, "方圆邻里暖新驿站", opened_on=AUGUST.date(), services={"rest": "", "read": "", "talk": "", "tools": ""}
    )
    for ahead in range(105):
        actions.count(replay(AUGUST + timedelta(days=ahead)), point.pk, 20, {"rest": 12})
    Matter.objects.create(
        record=records.create("matter"), kind="event", code="06042", major="服务设施", name="充电设施损坏", source="local",
        valid_from=AUGUST,
    )  # fmt: skip
    for number in range(103):
        at = AUGUST + timedelta(days=number % 100, hours=1)
        receipt = actions.report_problem(replay(at), point, f"充电难：第 {number} 个口没电")
        case_id = cases.case_of_receipt(receipt)
        _settle(case_id, place.crew, at)
    for number in range(52):
        begins = AUGUST + timedelta(days=number * 2, hours=2)
        planned = actions.Planned(
            "clinic" if number % 2 else "lecture", f"第 {number + 1} 场", begins, begins + timedelta(hours=2)
        )
        event = actions.plan_event(replay(begins), point.pk, planned)
        actions.note_came(replay(begins + timedelta(hours=2)), event.pk, 12)
    since = AUGUST.date()
    assert figures.visits(since, LAST, point=point.pk) == 2100
    assert figures.problems(since, LAST, point=point.pk) == {"raised": 103, "solved": 103}
    assert figures.events(since, LAST, point=point.pk) == {"events": 52, "came": 624}
    assert figures.visits(date(2026, 1, 1), date(2026, 7, 31), point=point.pk) == 0
    assert figures.uses(since, LAST, point=point.pk) == {"rest": 1260}


def _settle(case_id: UUID, unit: Organisation, at: datetime) -> None:
    """By the unit, the straight way."""
    ctx = replay(at)
    matter = Matter.objects.get()
    cases.file_and_dispatch(ctx, case_id, matter.pk, None, unit.pk)
    cases.accept(ctx, case_id)
    cases.handle(ctx, case_id, "换了插座，能充了。", "done", [])
    cases.check_and_close(ctx, case_id)


def test_stations_of_a_district_and_those_of_a_county(place: Place) -> None:
    """002: 80 stations in compounds and 25 in the city area; 003: 35 stations, >3000 person-times; one of about 70 m²."""
    for number in range(80):
        station(place, f"小区党群服务站{number}", opened_on=date(2026, 3, 1))
    for number in range(25):
        station(place, f"暖新驿站{number}", opened_on=date(2026, 5, 1))
    county = []
    for number in range(35):
        more = {"floor_area": 70} if number == 0 else {}
        county.append(station(place, f"县驿站{number}", area=place.other_street, opened_on=date(2026, 4, 1), **more))
    for number, point in enumerate(county):
        actions.count(replay(AUGUST), point.pk, 86 + number % 3)
    within = (place.street.first, place.street.last)
    assert figures.open_on(LAST, within) == 105
    assert figures.open_on(date(2026, 4, 1), within) == 80
    other = (place.other_street.first, place.other_street.last)
    assert figures.open_on(LAST, other) == 35
    assert figures.visits(date(2026, 1, 1), LAST, other, kinds=("station",)) == 3044
    assert ServicePoint.objects.filter(floor_area=70).count() == 1
    actions.close_point(replay(AUGUST), county[1].pk)
    assert (figures.open_on(LAST, other), figures.open_on(date(2026, 7, 1), other)) == (34, 35)


def test_shops_and_corners_come_by_admission(place: Place) -> None:
    """004: 165 caring shops, >10,000 person-times; 003: 13 friendly shops and 17 service corners in one centre."""
    kind = kinds()["service_point"]
    shops = []
    for number in range(165):
        centre = "深蓝中心商场" if number < 13 else ""
        business = register_business(
            replay(AUGUST), name=f"爱心小店{number}", trade="catering", area=place.grid, address=f"六尺巷{number}号",
            lon=SPOT[0], lat=SPOT[1],
        )  # fmt: skip
        shops.append(_granted(kind, place, "shop", business=business.pk, centre=centre))
    for number in range(17):
        _granted(kind, place, "corner", name=f"服务角{number}", centre="深蓝中心商场", inside="进门左手")
    for shop in shops:
        for month in range(2):
            actions.count(replay(AUGUST + timedelta(days=30 * month)), shop, 31, {"drink": 20})
    everywhere = {"kinds": ("shop",)}
    assert figures.open_on(LAST, **everywhere) == 165
    assert figures.visits(AUGUST.date(), LAST, **everywhere) == 165 * 62 > 10_000
    assert figures.open_on(LAST, kinds=("shop",), inside="深蓝中心商场") == 13
    assert figures.open_on(LAST, kinds=("corner",), inside="深蓝中心商场") == 17
    assert Visit.objects.count() == 330
    kind.end(replay(AUGUST + timedelta(days=60)), shops[0])
    kind.end(replay(AUGUST + timedelta(days=60)), shops[0])
    assert figures.open_on(LAST, **everywhere) == 164


def _granted(kind, place: Place, what: str, **answers: object):
    business = answers.pop("business", None)
    granted = Granted(
        admission=new_id(), person=None, business=business, area=place.grid.pk, title="友好商家", begins=AUGUST.date(), ends=None,
        settings={"kind": what, "level": 2},
        answers={"services": ["热饭", "drink"], "hours": "9:00-21:00", "lon": SPOT[0], "lat": SPOT[1], **answers},
    )  # fmt: skip
    return kind.make(replay(AUGUST), granted)


def test_an_admission_takes_what_the_business_says(place: Place) -> None:
    kind = kinds()["service_point"]
    business = register_business(
        replay(AUGUST),
        name="老灶面馆",
        trade="catering",
        area=place.grid,
        address="六尺巷3号",
        lon=SPOT[0],
        lat=SPOT[1],
    )
    first = _granted(kind, place, "shop", business=business.pk)
    point = ServicePoint.objects.get(pk=first)
    assert (point.name, point.address, point.level, point.business) == ("老灶面馆", "六尺巷3号", 2, business)
    assert {offer.service for offer in point.offers.all()} == {"heat", "drink"}
    assert point.week[6] == [[540, 1260]]
    assert _granted(kind, place, "shop", business=business.pk) == first  # a second programme makes no second dot
