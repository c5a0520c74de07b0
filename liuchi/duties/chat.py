"""The shifts ahead of a week as words for a chat: how many are there, how many are still wanted, where to sign up. Without
names, since a group is public; on purpose, by who may confirm there, with 程某."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from liuchi.duties import rules
from liuchi.duties.models import Duty, Shift
from liuchi.duties.queries import Row
from liuchi.people.rules import shown_name


def week(
    rows: Sequence[Row], days: Sequence[dict[str, Any]], link: str, at: datetime, named: Callable[[Duty], bool]
) -> str:
    """The lines of each duty, day by day, with who is there where `named` says so; the shifts are dressed (`hours`, `here`,
    `lack`). Empty without a shift ahead: who was there is no matter for a group."""
    parts = []
    for row in rows:
        names = named(row.duty)
        lines = [
            _line(f"{day['words']} {shift.hours}", _said(shift, names))  # type: ignore[attr-defined]
            for day, shifts in zip(days, row.days, strict=True)
            for shift in shifts
            if shift.state == rules.PLANNED and shift.ends > at
        ]
        if lines:
            where = row.duty.where or row.duty.area.name
            parts.append("\n".join([_("%(title)s (%(where)s)") % {"title": row.duty.title, "where": where}, *lines]))
    if not parts:
        return ""
    return "\n\n".join([*parts, _("Whoever has an hour to spare signs up here: %(link)s") % {"link": link}])


def _line(when: str, said: str) -> str:
    return _("%(when)s: %(said)s") % {"when": when, "said": said} if said else when


def _said(shift: Shift, names: bool) -> str:
    here, n = shift.here, shift.lack  # type: ignore[attr-defined]
    language = translation.get_language() or ""
    told = _(", ").join(shown_name(place.person.name, language=language) for place in here) if names else ""
    if not n:
        full = ngettext("complete with %(n)s", "complete with %(n)s", len(here)) % {"n": len(here)} if here else ""
        return told or full
    lack = ngettext("%(n)s more wanted", "%(n)s more wanted", n) % {"n": n}
    return _("%(names)s; %(lack)s") % {"names": told, "lack": lack} if told else lack
