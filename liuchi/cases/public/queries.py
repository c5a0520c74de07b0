"""What everybody may see of what was reported: what kind, in which state, in which month, about where. Nobody's words, photos
or number, and never who: a report about somebody, one in confidence and one whose matter the desk has not settled are left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import formats, timezone

from liuchi.cases import words
from liuchi.cases.joining.rules import NOT_A_PLACE
from liuchi.cases.models import Case
from liuchi.cases.public import rules

MOST_OPEN, MOST_DONE = 400, 200
RECENT = timedelta(days=30)
# How it ended, where something was looked after; what was no such thing is nobody's dot.
ENDED = ("done", "part_done", "not_done")


@dataclass(frozen=True, slots=True)
class Dot:
    """One report. word, tone: of its state; month: 11月; where: a road or a community."""

    matter: str
    word: str
    tone: str
    month: str
    where: str


@dataclass(slots=True)
class Spot:
    """All dots of one place."""

    lon: float
    lat: float
    dots: list[Dot] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The same for the same place."""
        return f"{self.lon:.4f}_{self.lat:.4f}"

    @property
    def tone(self) -> str:
        """The colour of the dot on the map: ok where all is done."""
        return "warn" if any(dot.tone != "ok" for dot in self.dots) else "ok"


def shown() -> QuerySet[Case]:
    """What may stand on the map at all."""
    cases = Case.objects.filter(record__secrecy=0, parent=None, lon__isnull=False, matter__isnull=False)
    return cases.exclude(matter__code__in=NOT_A_PLACE).exclude(
        state__in=("reported", "withdrawn", "merged", "approval")
    )


def spots(at: datetime, *, done: bool) -> list[Spot]:
    """Where something is being worked on, or (done) was finished in the last 30 days; the latest first. Two queries at most."""
    chosen = shown().select_related("matter", "area", "area__parent")
    if done:
        since = (at - RECENT).astimezone(timezone.get_default_timezone())
        recent = chosen.filter(state="closed", outcome__in=ENDED, closed_at__gte=since)
        cases = list(recent.order_by("-reported_at")[:MOST_DONE])
    else:
        cases = list(chosen.filter(step_due__isnull=False).order_by("-reported_at")[:MOST_OPEN])
    found: dict[tuple[float, float], Spot] = {}
    for case in cases:
        assert case.lon is not None and case.lat is not None
        at_spot = rules.spot(case.lon, case.lat)
        word, tone = words.state_for_reporter(case)
        dot = Dot(
            words.matter(case.matter) or "",
            word,
            "ok" if tone == "ok" else "warn",
            _month(case.reported_at),
            _where(case),
        )
        found.setdefault(at_spot, Spot(*at_spot)).dots.append(dot)
    return list(found.values())


def _month(at: datetime) -> str:
    local = timezone.localtime(at)
    return formats.date_format(local, "YEAR_MONTH_FORMAT")


def _where(case: Case) -> str:
    community = case.area.parent if case.area and case.area.level == "grid" else case.area
    return rules.road(case.place_words) or (community.name if community else "")
