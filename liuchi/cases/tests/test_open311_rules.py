"""The rules of GeoReport v2 that need no database."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuchi.cases.open311 import rules
from liuchi.cases.open311.answers import answer

NOW = datetime(2026, 11, 22, tzinfo=UTC)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


@given(start=st.none() | moments, end=st.none() | moments)
def test_never_more_than_ninety_days(start: datetime | None, end: datetime | None) -> None:
    try:
        first, last = rules.period(start, end, NOW)
    except rules.Unreadable:
        assert start and end and (end < start or end - start > timedelta(days=90))
    else:
        assert timedelta(0) <= last - first <= timedelta(days=90, minutes=1)
        assert (start is None or first == start) and (end is None or last == end)


@pytest.mark.parametrize(
    "said, at",
    [
        ("2026-11-22T00:00:00Z", NOW),
        ("2026-11-22T08:00:00+08:00", NOW),
        ("2026-11-22T08:00:00 08:00", NOW),  # a plus that nobody escaped
        ("2026-11-22T08:00:00", NOW),
        ("2026-11-22", NOW - timedelta(hours=8)),
        ("", None),
    ],
)
def test_times_as_the_world_wide_web_writes_them(said: str, at: datetime | None) -> None:
    assert rules.moment("start_date", said) == at


@given(said=st.text(max_size=30))
def test_what_is_no_time_is_said_to_be_none(said: str) -> None:
    try:
        rules.moment("start_date", said)
    except rules.Unreadable as unreadable:
        assert str(unreadable) == "start_date"


@given(said=st.text(max_size=20) | st.floats().map(str))
def test_degrees_lie_on_the_earth(said: str) -> None:
    try:
        value = rules.degrees("lat", said, 90)
    except rules.Unreadable:
        return
    assert value is None or -90 <= value <= 90


def test_attributes_in_both_spellings() -> None:
    fields = [("attribute[A]", ["1"]), ("attribute[B][]", ["x", "y"]), ("attribute", ["7"]), ("attribute[]", ["8"])]
    assert rules.attributes(fields) == {"A": ["1"], "B": ["x", "y"]}


@given(words=st.text(max_size=60))
def test_whatever_is_said_the_xml_can_be_read(words: str) -> None:
    told = answer("xml", "service_requests", [{"description": words, "lat": None, "metadata": True}])
    root = ElementTree.fromstring(told.content)
    assert root.tag == "service_requests"
    assert root[0].tag == "request" and root[0][2].text == "true"
