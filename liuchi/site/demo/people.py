"""Units and made-up people of the demo place, and who does which work where."""

from dataclasses import dataclass, field
from datetime import date
from itertools import cycle

from django.contrib.auth.hashers import make_password

from liuchi.cases.catalogue.actions import route
from liuchi.cases.models.matter import UnitRole
from liuchi.kernel.context import Context
from liuchi.people import actions
from liuchi.people.models import Organisation, Person
from liuchi.territory.demo import STREET_CODE
from liuchi.territory.models import Area

# Names that belong to nobody: seasons, grains and trees behind a family name.
FAMILY = "程方谢胡吴许陶钱何韩江姚汪章潘项鲍戴夏金"
GIVEN = (
    "知秋", "青禾", "小满", "南星", "谷雨", "听松", "白露", "立冬", "映雪", "怀瑾", "麦冬", "新竹", "问渠", "秋实", "晴川", "若木",
    "春笋", "石榴", "半夏", "长庚", "朝颜", "望舒", "一禾", "照野", "惊蛰", "雨桐", "向葵", "远山", "云帆", "初一", "芒种", "溪桥",
)  # fmt: skip

# (kind, name, roles of the catalogue it does the work of)
UNITS = (
    ("government_unit", "街道综合指挥中心", ()),
    ("government_unit", "城管中队", ("city_management", "street", "civil_affairs")),
    ("government_unit", "住房和建设所", ("housing", "owner")),
    ("government_unit", "市场监管所", ("market_supervision",)),
    ("government_unit", "派出所", ("police",)),
    ("government_unit", "交警中队", ("traffic_police", "transport", "bus_operator")),
    ("government_unit", "消防工作站", ("fire",)),
    ("government_unit", "生态环境站", ("environment", "water_affairs")),
    ("government_unit", "社会事务办", ("education", "health", "human_resources")),
    ("team", "环卫所", ("sanitation",)),
    ("team", "园林绿化队", ("landscaping",)),
    ("team", "市政维护队", ("municipal_works", "drainage")),
    ("company", "供水营业所", ("water",)),
    ("company", "供电所", ("power",)),
    ("company", "燃气服务站", ("gas", "heating")),
    ("company", "通信服务站", ("telecom",)),
)
PROPERTY = {"槐荫社区": "槐荫物业", "文汇社区": "文汇物业", "桂语社区": "桂语物业"}

# One sign-in for each role, and a secretary on each of two levels: user name, role, title.
SIGN_INS = (
    ("jumin", "resident", ""),
    ("qishou", "rider", "外卖骑手"),
    ("wangge", "grid_worker", "专职网格员"),
    ("gezhang", "grid_leader", "网格长"),
    ("shequ", "community_clerk", "综治专干"),
    ("paiqian", "dispatcher", "派遣员"),
    ("chuzhi", "handler", "城管队员"),
    ("shuji", "secretary", "街道党工委书记"),
    ("duban", "supervisor", "督办员"),
    ("guanli", "administrator", "系统管理员"),
    ("sqshuji", "secretary", "社区党委书记"),
)
TERM_BEGINS = date(2026, 1, 1)


@dataclass
class Cast:
    """Who plays in the stories."""

    street: Area
    communities: list[Area]
    grids: list[Area]
    units: dict[str, Organisation] = field(default_factory=dict)
    by_role: dict[str, Person] = field(default_factory=dict)
    handlers: dict[object, Person] = field(default_factory=dict)  # unit id -> somebody who works there


def gather(ctx: Context, password: str) -> Cast:
    """Opens the units, appoints everybody, routes the roles. All passwords are the same: it is a demo."""
    street = Area.objects.get(code=STREET_CODE, valid_to=None)
    below = Area.objects.filter(first__gte=street.first, first__lte=street.last, valid_to=None).defer("boundary")
    cast = Cast(
        street,
        list(below.filter(level="community").order_by("first")),
        list(below.filter(level="grid").order_by("first")),
    )
    names = cycle(f"{FAMILY[(at * 7) % len(FAMILY)]}{GIVEN[at % len(GIVEN)]}" for at in range(len(FAMILY) * len(GIVEN)))
    office = _units(ctx, cast)
    _sign_ins(ctx, cast, office, names, password)
    _staff(ctx, cast, names)
    return cast


