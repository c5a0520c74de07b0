"""Which turns somebody may make with a case now. Pages and the phone offer these and no others."""

from datetime import datetime

from liuchi.cases import rules
from liuchi.cases.actions.acting import target_of
from liuchi.cases.actions.entrusting import street_of
from liuchi.cases.actions.motions import GRANTED
from liuchi.cases.models import Case, Motion
from liuchi.people.access import Actor

# Made by the reporter, by the program, or as the answer to a motion.
NOT_OFFERED = frozenset({"withdraw", "reopen", "end_with", "entrust", *GRANTED.values(), "decline"}) - {"decide"}
OF_THE_STREET = frozenset({"decide", "admit", "decline"})


def offered(case: Case, actor: Actor, at: datetime) -> list[str]:
    """Names of turns, in the order of the table (no query)."""
    return [
        name
        for name, turn in rules.TURNS.items()
        if name not in NOT_OFFERED
        and case.state in turn.sources
        and _may(actor, name, case)
        and _makes_sense(name, case, at)
    ]


def _may(actor: Actor, name: str, case: Case) -> bool:
    target = street_of(case.area) if name in OF_THE_STREET else target_of(case, name)
    return actor.may(rules.TURNS[name].ability, target)


def _makes_sense(name: str, case: Case, at: datetime) -> bool:
    if name == "give_back":
        return rules.may_give_back(case.returns, case.decided)
    if name == "ask_extension":
        return case.extensions < rules.MOST_EXTENSIONS
    if name == "appeal":
        return rules.may_appeal(case.state, case.in_time, case.closed_at, at)
    if name in ("add_unit", "split", "merge", "recall"):
        return case.parent_id is None
    if name == "send_down":
        return case.level > rules.LEVELS["community"] or case.level == 0
    return True


def to_answer(case: Case, actor: Actor) -> list[Motion]:
    """What waits for a yes or a no that this person may give (one query). A dispute is answered by deciding whose it is."""
    waiting = case.motions.filter(state="open").exclude(kind="dispute").select_related("unit").order_by("asked_at")
    return [one for one in waiting if _may(actor, GRANTED[one.kind], case)]


def may_answer(actor: Actor, motion: Motion) -> bool:
    """Whether this person answers this motion (no query, if its case and area are there)."""
    return motion.state == "open" and _may(actor, GRANTED[motion.kind], motion.case)


def of_reporter(case: Case, at: datetime) -> list[str]:
    """What the one who reported it may do."""
    allowed = ["add"] if case.state in rules.OPEN | {"merged"} else []
    allowed += [name for name in ("withdraw", "urge") if rules.may_turn(name, case.state)]
    if rules.may_reopen(case.state, case.reopenings, case.closed_at, at) and case.parent_id is None:
        allowed.append("reopen")
    if case.state == "closed":
        allowed.append("rate")
    return allowed
