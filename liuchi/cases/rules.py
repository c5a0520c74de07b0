"""The life of a case as one readable table, and the words and clocks around it. Pure; no Django.

Flow of GB/T 47678: 信息收集 -> 案卷建立 -> 任务派遣 -> 任务处理 -> 处理反馈 -> 核实结案 -> 综合评价.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

STATES = (
    "reported",  # 已收到: somebody said it; nobody has looked yet
    "filed",  # 已立案: matter and filing condition are settled
    "dispatched",  # 已派遣: a unit has it
    "accepted",  # 处理中: somebody of the unit has taken it
    "handled",  # 待核查: the unit says it is done
    "checked",  # 已核实: seen to be done
    "closed",  # 已办结
    "withdrawn",  # 已撤回: by the reporter
)
OPEN = frozenset({"reported", "filed", "dispatched", "accepted", "handled", "checked"})
CHANNELS = ("phone", "web", "desk", "call", "walk_in", "import", "api", "system", "replay")
# How it ended, told to the reporter as it is.
OUTCOMES = ("done", "not_done", "refused")
PLACE_SOURCES = ("gps", "photo", "map", "search", "words", "none")


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn in the life of a case: from which states, to which, and by which ability."""

    sources: frozenset[str]
    target: str
    ability: str


def _turn(sources: str, target: str, ability: str) -> Turn:
    return Turn(frozenset(sources.split()), target, ability)


# The one table. Pages, API and outbox offer a turn when `may_turn` and the ability agree.
TURNS: Mapping[str, Turn] = {
    "file": _turn("reported filed", "filed", "cases.dispatch"),
    "dispatch": _turn("filed", "dispatched", "cases.dispatch"),
    "accept": _turn("dispatched", "accepted", "cases.handle"),
    "handle": _turn("accepted", "handled", "cases.handle"),
    "check": _turn("handled", "checked", "cases.check"),
    "close": _turn("checked", "closed", "cases.check"),
    "refuse": _turn("reported filed", "closed", "cases.dispatch"),
    "withdraw": _turn("reported filed", "withdrawn", "cases.follow"),
}

# What each open state waits for, and how long by the office's own rule until the catalogue's limit applies: (value, clock).
STEP_LIMITS: Mapping[str, tuple[float, str]] = {
    "reported": (2, "work_hour"),
    "filed": (2, "work_hour"),
    "handled": (1, "work_day"),
    "checked": (1, "work_day"),
}

# What may fall on somebody does not wait for Monday: where the suggested matter has a limit in urgent hours, somebody of
# the desk looks within this, around the clock.
URGENT_STEP = (1, "urgent_hour")
URGENT_SHARE = 0.6  # how sure the suggestion must be

# Four stops that anyone can read: 收到 - 派给… - 处理中 - 办结
STOPS = ("received", "dispatched", "in_work", "closed")
_STOP_OF = {
    "reported": 0,
    "filed": 0,
    "dispatched": 1,
    "accepted": 2,
    "handled": 2,
    "checked": 2,
    "closed": 3,
    "withdrawn": 0,
}


def may_turn(name: str, state: str) -> bool:
    """Whether the table allows this turn from this state. Raises KeyError for a turn that is none."""
    return state in TURNS[name].sources


def stops(state: str) -> list[tuple[str, str]]:
    """The four stops with their marks: ``[("received", "done"), ("dispatched", "now"), ...]``."""
    here = _STOP_OF[state]
    marks = []
    for index, stop in enumerate(STOPS):
        if index < here or state == "closed":
            marks.append((stop, "done"))
        elif index == here:
            marks.append((stop, "now"))
        else:
            marks.append((stop, "next"))
    return marks


def tone(share_used: float | None) -> str:
    """The colour of a clock: ok below half of the time, warn from half, bad from 80 % and when it is over."""
    if share_used is None:
        return "plain"
    if share_used >= 0.8:
        return "bad"
    return "warn" if share_used >= 0.5 else "ok"


# 32 signs without those that look alike; 12 of them hold 60 random bits.
_RECEIPT_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
RECEIPT_LENGTH = 12


def new_receipt() -> str:
    """A receipt code to follow a report with: ``ABCD-EFGH-JKLM``, 60 random bits."""
    bits = secrets.randbits(5 * RECEIPT_LENGTH)
    code = "".join(_RECEIPT_SIGNS[bits >> 5 * place & 31] for place in range(RECEIPT_LENGTH))
    return "-".join(code[at : at + 4] for at in range(0, RECEIPT_LENGTH, 4))


def clean_receipt(said: str) -> str | None:
    """The code as it was given out, from what a person typed or a camera read; None if it can't be one."""
    code = re.sub(r"[\s\-－—]", "", said).upper()
    if len(code) != RECEIPT_LENGTH or any(sign not in _RECEIPT_SIGNS for sign in code):
        return None
    return "-".join(code[at : at + 4] for at in range(0, RECEIPT_LENGTH, 4))


_PHONE = re.compile(r"(?<!\d)(?:\+?86[\s-]?)?(1[3-9]\d)[\s-]?(\d{4})[\s-]?(\d{4})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(0\d{2,3})[\s-]?(\d{7,8})(?!\d)")
_ID_NUMBER = re.compile(r"(?<!\d)(\d{6})(?:19|20)\d{2}[01]\d[0-3]\d\d{3}([\dXx])(?!\d)")
_CARD = re.compile(r"(?<!\d)(\d{4})\d{8,11}(\d{4})(?!\d)")
_DOUBLE = "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|令狐|夏侯|慕容|端木"
# After 我是 mostly a role follows (我是业主), so there a name has to begin with one of the frequent family names.
_FREQUENT = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_CALLED = re.compile(
    r"((?:(?:我|本人|联系人|姓名)(?:叫|名叫|：|:)|姓名是|联系人是)\s*)"
    rf"({_DOUBLE}|[\u4e00-\u9fff])[\u4e00-\u9fff]{{1,2}}(?=[，,。；;、\s]|$)"
)
_AM = re.compile(rf"((?:我|本人)是\s*)({_DOUBLE}|[{_FREQUENT}])[\u4e00-\u9fff]{{1,2}}(?=[，,。；;、\s]|$)")


_MAIL = re.compile(r"(?<![A-Za-z0-9._%+-])([A-Za-z0-9])[A-Za-z0-9._%+-]*@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")
_ACCOUNT = re.compile(
    r"((?:微信号?|WeChat|QQ号?)\s{0,3}(?:是|为|：|:|=)?\s{0,3})[A-Za-z0-9_-]{5,20}(?![A-Za-z0-9_-])", re.IGNORECASE
)


def masked(text: str) -> str:
    """The words without phone numbers, ID and card numbers, addresses of mail and messengers and the names people give of
    themselves: 138****0000, 王某.

    What is not found here stays, so the full text is still only for those whose duty it is.
    """
    text = _ID_NUMBER.sub(lambda found: f"{found[1]}**********{found[2]}", text)
    text = _PHONE.sub(lambda found: f"{found[1]}****{found[3]}", text)
    text = _LANDLINE.sub(lambda found: f"{found[1]}-****{found[2][-3:]}", text)
    text = _CARD.sub(lambda found: f"{found[1]}********{found[2]}", text)
    text = _MAIL.sub(lambda found: f"{found[1]}***@{found[2]}", text)
    text = _ACCOUNT.sub(lambda found: f"{found[1]}***", text)
    for name in (_CALLED, _AM):
        text = name.sub(lambda found: f"{found[1]}{found[2]}某", text)
    return text
