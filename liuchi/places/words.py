"""How places are told: state, hours, ways, as people say them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from liuchi.kernel.context import CHINA
from liuchi.places import rules
from liuchi.places.models import ServicePoint

SAID = {
    "open": gettext_noop("Open"),
    "full": gettext_noop("Full"),
    "closed": gettext_noop("Closed for now"),
    "no_water": gettext_noop("No water"),
    "no_power": gettext_noop("No power"),
}
LASTS = {
    "closing": gettext_noop("until closing time"),
    "1": gettext_noop("for 1 hour"),
    "2": gettext_noop("for 2 hours"),
    "4": gettext_noop("for 4 hours"),
    "day": gettext_noop("until midnight"),
}
FUNCTIONS = {
    "rest": gettext_noop("Rest"),
    "learn": gettext_noop("Learn"),
    "meet": gettext_noop("Meet"),
    "emergency": gettext_noop("In need"),
}
DAYS = (
    gettext_noop("Mon"), gettext_noop("Tue"), gettext_noop("Wed"), gettext_noop("Thu"), gettext_noop("Fri"), gettext_noop("Sat"),
    gettext_noop("Sun"),
)  # fmt: skip


def said(code: str) -> str:
    """A word that a keeper may say."""
    return _(SAID[code])


def state(now: rules.Now, at: datetime) -> str:
    """``开放中 · 到 22:00``, ``已关 · 明早 8:00 开``."""
    parts = [head(now)]
    if now.serves and now.lacking:
        parts.append(_("open"))
    if now.serves and now.until:
        parts.append(_("until %(clock)s") % {"clock": _until(now.until, at)})
    elif now.serves and now.code == "open":
        parts.append(_("day and night"))
    elif now.opens:
        parts.append(_("opens %(when)s") % {"when": when(now.opens, at)})
    return " · ".join(parts)


def head(now: rules.Now) -> str:
    """The one large word."""
    if now.serves and now.lacking:
        return _(SAID[now.lacking])
    return {
        "open": _("Open now"),
        "full": _(SAID["full"]),
        "closed": _(SAID["closed"]) if now.by_keeper else _("Closed now"),
        "unknown": _("Opening hours not known"),
    }[now.code]


def tone(now: rules.Now) -> str:
    """The colour that stands beside the word."""
    if now.lacking:
        return "warn"
    if now.code == "open":
        return "ok"
    return "info" if now.code == "unknown" else "warn" if now.code == "full" else "plain"


def _until(moment: datetime, at: datetime) -> str:
    local, today = moment.astimezone(CHINA), at.astimezone(CHINA).date()
    clock = f"{local.hour}:{local.minute:02d}"
    if local.date() == today:
        return clock
    if (local.hour, local.minute) == (0, 0) and local.date() == today + timedelta(days=1):
        return "24:00"
    return when(moment, at)


def when(moment: datetime, at: datetime) -> str:
    """A coming moment: 14:00, 明早 8:00, 周三 8:00, 12月1日 8:00."""
    local, today = moment.astimezone(CHINA), at.astimezone(CHINA).date()
    clock = f"{local.hour}:{local.minute:02d}"
    ahead = (local.date() - today).days
    if ahead <= 0:
        return clock
    if ahead == 1:
        if local.hour < 12:
            return _("tomorrow morning %(clock)s") % {"clock": clock}
        return _("tomorrow %(clock)s") % {"clock": clock}
    if ahead < 7:
        return _("%(day)s %(clock)s") % {"day": _(DAYS[local.weekday()]), "clock": clock}
    return _("%(day)s %(clock)s") % {"day": day(local.date()), "clock": clock}


def day(one: date) -> str:
    """12月1日"""
    return formats.date_format(one, "MONTH_DAY_FORMAT")


def span(begins: datetime, ends: datetime, at: datetime) -> str:
    """When an event is: 今天 14:00–16:00, 周三 9:00–11:00."""
    local, last, today = begins.astimezone(CHINA), ends.astimezone(CHINA), at.astimezone(CHINA).date()
    clocks = f"{local.hour}:{local.minute:02d}–{last.hour}:{last.minute:02d}"
    ahead = (local.date() - today).days
    if ahead == 0:
        name = _("today")
    elif ahead == 1:
        name = _("tomorrow")
    elif 1 < ahead < 7:
        name = _(DAYS[local.weekday()])
    else:
        name = day(local.date())
    return f"{name} {clocks}"


def spans(some: rules.Spans) -> str:
    """``8:00–12:00、14:00–18:00``; 全天; 休息."""
    if not some:
        return _("not open")
    if some == ((0, rules.DAY),):
        return _("all day")
    parts = [
        f"{rules.clock(opens)}–{_('next day') + ' ' if closes > rules.DAY else ''}{rules.clock(closes)}"
        for opens, closes in some
    ]
    return _(", ").join(parts)


def week(hours: rules.Hours) -> list[tuple[str, str]]:
    """The lines of a table of hours: (周一至周五, 8:00–22:00)."""
    lines = []
    for first, last, some in rules.runs(hours.week):
        if (first, last) == (0, 6):
            name = _("Every day")
        elif first == last:
            name = _(DAYS[first])
        else:
            name = _("%(first)s to %(last)s") % {"first": _(DAYS[first]), "last": _(DAYS[last])}
        lines.append((name, spans(some)))
    if hours.off is not None:
        lines.append((_("Official days off"), spans(hours.off)))
    return lines


def metres(some: float, by_road: bool = True) -> str:
    """``350 米``, ``1.2 公里``; reckoned ones say so: ``约 350 米``."""
    rounded = rules.rounded_metres(some)
    if rounded < 1000:
        far = _("%(n)s m") % {"n": rounded}
    else:
        far = _("%(n)s km") % {"n": formats.number_format(rounded / 1000, 1)}
    return far if by_road else _("about %(far)s") % {"far": far}


def on_foot(some: float) -> str:
    """``步行 5 分钟``"""
    return _("%(n)s min on foot") % {"n": rules.minutes_on_foot(some)}


def way(some: float, by_road: bool = True) -> str:
    """``350 米 · 步行 5 分钟``"""
    return f"{metres(some, by_road)} · {on_foot(some)}"


LEGEND = {
    ("ok", False): gettext_noop("Open now"),
    ("warn", False): gettext_noop("open, water or power is lacking"),
    ("info", False): gettext_noop("Opening hours not known"),
    ("warn", True): gettext_noop("Full"),
    ("plain", True): gettext_noop("Closed now"),
}


def legend(lines: Iterable[Any]) -> list[tuple[str, bool, str]]:
    """What the dots of a map say: (tone, whether it is a ring: one can't go in, word) of those that are there."""
    there = {(line.tone, not line.now.serves) for line in lines}
    return [(tone, ring, _(word)) for (tone, ring), word in LEGEND.items() if (tone, ring) in there]


def level(point: ServicePoint) -> str:
    """``三星友好``; nothing for none."""
    return _("friendly, %(n)s stars") % {"n": point.level} if point.level else ""


def day_head(one: date, today: date) -> str:
    """The head over the events of a day: 今天, 明天, 11月25日 周三."""
    ahead = (one - today).days
    if ahead == 0:
        return _("today")
    if ahead == 1:
        return _("tomorrow")
    return f"{day(one)} {_(DAYS[one.weekday()])}"
