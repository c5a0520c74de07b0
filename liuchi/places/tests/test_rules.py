"""Hours against an oracle that looks at each minute; what a keeper says above them; hours as people write them."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuchi.places import rules

MONDAY = datetime(2026, 11, 23)
HOLIDAY = date(2026, 11, 25)


def is_off(day: date) -> bool:
    return day == HOLIDAY


@st.composite
def spans(draw: st.DrawFn) -> rules.Spans:
    found = []
    for _n in range(draw(st.integers(0, 3))):
        opens = draw(st.integers(0, 47)) * 30
        found.append((opens, opens + draw(st.integers(1, 48)) * 30))
    try:
        return rules.joined(found)
    except rules.BadHours:
        return ()


@st.composite
def some_hours(draw: st.DrawFn) -> rules.Hours:
    days = [MONDAY.date() + timedelta(days=n) for n in range(-1, 5)]
    return rules.Hours(
        week=tuple(draw(spans()) for _day in range(7)),
        off=draw(st.none() | spans()),
        exceptions=draw(st.dictionaries(st.sampled_from(days), spans(), max_size=2)),
    )


def open_in_minute(hours: rules.Hours, moment: datetime) -> bool:
    minute = moment.hour * 60 + moment.minute
    today = rules.spans_on(hours, moment.date(), is_off)
    yesterday = rules.spans_on(hours, moment.date() - timedelta(days=1), is_off)
    return any(a <= minute < b for a, b in today) or any(a <= minute + 1440 < b for a, b in yesterday)


@given(some_hours(), st.integers(0, 4 * 1440))
def test_open_until_and_opens_next_are_what_each_minute_says(hours: rules.Hours, minute: int) -> None:
    at = MONDAY + timedelta(minutes=minute)
    told = rules.opening(hours, at, is_off)
    assert told.is_open == open_in_minute(hours, at)
    turn = told.until if told.is_open else told.opens
    # every half hour is enough: all spans begin and end on one
    step = at.replace(minute=at.minute // 30 * 30) + timedelta(minutes=30)
    last = MONDAY + timedelta(days=12)
    while step < last and open_in_minute(hours, step) == told.is_open:
        step += timedelta(minutes=30)
    if step < last:
        assert turn == step
    else:
        assert turn is None or turn >= last


@given(spans())
def test_written_hours_are_read_as_they_were(some: rules.Spans) -> None:
    assert rules.read_spans(rules.written(some)) == some


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("8:00-12:00 14-18:30", ((480, 720), (840, 1110))),
        ("8点至22点", ((480, 1320),)),
        ("08:00—12:00，13:00—17:00", ((480, 720), (780, 1020))),
        ("22:00-6:00", ((1320, 1800),)),
        ("全天", ((0, 1440),)),
        ("休", ()),
        ("", ()),
        ("9-12 12-18", ((540, 1080),)),
    ],
)
def test_hours_are_read_as_people_write_them(typed: str, meant: rules.Spans) -> None:
    assert rules.read_spans(typed) == meant


@pytest.mark.parametrize("typed", ["8-8", "25-26", "早上", "8:70-9", "24-3"])
def test_what_are_no_hours_is_said(typed: str) -> None:
    with pytest.raises(rules.BadHours):
        rules.read_spans(typed)


DAYTIME = rules.Hours(week=(((480, 1320),),) * 7)


def told(at: datetime, said: str = "", until: datetime | None = None, hours: rules.Hours = DAYTIME) -> rules.Now:
    return rules.now(hours, at, is_off, said, until)


def test_what_the_keeper_says_stands_above_the_hours_until_it_ends() -> None:
    noon = MONDAY + timedelta(hours=12)
    full = told(noon, "full", noon + timedelta(hours=1))
    assert (full.code, full.serves, full.opens) == ("full", False, noon + timedelta(hours=1))
    assert told(noon + timedelta(hours=1), "full", noon + timedelta(hours=1)).code == "open"
    shut = told(noon, "closed", MONDAY + timedelta(hours=23))
    assert shut.opens == MONDAY + timedelta(days=1, hours=8)
    night = MONDAY + timedelta(hours=23)
    assert told(night).code == "closed"
    assert told(night, "open", night + timedelta(hours=2)).until == night + timedelta(hours=2)
    early = MONDAY + timedelta(hours=7)
    assert told(early, "open", early + timedelta(hours=2)).until == MONDAY + timedelta(hours=22)
    dry = told(noon, "no_water", noon + timedelta(hours=2))
    assert (dry.serves, dry.lacking, dry.until) == (True, "no_water", MONDAY + timedelta(hours=22))
    assert not told(night, "no_water", night + timedelta(hours=2)).serves


def test_without_hours_nobody_is_sent_away() -> None:
    now = told(MONDAY, hours=rules.Hours(week=((),) * 7))
    assert (now.code, now.serves) == ("unknown", True)


def test_what_was_said_ends_with_the_day_or_the_hours() -> None:
    noon = MONDAY + timedelta(hours=12)
    assert rules.lasts_until("closing", noon, rules.opening(DAYTIME, noon, is_off)) == MONDAY + timedelta(hours=22)
    night = MONDAY + timedelta(hours=23)
    closed = rules.opening(DAYTIME, night, is_off)
    assert rules.lasts_until("closing", night, closed) == MONDAY + timedelta(days=1)
    assert rules.lasts_until("2", noon, closed) == noon + timedelta(hours=2)
    assert rules.lasts_until("day", noon, closed) == MONDAY + timedelta(days=1)


def test_days_with_the_same_hours_are_said_together() -> None:
    week = (((480, 1080),),) * 5 + ((), ())
    assert rules.runs(week) == [(0, 4, ((480, 1080),)), (5, 6, ())]
