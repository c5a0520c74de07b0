"""Registers of the demo place: shops, riders who agreed, branches by trade, a home-coming code, posts with claims."""

from datetime import datetime, timedelta
from decimal import Decimal

from liuchi.kernel import context
from liuchi.kernel.context import Context
from liuchi.people import actions
from liuchi.people.actions import groups, homecoming, service
from liuchi.people.actions.businesses import register_business
from liuchi.people.models import ClaimPost, Organisation, Person
from liuchi.people.registers.queries.groups import branch_there
from liuchi.site.demo.people import FAMILY, GIVEN, Cast
from liuchi.territory.models import Area, Place

# (name, trade, chain link)
SHOPS = (
    ("巷口面馆", "catering", ""), ("三尺茶铺", "catering", ""), ("桂花糕点", "catering", ""), ("老街早点", "catering", ""),
    ("便民超市", "grocery", ""), ("邻里生鲜", "grocery", ""), ("槐荫菜市场12号摊", "market_stall", ""), ("槐荫菜市场15号摊", "market_stall", ""),
    ("康泰药店", "pharmacy", ""), ("仁心诊所", "clinic", ""), ("阿巧理发", "hairdresser", ""), ("老周修车", "vehicles", ""),
    ("快修数码", "digital", ""), ("惠民家电", "appliances", ""), ("新居家具", "home", ""), ("六尺包装厂", "manufacturing", "包装印刷"),
    ("文都制罐", "manufacturing", "金属包装"), ("桐派软件", "software", "追溯系统"), ("顺达快运", "logistics", "仓储配送"), ("书香书店", "leisure", ""),
)  # fmt: skip
BRANCHES = (
    ("delivery", "快递行业党支部"), ("takeaway", "外卖行业党支部"), ("freight", "货运行业党支部"), ("ride_hailing", "网约车行业党支部"),
    ("streaming", "网络主播党支部"),
)  # fmt: skip
WORKERS = (("takeaway", 23), ("delivery", 14), ("ride_hailing", 9), ("freight", 7), ("streaming", 3))
PLATFORMS = {
    "takeaway": "蓝盒外卖",
    "delivery": "驿速快递",
    "freight": "同城货运",
    "ride_hailing": "顺路出行",
    "streaming": "直播",
}
SERVICES = (("高温送清凉", 64), ("免费体检", 41), ("交通安全课", 38), ("春节送福", 52), ("子女暑期托管", 17))
POSTS = (
    ("路口文明劝导", "槐荫路口", 4, 2, 5), ("楼道清理", "槐荫里 3 幢", 6, 5, 3), ("陪老人看病", "社区服务站集合", 2, 1, 8), ("反诈宣传", "桂语广场", 8, 3, 10),
)  # fmt: skip
OVER = (("夏夜巡逻", "槐荫社区", 5, 12), ("垃圾分类引导", "槐荫里东门", 4, 20))


def load(cast: Cast, now: datetime) -> None:
    """All through the actions that the pages use. Names are made up."""
    ctx = context.system(now, channel="replay")
    _shops(ctx.happened(now - timedelta(days=80)), cast)
    _groups(ctx, cast, now)
    _home(ctx, cast, now)
    _service(ctx, cast, now)


def _name(number: int) -> str:
    return f"{FAMILY[(number * 3) % len(FAMILY)]}{GIVEN[(number * 5) % len(GIVEN)]}"


