"""The life of a case as one readable table, and the words and clocks around it. Pure; no Django.

Flow of GB/T 47678: 信息收集 -> 案卷建立 -> 任务派遣 -> 任务处理 -> 处理反馈 -> 核实结案 -> 综合评价.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

STATES = (
    "reported",  # 已收到: somebody said it; nobody has looked yet
    "filed",  # 已立案: matter and filing condition are settled
    "approval",  # 待准入: outside the list of a community, so the street is asked before it burdens one (减负)
    "disputed",  # 疑难: returned twice, or nobody knows whose it is; the supervisor decides
    "dispatched",  # 已派遣: a unit has it
    "accepted",  # 处理中: somebody of the unit has taken it
    "suspended",  # 挂账: can't be done before a date, with approval; goes on by itself
    "handled",  # 待核查: the unit says it is done
    "checked",  # 已核实: seen to be done
    "closed",  # 已办结
    "withdrawn",  # 已撤回: by the reporter
    "merged",  # 已并案: goes with another report of the same, and ends with it
)
ENDED = frozenset({"closed", "withdrawn"})
OPEN = frozenset(STATES) - ENDED - {"merged"}
CHANNELS = (
    "phone", "web", "desk", "call", "walk_in", "visit", "wechat", "mail", "hotline", "import", "api", "open311", "system",
    "replay", "unit",
)  # fmt: skip
# How it ended, told to the reporter as it is.
OUTCOMES = (
    "done",  # 已解决
    "part_done",  # 部分解决
    "not_done",  # 未能解决, and why
    "not_ours",  # 不属本级职责, and whose it is
    "known",  # 已知晓: the same is known already, and under which number
    "invalid",  # 无效: no request in it (a trial, nothing to be seen)
    "refused",  # 不予受理: a request, but none that an office takes up
)
REFUSALS = ("not_ours", "known", "invalid", "refused")
HANDLED = ("done", "part_done", "not_done")
PARTS = ("co", "sub")  # 协办: a unit helps the one in charge; 子案卷: a part of it with a matter of its own
MOTIONS = ("extension", "suspension", "appeal", "approval", "dispute")  # 延期、挂账、申诉、准入、疑难
ANSWERS = ("granted", "declined", "lapsed")  # lapsed: the case went another way before anybody answered
PLACE_SOURCES = ("gps", "photo", "map", "search", "words", "none")
STAYS = "="


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn in the life of a case: from which states, to which of some (``=``: it stays where it is), by which ability.

    undo: who did it may take it back within a minute.
    """

    sources: frozenset[str]
    targets: tuple[str, ...]
    ability: str
    undo: bool
    but: tuple[str, ...] = ()  # states in which it stays all the same

    def leads(self, state: str) -> frozenset[str]:
        """The states that it may lead to from this one."""
        if state not in self.sources:
            return frozenset()
        if state in self.but:
            return frozenset({state})
        return frozenset(state if target == STAYS else target for target in self.targets)


def _turn(sources: str, targets: str, ability: str, *, undo: bool = False, but: str = "") -> Turn:
    return Turn(frozenset(sources.split()), tuple(targets.split()), ability, undo, tuple(but.split()))


_WITH_A_UNIT = "dispatched accepted"

# The one table. Pages, API and outbox offer a turn when `may_turn` and the ability agree; docs/turns.md is drawn from it.
TURNS: Mapping[str, Turn] = {
    # the straight way
    "file": _turn("reported filed disputed", "filed", "cases.dispatch", undo=True),  # 立案
    "dispatch": _turn("filed", "dispatched approval", "cases.dispatch", undo=True),  # 派遣
    "accept": _turn("dispatched", "accepted", "cases.handle", undo=True),  # 接单
    "handle": _turn("accepted", "handled", "cases.handle", undo=True),  # 处置反馈
    "check": _turn("handled", "checked", "cases.check", undo=True),  # 核查
    "close": _turn("checked", "closed", "cases.check", undo=True),  # 结案
    # not the unit's, or not this unit's
    "give_back": _turn(_WITH_A_UNIT, "filed disputed", "cases.handle", undo=True),  # 退回
    "dispute": _turn("filed", "disputed", "cases.dispatch", undo=True),  # 提请裁定
    "decide": _turn("disputed", "dispatched", "cases.decide"),  # 疑难裁定
    "transfer": _turn("dispatched accepted suspended", "dispatched", "cases.dispatch", undo=True),  # 转派
    "entrust": _turn("reported", "approval", "cases.entrust"),  # 部门委托
    "admit": _turn("approval", "dispatched", "cases.admit"),  # 准入
    "decline": _turn("approval", "filed closed", "cases.admit"),  # 不予准入
    # several units
    "add_unit": _turn(f"{_WITH_A_UNIT} suspended", STAYS, "cases.dispatch"),  # 增派协办
    "split": _turn(f"filed {_WITH_A_UNIT}", STAYS, "cases.dispatch"),  # 拆分子案卷
    # time
    "ask_extension": _turn(_WITH_A_UNIT, STAYS, "cases.handle"),  # 申请延期
    "extend": _turn(_WITH_A_UNIT, STAYS, "cases.grant"),  # 准予延期
    "ask_suspension": _turn("accepted", STAYS, "cases.handle"),  # 申请挂账
    "suspend": _turn("accepted", "suspended", "cases.grant"),  # 准予挂账
    "resume": _turn("suspended", "accepted", "cases.handle"),  # 恢复办理
    "appeal": _turn("closed", STAYS, "cases.handle"),  # 申诉
    "excuse": _turn("closed", STAYS, "cases.decide"),  # 核定申诉
    # pressing
    "urge": _turn(" ".join(sorted(OPEN - {"suspended"})), STAYS, "cases.urge"),  # 催办
    "supervise": _turn(" ".join(sorted(OPEN)), STAYS, "cases.supervise"),  # 督办
    # up and down: grid, community, street, district
    "escalate": _turn("reported filed dispatched accepted", "filed", "cases.escalate", undo=True, but="reported"),  # 上报
    "send_down": _turn("reported filed", STAYS, "cases.send_down", undo=True),  # 下派
    # not right yet
    "rework": _turn("handled checked", "accepted", "cases.check", undo=True),  # 返工
    "reopen": _turn("closed", "reported dispatched", "cases.follow"),  # 反映人要求重办
    "recall": _turn("closed", "reported dispatched", "cases.check", undo=True),  # 回访后重办
    # honest ends beside the straight one
    "refuse": _turn("reported filed disputed", "closed", "cases.dispatch", undo=True),  # 不予受理
    "withdraw": _turn("reported filed", "withdrawn", "cases.follow"),  # 撤回
    "merge": _turn("reported filed disputed dispatched accepted", "merged", "cases.dispatch", undo=True),  # 并案
    "unmerge": _turn("merged", "reported filed", "cases.dispatch", undo=True),  # 拆开并案
    "end_with": _turn("merged", "closed", "cases.check"),  # 随主案办结
}  # fmt: skip

