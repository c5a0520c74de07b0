"""What the columns of a sheet of work orders may be called, and what one of its rows says. Pure; no Django."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

MOST_ROWS = 5000
HEADS_WITHIN = 12
EARLIEST_YEAR = 2000

# field -> what 12345 platforms and offices call it, the plainest first. Found by the whole head, then by its beginning.
HEADS: Mapping[str, tuple[str, ...]] = {
    "key": ("工单编号", "工单号", "诉求编号", "受理编号", "案件编号", "事项编号", "流水号", "工单流水号", "业务编号", "订单编号", "信件编号", "留言编号", "编号", "order number", "number"),
    "title": ("诉求标题", "工单标题", "标题", "主题", "诉求主题", "事件标题", "留言主题", "诉求概要", "title"),
    "text": ("诉求内容", "工单内容", "反映内容", "来电内容", "问题描述", "诉求描述", "事项内容", "具体内容", "投诉内容", "主要内容", "内容", "详细描述", "事件描述", "留言详情", "content", "description"),
    "reported": ("来电时间", "受理时间", "诉求时间", "登记时间", "创建时间", "反映时间", "提交时间", "接收时间", "建单时间", "来信时间", "留言时间", "reported at", "created"),
    "phone": ("联系电话", "来电号码", "联系方式", "电话", "手机", "手机号", "手机号码", "来电电话", "诉求人电话", "回访电话", "主叫号码", "phone"),
    "place": ("事发地址", "事发地点", "诉求地址", "问题地址", "发生地址", "详细地址", "地址", "地点", "事件地址", "所在位置", "诉求地点", "address", "place"),
    "area": ("所属社区", "所属网格", "所属区域", "所属街道", "事发区域", "所属区划", "行政区划", "责任社区", "社区", "街道", "区域", "area"),
    "matter": ("诉求类别", "诉求分类", "事项分类", "问题分类", "诉求类型", "工单类型", "事项类别", "问题类别", "分类", "三级分类", "二级分类", "一级分类", "类别", "category"),
    "due": ("办理时限", "办结时限", "截止时间", "办结期限", "要求办结时间", "办理期限", "到期时间", "处理时限", "限办时间", "反馈时限", "应办结时间", "due"),
    "state": ("工单状态", "办理状态", "状态", "处理状态", "办结状态", "status"),
}  # fmt: skip
NEEDED = ("key", "text")
# Nobody needs a name to mend a lamp, so a name is not taken; others bring nothing that the house does not know itself.
NOT_TAKEN = ("来电人", "诉求人", "姓名", "联系人", "身份证号", "性别", "年龄")
ENDED = ("办结", "结案", "归档", "完结", "关闭", "办毕", "已完成", "closed", "done")
NOT_ENDED = ("未", "待", "不", "尚")


def plain(head: object) -> str:
    """A head without blanks, marks and case: ``*联系电话（必填）`` is 联系电话."""
    said = re.sub(r"[\s*＊:：]", "", str(head or "")).lower()
    return re.sub(r"[(（\[【].*?[)）\]】]$", "", said)


def find_heads(rows: Sequence[Sequence[str]]) -> int:
    """The row, from 0, in which the heads stand: below a title, above the numbers."""
    known = {plain(word) for words in HEADS.values() for word in words} | set(NOT_TAKEN)

    def hits(row: Sequence[str]) -> tuple[int, int]:
        return sum(plain(cell) in known for cell in row), sum(bool(cell) for cell in row)

    return max(range(min(len(rows), HEADS_WITHIN)), key=lambda at: (*hits(rows[at]), -at), default=0)


def guess(heads: Sequence[str]) -> dict[str, str]:
    """field -> head, by what such columns are called; each head is used once."""
    at = {plain(head): head for head in reversed(heads) if head}
    found: dict[str, str] = {}
    for exact in (True, False):
        for name, words in HEADS.items():
            if name in found:
                continue
            for word in map(plain, words):
                fits = [
                    head
                    for said, head in at.items()
                    if (said == word if exact else len(word) > 2 and said.startswith(word))
                ]
                if fits and fits[0] not in found.values():
                    found[name] = fits[0]
                    break
    return found  # fmt: skip


def fits(columns: Mapping[str, str], heads: Iterable[str]) -> bool:
    """Whether a kept mapping is for a sheet with these heads: all that it names is there."""
    there = {plain(head) for head in heads}
    return bool(columns) and all(plain(head) in there for head in columns.values())


@dataclass(frozen=True, slots=True)
class Order:
    """One row, read. why: a word of `WHYS` where it is not taken; phone_left: the phone was none."""

    number: int
    key: str = ""
    text: str = ""
    reported: datetime | None = None
    due: datetime | str = ""
    phone: str = ""
    place: str = ""
    area: str = ""
    matter: str = ""
    why: str = ""


WHYS = ("no_key", "key_long", "twice", "empty", "time", "future", "too_old", "ended", "due_before", "refused")


def read(number: int, cells: Mapping[str, object], now: datetime, zone: tzinfo) -> Order:
    """A row by its fields; cells: texts, or what the workbook has as a date. A row that can't be taken says why."""
    said = {name: as_words(value) for name, value in cells.items()}
    key = said.get("key", "")
    title, text = said.get("title", ""), said.get("text", "")
    whole = text if not title or text.startswith(title) else f"{title}\n{text}".strip()
    reported = moment(cells.get("reported"), zone) if said.get("reported") else None
    due = limit(cells.get("due"), zone) if said.get("due") else ""
    why = ""
    if not key:
        why = "no_key"
    elif len(key) > 80:
        why = "key_long"
    elif not whole:
        why = "empty"
    elif any(word in said.get("state", "").lower() for word in ENDED) and not said["state"].startswith(NOT_ENDED):
        why = "ended"
    elif said.get("reported") and reported is None:
        why = "time"
    elif reported and reported > now:
        why = "future"
    elif reported and reported.year < EARLIEST_YEAR:
        why = "too_old"
    elif isinstance(due, datetime) and due < (reported or now):
        why = "due_before" if reported else ""
    return Order(
        number, key, whole[:5000], reported, due or "", said.get("phone", ""), said.get("place", "")[:120], said.get("area", ""),
        said.get("matter", ""), why,
    )  # fmt: skip


