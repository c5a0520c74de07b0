"""Cases as the lines of the inbox."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from liuchi.cases import rules, words
from liuchi.cases.models import Case, Matter

LONGEST_TITLE = 80


@dataclass(slots=True)
class Line:
    """One case in the list. tone: colour of its clock and of its dot on the map; width: of the clock's bar, 0 to 100."""

    id: UUID
    title: str
    place: str
    matter: str
    guessed: bool
    channel: str
    unit: str
    tone: str
    left: str
    width: int | None
    lon: float | None
    lat: float | None

    def html(self) -> SafeString:
        """The line as it stands in the list. Fifty of them are most of the page; a template takes ten times as long, and
        ``format_html`` three times. Whatever is not a number or one of our own words goes through ``escape``."""
        matter = escape(self.matter)
        if self.guessed:
            matter = f'<span class="guess">{matter}?</span>'
        return SafeString(
            _LINE.format(
                self.tone,
                self.id,
                self.id.hex,
                _SPOT.format(self.lon, self.lat) if self.lon is not None else "",
                escape(self.title),
                escape(self.left),
                _BAR.format(self.width) if self.width is not None else "",
                escape(self.place),
                f"{matter} · " if matter else "",
                escape(self.channel),
                f" · {escape(self.unit)}" if self.unit else "",
            )
        )


_BAR = (
    '<svg class="clock-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
    '<rect width="100" height="4"></rect><rect width="{}" height="4"></rect></svg>'
)
_SPOT = ' data-lon="{}" data-lat="{}"'
_LINE = (
    '<a class="line {0}" href="/desk/cases/{1}" data-case="{2}" data-tone="{0}"{3}>'
    '<span class="said">{4}</span><span class="left">{5}{6}</span>'
    '<span class="where">{7}</span><span class="what">{8}{9}{10}</span></a>'
)


def lines(cases: Sequence[Case], now: datetime) -> list[Line]:
    """The lines of one page (one query more, for the names of suggested matters)."""
    guesses = {case.pk: case.suggestions[0]["matter"] for case in cases if case.matter is None and case.suggestions}
    names = _names(guesses.values())
    return [_line(case, names.get(guesses.get(case.pk, "")), now) for case in cases]


def _names(ids: Iterable[str]) -> dict[str, Matter]:
    wanted = {UUID(one) for one in ids}
    return {str(one.pk): one for one in Matter.objects.filter(pk__in=wanted)} if wanted else {}


def _line(case: Case, guess: Matter | None, now: datetime) -> Line:
    clock = words.clock(case, now)
    matter = case.matter or guess
    return Line(
        id=case.pk,
        title=words.title(case)[:LONGEST_TITLE],
        place=case.place_words or (case.area.name if case.area else "") or _("No place given"),
        matter=matter.label if matter else "",
        guessed=case.matter is None and guess is not None,
        channel=words.channel(case.channel),
        unit=case.unit.name if case.unit else "",
        lon=case.lon,
        lat=case.lat,
        **_time(case, clock),
    )


def _time(case: Case, clock: dict[str, Any]) -> dict[str, Any]:
    if clock["left_word"] is not None:
        width = round(min(1.0, max(0.02, clock["used_share"])) * 100)
        return {"tone": clock["clock_tone"], "left": clock["left_word"], "width": width}
    word, tone = words.state_for_reporter(case) if case.state not in rules.OPEN else (words.state(case.state), "plain")
    return {"tone": tone, "left": word, "width": None}
