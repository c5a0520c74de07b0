"""The arithmetic of thanks, for whatever numbers there are."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from liuchi.points import rules

CAPS = st.one_of(st.none(), st.integers(1, 60))
DAY = date(2026, 11, 18)


@given(st.integers(1, 100), st.integers(0, 80), st.integers(0, 80), CAPS, st.integers(1, 200))
def test_an_award_never_exceeds_a_cap_and_is_never_less_than_nothing(points, by_rule, earned, cap, day_cap):
    given_ = rules.awarded(points, by_rule, earned, cap, day_cap)
    assert 0 <= given_ <= points
    assert not given_ or earned + given_ <= day_cap
    assert not given_ or cap is None or by_rule + given_ <= cap


OCCASIONS = st.lists(
    st.builds(
        rules.Occasion,
        event=st.sampled_from("abx"),
        person=st.integers(1, 9),
        day=st.integers(0, 3).map(lambda n: DAY + timedelta(days=n)),
        thing=st.integers(1, 6),
    ),
    max_size=120,
)
LINES = st.lists(
    st.builds(rules.Line, event=st.sampled_from("ab"), points=st.integers(1, 20), day_cap=CAPS, once=st.booleans()),
    unique_by=lambda line: line.event,
    max_size=2,
)


def summed(lines, day_cap, occasions):
    """The same by hand: event -> person -> points."""
    by_event, earned, by_rule, thanked, found = {one.event: one for one in lines}, {}, {}, set(), {}
    for one in occasions:
        line = by_event.get(one.event)
        if line is None or (line.once and (one.event, one.person, one.thing) in thanked):
            continue
        thanked.add((one.event, one.person, one.thing))
        day, rule = (one.person, one.day), (one.event, one.person, one.day)
        left = min(day_cap - earned.get(day, 0), 10**6 if line.day_cap is None else line.day_cap - by_rule.get(rule, 0))
        points = max(0, min(line.points, left))
        earned[day], by_rule[rule] = earned.get(day, 0) + points, by_rule.get(rule, 0) + points
        if points:
            mine = found.setdefault(one.event, {})
            mine[one.person] = mine.get(one.person, 0) + points
    return found


@given(OCCASIONS, LINES, st.integers(1, 60), LINES, st.integers(1, 60))
def test_a_trial_shows_what_is_of_five_people_or_none(occasions, now, now_cap, draft, draft_cap):
    found = rules.tried(rules.Trial(now, now_cap, draft, draft_cap, occasions))
    assert set(found) == {line.event for line in (*now, *draft)} | {""}
    was, would = summed(now, now_cap, occasions), summed(draft, draft_cap, occasions)
    for event in set(found) - {""}:
        one, before, after = found[event], was.get(event, {}), would.get(event, {})
        people = {o.person for o in occasions if o.event == event}
        changed = {person for person in people if before.get(person, 0) != after.get(person, 0)}
        few = [0 < len(group) < rules.FEW for group in (people, before, after, changed)]
        assert one.times == (None if few[0] else sum(o.event == event for o in occasions))
        assert one.now == (None if few[1] else sum(before.values()))
        assert one.draft == (None if few[2] or few[3] else sum(after.values()))
        assert (one.difference is None) == (few[1] or few[2] or few[3])
    whole = [one for event, one in found.items() if event and None not in (one.times, one.now, one.draft)]
    assert found[""].draft == sum(one.draft for one in whole) and found[""].now == sum(one.now for one in whole)


@given(OCCASIONS, st.lists(st.tuples(LINES, st.integers(1, 60), st.integers(0, 3)), min_size=2, max_size=4))
def test_no_two_trials_tell_by_subtraction_of_few(occasions, drafts):
    """drafts: (lines, cap of the day, the first day looked at); the rules of now stay."""
    now = [rules.Line("a", 5, None, True), rules.Line("b", 3, 9, False)]
    trials = [
        rules.Trial(now, 20, lines, cap, [one for one in occasions if one.day >= DAY + timedelta(days=first)])
        for lines, cap, first in drafts
    ]
    shown: dict[tuple[str, str], list[dict]] = {}
    for at, trial in enumerate(trials):
        found = rules.tried(trial, trials[:at])
        assert found == rules.tried(trial, [*trials[:at], trial])  # once more, and it says the same
        was = summed(trial.now, trial.now_cap, trial.occasions)
        would = summed(trial.draft, trial.draft_cap, trial.occasions)
        for event in set(found) - {""}:
            times: dict[int, int] = {}
            for one in trial.occasions:
                if one.event == event:
                    times[one.person] = times.get(one.person, 0) + 1
            told = {"times": times, "now": was.get(event, {}), "draft": would.get(event, {})}
            for name, counts in told.items():
                if getattr(found[event], name) is not None:
                    assert getattr(found[event], name) == sum(counts.values())
                    shown.setdefault((event, "times" if name == "times" else "points"), []).append(counts)
    for tables in shown.values():
        for one in tables:
            for other in tables:
                differing = {person for person in one.keys() | other.keys() if one.get(person) != other.get(person)}
                assert not 0 < len(differing) < rules.FEW


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 4), st.integers(1, 12)), max_size=40))
def test_nothing_withheld_is_found_by_subtraction(handed):
    """handed: (window, gift, person). Both tables have one total, so what one shows is known beside the other."""
    totals = set()
    for column in (0, 1):
        people: dict[int, list[int]] = {}
        for one in handed:
            people.setdefault(one[column], []).append(one[2])
        hidden, all_ = rules.withheld_cells(people)
        for cell, found in people.items():
            assert cell in hidden or len(set(found)) >= rules.FEW
        rest = {person for cell in hidden for person in people[cell]}
        if all_:
            assert hidden == set(people)
        elif hidden:  # the total less what is shown: of two lines and five people at least
            assert len(hidden) >= 2 and len(rest) >= rules.FEW
        totals.add(all_)
    assert len(totals) == 1  # what one table withholds, the other does not tell


@given(st.lists(st.tuples(st.sampled_from(["points", "cup"]), st.integers(-50, 50)), max_size=10))
def test_each_currency_is_balanced_for_itself(legs):
    wrong = rules.unbalanced(legs)
    for currency in ("points", "cup"):
        assert wrong.get(currency, 0) == sum(amount for name, amount in legs if name == currency)


@given(st.uuids(), st.integers(0, 5))
def test_a_code_has_eight_digits_and_is_found_however_it_is_written(reservation: UUID, turn: int):
    code = rules.code_of(b"k" * 32, reservation, turn)
    assert len(code) == rules.CODE_DIGITS and code.isdecimal()
    assert rules.digits_of(rules.shown_code(code)) == code
    assert rules.digits_of(f"http://10.0.0.12:8000/desk/points/window?code={code}") == code


@given(st.text(max_size=60))
def test_anything_may_be_typed(text):
    code = rules.digits_of(text)
    assert code == "" or (len(code) == 8 and code.isdecimal() and code.isascii())


def test_another_key_or_another_turn_is_another_code():
    one = uuid4()
    codes = {rules.code_of(key, one, turn) for key in (b"a" * 32, b"b" * 32) for turn in range(3)}
    assert len(codes) == 6


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)), st.integers(1, 60))
def test_a_reservation_is_kept_through_its_last_day(at, days):
    at = at.replace(tzinfo=UTC)
    end = rules.end_of_keeping(at, days)
    assert rules.local_day(end - timedelta(seconds=1)) == rules.local_day(at) + timedelta(days=days)
    assert rules.local_day(end) == rules.local_day(at) + timedelta(days=days + 1)


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_periods_are_whole_and_do_not_overlap(day):
    found = rules.periods(day)
    assert all(begins <= ends for begins, ends in found.values())
    assert found["last_quarter"][1] + timedelta(days=1) == found["quarter"][0] <= day == found["quarter"][1]
    assert found["last_half"][1] + timedelta(days=1) == found["half"][0] <= day == found["half"][1]
    assert found["last_year"][1] + timedelta(days=1) == found["year"][0]
    first, last = rules.month_bounds(day)
    assert first.day == 1 and (last + timedelta(days=1)).day == 1 and first <= day <= last


@given(st.integers(-500, 100_000))
def test_roughly_is_near(points):
    assert abs(rules.roughly(points) - points) <= 25 and rules.roughly(points) % 50 == 0
