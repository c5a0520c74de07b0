"""How a rhythm is said: 每周三 9:00—11:00, every Wed 9:00–11:00."""

from __future__ import annotations

from datetime import date, time

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from liuchi.kernel.recurrence import rules


def _nth(number: int) -> str:
    return {1: _("first"), 2: _("second"), 3: _("third"), 4: _("fourth"), rules.LAST: _("last")}[number]


def weekday(day: int) -> str:
    """周三, Wed."""
    if (get_language() or "").startswith("zh"):
        return "周" + "一二三四五六日"[day]
    return str(WEEKDAYS_ABBR[day])


def rhythm(text: str, starts_on: date) -> str:
    """The rule in plain words."""
    said = rules.read(text)
    if said.every == "day":
        return _("every day")
    if said.every == "week":
        names = _(", ").join(weekday(day) for day in said.weekdays)
        if sorted(said.weekdays) == [0, 1, 2, 3, 4]:
            names = _("%(first)s to %(last)s") % {"first": weekday(0), "last": weekday(4)}
        if said.interval == 1:
            if len(set(said.weekdays)) == 7:
                return _("every day")
            return _("every %(days)s") % {"days": names}
        return _("every %(n)s weeks on %(days)s") % {"n": said.interval, "days": names}
    if said.nth:
        day = _("the %(nth)s %(day)s") % {"nth": _nth(said.nth), "day": weekday(said.weekdays[0])}
    elif said.monthday == rules.LAST:
        day = _("the last day")
    else:
        day = _("day %(day)s") % {"day": said.monthday}
    words = _("%(day)s of %(span)s") % {"day": day, "span": _span(said.interval)}
    if months := rules.months_of(said, starts_on):
        if len(months) < 12:
            words += _(" (months %(months)s)") % {"months": _(", ").join(map(str, months))}
    return words


def _span(interval: int) -> str:
    named = {1: _("every month"), 3: _("every quarter"), 6: _("every half-year"), 12: _("every year")}
    return named.get(interval) or ngettext("every %(n)s month", "every %(n)s months", interval) % {"n": interval}


def hours(begins: time, ends: time) -> str:
    """9:00—11:00 in Chinese, with a short dash elsewhere."""
    dash = "—" if (get_language() or "").startswith("zh") else "–"
    return f"{begins.hour}:{begins.minute:02}{dash}{ends.hour}:{ends.minute:02}"


def day(value: date) -> str:
    """11月25日 周三, Wed 25 Nov."""
    if (get_language() or "").startswith("zh"):
        return f"{value.month}月{value.day}日 {weekday(value.weekday())}"
    from django.utils.formats import date_format

    return f"{weekday(value.weekday())} {date_format(value, 'MONTH_DAY_FORMAT')}"


def free_days(kind: str) -> str:
    """What becomes of days off."""
    return {
        "keep": _("also on days off"),
        "next": _("moved to the next working day"),
        "skip": _("left out on days off"),
    }[kind]
