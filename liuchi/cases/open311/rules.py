"""The specification's rules that need no database: the 90 days, dates, attributes, and what is public."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

SPAN = timedelta(days=90)
MOST = 1000
STATUSES = ("open", "closed")
FORMATS = {"xml": "text/xml", "json": "application/json"}
# Major classes whose matters are about people's homes and lives: nobody reads from outside where they happen.
PRIVATE_MAJORS = ("98", "99")
_PLACE = ZoneInfo("Asia/Shanghai")
_ATTRIBUTE = re.compile(r"attribute\[([^\]]{1,40})\](?:\[\])?")
_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Unreadable(ValueError):
    """An argument that can't be what it should be; its name."""


def moment(name: str, said: str) -> datetime | None:
    """A time in the W3C's form; a day alone begins at midnight of the place. Raises Unreadable."""
    if not said:
        return None
    try:
        at = datetime.fromisoformat(said.strip().replace(" ", "+"))
        at = (at if at.tzinfo else at.replace(tzinfo=_PLACE)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Unreadable(name)
    if not 1900 < at.year < 2200:
        raise Unreadable(name)
    return at


def period(start: datetime | None, end: datetime | None, now: datetime) -> tuple[datetime, datetime]:
    """What is asked for: the last 90 days, or 90 days from or up to a time. Raises Unreadable for a longer span, or one that
    ends before it begins."""
    if start is None and end is None:
        return now - SPAN, now + timedelta(minutes=1)
    if start is None:
        assert end is not None
        return end - SPAN, end
    if end is None:
        return start, start + SPAN
    if end < start or end - start > SPAN:
        raise Unreadable("start_date, end_date")
    return start, end


def day_of(at: datetime) -> date:
    """The day at the place."""
    return at.astimezone(_PLACE).date()


def listed(said: str, most: int = MOST) -> list[str]:
    """Values by comma, empty ones left out."""
    return [part.strip() for part in said.split(",") if part.strip()][:most]


def statuses(said: str) -> list[str]:
    """Which of open and closed. Raises Unreadable for another word."""
    wanted = listed(said) or list(STATUSES)
    if not set(wanted) <= set(STATUSES):
        raise Unreadable("status")
    return wanted


def degrees(name: str, said: str, most: float) -> float | None:
    """A coordinate. Raises Unreadable."""
    if not said:
        return None
    try:
        value = float(said)
    except ValueError:
        raise Unreadable(name)
    if not math.isfinite(value) or abs(value) > most:
        raise Unreadable(name)
    return value


def attributes(fields: Iterable[tuple[str, list[str]]]) -> dict[str, list[str]]:
    """``attribute[code]=value`` and ``attribute[code][]=value`` as code -> values."""
    found: dict[str, list[str]] = {}
    for name, values in fields:
        if matched := _ATTRIBUTE.fullmatch(name):
            found.setdefault(matched[1], []).extend(value for value in values if value)
    return found


def printable(text: str) -> str:
    """Without the signs that XML has no place for."""
    return _UNPRINTABLE.sub("", text)


# The name of each part of a list, where XML wants one.
PART_OF: Mapping[str, str] = {
    "services": "service", "service_requests": "request", "errors": "error", "attributes": "attribute",
    "values": "value", "endpoints": "endpoint", "formats": "format",
}  # fmt: skip
