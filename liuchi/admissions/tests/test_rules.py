"""The table of turns walked at random, and what a programme may say."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuchi.admissions import rules

NAMES = sorted(rules.TURNS)
ENDS = {"admitted", "closed", "cancelled"}


@given(st.lists(st.sampled_from(NAMES), max_size=40), st.integers(1, 5))
def test_however_one_walks_there_is_one_appeal_and_no_way_past_a_check(names: list[str], checks: int) -> None:
    state, step, appealed, decided_by_person = "draft", 0, 0, False
    for name in names:
        if not rules.may_turn(name, state, appealed=appealed > 0, last_step=step >= checks - 1):
            continue
        if name == "pass":
            step += 1
        if name == "appeal":
            appealed += 1
        if name in ("approve", "overturn"):
            decided_by_person = True
        if name == "wait":  # follows from a yes, in the same transaction
            decided_by_person = True
        if name == "approve":
            assert step == checks - 1, "approved before the last check"
        assert state not in ENDS, f"{state} was left by {name}"
        state = rules.TURNS[name].target
        if state == "admitted":
            assert decided_by_person
    assert appealed <= 1 and step < checks


def test_every_state_is_reached_and_every_open_one_can_be_left() -> None:
    reached = {"draft"} | {turn.target for turn in rules.TURNS.values()}
    assert reached == set(rules.STATES)
    for state in rules.OPEN | {"refused"}:
        assert any(state in turn.sources for turn in rules.TURNS.values()), state
    assert {rules.stops(state)[3][1] for state in rules.STATES} == {"done", "next"}


@given(st.sampled_from(rules.TERM_STATES), st.sampled_from(sorted(rules.TERM_TURNS)))
def test_only_what_runs_can_be_renewed_or_ended(state: str, name: str) -> None:
    assert rules.may_turn_term(name, state) == (state == rules.RUNNING)


@pytest.mark.parametrize(
    ("begins", "months", "ends"),
    [
        (date(2026, 7, 26), 12, date(2027, 7, 25)),
        (date(2026, 1, 31), 1, date(2026, 2, 27)),
        (date(2024, 2, 29), 12, date(2025, 2, 27)),
        (date(2026, 1, 1), 24, date(2027, 12, 31)),
    ],
)
def test_a_term_ends_the_day_before(begins: date, months: int, ends: date) -> None:
    assert rules.last_day(begins, months) == ends


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_each_notice_goes_out_once_and_the_nearer_one_last(ends: date, first: date) -> None:
    told: int | None = None
    said = []
    for offset in range(60):
        today = date.fromordinal(first.toordinal() + offset)
        due = rules.notice_due(ends, today, told)
        if due is not None:
            assert 0 <= (ends - today).days <= due
            told = due
            said.append(due)
    assert said in ([], [30], [7], [30, 7])


@given(st.dictionaries(st.sampled_from(list(rules.Definition.__dataclass_fields__)), st.one_of(
    st.none(), st.text(max_size=9), st.integers(), st.lists(st.one_of(st.text(max_size=4), st.dictionaries(
        st.sampled_from(["key", "label", "kind", "role", "days", "choices"]), st.text(max_size=5), max_size=4)), max_size=3))))  # fmt: skip
def test_whatever_is_sent_becomes_a_definition_that_stays_the_same(data: dict[str, object]) -> None:
    said = rules.read({key: value for key, value in data.items() if not isinstance(value, int)})
    assert rules.read(said.as_data()) == said
    rules.faults(said, [], date(2026, 11, 22))


def definition(**more: object) -> rules.Definition:
    fields = [
        {"key": "a", "label": "甲", "kind": "text"},
        {"key": "b", "label": "乙", "kind": "several", "choices": ["水", "电"]},
        {"key": "c", "label": "丙", "kind": "number", "required": False},
        {"key": "d", "label": "丁", "kind": "date", "required": False},
        {"key": "e", "label": "戊", "kind": "phone", "required": False},
        {"key": "f", "label": "己", "kind": "photo", "required": False},
    ]
    return rules.read({"fields": fields, **more})


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ({"a": "x", "b": ["水"]}, {}),
        ({"a": " ", "b": []}, {"a": "required", "b": "required"}),
        ({"a": "x", "b": ["火"]}, {"b": "choice"}),
        ({"a": "x" * 200, "b": ["水"]}, {"a": "long"}),
        ({"a": "x", "b": ["水"], "c": "１２"}, {"c": "number"}),
        ({"a": "x", "b": ["水"], "d": "2026-02-30"}, {"d": "date"}),
        ({"a": "x", "b": ["水"], "e": "abc"}, {"e": "phone"}),
        ({"a": "x", "b": ["水"], "f": ["no id"]}, {"f": "photos"}),
    ],
)
def test_answers_are_checked_each_by_its_kind(answers: dict[str, object], wrong: dict[str, str]) -> None:
    _kept, found = rules.checked_answers(definition(), answers, sending=True)
    assert found == wrong
    draft, found = rules.checked_answers(definition(), {}, sending=False)
    assert draft == {} and found == {}


def test_what_keeps_a_programme_from_being_opened() -> None:
    said = rules.read({"fields": [{"key": "a", "label": "", "kind": "choice"}], "gives": [{"kind": "moon"}], "checks": [],
                       "letter_heading": "聘书", "letter_words": "无名", "until": "2020-01-01"})  # fmt: skip
    found = rules.faults(said, ["post"], date(2026, 11, 22))
    assert {part for part, _code in found} == {
        "about", "titles", "checks", "fields.0", "gives", "letter_words", "letter_mark", "until", "grounds",
    }  # fmt: skip
    own = rules.read({"checks": [{"role": "secretary"}], "appeal_role": "secretary"})
    assert ("appeal_role", "same") in rules.faults(own, [], date(2026, 11, 22))


@given(st.text(max_size=12))
def test_a_masked_name_gives_no_more_than_its_family(name: str) -> None:
    masked = rules.masked_name(name)
    assert len(masked.replace("*", "")) <= 2
    assert not name.strip() or "*" in masked


def test_codes_hold_more_than_fifty_bits_and_survive_typing() -> None:
    codes = {rules.new_code() for _ in range(2000)}
    assert len(codes) == 2000
    code = codes.pop()
    signs = set("".join(codes)) - {"-"}
    assert len(signs) ** len(code.replace("-", "")) > 2**50
    assert rules.clean_code(f" {code.upper().replace('-', ' ')} ") == code
    assert rules.clean_code("abcd-efgh-jkm0") == "" == rules.clean_code("")


def test_figures_of_few_persons_are_withheld() -> None:
    assert [rules.told(count) for count in (0, 1, 4, 5, 51)] == ["0", "<5", "<5", "5", "51"]


def test_a_place_is_words_with_or_without_a_dot_on_the_map():
    said = rules.read({"fields": [{"key": "at", "label": "哪里", "kind": "place"}, {"key": "b", "kind": "place"}]})

    def kept(given):
        return rules.checked_answers(said, {"at": given}, sending=False)

    assert kept({"words": " 菜场北门 ", "lon": "", "lat": ""}) == ({"at": "菜场北门"}, {}) == kept("菜场北门")
    assert kept({"words": "", "lon": "117.30000049", "lat": "31.8"}) == (
        {"at": {"words": "", "lon": 117.3, "lat": 31.8}},
        {},
    )
    for lon in ("nan", "inf", "181", "x", ["1"]):
        assert kept({"words": "门口", "lon": lon, "lat": "31.8"})[1] == {"at": "spot"}
    assert kept({"words": "门" * 121})[1] == {"at": "long"}
    assert rules.checked_answers(said, {"at": {"words": " "}}, sending=True)[1]["at"] == "required"
    given = {"b": {"words": "门口", "lon": 1.5, "lat": 2.5}, "at": "里面", "x": ["y"]}
    assert rules.as_granted(said, given) == {"b": "门口", "at": "里面", "x": ["y"], "lon": 1.5, "lat": 2.5}


def test_titles_tell_nobodys_party_membership():
    said = rules.read({"about": "x", "titles": ["党员示范岗"], "grounds": ["x"]})
    assert ("titles", "political") in rules.faults(said, [], date(2026, 1, 1))
    asked = rules.read({"fields": [{"key": "a", "label": "政治面貌"}]})
    assert ("titles", "political") in rules.faults(asked, [], date(2026, 1, 1))