# What may happen to a case without touching what a person decides on: a page opened before it is not out of date.
QUIET = frozenset(
    [
        "case.urgent", "case.placed", "case.contact_seen", "case.photo_covered", "case.deadline_moved", "case.joined", "case.left",
        "case.warned", "case.urged", "case.noted",
    ]
)  # fmt: skip

EARLY_LIGHT = 0.8  # of a unit's limit: its people are told, so that they need not be late
UNDO_WITHIN = timedelta(minutes=1)
MOST_RETURNS = 2  # after two returns nobody may return it again: the supervisor has decided
MOST_EXTENSIONS = 2  # each by at most the original limit
LONGEST_SUSPENSION = timedelta(days=365)
MOST_REOPENINGS = 2  # by the reporter; the office may always
REOPEN_WITHIN = timedelta(days=30)
APPEAL_WITHIN = timedelta(days=15)
URGE_AGAIN = timedelta(hours=24)  # by the same reporter

# What each open state waits for, and how long by the office's own rule until the catalogue's limit applies: (value, clock).
STEP_LIMITS: Mapping[str, tuple[float, str]] = {
    "reported": (2, "work_hour"),
    "filed": (2, "work_hour"),
    "approval": (1, "work_day"),
    "disputed": (1, "work_day"),
    "handled": (1, "work_day"),
    "checked": (1, "work_day"),
}

# A unit's limit when the catalogue gives none.
NO_CONDITION = (5.0, "work_day")
# A unit says within a quarter of its limit, and within half a working day, that it has it.
ACCEPT_SHARE = 0.25
ACCEPT_MOST = {"urgent_hour": 60.0, "work_hour": 240.0, "work_day": 240.0, "natural_day": 240.0}
MINUTES_OF = {"urgent_hour": 60.0, "work_hour": 60.0, "work_day": 480.0, "natural_day": 1440.0}

# What may fall on somebody does not wait for Monday: where the suggested matter has a limit in urgent hours, somebody of
# the desk looks within this, around the clock.
URGENT_STEP = (1, "urgent_hour")
URGENT_SHARE = 0.6  # how sure the suggestion must be

# Levels of an office that may hold a case, from the ground up; 0: whoever of the desk sees it first.
LEVELS: Mapping[str, int] = {"grid": 1, "community": 2, "street": 3, "county": 4, "city": 5, "province": 6}

# Four stops that anyone can read: 收到 - 派给… - 处理中 - 办结
STOPS = ("received", "dispatched", "in_work", "closed")
_STOP_OF = {
    "reported": 0,
    "filed": 0,
    "approval": 0,
    "disputed": 0,
    "dispatched": 1,
    "accepted": 2,
    "suspended": 2,
    "handled": 2,
    "checked": 2,
    "closed": 3,
    "withdrawn": 0,
    "merged": 0,
}


def may_turn(name: str, state: str) -> bool:
    """Whether the table allows this turn from this state. Raises KeyError for a turn that is none."""
    return state in TURNS[name].sources


def target(name: str, state: str, to: str | None = None) -> str:
    """The state that a turn leads to; where it may lead to several, ``to`` says which. Raises ValueError for another."""
    leads = TURNS[name].leads(state)
    chosen = to or (next(iter(leads)) if len(leads) == 1 else None)
    if chosen not in leads:
        raise ValueError(f"{name} does not lead from {state} to {to}")
    return chosen


def may_give_back(returns: int, decided: bool) -> bool:
    """Whether a unit may still return it: not after two returns, nor after the supervisor has decided whose it is."""
    return not decided and returns < MOST_RETURNS


def may_appeal(state: str, in_time: bool | None, closed_at: datetime | None, at: datetime) -> bool:
    """Whether a unit may still say that its overdue mark is not right."""
    return state == "closed" and in_time is False and closed_at is not None and at <= closed_at + APPEAL_WITHIN


def may_reopen(state: str, reopenings: int, closed_at: datetime | None, at: datetime) -> bool:
    """Whether the one who reported it may still say that it is not right."""
    soon = closed_at is not None and at <= closed_at + REOPEN_WITHIN
    return state == "closed" and soon and reopenings < MOST_REOPENINGS


def accept_minutes(value: float, clock: str) -> float:
    """Minutes of its own clock (for calendar days: working minutes) within which a unit says that it has it."""
    return min(value * MINUTES_OF[clock] * ACCEPT_SHARE, ACCEPT_MOST[clock])


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
    """The light of a clock: ok below half of the time, warn from half, bad from 80 %. At 100 % the word says so (超)."""
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
