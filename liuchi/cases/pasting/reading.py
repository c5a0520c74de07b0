"""From copied text to messages: whose line it is, when it was written, and what of it is only form. Pure; no Django.

The forms that WeChat copies in, and one line each as it stands there:

    Windows, several messages     张三:            then the words, then an empty line
    Mac, several messages         张三 2026/11/20 09:12
    the window of a forwarded     张三 2026年11月20日 09:12        (also 昨天 21:07, 星期五 21:07, 下午3:12)
    phone, sent as mail           微信群"六尺巷业主群"的聊天记录如下:
                                  —————  2026-11-20  —————
                                  张三  09:12
    backup programs               2026-11-20 09:12:33 张三, or 张三(2026-11-20 09:12:33)
    the card of a forwarded       张三: 路灯坏了   (name and words in one line)
    one message alone             the words and nothing else
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo

PICTURE = re.compile(r"\[(?:图片|照片|Photo|Image|Picture)(?::[^\]]*)?\]", re.IGNORECASE)
# What can't be pasted: the clerk has to listen, look or open it. What stands behind it in the line goes with it.
UNREADABLE = re.compile(
    r"\[(?:语音|视频|文件|链接|位置|小程序|视频号|音乐|名片|聊天记录|转账|红包|接龙|"
    r"Voice|Audio|Video|File|Link|Location|Mini Program)[^\]]*\].*",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Line:
    """One line that is not empty. number: from 0 in what was pasted; why: set where it is only form."""

    number: int
    text: str
    why: str = ""


@dataclass(slots=True)
class Message:
    """What somebody wrote at one time. speaker: as the group calls them, empty if it does not say; lines: numbers of all
    its lines, the one with the name among them; quoted: the message that it answers, as far as WeChat copies it."""

    speaker: str
    at: datetime | None
    lines: list[int] = field(default_factory=list)
    words: str = ""
    pictures: int = 0
    quoted: str = ""
    system: bool = False  # WeChat says it, and nobody


@dataclass(slots=True)
class Read:
    """Messages in their order; form: the lines that belong to none of them."""

    messages: list[Message]
    form: list[int]


_DAY = r"(?:(?P<year>\d{4})[-/年.](?P<month>\d{1,2})[-/月.](?P<day>\d{1,2})日?|(?P<month2>\d{1,2})月(?P<day2>\d{1,2})日|(?P<past>昨天|前天|今天|Yesterday|Today)|(?P<week>星期[一二三四五六日天]|周[一二三四五六日天]))"
_CLOCK = r"(?P<half>凌晨|早上|上午|中午|下午|晚上|AM|PM)?\s*(?P<hour>\d{1,2})[:：](?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:\s*(?P<half2>AM|PM))?"
_MOMENT = rf"(?:{_DAY}\s*)?{_CLOCK}"
_NAME = r"(?P<name>\S(?:[^\n]{0,38}?\S)?)"
_BEHIND = re.compile(rf"^{_NAME}\s+{_DAY}\s*{_CLOCK}$", re.IGNORECASE)
_IN_BRACKETS = re.compile(rf"^{_NAME}\s*[(（\[]{_DAY}\s*{_CLOCK}[)）\]]$", re.IGNORECASE)
_BEFORE = re.compile(rf"^[\[(]?{_DAY}\s*{_CLOCK}[\])]?\s+{_NAME}$", re.IGNORECASE)
_CLOCK_ALONE = re.compile(rf"^{_NAME}(?:\s{{2,}}|\t){_CLOCK}$", re.IGNORECASE)
_CLOCK_BEHIND = re.compile(rf"^(?P<name>[^\s:：，。！？；,!?;]{{1,24}})\s+{_CLOCK}$", re.IGNORECASE)
_COLON = re.compile(r"^(?P<name>[^:：，。！？；,!?;]{1,30})[:：]$")
_INLINE = re.compile(r"^(?P<name>[^:：，。！？；,!?;]{1,16})[:：]\s?(?P<words>\S.*)$")
_DIVIDER = re.compile(rf"^[—\-–=*\s]{{3,}}\s*{_DAY}\s*[—\-–=*\s]{{3,}}$")
_TIME_LINE = re.compile(rf"^{_MOMENT}$", re.IGNORECASE)
_DASHES = re.compile(r"^(?:[-—–_=*·]\s*){3,}$")
_INTRO = re.compile(
    r"(?:的聊天记录(?:如下)?[，,。:：]?(?:请查收[。.]?)?|^Dear[:：,，]?|^\s*chat history\s*)$", re.IGNORECASE
)
_SYSTEM = re.compile(
    r"^(?:.{1,60}(?:撤回了一条消息|加入了?群聊|移出了?群聊|退出了?群聊|修改群名为.{0,40}|拍了拍.{0,40}|分享的二维码加入群聊|开启了朋友验证)|以下(?:为|是)新消息|你已添加了.{1,40}|查看更多消息)$"
)
_QUOTE_OPEN = re.compile(r"^「(?P<name>[^:：]{1,30})[:：]\s?(?P<words>.*)$")
# What stands before a colon and is nobody's name.
_FIELDS = (
    "电话、手机、联系电话、联系方式、地址、地点、位置、时间、日期、姓名、联系人、诉求、内容、问题、备注、说明、标题、房号、楼号、情况、"
    "原因、建议、通知、公告、提醒、温馨提示、注意、各位、大家好、例如、比如、答、问、http、https、"
)
_WEEK = "一二三四五六日"


def read(text: str, now: datetime, zone: tzinfo) -> Read:
    """Messages of a pasted chat. now: when it was pasted, for 昨天 and for a clock without a day; zone: of the times."""
    lines = [Line(number, _plain(line)) for number, line in enumerate(_split(text))]
    filled = [line for line in lines if line.text]
    form, heads = _heads(lines, filled)
    messages: list[Message] = []
    out: list[int] = []
    day: date | None = None
    inline = heads == "inline"
    for line in filled:
        if found := _DIVIDER.match(line.text):
            day = _day(found, now, zone) or day
            out.append(line.number)
        elif line.number in form:
            if (found := _TIME_LINE.match(line.text)) and messages is not None:
                day = _day(found, now, zone) or day
            out.append(line.number)
        elif _SYSTEM.match(line.text) and not _DASHES.match(line.text):
            messages.append(Message("", None, [line.number], line.text, system=True))
        elif isinstance(heads, dict) and line.number in heads:
            head = heads[line.number]
            messages.append(Message(_name(head["name"]), _moment(head, day, now, zone), [line.number]))
        elif inline and (said := _inline(line.text)):
            messages.append(Message(_name(said["name"]), None, [line.number]))
            _add(messages[-1], said["words"])
        else:
            if not messages or messages[-1].system:
                messages.append(Message("", None))
            messages[-1].lines.append(line.number)
            _add(messages[-1], line.text)
    for message in messages:
        _take_quote(message)
        message.words = message.words.strip()
    return Read(messages, out)


def _split(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n").split("\n")


def _plain(line: str) -> str:
    for sign in "\u200b\u200e\u200f\u2060\ufeff\u0000":
        line = line.replace(sign, "")
    # Two blanks before the time are what tells the phone's form: they stay.
    return line.replace("\xa0", " ").replace("\u2005", " ").replace("\u3000", " ").strip()


def _heads(lines: list[Line], filled: list[Line]) -> tuple[set[int], dict[int, dict[str, str]] | str]:
    """(numbers of lines that are only form, what the lines with a name say), or "inline" where name and words share one."""
    form: set[int] = set()
    heads: dict[int, dict[str, str]] = {}
    from_phone = any(_DIVIDER.match(line.text) for line in filled) or bool(filled and _INTRO.search(filled[0].text))
    for line in filled:
        found = _BEHIND.match(line.text) or _IN_BRACKETS.match(line.text) or _BEFORE.match(line.text)
        if found is None and (from_phone or not line.number or not lines[line.number - 1].text):
            found = (_CLOCK_ALONE if from_phone else _CLOCK_BEHIND).match(line.text)
        if found:
            heads[line.number] = {name: value or "" for name, value in found.groupdict().items()}
    first = min(heads, default=len(lines))
    for line in filled:
        if line.number not in heads and (
            (_INTRO.search(line.text) and line.number < first) or _TIME_LINE.match(line.text)
        ):
            form.add(line.number)
    if heads:
        return form, heads
    for line in filled:
        before = lines[line.number - 1].text if line.number else ""
        named = _COLON.match(line.text)
        if named and (not before or line.number - 1 in form) and _may_be_name(named["name"]):
            heads[line.number] = {"name": named["name"]}
    if heads:
        return form, heads
    said = [line for line in filled if line.number not in form]
    if len(said) > 1 and sum(_inline(line.text) is not None for line in said) * 3 >= len(said) * 2:
        return form, "inline"
    return form, heads


def _inline(text: str) -> re.Match[str] | None:
    found = _INLINE.match(text)
    return found if found and _may_be_name(found["name"]) and not found["words"].startswith("//") else None


def _may_be_name(name: str) -> bool:
    name = name.strip()
    return bool(name) and f"{name}、" not in _FIELDS and not name.endswith(("如下", "地址", "电话", "时间", "说"))


def _name(said: str) -> str:
    return said.strip().rstrip(":：").strip()


def _add(message: Message, text: str) -> None:
    message.pictures += len(PICTURE.findall(text))
    text = PICTURE.sub("", text).strip()
    if text:
        message.words = f"{message.words}\n{text}" if message.words else text


def _take_quote(message: Message) -> None:
    """An answer copied on Windows has what it answers above it: 「张三：路灯坏了」, a line of dashes, the answer."""
    rows = message.words.split("\n")
    if (found := _QUOTE_OPEN.match(rows[0])) is None:
        return
    end = next((at for at, row in enumerate(rows) if _DASHES.match(row)), None)
    closed = next((at for at, row in enumerate(rows) if row.endswith("」")), None)
    if closed is None or (end is not None and closed > end):
        return
    message.quoted = "\n".join([found["words"], *rows[1 : closed + 1]])[:-1] if closed else found["words"][:-1]
    message.words = "\n".join(rows[(end if end is not None else closed) + 1 :])


def _day(found: re.Match[str] | dict[str, str], now: datetime, zone: tzinfo) -> date | None:
    said = found if isinstance(found, dict) else found.groupdict()
    today = now.astimezone(zone).date()
    try:
        if said.get("year"):
            return date(int(said["year"]), int(said["month"]), int(said["day"]))
        if said.get("month2"):
            day = date(today.year, int(said["month2"]), int(said["day2"]))
            return day if day <= today else day.replace(year=today.year - 1)
    except ValueError:
        return None
    if past := said.get("past"):
        return today - timedelta(days={"昨天": 1, "yesterday": 1, "前天": 2}.get(past.lower(), 0))
    if week := said.get("week"):
        return today - timedelta(days=(today.weekday() - _WEEK.index(week[-1].replace("天", "日"))) % 7)
    return None


def _moment(head: dict[str, str], day: date | None, now: datetime, zone: tzinfo) -> datetime | None:
    """When it was written; None if it does not say, or says a time to come."""
    if not head.get("hour"):
        return None
    hour, half = int(head["hour"]), (head.get("half") or head.get("half2") or "").upper()
    if half in ("下午", "晚上", "PM") and hour < 12:
        hour += 12
    elif (half in ("AM", "凌晨") and hour == 12) or hour == 24:
        hour = 0
    day = _day(head, now, zone) or day or now.astimezone(zone).date()
    try:
        at = datetime.combine(day, time(hour, int(head["minute"]), int(head.get("second") or 0)), zone)
    except ValueError:
        return None
    return at if at <= now else None