def as_words(value: object) -> str:
    """What a cell shows: 13800000000.0 is a phone."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "\n".join(" ".join(line.split()) for line in str(value).replace("\u3000", " ").splitlines() if line.strip())


_MOMENT = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]*(上午|下午|晚上|凌晨|AM|PM)?\s*(\d{1,2})[:：时](\d{1,2})?(?:[:：分](\d{1,2}))?)?.*", re.IGNORECASE | re.DOTALL
)  # fmt: skip
_SPAN = re.compile(r"(\d{1,3}(?:\.5)?)\s*个?\s*(紧急工作时|工作时|工作小时|小时|工作日|自然日|日|天)")
_CLOCKS = {
    "紧急工作时": "urgent_hour",
    "工作时": "work_hour",
    "工作小时": "work_hour",
    "小时": "urgent_hour",
    "工作日": "work_day",
}


def moment(value: object, zone: tzinfo) -> datetime | None:
    """A time as sheets have it: a date of the workbook, 2026-11-20 09:12:33, 2026年11月20日 9时12分. UTC; None if it is none."""
    if isinstance(value, date) and not 1900 < value.year < 2200:
        return None
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(UTC)
    if isinstance(value, date):
        return datetime.combine(value, time(), zone).astimezone(UTC)
    found = _MOMENT.fullmatch(as_words(value))
    if found is None:
        return None
    hour = int(found[5] or 0)
    if (found[4] or "").upper() in ("下午", "晚上", "PM") and hour < 12:
        hour += 12
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
        if not 1900 < day.year < 2200:
            return None
        return datetime.combine(day, time(hour, int(found[6] or 0), int(found[7] or 0)), zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def limit(value: object, zone: tzinfo) -> datetime | str:
    """Until when, or how long from the report: "5 work_day"; nothing for what is neither. A day alone is until its end."""
    at = moment(value, zone)
    if at is not None:
        local = at.astimezone(zone)
        whole_day = local.time() == time() and ":" not in str(value if not isinstance(value, datetime) else "")
        return at + timedelta(hours=24) - timedelta(minutes=1) if whole_day else at
    if found := _SPAN.fullmatch(as_words(value)):
        clock = _CLOCKS.get(found[2], "natural_day")
        return f"{found[1]} {clock}" if float(found[1]) > 0 and (clock != "natural_day" or "." not in found[1]) else ""
    return ""
