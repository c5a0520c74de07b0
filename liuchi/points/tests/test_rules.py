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
LINES = st.tuples(st.integers(1, 20), CAPS, st.booleans(), st.integers(1, 20), CAPS, st.booleans())


@given(OCCASIONS, LINES, st.integers(1, 60))
def test_a_trial_shows_sums_of_five_people_or_none(occasions, lines, day_cap):
    a, cap_a, once_a, b, cap_b, once_b = lines
    found = rules.tried([rules.Line("a", a, cap_a, once_a), rules.Line("b", b, cap_b, once_b)], day_cap, occasions)
    assert set(found) == {"a", "b", ""}
    for event in "ab":
        one = found[event]
        assert one.occasions == sum(o.event == event for o in occasions)
        assert one.people is None or one.people == 0 or one.people >= rules.FEW
        assert (one.points is None) == (one.people is None)
        people_days = {(o.person, o.day) for o in occasions}
        assert one.points is None or one.points <= day_cap * len(people_days)
    assert found[""].points == sum(found[event].points or 0 for event in "ab")


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
