"""Rules of posts, terms, absences and reach; pure, no Django.

Words
    role    what a post may do (采集员, 受理员, 派遣员, 处置部门 … of GB/T 30428, in the office's own words)
    reach   how far an ability of a role goes: own | grid | area | unit | all
    held    one post as it counts for one person at one moment, his own or one he deputises
    scope   the sum of what all posts held open: area ranges, units, own records, or everything

Areas are integer ranges: a subtree of the division tree is `first <= x.first <= last`.
"""

import re
import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

PLACE_ZONE = ZoneInfo("Asia/Shanghai")

RESIDENT = "resident"
ROLES = (
    "resident",  # 居民
    "rider",  # 骑手、快递员等新就业群体
    "observer",  # 兼职信息员、治理观察员
    "grid_worker",  # 网格员
    "grid_leader",  # 网格长
    "community_clerk",  # 社区工作者
    "dispatcher",  # 街道派遣员
    "handler",  # 部门处置人员
    "secretary",  # 书记
    "supervisor",  # 督办员
    "administrator",  # 系统管理员
)
STAFF_ROLES = frozenset(ROLES) - {"resident", "rider", "observer"}
REACHES = ("own", "grid", "area", "unit", "all")
ANYONE = "anyone"
"""Pseudo role of an ability table: also those who have not signed in."""

LEVELS_OF_ROLE: Mapping[str, frozenset[str]] = {
    "grid_worker": frozenset({"grid"}),
    "grid_leader": frozenset({"grid", "community"}),
    "community_clerk": frozenset({"community"}),
    "dispatcher": frozenset({"street", "county", "city", "province"}),
    "secretary": frozenset({"community", "street", "county", "city", "province"}),
    "supervisor": frozenset({"street", "county", "city", "province"}),
}
"""On which levels of area a role can hold a post. A role that is missing here needs no area."""

ROLES_WITH_UNIT = frozenset({"handler"})

AREA_OR_UNIT = frozenset({"secretary"})
"""A role that may be held at a unit without an area: the secretary of a firm's branch has that branch, and no district with it."""


def needs_area(role: str, has_unit: bool) -> bool:
    """Whether a post of a role must have an area."""
    return role in LEVELS_OF_ROLE and not (role in AREA_OR_UNIT and has_unit)


@dataclass(frozen=True, slots=True)
class Held:
    """A post in force for one person at one moment.

    `deputy_for` is the absent holder when the person acts as deputy (代班), else None.
    `first`/`last` is the area of the post with its subtree, `level` its level; None where it has none.
    `units` are the organisation of the post and all below it.
    """

    post: UUID
    role: str
    first: int | None = None
    last: int | None = None
    level: str | None = None
    organisation: UUID | None = None
    units: frozenset[UUID] = frozenset()
    deputy_for: UUID | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """What an ability reaches for one person. Empty means nothing at all."""

    everything: bool = False
    areas: tuple[tuple[int, int], ...] = ()
    units: frozenset[UUID] = field(default_factory=frozenset)
    own: bool = False

    def __bool__(self) -> bool:
        return bool(self.everything or self.areas or self.units or self.own)

    def holds(
        self,
        *,
        area_first: int | None = None,
        units: Collection[UUID] = (),
        is_own: bool = False,
    ) -> bool:
        """True if a record at this area, of these units, own or not, lies within."""
        if self.everything or (self.own and is_own):
            return True
        if not self.units.isdisjoint(units):
            return True
        return area_first is not None and any(a <= area_first <= b for a, b in self.areas)


def local_day(at: datetime) -> date:
    """The day of an instant on the calendar of the place."""
    return at.astimezone(PLACE_ZONE).date()


def term_covers(begins: date, ends: date | None, day: date) -> bool:
    """A term (任期) counts from its first day to its last day, both included."""
    return begins <= day and (ends is None or day <= ends)


def absence_covers(begins: datetime, ends: datetime | None, at: datetime) -> bool:
    """An absence (代班) counts from its first instant up to, not including, its end."""
    return begins <= at and (ends is None or at < ends)


def reach_of(reach: str, held: Held) -> Scope:
    """What one reach opens for one post. A post that lacks the area or unit opens nothing."""
    if reach == "all":
        return Scope(everything=True)
    if reach == "own":
        return Scope(own=True)
    if reach == "unit":
        return Scope(units=held.units)
    if reach == "grid" and held.level != "grid":
        return Scope()
    if held.first is None or held.last is None:
        return Scope()
    return Scope(areas=((held.first, held.last),))


def scope_of(table: Mapping[str, str], held: Iterable[Held], *, signed_in: bool) -> Scope:
    """The scope of an ability, given its table role -> reach and the posts held.

    Every signed-in person is a resident too; `anyone` stands for those who are not signed in as well.
    """
    parts: list[Scope] = []
    if ANYONE in table:
        parts.append(reach_of(table[ANYONE], Held(post=UUID(int=0), role=ANYONE)))
    if signed_in and RESIDENT in table:
        parts.append(reach_of(table[RESIDENT], Held(post=UUID(int=0), role=RESIDENT)))
    parts += [reach_of(table[post.role], post) for post in held if post.role in table]
    return Scope(
        everything=any(part.everything for part in parts),
        areas=merged_ranges(area for part in parts for area in part.areas),
        units=frozenset().union(*(part.units for part in parts)),
        own=any(part.own for part in parts),
    )


