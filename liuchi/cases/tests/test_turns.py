"""Every turn of the table, walked at random through the actions, and each of them one by one where it has rules of its own."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liuchi.cases import actions, rules
from liuchi.cases.actions.acting import VERBS
from liuchi.cases.models import Case, Motion
from liuchi.cases.queries.story import timeline
from liuchi.cases.tests.helpers import (
    TEN,
    accepted,
    again,
    brought_to,
    by,
    dispatched,
    handled,
    hours_later,
    refused,
    report,
    sound,
    verbs,
)
from liuchi.kernel.errors import Refused
from liuchi.people.models import Organisation

NEXT_WEEK = date(2026, 11, 25)


def motion(case: Case, kind: str) -> Motion:
    return Motion.objects.get(case=case, kind=kind, state="open")


def handler_of(place, case: Case):
    return place.handler if case.unit_id == place.property.pk else place.other_handler


def other_unit(place, case: Case) -> Organisation:
    return place.housing if case.unit_id == place.property.pk else place.property


# Each turn as somebody who may would make it.
WALK = {
    "file": lambda p, c, at: actions.file(by(p.dispatcher, at), c.pk, p.wall.pk, p.falling.pk),
    "dispatch": lambda p, c, at: actions.dispatch(by(p.dispatcher, at), c.pk, p.property.pk),
    "accept": lambda p, c, at: actions.accept(by(handler_of(p, c), at), c.pk),
    "handle": lambda p, c, at: actions.handle(by(handler_of(p, c), at), c.pk, "做了"),
    "check": lambda p, c, at: actions.check(by(p.dispatcher, at), c.pk),
    "close": lambda p, c, at: actions.close(by(p.dispatcher, at), c.pk),
    "give_back": lambda p, c, at: actions.give_back(by(handler_of(p, c), at), c.pk, "不归我们管", other_unit(p, c).pk),
    "dispute": lambda p, c, at: actions.dispute(by(p.dispatcher, at), c.pk, "两家都说不是自己的"),
    "decide": lambda p, c, at: actions.decide(by(p.supervisor, at), c.pk, p.housing.pk),
    "transfer": lambda p, c, at: actions.transfer(by(p.dispatcher, at), c.pk, other_unit(p, c).pk, "改由对方处理"),
    "add_unit": lambda p, c, at: actions.add_unit(by(p.dispatcher, at), c.pk, other_unit(p, c).pk),
    "split": lambda p, c, at: actions.split(by(p.dispatcher, at), c.pk, "楼道灯也不亮"),
    "ask_extension": lambda p, c, at: actions.ask_extension(by(handler_of(p, c), at), c.pk, 1, "等配件"),
    "ask_suspension": lambda p, c, at: actions.ask_suspension(by(handler_of(p, c), at), c.pk, NEXT_WEEK, "等供暖结束"),
    "extend": lambda p, c, at: actions.answer(by(p.dispatcher, at), motion(c, "extension").pk, yes=True),
    "suspend": lambda p, c, at: actions.answer(by(p.dispatcher, at), motion(c, "suspension").pk, yes=True),
    "resume": lambda p, c, at: actions.resume(by(handler_of(p, c), at), c.pk),
    "urge": lambda p, c, at: actions.urge(by(p.dispatcher, at), c.pk),
    "supervise": lambda p, c, at: actions.supervise(by(p.supervisor, at), c.pk, "今天办结"),
    "escalate": lambda p, c, at: actions.escalate(by(p.dispatcher, at), c.pk, "街道解决不了"),
    "rework": lambda p, c, at: actions.rework(by(p.dispatcher, at), c.pk, "还在掉"),
    "reopen": lambda p, c, at: actions.reopen(by(None, at, "phone"), c.pk, "又掉了", by_receipt=True),
    "recall": lambda p, c, at: actions.recall(by(p.dispatcher, at), c.pk, "回访说没好"),
    "refuse": lambda p, c, at: actions.refuse(by(p.dispatcher, at), c.pk, "已转告", "not_ours", "河东街道"),
    "withdraw": lambda p, c, at: actions.withdraw(by(None, at, "phone"), c.pk, by_receipt=True),
    "merge": lambda p, c, at: actions.merge(by(p.dispatcher, at), c.pk, report(p, at=at).pk),
    "unmerge": lambda p, c, at: actions.unmerge(by(p.dispatcher, at), c.pk),
}
STRAIGHT = ("reported", "filed", "dispatched", "accepted", "handled", "checked", "closed")
# These have tests of their own: they need a community, an answer, an overdue mark, a level below, or the end of another case.
APART = {"entrust", "admit", "decline", "appeal", "excuse", "send_down", "end_with"}


def test_every_turn_of_the_table_is_walked_or_tested_apart():
    assert set(WALK) | APART == set(rules.TURNS) == set(VERBS)


class TestTheTable:
    def test_from_each_state_each_turn_does_what_the_table_says(self, place):
        for state in ("reported", "filed", "dispatched", "accepted", "handled", "checked", "closed", "withdrawn"):
            for name, turn in WALK.items():
                if name in ("extend", "suspend"):
                    continue  # without an open motion there is nothing to answer
                case = brought_to(state, place)
                if rules.may_turn(name, state):
                    turn(place, again(case), hours_later(1))
                    assert again(case).state in rules.TURNS[name].leads(state), name
                    assert VERBS[name] in verbs(case)
                else:
                    with pytest.raises(Refused) as told:
                        turn(place, again(case), hours_later(1))
                    # A handler has no business with what no unit has, and hears that first.
                    assert told.value.status == (403 if turn_of_unit(name) and again(case).unit is None else 409), name
                    assert again(case).state == state
                sound(case)

    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(st.sampled_from(sorted(WALK)), min_size=8, max_size=25))
    def test_walked_at_random_a_case_is_always_sound(self, place, names):
        case, at = report(place), TEN
        for name in names:
            at += timedelta(minutes=7)
            now = again(case)
            if name in ("extend", "suspend") and not Motion.objects.filter(case=case, state="open").exists():
                continue
            before = now.state
            try:
                WALK[name](place, now, at)
            except (Refused, Motion.DoesNotExist):
                assert again(case).state == before
            else:
                assert again(case).state in rules.TURNS[name].leads(before)
            sound(case)


def turn_of_unit(name: str) -> bool:
    return rules.TURNS[name].ability == "cases.handle"


class TestReturning:
    def test_a_unit_says_why_and_whose_it_may_be_and_the_desk_has_it_again(self, place):
        case = dispatched(report(place), place)
        with refused("text"):
            actions.give_back(by(place.handler), case.pk, " ")
        case = actions.give_back(by(place.handler, hours_later(1)), case.pk, "是外墙，归住建", place.housing.pk)
        assert (case.state, case.unit, case.returns, case.due_at) == ("filed", None, 1, None)
        told = [event.words for event in timeline(again(case), for_reporter=False, now=TEN)]
        assert "槐荫物业" in " ".join(told) and "住建分局" in " ".join(told)

    def test_the_second_return_goes_to_the_supervisor_and_whoever_gets_it_then_keeps_it(self, place):
        case = dispatched(report(place), place)
        actions.give_back(by(place.handler), case.pk, "不归我们")
        actions.dispatch(by(place.dispatcher), case.pk, place.housing.pk)
        case = actions.give_back(by(place.other_handler), case.pk, "也不归我们")
        assert case.state == "disputed"
        with refused("not_yours"):
            actions.decide(by(place.dispatcher), case.pk, place.housing.pk)
        case = actions.decide(by(place.supervisor), case.pk, place.housing.pk, "按职责清单第三项")
        assert (case.state, case.unit) == ("dispatched", place.housing)
        with refused("no_more_returns"):
            actions.give_back(by(place.other_handler), case.pk, "还是不归我们")

    def test_the_reporter_reads_nothing_of_whose_it_is_not(self, place):
        case = dispatched(report(place), place)
        actions.give_back(by(place.handler), case.pk, "住户自己弄坏的")
        told = " ".join(f"{event.words}{event.note}" for event in timeline(again(case), for_reporter=True, now=TEN))
        assert "住户自己弄坏的" not in told

    def test_a_transfer_gives_the_other_unit_a_whole_limit(self, place):
        case = accepted(dispatched(report(place), place), place)
        case = actions.transfer(by(place.dispatcher, hours_later(1)), case.pk, place.housing.pk, "改由住建处理")
        assert (case.unit, case.handler_id, case.due_at) == (place.housing, None, hours_later(3))
        with refused("unit"):
            actions.transfer(by(place.dispatcher), case.pk, place.housing.pk, "再来一次")


class TestLevels:
    def test_a_community_passes_it_up_and_the_street_passes_it_on(self, place):
        case = report(place)
        case = actions.escalate(by(place.community_clerk), case.pk, "要动用专项资金")
        assert (case.state, case.level) == ("reported", 3)
        with refused("not_yours"):  # the street has it now
            actions.file(by(place.community_clerk), case.pk, place.wall.pk, place.falling.pk)
        case = actions.escalate(by(place.dispatcher), case.pk, "要区里协调")
        assert case.level == 4
        with refused("not_yours"):
            actions.file(by(place.dispatcher), case.pk, place.wall.pk, place.falling.pk)
        filed = actions.file(by(place.district), case.pk, place.wall.pk, place.falling.pk)
        assert actions.send_down(by(place.district), filed.pk).level == 3
        with refused("top"):
            actions.escalate(
                by(place.district), actions.escalate(by(place.dispatcher), case.pk, "还是要区里").pk, "再上"
            )

    def test_a_grid_worker_passes_up_what_a_unit_had(self, place):
        case = dispatched(report(place), place)
        case = actions.escalate(by(place.grid_worker), case.pk, "需要登高车")
        assert (case.state, case.unit, case.level) == ("filed", None, 2)


class TestUndo:
    @pytest.mark.parametrize("name", sorted(name for name, turn in rules.TURNS.items() if turn.undo))
    def test_whoever_made_a_slip_takes_it_back_within_a_minute(self, place, name):
        for state in [one for one in STRAIGHT if one in rules.TURNS[name].sources] or ["merged"]:
            if (name, state) == ("file", "filed"):
                continue  # filed as the same once more: there is nothing to see
            if state == "merged":
                case = actions.merge(by(place.dispatcher), report(place).pk, report(place).pk)
            else:
                case = brought_to(state, place)
            before = Case.objects.values().get(pk=case.pk)
            turn = WALK.get(name) or (lambda p, c, at: actions.send_down(by(p.dispatcher, at), c.pk))
            turn(place, again(case), hours_later(1))
            assert Case.objects.values().get(pk=case.pk) != before
            who = place.handler if turn_of_unit(name) else place.dispatcher
            actions.undo(by(who, hours_later(1)), case.pk)
            assert Case.objects.values().get(pk=case.pk) == before
            assert verbs(case)[-1] == "case.undone"
            sound(case)

    def test_not_by_another_not_later_and_not_when_it_moved_on(self, place):
        case = dispatched(report(place), place)
        with refused("too_late"):
            actions.undo(by(place.community_clerk), case.pk)
        with refused("too_late"):
            actions.undo(by(place.dispatcher, TEN + timedelta(seconds=61)), case.pk)
        accepted(again(case), place)
        with refused("too_late"):
            actions.undo(by(place.dispatcher), case.pk)

    def test_one_key_is_taken_back_as_one(self, place):
        case = dispatched(report(place), place)
        case = actions.undo(by(place.dispatcher), case.pk)
        assert (case.state, case.matter_id) == ("reported", None)
        told = [event.verb for event in timeline(again(case), for_reporter=False, now=TEN)]
        assert told == ["case.reported", ""]

    def test_what_was_closed_along_is_merged_again(self, place):
        main, other = dispatched(report(place), place), report(place)
        actions.merge(by(place.dispatcher), other.pk, main.pk)
        handled(accepted(again(main), place), place)
        actions.check_and_close(by(place.dispatcher, hours_later(1)), main.pk)
        actions.undo(by(place.dispatcher, hours_later(1)), main.pk)
        assert (again(main).state, again(other).state) == ("handled", "merged")
