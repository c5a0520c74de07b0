"""Numbers and days that come from outside are what they should be, or none; nothing raises."""

from datetime import date

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from liuchi.kernel import given


@examples(st.text(max_size=30) | st.integers() | st.none() | st.text("0123456789²١ -+.", max_size=40))
def test_whatever_comes_is_a_number_or_none(said):
    number = given.whole(said, 5000)
    assert number is None or (0 <= number <= 5000 and int(str(said)) == number)


@pytest.mark.parametrize(
    ("said", "number"), [("0", 0), (" 12 ", 12), ("²", None), ("1２", None), ("9" * 5000, None), ("-1", None)]
)
def test_numbers(said, number):
    assert given.whole(said) == number


@examples(st.text(max_size=12) | st.dates().map(str))
def test_whatever_comes_is_a_day_or_none(said):
    day = given.day(said)
    assert day is None or given.FIRST_DAY <= day <= given.LAST_DAY


@pytest.mark.parametrize(
    ("said", "day"), [("2026-11-22", date(2026, 11, 22)), ("9999-12-31", None), ("0001-01-01", None), ("2026-02-30", None), (None, None)]
)  # fmt: skip
def test_days(said, day):
    assert given.day(said) == day
