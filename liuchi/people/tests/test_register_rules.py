"""Withheld figures, for any table."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from liuchi.people.registers.rules import periods, row_ranges, withheld_all

TABLES = st.dictionaries(st.integers(0, 30), st.integers(0, 40), max_size=12)


@given(TABLES)
def test_no_cell_of_one_to_four_is_shown_or_can_be_worked_out(counts: dict[int, int]) -> None:
    shown, total = withheld_all(counts)
    assert all(count is None or count == counts[cell] for cell, count in shown.items())
    assert not any(0 < counts[cell] < 5 for cell, count in shown.items() if count is not None)
    hidden = [counts[cell] for cell, count in shown.items() if count is None]
    if total is not None and hidden:  # who subtracts learns of at least two cells with at least five persons together
        assert len(hidden) > 1 and sum(hidden) >= 5
    assert total is None or total == sum(counts.values())


@given(st.sets(st.integers(2, 60)))
def test_ranges_name_each_row_once(numbers: set[int]) -> None:
    named: set[int] = set()
    for part in filter(None, row_ranges(numbers).split(", ")):
        first, _dash, last = part.partition("-")
        named |= set(range(int(first), int(last or first) + 1))
    assert named == numbers


@given(st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31)))
def test_half_years_and_years_follow_one_another(day: date) -> None:
    found = periods(day)
    assert found["half"][1] == found["year"][1] == day
    assert found["last_half"][1] + timedelta(days=1) == found["half"][0]
    assert found["last_year"][1] + timedelta(days=1) == found["year"][0]
    assert (found["last_half"][1] - found["last_half"][0]).days in (180, 181, 183)
