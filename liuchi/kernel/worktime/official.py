"""The official holidays and swap days (国务院办公厅节假日安排) as the package chinesecalendar has them."""

from __future__ import annotations

from datetime import date
from importlib.metadata import version

from liuchi.kernel.worktime.rules import Calendar


def official_days() -> tuple[dict[date, bool], frozenset[int]]:
    """(days that differ from Monday to Friday -> whether they are worked, the years the package has)."""
    # Imported here: the package is needed when a calendar is published, not for every page.
    from chinese_calendar.constants import holidays, workdays

    days = {day: False for day in holidays if day.weekday() < 5}
    days |= {day: True for day in workdays if day.weekday() >= 5}
    return days, frozenset(day.year for day in holidays)


def package_version() -> str:
    return version("chinesecalendar")


def official_calendar() -> Calendar:
    """The calendar of a place that has published none of its own: number 0."""
    days, years = official_days()
    return Calendar(days, years, number=0)
