"""A published calendar changes deadlines from now on, and moves the open ones."""

from datetime import UTC, date, datetime, timedelta

import pytest

from liuchi.kernel import worktime
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal.models import Row
from liuchi.kernel.worktime import actions, official, queries
from liuchi.kernel.worktime.models import CalendarVersion
from liuchi.kernel.worktime.rules import deadline

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
FRIDAY_NOON = datetime(2026, 11, 27, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def moved(monkeypatch):
    """Calls of a mover that stands for an upper app; no calendar in memory from another test."""
    calls = []

    def mover(ctx, calendar):
        calls.append(calendar.number)
        return 3

    monkeypatch.setattr(worktime, "_movers", [mover])
    queries.forget()
    yield calls
    queries.forget()


def publish(days=None, years=()):
    return actions.publish_calendar(Context(at=AT, recorded_at=AT), days, years)


def test_without_a_published_calendar_the_official_days_count():
    assert queries.current().number == 0
    assert not queries.current().works_on(date(2026, 10, 1))


def test_a_published_day_counts_at_once_and_open_deadlines_move(moved):
    due = deadline(FRIDAY_NOON, 1, "work_day", queries.current())
    version = publish({date(2026, 11, 30): False})
    assert queries.current().number == version.number == 1
    assert deadline(FRIDAY_NOON, 1, "work_day", queries.current()) == due + timedelta(days=1)
    assert moved == [1]
    row = Row.objects.get(record=version.record)
    assert row.verb == "calendar.published"
    assert (row.facts["number"], row.facts["moved"]) == (1, 3)


def test_each_version_builds_on_the_one_before_and_stays_readable():
    publish({date(2026, 11, 30): False})
    second = publish({date(2026, 12, 5): True})
    assert not queries.current().works_on(date(2026, 11, 30))
    assert queries.current().works_on(date(2026, 12, 5))
    publish({date(2026, 11, 30): None})
    assert queries.current().works_on(date(2026, 11, 30))
    assert not queries.numbered(second.number).works_on(date(2026, 11, 30))
    row = Row.objects.filter(verb="calendar.published").latest("id")
    assert row.facts["changed"] == ["2026-11-30"]


def test_a_year_entered_by_the_office_is_known():
    start = datetime(2027, 1, 2, tzinfo=UTC)
    assert queries.current().unknown_years(start, start) == [2027]
    publish({date(2027, 2, 8): False}, [2027])
    assert queries.current().unknown_years(start, start) == []


def test_publishing_nothing_new_is_refused():
    publish()
    with pytest.raises(Refused) as refused:
        publish()
    assert refused.value.code == "no_change"
    with pytest.raises(Refused) as refused:
        publish({date(1999, 1, 1): True})
    assert refused.value.code == "day_range"
    assert CalendarVersion.objects.count() == 1


def test_a_new_package_publishes_its_days_by_itself(monkeypatch, moved):
    assert actions.follow_package(AT).number == 1
    assert actions.follow_package(AT) is None
    days, years = official.official_days()
    monkeypatch.setattr(actions, "package_version", lambda: "newer")
    assert actions.follow_package(AT) is None  # the same days under a new version: nothing to publish
    monkeypatch.setattr(actions, "package_version", lambda: "newest")
    monkeypatch.setattr(actions, "official_days", lambda: (days | {date(2027, 1, 1): False}, years | {2027}))
    assert actions.follow_package(AT).number == 2
    assert not queries.current().works_on(date(2027, 1, 1))
    assert moved == [1, 2]


def test_what_was_filed_in_the_moment_of_publishing_is_moved_a_little_later(moved):
    publish({date(2026, 11, 30): False})
    actions.settle(AT + timedelta(seconds=30))
    assert moved == [1]
    assert actions.settle(AT + timedelta(seconds=61)) == 3
    actions.settle(AT + timedelta(seconds=90))
    assert moved == [1, 1]
    assert CalendarVersion.objects.get().moved == 6