def merged_ranges(ranges: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Sorted ranges, overlaps joined, so that queries carry as few conditions as can be."""
    out: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if out and first <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(out[-1][1], last))
        else:
            out.append((first, last))
    return tuple(out)


def post_acting(
    table: Mapping[str, str],
    held: Iterable[Held],
    *,
    area_first: int | None = None,
    units: Collection[UUID] = (),
    is_own: bool = False,
) -> Held | None:
    """The post in which a person acts on this target: own posts before deputised ones; None if none opens it."""
    for post in sorted(held, key=lambda h: (h.deputy_for is not None, h.post)):
        reach = table.get(post.role)
        if reach and reach_of(reach, post).holds(area_first=area_first, units=units, is_own=is_own):
            return post
    return None


def subtree(parents: Mapping[UUID, UUID | None], root: UUID) -> frozenset[UUID]:
    """The root and everything below it, from a map child -> parent."""
    children: dict[UUID, list[UUID]] = {}
    for child, parent in parents.items():
        if parent is not None:
            children.setdefault(parent, []).append(child)
    found, waiting = {root}, [root]
    while waiting:
        for child in children.get(waiting.pop(), ()):
            if child not in found:
                found.add(child)
                waiting.append(child)
    return frozenset(found)


def would_loop(parents: Mapping[UUID, UUID | None], child: UUID, new_parent: UUID | None) -> bool:
    """True if hanging `child` under `new_parent` would put a unit below itself."""
    return new_parent is not None and new_parent in subtree(parents, child)


def is_phone(normal: str) -> bool:
    """True for a normalised number (kernel.crypto.normal_phone): mobile, landline with area code, or abroad with +."""
    return bool(re.fullmatch(r"1[3-9]\d{9}|0\d{9,11}|\+[1-9]\d{6,14}", normal))


_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def is_id_number(normal: str) -> bool:
    """True for a resident identity number (公民身份号码, GB 11643) whose check character fits its 17 digits."""
    if not re.fullmatch(r"\d{17}[\dX]", normal):
        return False
    return "10X98765432"[sum(int(d) * w for d, w in zip(normal, _ID_WEIGHTS, strict=False)) % 11] == normal[17]


def masked_phone(phone: str) -> str:
    """138****0000: enough to recognise one's own, not enough to call."""
    if len(phone) < 8:
        return "*" * len(phone)
    return phone[:3] + "*" * (len(phone) - 7) + phone[-4:]


_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # no 0 o 1 l i: read out over the phone without mistakes


def one_time_password(groups: int = 3, size: int = 4) -> str:
    """A password to be read out once, such as `kx7m-9pqr-2fgh` (59 bits)."""
    return "-".join("".join(secrets.choice(_READABLE) for _ in range(size)) for _ in range(groups))


def shown_name(name: str, *, language: str = "zh-hans") -> str:
    """How a person is called before those who need not know the full name: 程某 / Cheng."""
    name = name.strip()
    if not name:
        return ""
    if re.match(r"[㐀-鿿]", name):
        family = name[:2] if name[:2] in _DOUBLE_NAMES and len(name) > 2 else name[:1]
        return f"{family}某" if language.startswith("zh") else family
    return name.split()[0]


_DOUBLE_NAMES = frozenset(
    ("欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "令狐", "夏侯", "慕容", "端木")
)


# Who may hand whom a new password or enter their absence: only of people of a lower standing, so that nobody climbs by it.
_STANDING = {
    "resident": 0,
    "rider": 0,
    "observer": 0,
    "grid_worker": 1,
    "grid_leader": 2,
    "handler": 3,
    "community_clerk": 3,
}


def stands_above(own_roles: Collection[str], their_roles: Collection[str]) -> bool:
    """True if somebody with these roles may reset the password, or enter the absence, of somebody with those (as of now).

    An administrator may for everyone. Roles that are not listed count as the highest.
    """
    if "administrator" in own_roles:
        return True
    own = max((_STANDING.get(role, 9) for role in own_roles if role != "administrator"), default=0)
    theirs = max((10 if role == "administrator" else _STANDING.get(role, 9) for role in their_roles), default=0)
    return own > theirs


_LICENCE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def is_licence(number: str) -> bool:
    """True for a unified social credit code (统一社会信用代码, GB 32100: 18 signs, the last one a check), or for the 15 digits
    that older licences carry."""
    if re.fullmatch(r"\d{15}", number):
        return True
    if not re.fullmatch(r"[0-9A-HJ-NP-RTUWXY]{18}", number):
        return False
    total = sum(_LICENCE_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(number[:17]))
    return _LICENCE_SIGNS[(31 - total % 31) % 31] == number[17]


FEWEST = 5


def withheld(count: int) -> int | None:
    """A figure of persons as it may be shown: None (不足 5 人) for one to four, since so few could be recognised."""
    return None if 0 < count < FEWEST else count