def _shops(ctx: Context, cast: Cast) -> None:
    every = list(Place.objects.filter(kind="shop", area__in=cast.grids).select_related("area").order_by("pk"))
    places = every[:: max(1, len(every) // len(SHOPS))]
    for number, (name, trade, link) in enumerate(SHOPS):
        place = places[number] if number < len(places) else None
        register_business(
            ctx, name=name, trade=trade, area=place.area if place else cast.grids[number % len(cast.grids)],
            address=f"六尺巷{number + 3}号", lon=place.lon if place else None,
            lat=place.lat if place else None, office_phone=f"0556-0000 {4000 + number}", chain_link=link,
            consent=number % 5 != 4,
        )  # fmt: skip
    # written down twice by two clerks: the desk shows them side by side
    place = places[0] if places else None
    register_business(
        ctx,
        name="巷口 面馆",
        trade="catering",
        area=place.area if place else cast.grids[0],
        address="六尺巷口",
        place=place,
    )


def _groups(ctx: Context, cast: Cast, now: datetime) -> None:
    party = Organisation.objects.filter(name="六尺街道党工委").first()
    early = ctx.happened(now - timedelta(days=200))
    branches = {
        trade: groups.open_branch(early, name=name, trade=trade, area=cast.street, parent=party)
        for trade, name in BRANCHES
    }
    for number, (title, occasions) in enumerate(SERVICES):
        at = ctx.happened(now - timedelta(days=20 + 30 * number))
        branch = branches[BRANCHES[number % len(BRANCHES)][0]]
        groups.record_service(at, branch, title=title, on=at.at.date(), occasions=occasions)
    number = 0
    for trade, count in WORKERS:
        for each in range(count):
            number += 1
            groups.register_worker(
                ctx.happened(now - timedelta(days=number)), name=_name(number), phone=f"1370000{1000 + number}", trade=trade,
                platform=PLATFORMS[trade], area=cast.communities[number % len(cast.communities)], how=("signed", "spoken")[each % 2],
                branch=branches[trade], agreed=groups.PURPOSES_OF_REGISTER[: 1 + each % 3],
            )  # fmt: skip
    rider = cast.by_role["rider"]
    area = cast.communities[0]
    groups.register_worker(
        ctx.happened(now - timedelta(days=9)), person=rider, trade="takeaway", platform="蓝盒外卖", area=area, how="self",
        branch=branch_there("takeaway", area), agreed=groups.PURPOSES_OF_REGISTER,
    )  # fmt: skip


def _home(ctx: Context, cast: Cast, now: datetime) -> None:
    """The secretary of the street is secretary of the riders' branch, too, and it alone lies open to them."""
    branch = Organisation.objects.get(name="外卖行业党支部")
    actions.appoint(
        ctx.happened(now - timedelta(days=190)), cast.by_role["secretary"], role="secretary", organisation=branch,
        area=cast.communities[0], title="外卖行业党支部书记",
    )  # fmt: skip
    code = homecoming.renew_code(ctx.happened(now - timedelta(days=60)), branch)
    for number in range(6):
        at = ctx.happened(now - timedelta(days=50 - 7 * number))
        homecoming.sign_in(
            at, code, _member(at, 200 + number), name=_name(200 + number), home_branch=f"老家第{number + 1}支部"
        )
    rider = cast.by_role["rider"]
    homecoming.sign_in(ctx.happened(now - timedelta(days=5)), code, rider, name=rider.name, home_branch="老家村党支部")

    # the community's own secretary has a code, too, and others came home there
    own = homecoming.renew_code(
        ctx.happened(now - timedelta(days=45)), Organisation.objects.get(name=f"{cast.communities[0].name}党委")
    )
    for number in range(5):
        at = ctx.happened(now - timedelta(days=40 - 8 * number))
        homecoming.sign_in(at, own, _member(at, 220 + number), name=_name(220 + number), home_branch="")


def _member(ctx: Context, number: int) -> Person:
    return actions.register_person(ctx, name=_name(number), phone=f"1360000{1000 + number}")


def _service(ctx: Context, cast: Cast, now: datetime) -> None:
    community = cast.communities[0]
    early = ctx.happened(now - timedelta(days=40))
    people = [_member(early, 300 + number) for number in range(9)]
    resident = cast.by_role["resident"]
    units = ("六尺街道办事处", "市场监管所", "社会事务办")
    members = [
        service.register_member(
            early, person, area=community, home_unit=units[number % 3], report=number % 2 == 0 or number == 3
        )
        for number, person in enumerate([resident, *people])
    ]
    for title, where, places, days in OVER:
        post = _post(early, community, title, where, places, now - timedelta(days=days))
        claims = [service.claim(early, post, member) for member in members[:places]]
        done = {claim.pk: (1, Decimal("2.0")) for claim in claims}
        service.confirm(ctx.happened(post.ends + timedelta(days=1)), post, done)
    late = ctx.happened(now - timedelta(days=2))
    for title, where, places, taken, days in POSTS:
        post = _post(late, community, title, where, places, now + timedelta(days=days))
        for member in members[1 : 1 + taken]:
            service.claim(late, post, member)


def _post(ctx: Context, area: Area, title: str, where: str, places: int, day: datetime) -> ClaimPost:
    begins = day.replace(hour=1, minute=0, second=0, microsecond=0)  # nine in the morning here
    return service.open_post(
        ctx, area=area, title=title, where=where, begins=begins, ends=begins + timedelta(hours=2), places=places,
        words="带上红马甲，现场有人接应。",
    )  # fmt: skip
