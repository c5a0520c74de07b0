"""The table of turns walked at random, receipts, and the clocks' colours."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuchi.cases import drawing, rules

TURN_NAMES = sorted(rules.TURNS)


class TestTurns:
    @given(st.data())
    def test_however_one_walks_the_table_one_stays_on_it_and_always_comes_to_an_end(self, data):
        state = "reported"
        for _step in range(30):
            possible = [(name, to) for name in TURN_NAMES for to in sorted(rules.TURNS[name].leads(state))]
            name, to = data.draw(st.sampled_from(possible)) if possible else ("", "")
            if not name:
                break
            assert rules.may_turn(name, state)
            state = rules.target(name, state, to)
            assert state in rules.STATES
        reached = {state}
        while True:
            more = {to for one in reached for turn in rules.TURNS.values() for to in turn.leads(one)} | reached
            if more == reached:
                break
            reached = more
        assert reached & rules.ENDED

    def test_every_open_state_has_a_way_on_and_every_state_a_way_to_it(self):
        moves = [(state, to) for turn in rules.TURNS.values() for state in turn.sources for to in turn.leads(state)]
        assert {"reported"} | {to for _state, to in moves} == set(rules.STATES)
        assert {state for state, to in moves if state != to} == set(rules.STATES) - {"withdrawn"}

    def test_an_end_is_left_only_by_taking_it_up_again(self):
        leaving = {name for name, turn in rules.TURNS.items() if any(to != "closed" for to in turn.leads("closed"))}
        assert leaving == {"reopen", "recall"}
        assert not any(turn.leads("withdrawn") for turn in rules.TURNS.values())

    def test_what_is_with_a_unit_can_be_returned_and_what_the_supervisor_decided_can_not(self):
        assert [rules.may_give_back(returns, False) for returns in range(4)] == [True, True, False, False]
        assert not rules.may_give_back(0, True)

    def test_the_straight_way(self):
        state = "reported"
        for name in ("file", "dispatch", "accept", "handle", "check", "close"):
            state = rules.target(name, state, "dispatched" if name == "dispatch" else None)
        assert state == "closed"

    def test_a_misspelt_turn_is_no_turn(self):
        with pytest.raises(KeyError):
            rules.may_turn("dispach", "filed")

    @given(st.sampled_from(TURN_NAMES), st.sampled_from(rules.STATES), st.sampled_from(rules.STATES))
    def test_a_turn_leads_nowhere_but_where_the_table_says(self, name, state, to):
        if to in rules.TURNS[name].leads(state):
            assert rules.target(name, state, to) == to
        else:
            with pytest.raises(ValueError, match=name):
                rules.target(name, state, to)

    @given(st.floats(0.5, 90), st.sampled_from(sorted(rules.MINUTES_OF)))
    def test_a_unit_says_that_it_has_it_within_a_quarter_of_its_limit_and_half_a_day(self, value, clock):
        minutes = rules.accept_minutes(value, clock)
        assert 0 < minutes <= min(value * rules.MINUTES_OF[clock] / 4, 240)

    @given(st.sampled_from(rules.STATES))
    def test_the_line_has_four_stops_done_then_now_then_next(self, state):
        marks = [mark for _stop, mark in rules.stops(state)]
        order = [("done", "now", "next").index(mark) for mark in marks]
        assert len(marks) == 4
        assert order == sorted(order)
        assert marks.count("now") == (0 if state == "closed" else 1)


class TestReceipts:
    @given(st.integers(0, 3), st.booleans(), st.sampled_from(["-", " ", "", "－", "—"]))
    def test_a_receipt_is_read_however_it_is_written(self, spaces, small, dash):
        receipt = rules.new_receipt()
        said = " " * spaces + receipt.replace("-", dash)
        assert rules.clean_receipt(said.lower() if small else said) == receipt

    @given(st.text(max_size=40))
    def test_what_is_no_receipt_is_none(self, said):
        clean = rules.clean_receipt(said)
        assert clean is None or re.fullmatch(r"([2-9A-HJ-NP-Z]{4}-){2}[2-9A-HJ-NP-Z]{4}", clean)

    def test_no_two_are_alike(self):
        assert len({rules.new_receipt() for _ in range(2000)}) == 2000


class TestTone:
    @given(st.floats(0, 5), st.floats(0, 5))
    def test_a_clock_never_looks_better_later(self, one, other):
        order = ("ok", "warn", "bad")
        early, late = sorted((one, other))
        assert order.index(rules.tone(early)) <= order.index(rules.tone(late))

    def test_without_a_clock_there_is_no_colour(self):
        assert rules.tone(None) == "plain"


def test_the_page_of_the_docs_is_drawn_from_the_table():
    page = Path(__file__).parents[3] / "docs" / "turns.md"
    assert page.read_text(encoding="utf-8") == drawing.page(), "liuchi cases turns > docs/turns.md"
    assert all(f"`{name}`" in drawing.table() for name in rules.TURNS)
    assert all(f"`{state}` | " in drawing.states() for state in rules.STATES)
