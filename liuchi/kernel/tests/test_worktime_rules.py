"""The four clocks against an oracle that walks through time minute by minute."""

import timeit
from datetime import UTC, date, datetime, timedelta

import chinese_calendar
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from liuchi.kernel.worktime.official import official_calendar
from liuchi.kernel.worktime.rules import CHINA, CLOCKS, Calendar, add, deadline, elapsed, share_used

CALENDAR = official_calendar()
MINUTE = timedelta(minutes=1)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def minutes_of(day: date) -> bytes:
    """1 for each working minute of a day: written without looking at the rules' tables."""
    works = chinese_calendar.is_workday(day)
    return bytes(works and (8 <= minute // 60 < 12 or 14 <= minute // 60 < 18) for minute in range(1440))


ORACLE_START = local("2024-01-01 00:00")
ORACLE = b"".join(minutes_of(ORACLE_START.date() + timedelta(days=index)) for index in range(3 * 365 + 1))


def index_of(moment: datetime) -> int:
    return (moment - ORACLE_START) // MINUTE


def walk(start: datetime, minutes: int) -> datetime:
    """The end of the last of so many working minutes after start."""
    index = index_of(start)
    while minutes:
        minutes -= ORACLE[index]
        index += 1
    return ORACLE_START + index * MINUTE


moments = st.datetimes(datetime(2024, 1, 1), datetime(2026, 11, 1)).map(
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=CHINA)
)


@settings(max_examples=300)
@given(start=moments, minutes=st.integers(1, 12 * 480))
@example(start=local("2026-02-13 18:00"), minutes=1)  # into the Spring Festival, with the swap day before it
@example(start=local("2026-09-30 17:59"), minutes=481)
def test_working_deadline_is_where_the_minutes_walked_end(start, minutes):
    due = deadline(start, minutes / 60, "work_hour", CALENDAR)
    assert due == walk(start, minutes)
    assert elapsed(start, due, "work_hour", CALENDAR) == minutes
    assert ORACLE[index_of(due - MINUTE)]


@settings(max_examples=300)
@given(start=moments, minutes=st.integers(0, 20 * 1440))
def test_elapsed_counts_each_working_minute_once(start, minutes):
    end = start + minutes * MINUTE
    walked = sum(ORACLE[index_of(start) : index_of(end)])
    assert elapsed(start, end, "work_day", CALENDAR) == walked
    assert elapsed(end, start, "work_day", CALENDAR) == -walked
    assert elapsed(start, end, "urgent_hour", CALENDAR) == minutes


odd = st.datetimes(datetime(2001, 1, 1), datetime(2060, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC))


@given(start=odd, value=st.integers(1, 60), clock=st.sampled_from(CLOCKS))
def test_time_used_up_to_the_deadline_is_the_limit(start, value, clock):
    due = deadline(start, value, clock, CALENDAR)
    assert due > start
    assert due.tzinfo is UTC
    if clock != "natural_day":
        hours = {"urgent_hour": 1, "work_hour": 1, "work_day": 8}[clock]
        assert elapsed(start, due, clock, CALENDAR) == value * hours * 60
    assert share_used(start, due, due, clock, CALENDAR) == 1
    assert share_used(start, due, start, clock, CALENDAR) == 0


@given(start=odd, middle=st.floats(0, 1), value=st.integers(1, 40), clock=st.sampled_from(CLOCKS))
def test_what_is_left_after_a_pause_ends_at_the_same_deadline(start, middle, value, clock):
    due = deadline(start, value, clock, CALENDAR)
    paused = start + middle * (due - start)
    left = elapsed(paused, due, clock, CALENDAR)
    if left > 0:
        assert abs(add(paused, left, clock, CALENDAR) - due) <= timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("start", "value", "clock", "due"),
    [
        ("2026-11-20 23:30", 2, "urgent_hour", "2026-11-21 01:30"),
        ("2026-11-20 11:00", 2, "work_hour", "2026-11-20 15:00"),
        ("2026-11-20 11:00", 1, "work_hour", "2026-11-20 12:00"),  # the end of the spell, not 14:00
        ("2026-11-20 10:00", 1, "work_day", "2026-11-23 10:00"),  # over a weekend
        ("2026-11-20 20:00", 1, "work_day", "2026-11-23 18:00"),  # begins Monday 8:00, ends in the evening
        ("2026-11-21 09:00", 4, "work_hour", "2026-11-23 12:00"),  # a Saturday
        ("2026-10-09 18:00", 1, "work_day", "2026-10-10 18:00"),  # Saturday 10 October 2026 is worked
        ("2026-11-22 13:00", 1, "natural_day", "2026-11-24 00:00"),  # 24:00 of the day after
        ("2026-11-22 00:00", 1, "natural_day", "2026-11-24 00:00"),
        ("2026-09-30 10:00", 3, "natural_day", "2026-10-04 00:00"),  # holidays count
    ],
)
def test_edges_that_the_rules_state(start, value, clock, due):
    assert deadline(local(start), value, clock, CALENDAR).astimezone(CHINA) == local(due)


def test_bar_stands_still_over_the_weekend_and_passes_one_when_over():
    start, due = local("2026-11-20 14:00"), deadline(local("2026-11-20 14:00"), 8, "work_hour", CALENDAR)
    assert share_used(start, due, local("2026-11-20 18:00"), "work_hour", CALENDAR) == 0.5
    assert share_used(start, due, local("2026-11-22 12:00"), "work_hour", CALENDAR) == 0.5
    assert share_used(start, due, local("2026-11-23 18:00"), "work_hour", CALENDAR) == 1.5
    assert share_used(start, due, local("2026-11-19 18:00"), "work_hour", CALENDAR) == 0


def test_a_year_without_official_days_has_weekends_only_and_says_so():
    assert CALENDAR.works_on(date(2027, 10, 1))
    assert not CALENDAR.works_on(date(2027, 10, 2))
    assert CALENDAR.unknown_years(local("2026-12-30 10:00"), local("2027-01-05 10:00")) == [2027]
    assert CALENDAR.unknown_years(local("2026-01-30 10:00"), local("2026-12-05 10:00")) == []


def test_our_own_days_change_a_deadline():
    closed = Calendar({date(2026, 11, 23): False, date(2026, 11, 28): True}, {2026}, number=7)
    assert deadline(local("2026-11-20 10:00"), 1, "work_day", closed) == local("2026-11-24 10:00")
    assert closed.next_working_day(date(2026, 11, 27)) == date(2026, 11, 28)


@pytest.mark.parametrize(
    ("start", "value", "clock"),
    [
        (datetime(2026, 1, 1), 1, "work_day"),
        (local("2026-01-01 10:00"), 0, "work_day"),
        (local("2026-01-01 10:00"), -1, "natural_day"),
        (local("2026-01-01 10:00"), 1.5, "natural_day"),
        (local("1999-01-01 10:00"), 1, "work_hour"),
        (local("2099-12-31 10:00"), 9, "work_day"),
        (local("2099-12-31 10:00"), 900, "urgent_hour"),
        (local("2026-01-01 10:00"), 1, "month"),
    ],
)
def test_nonsense_is_a_value_error(start, value, clock):
    with pytest.raises(ValueError):
        deadline(start, value, clock, CALENDAR)


def test_sixty_working_days_take_less_than_fifty_microseconds():
    start = local("2026-01-15 10:20")
    spent = min(timeit.repeat(lambda: deadline(start, 60, "work_day", CALENDAR), number=1000, repeat=5)) / 1000
    assert spent < 50e-6
