"""Rules that recur: their text, their days, their words."""

from datetime import date, time, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from liuchi.kernel.recurrence import rules, words
from liuchi.kernel.recurrence.forms import RhythmForm
from liuchi.kernel.recurrence.rules import Rhythm
from liuchi.kernel.worktime.rules import Calendar

weekdays = st.lists(st.integers(0, 6), min_size=1, unique=True).map(lambda days: tuple(sorted(days)))
rhythms = st.one_of(
    st.just(Rhythm("day")),
    st.builds(Rhythm, st.just("week"), st.integers(1, 8), weekdays),
    st.builds(
        Rhythm,
        st.just("month"),
        st.integers(1, 12),
        st.integers(0, 6).map(lambda day: (day,)),
        st.sampled_from([1, 2, 3, 4, -1]),
    ),
    st.builds(Rhythm, st.just("month"), st.integers(1, 12), st.just(()), st.just(0), st.sampled_from(rules.MONTHDAYS)),
)
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@given(rhythms)
def test_text_and_rhythm_are_the_same(rhythm):
    assert rules.read(rules.text_of(rhythm)) == rhythm


@given(rhythms, days, st.integers(0, 400))
def test_days_lie_within_and_fit(rhythm, start, span):
    found = rules.days(rules.text_of(rhythm), start, start, start + timedelta(days=span))
    assert found == sorted(set(found))
    for day in found:
        assert start <= day <= start + timedelta(days=span)
        if rhythm.weekdays:
            assert day.weekday() in rhythm.weekdays
        if rhythm.monthday > 0:
            assert day.day == rhythm.monthday
        if rhythm.monthday == -1:
            assert (day + timedelta(days=1)).day == 1
        if rhythm.every == "month":
            assert ((day.year - start.year) * 12 + day.month - start.month) % rhythm.interval == 0
    if rhythm.every == "month" and rhythm.interval == 1 and span >= 62:
        assert found


@given(rhythms, days, st.integers(0, 100), st.integers(1, 200))
def test_days_do_not_depend_on_where_one_begins_to_look(rhythm, start, skip, span):
    text, first = rules.text_of(rhythm), start + timedelta(days=skip)
    last = first + timedelta(days=span)
    whole = rules.days(text, start, start, last)
    assert rules.days(text, start, first, last) == [day for day in whole if day >= first]


@given(rhythms, days)
def test_the_form_says_a_rule_as_it_is(rhythm, start):
    if rhythm.interval not in (1, 2) and rhythm.every == "week":
        return
    if rhythm.every == "month" and rhythm.interval not in (1, 3, 6, 12):
        return
    text = rules.text_of(rhythm)
    form = RhythmForm(RhythmForm.initial_of(text))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["rule"] == text
    assert words.rhythm(text, start)


@pytest.mark.parametrize(
    "text",
    ["", "FREQ=HOURLY", "FREQ=WEEKLY", "FREQ=DAILY;COUNT=3", "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=WEEKLY;BYDAY=XX", "x"],
)
def test_what_an_office_can_not_say_is_no_rule(text):
    with pytest.raises(ValueError):
        rules.read(text)


@pytest.mark.parametrize(
    ("text", "chinese", "english"),
    [
        ("FREQ=DAILY", "每天", "every day"),
        ("FREQ=WEEKLY;BYDAY=WE", "每周三", "every Wed"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", "每2周的周一、周五", "every 2 weeks on Mon, Fri"),
        ("FREQ=MONTHLY;BYMONTHDAY=5", "每月5日", "day 5 of every month"),
        (
            "FREQ=MONTHLY;INTERVAL=3;BYDAY=2WE",
            "每季度第二个周三（2、5、8、11月）",
            "the second Wed of every quarter (months 2, 5, 8, 11)",
        ),
        ("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=-1", "每年最后一天（11月）", "the last day of every year (months 11)"),
    ],
)
def test_rules_are_said_in_plain_words(text, chinese, english):
    with translation.override("zh-hans"):
        assert words.rhythm(text, date(2026, 11, 2)) == chinese
        assert words.hours(time(9), time(11)) == "9:00—11:00"
    with translation.override("en"):
        assert words.rhythm(text, date(2026, 11, 2)) == english


def test_days_off_move_stay_or_fall_out():
    calendar = Calendar({date(2026, 10, 10): True, date(2026, 10, 1): False, date(2026, 10, 2): False})
    assert rules.held_on(date(2026, 10, 1), "next", calendar) == date(2026, 10, 5)
    assert rules.held_on(date(2026, 10, 1), "keep", calendar) == date(2026, 10, 1)
    assert rules.held_on(date(2026, 10, 1), "skip", calendar) is None
    assert rules.held_on(date(2026, 10, 10), "next", calendar) == date(2026, 10, 10)
