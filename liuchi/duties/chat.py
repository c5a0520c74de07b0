"""A week as words for a chat: who is there when, who is still wanted, and where to sign up. Names as 程某: a group is public."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from liuchi.duties.queries import Row
from liuchi.people.rules import shown_name


def week(rows: Sequence[Row], days: Sequence[dict[str, Any]], link: str) -> str:
    """The lines of each duty, day by day; the shifts are dressed (`hours`, `here`, `lack`). Empty without a shift."""
    language = translation.get_language() or ""
    parts = []
    for row in rows:
        lines = []
        for day, shifts in zip(days, row.days, strict=True):
            for shift in shifts:
                said = [shown_name(place.person.name, language=language) for place in shift.here]  # type: ignore[attr-defined]
                if lack := shift.lack:  # type: ignore[attr-defined]
                    said.append(ngettext("%(n)s person wanted", "%(n)s people wanted", lack) % {"n": lack})
                lines.append(f"{day['words']} {shift.hours} {_(', ').join(said)}".strip())  # type: ignore[attr-defined]
        if lines:
            where = row.duty.where or row.duty.area.name
            parts.append("\n".join([_("%(title)s (%(where)s)") % {"title": row.duty.title, "where": where}, *lines]))
    if not parts:
        return ""
    return "\n\n".join([*parts, _("Whoever has an hour to spare signs up here: %(link)s") % {"link": link}])
