"""The table of turns walked at random, receipts, masks, and the clocks' colours."""

import re
import time
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


digits = st.text("0123456789", min_size=8, max_size=8)
# What people write around a number; no digits, since those would make it another number.
around = st.text(st.characters(exclude_categories=["Nd", "Cs"]), max_size=30)


class TestMask:
    @given(around, st.sampled_from(["13", "15", "17", "18", "19"]), st.text("0123456789", min_size=9, max_size=9), around,
           st.sampled_from(["", " ", "-"]))  # fmt: skip
    def test_no_mobile_number_stays_whole(self, before, head, rest, after, gap):
        number = head + rest
        text = f"{before}{number[:3]}{gap}{number[3:7]}{gap}{number[7:]}{after}"
        hidden = rules.masked(text)
        assert f"{number[:3]}****{number[7:]}" in hidden
        assert number not in re.sub(r"[\s-]", "", hidden)

    @given(around, st.text("123456789", min_size=6, max_size=6), st.dates(), st.text("0123456789", min_size=3, max_size=3),
           st.sampled_from("0123456789Xx"), around)  # fmt: skip
    def test_no_identity_number_stays_whole(self, before, place, born, serial, check, after):
        if not 1900 <= born.year <= 2099:
            born = born.replace(year=1970, day=min(born.day, 28))
        number = f"{place}{born:%Y%m%d}{serial}{check}"
        hidden = rules.masked(before + number + after)
        assert number not in hidden
        assert f"{born:%Y%m%d}" not in hidden

    @given(st.text(max_size=200))
    def test_a_mask_hides_the_same_the_second_time(self, text):
        assert rules.masked(rules.masked(text)) == rules.masked(text)

    @given(st.text(st.characters(exclude_categories=["Nd", "Cs"], exclude_characters="我本联姓@微WwQq"), max_size=200))
    def test_words_without_numbers_and_names_stay_as_they_are(self, text):
        assert rules.masked(text) == text

    @pytest.mark.parametrize(
        ("said", "shown"),
        [
            ("我叫王小明，", "我叫王某，"),
            ("联系人：李四 13800001234", "联系人：李某 138****1234"),
            ("我是来反映路灯的", "我是来反映路灯的"),
            ("我是居民", "我是居民"),
            ("我是业主，", "我是业主，"),
            ("我是张大山，", "我是张某，"),
            ("本人是欧阳小明。", "本人是欧阳某。"),
            ("我叫欧阳小明", "我叫欧阳某"),
            ("电话0551-62881234", "电话0551-****234"),
            ("卡号6222020200112233445", "卡号6222********3445"),
            ("发到 fang.xiaomai@example.cn 吧", "发到 f***@example.cn 吧"),
            ("加我微信：wxid_abc123，", "加我微信：***，"),
            ("QQ12345678", "QQ***"),
            ("微信群里都在说", "微信群里都在说"),
            ("3幢2单元501室", "3幢2单元501室"),
            ("2026年11月22日", "2026年11月22日"),
        ],
    )
    def test_as_people_write(self, said, shown):
        assert rules.masked(said) == shown


class TestTone:
    @given(st.floats(0, 5), st.floats(0, 5))
    def test_a_clock_never_looks_better_later(self, one, other):
        order = ("ok", "warn", "bad")
        early, late = sorted((one, other))
        assert order.index(rules.tone(early)) <= order.index(rules.tone(late))

    def test_without_a_clock_there_is_no_colour(self):
        assert rules.tone(None) == "plain"


@pytest.mark.parametrize(
    "said", ["微信" + " " * 4990, "a@" + "a." * 2499, "我叫" * 2500, "1" * 5000, "姓名是" + "王" * 4990]
)
def test_no_words_make_hiding_slow(said):
    began = time.thread_time()
    rules.masked(said)
    assert time.thread_time() - began < 0.1


def test_the_page_of_the_docs_is_drawn_from_the_table():
    page = Path(__file__).parents[3] / "docs" / "turns.md"
    assert page.read_text(encoding="utf-8") == drawing.page(), "liuchi cases turns > docs/turns.md"
    assert all(f"`{name}`" in drawing.table() for name in rules.TURNS)
    assert all(f"`{state}` | " in drawing.states() for state in rules.STATES)
