"""The figures of the seeds, counted from records that came in as an office brings them in."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils.translation import override

from liuchi.people import actions
from liuchi.people.actions import groups, homecoming, registers, service
from liuchi.people.models import Registration
from liuchi.people.registers.queries import figures
from liuchi.people.registers.trades import GROUPS
from liuchi.people.rules import Scope
from liuchi.people.tests import workbooks
from liuchi.people.tests.conftest import NOW, Place, context

ALL = Scope(everything=True)
BRANCHES = {
    "delivery": "快递行业支部", "takeaway": "外卖行业支部", "freight": "货运行业支部", "ride_hailing": "网约车行业支部",
    "streaming": "网络主播行业支部",
}  # fmt: skip


def rider(number: int, trade: str, **more: str) -> dict[str, str]:
    with override("zh-hans"):
        word = str(GROUPS[trade])
    return {
        "name": f"骑手{number}", "phone": f"139{number:08d}", "trade": word, "platform": f"平台{number % 2}", "area": "六尺街道",
        "how": "纸质签字",
    } | more  # fmt: skip


@pytest.fixture
def branches(place: Place) -> None:
    for trade, name in BRANCHES.items():
        groups.open_branch(context(), name=name, trade=trade, area=place.street)


def test_736_and_1060_are_registered_in_five_branches_by_trade(place: Place, branches: None) -> None:
    # 736 takeaway workers of two platforms, and 1,060 riders and drivers of the other trades
    others = ["delivery"] * 500 + ["freight"] * 260 + ["ride_hailing"] * 200 + ["streaming"] * 100
    first = [rider(number, "takeaway") for number in range(736)]
    second = [rider(1000 + number, trade) for number, trade in enumerate(others)]
    again = [first[0], rider(5000, "takeaway", name="骑手3", phone="")]  # one twice, one perhaps
    report = registers.import_workers(context(), workbooks.workers([*first, *second, *again]), ALL)
    assert len(report.written) == 736 + 1060
    assert [number for number, _why in report.left] == [1798, 1799]
    here, day = figures.within(place.street), date(2026, 11, 22)
    with override("zh-hans"):
        table = figures.by_branch(here, day)
        assert table.total == 1796
        assert dict(table.rows) == {
            "外卖行业支部": 736, "快递行业支部": 500, "货运行业支部": 260, "网约车行业支部": 200, "网络主播行业支部": 100,
        }  # fmt: skip
        assert dict(figures.by_trade(here, day).rows)["外卖骑手"] == 736
    assert figures.by_area(figures.within(place.other_street), day).total == 0
    # the same file once more changes nothing
    report = registers.import_workers(context(), workbooks.workers(first[:50]), ALL)
    assert (report.written, len(report.left)) == ([], 50)
    assert Registration.objects.filter(ended_on=None).count() == 1796


def test_17_came_home(place: Place) -> None:
    branch = actions.open_unit(context(), kind="party_body", name="归队支部", area=place.community)
    code = homecoming.renew_code(context(), branch)
    for number in range(17):
        person = actions.register_person(context(), name=f"党员{number}", phone=f"137{number:08d}")
        homecoming.sign_in(context(person=person.pk), code, person, name=person.name, home_branch="老家支部")
    assert figures.signed_in(place.street, date(2026, 11, 22)) == 17
    assert figures.signed_in(place.other_street, date(2026, 11, 22)) == 0


def test_more_than_1200_members_claimed_posts(place: Place) -> None:
    begins = NOW + timedelta(days=1)
    posts = [
        service.open_post(
            context(), area=place.community, title=f"岗位{number}", where="社区广场", begins=begins,
            ends=begins + timedelta(hours=2), places=100,
        )
        for number in range(13)
    ]  # fmt: skip
    claims = []
    for number in range(1207):
        person = actions.register_person(context(), name=f"党员{number}")
        member = service.register_member(context(), person, area=place.community, home_unit="税务所")
        claims.append(service.claim(context(), posts[number % 13], member))
    later = context(NOW + timedelta(days=2))
    done = {claim.pk: (1, Decimal("2.0")) for claim in claims if claim.post_id == posts[0].pk}
    assert service.confirm(later, posts[0], done) == 93
    assert figures.service(figures.within(place.street), date(2026, 11, 1), date(2026, 11, 30)) == {
        "members": 1207, "claimed": 1207, "posts": 13, "occasions": 93, "hours": Decimal("186.0"),
    }  # fmt: skip


def test_a_market_with_more_than_100_shops(place: Place) -> None:
    rows = [
        {
            "name": f"九华山路菜市场{number}号摊",
            "trade": "菜市场摊位",
            "area": "槐荫第一网格",
            "address": f"市场{number}号",
            "consent": "是",
        }
        for number in range(104)
    ]
    report = registers.import_shops(context(), workbooks.shops(rows), ALL, {})
    assert len(report.written) == 104
    table = figures.businesses(figures.within(place.community), date(2026, 11, 22))
    assert table.total == 104
    assert figures.businesses(figures.within(place.other_community), date(2026, 11, 22)).total == 0
