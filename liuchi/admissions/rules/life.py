"""The life of an application and of an admission as two readable tables. Pure; no Django."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from liuchi.people.rules import FEWEST, withheld

STATES = (
    "draft",  # 草稿: being written
    "sent",  # 已提交: nobody has looked yet
    "checking",  # 审核中: at one of its steps
    "returned",  # 退回补正: fields are marked, each with a word
    "refused",  # 未通过: with a reason; may be appealed against once
    "appealed",  # 申诉中: with another role
    "waiting",  # 候补: approved, and no place free
    "admitted",  # 已通过
    "closed",  # 维持原决定: the appeal did not change it
    "cancelled",  # 已撤回: by the applicant
)
OPEN = frozenset({"draft", "sent", "checking", "returned", "appealed", "waiting"})
# What somebody of the desk is waited for.
AT_THE_DESK = frozenset({"sent", "checking", "appealed"})

APPLICANT, CHECKER, APPEAL, PROGRAM = "applicant", "checker", "appeal", "program"


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: from which states, to which, and by whom. checker: who holds the role of the step; appeal: who holds the
    role of appeals; program: follows by itself from a decision that a person made."""

    sources: frozenset[str]
    target: str
    by: str


def _turn(sources: str, target: str, by: str) -> Turn:
    return Turn(frozenset(sources.split()), target, by)


TURNS: Mapping[str, Turn] = {
    "send": _turn("draft", "sent", APPLICANT),
    "correct": _turn("returned", "checking", APPLICANT),
    "cancel": _turn("draft sent checking returned appealed waiting", "cancelled", APPLICANT),
    "pass": _turn("sent checking", "checking", CHECKER),  # this step is done, the next one begins
    "return": _turn("sent checking", "returned", CHECKER),
    "refuse": _turn("sent checking", "refused", CHECKER),
    "approve": _turn("sent checking", "admitted", CHECKER),  # at the last step; without a free place: wait
    "wait": _turn("sent checking appealed", "waiting", PROGRAM),
    "appeal": _turn("refused", "appealed", APPLICANT),  # once
    "uphold": _turn("appealed", "closed", APPEAL),
    "overturn": _turn("appealed", "admitted", APPEAL),
    "move_up": _turn("waiting", "admitted", PROGRAM),  # in the order of arrival
    "lapse": _turn("waiting", "cancelled", PROGRAM),  # what it was for is held by now, or can't be given any more
}

# --- the life of an admission -----------------------------------------------------------------------------------------

RUNNING, ENDED, WITHDRAWN, GIVEN_BACK = "running", "ended", "withdrawn", "given_back"
TERM_STATES = (RUNNING, ENDED, WITHDRAWN, GIVEN_BACK)
TERM_TURNS: Mapping[str, Turn] = {
    "renew": _turn("running", "running", CHECKER),
    "end": _turn("running", "ended", PROGRAM),  # the last day is over
    "withdraw": _turn("running", "withdrawn", CHECKER),  # on one of the grounds of the programme
    "give_back": _turn("running", "given_back", APPLICANT),
}
NOTICE_DAYS = (30, 7)


def may_turn(name: str, state: str, *, appealed: bool = False, last_step: bool = True) -> bool:
    """Whether the table allows this turn. appealed: there was an appeal already; last_step: no further check follows.
    Raises KeyError for a turn that is none."""
    if name == "appeal" and appealed:
        return False
    if name == "approve" and not last_step:
        return False
    if name == "pass" and last_step:
        return False
    return state in TURNS[name].sources


def may_turn_term(name: str, state: str) -> bool:
    """The same for an admission."""
    return state in TERM_TURNS[name].sources


STOPS = ("written", "checked", "decided", "letter")
_STOP_OF = {
    "draft": 0, "cancelled": 0, "returned": 0, "sent": 1, "checking": 1, "refused": 2, "appealed": 2, "closed": 2,
    "waiting": 2, "admitted": 3,
}  # fmt: skip


def stops(state: str) -> list[tuple[str, str]]:
    """The four stops with their marks (done, now, next)."""
    here = _STOP_OF[state]
    return [
        (stop, "done" if at < here or state == "admitted" else "now" if at == here else "next")
        for at, stop in enumerate(STOPS)
    ]


def notice_due(ends: date | None, today: date, told: int | None) -> int | None:
    """How many days before the end a notice is due now (30 or 7), or None. told: the last one that went out."""
    if ends is None or today > ends:
        return None
    left = (ends - today).days
    due = next((days for days in reversed(NOTICE_DAYS) if left <= days), None)
    return due if due is not None and (told is None or due < told) else None


def free_places(capacity: int | None, running: int) -> int | None:
    """How many more can be admitted; None without a limit."""
    return None if capacity is None else max(0, capacity - running)


def told(count: int) -> str:
    """A figure of persons: itself, or ``<5``."""
    return f"<{FEWEST}" if withheld(count) is None else str(count)