def _units(ctx: Context, cast: Cast) -> Organisation:
    party = actions.open_unit(ctx, kind="party_body", name="六尺街道党工委", area=cast.street)
    office = actions.open_unit(
        ctx, kind="government_unit", name="六尺街道办事处", area=cast.street, office_phone="0556-0000 1234"
    )
    for number, (kind, name, roles) in enumerate(UNITS):
        unit = actions.open_unit(
            ctx, kind=kind, name=name, parent=office, area=cast.street, office_phone=f"0556-0000 {2000 + number}"
        )
        cast.units[name] = unit
        for role in roles:
            route(ctx, area=cast.street, units={role: unit})
    for community in cast.communities:
        actions.open_unit(ctx, kind="party_body", name=f"{community.name}党委", parent=party, area=community)
        committee = actions.open_unit(
            ctx, kind="community", name=f"{community.name}居委会", parent=office, area=community
        )
        manager = actions.open_unit(
            ctx,
            kind="property_manager",
            name=PROPERTY.get(community.name, f"{community.name[:-2]}物业"),
            parent=committee,
            area=community,
        )
        cast.units[committee.name], cast.units[manager.name] = committee, manager
        route(ctx, area=community, units={UnitRole.COMMUNITY: committee, UnitRole.PROPERTY: manager})
    return office


def _sign_ins(ctx: Context, cast: Cast, office: Organisation, names: object, password: str) -> None:
    first = cast.communities[0]
    grid = next(grid for grid in cast.grids if first.first <= grid.first <= first.last)
    party = Organisation.objects.get(name=f"{first.name}党委")
    places: dict[str, dict] = {
        "sqshuji": {"area": first, "organisation": party},
        "grid_worker": {"area": grid, "organisation": cast.units[f"{first.name}居委会"]},
        "grid_leader": {"area": first, "organisation": cast.units[f"{first.name}居委会"]},
        "community_clerk": {"area": first, "organisation": cast.units[f"{first.name}居委会"]},
        "dispatcher": {"area": cast.street, "organisation": cast.units["街道综合指挥中心"]},
        "handler": {"organisation": cast.units["城管中队"]},
        "secretary": {"area": cast.street, "organisation": office},
        "supervisor": {"area": cast.street, "organisation": office},
        "administrator": {"organisation": office},
    }
    digest = make_password(password)
    for number, (username, role, title) in enumerate(SIGN_INS):
        person = actions.register_person(ctx, name=next(names), phone=f"1380000{1000 + number}")  # type: ignore[call-overload]
        actions.open_login(ctx, person, username, password, digest=digest)
        for purpose in ("account", "call_back"):
            actions.give_consent(ctx, person, purpose)
        if role != "resident":
            actions.appoint(
                ctx,
                person,
                role=role,
                title=title,
                begins=TERM_BEGINS,
                **(places.get(username) or places.get(role, {})),
            )
        cast.by_role.setdefault(role, person)
    cast.handlers[cast.units["城管中队"].pk] = cast.by_role["handler"]


def _staff(ctx: Context, cast: Cast, names: object) -> None:
    """Somebody in each unit, a worker for each grid; they have no sign-in until the administrator gives them one."""

    def person(unit: Organisation) -> Person:
        return actions.register_person(ctx, name=next(names), area_id=unit.area_id)  # type: ignore[call-overload]

    for unit in cast.units.values():
        if unit.pk not in cast.handlers:
            cast.handlers[unit.pk] = person(unit)
            actions.appoint(
                ctx, cast.handlers[unit.pk], role="handler", organisation=unit, title="办事员", begins=TERM_BEGINS
            )
    for community in cast.communities[1:]:
        committee = cast.units[f"{community.name}居委会"]
        for role, title in (("grid_leader", "网格长"), ("community_clerk", "社区工作者")):
            actions.appoint(
                ctx,
                person(committee),
                role=role,
                area=community,
                organisation=committee,
                title=title,
                begins=TERM_BEGINS,
            )
    for grid in cast.grids[1:]:
        committee = next(
            cast.units[f"{community.name}居委会"]
            for community in cast.communities
            if community.first <= grid.first <= community.last
        )
        actions.appoint(
            ctx,
            person(committee),
            role="grid_worker",
            area=grid,
            organisation=committee,
            title="网格员",
            begins=TERM_BEGINS,
        )
