"""The calendar that counts now."""

from __future__ import annotations

import time
from datetime import date
from functools import lru_cache

from liuchi.kernel.worktime.models import CalendarVersion
from liuchi.kernel.worktime.official import official_calendar
from liuchi.kernel.worktime.rules import Calendar

# Pages may show the calendar of a moment ago; `settle` moves deadlines that were computed in that moment.
_FRESH_SECONDS = 5.0
_known: tuple[float, int] | None = None  # (until when believed, number)


def current() -> Calendar:
    """The calendar published last, from the memory of this process; its number is looked up every few seconds."""
    global _known
    now = time.monotonic()
    if _known is None or _known[0] < now:
        number = CalendarVersion.objects.order_by("-number").values_list("number", flat=True).first() or 0
        _known = (now + _FRESH_SECONDS, number)
    return numbered(_known[1])


def forget() -> None:
    """Looks the number up anew at the next call: after publishing, and between tests."""
    global _known
    _known = None
    numbered.cache_clear()


@lru_cache(maxsize=4)
def numbered(number: int) -> Calendar:
    """A published calendar; number 0 is that of an installation that published none: official days alone."""
    if number == 0:
        return official_calendar()
    version = CalendarVersion.objects.get(number=number)
    return Calendar({date.fromisoformat(day): works for day, works in version.days.items()}, version.years, number)


def versions() -> list[CalendarVersion]:
    """All published calendars, the newest first."""
    return list(CalendarVersion.objects.order_by("-number"))
