"""Which open reports may be the same as one that is there, or as one that is being written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import hypot
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from liuchi.cases.alike import nearness, rarity, rules
from liuchi.cases.models import Case
from liuchi.cases.suggest.queries import suggest
from liuchi.kernel import geo
from liuchi.kernel.search import queries as search

READ = 60  # at a spot where hundreds are open, the newest are compared
MOST = 5
SURE = 0.5  # a matter is named as a reason from this share on
SHOWN = (
    "number", "state", "masked", "place_words", "lon", "lat", "matter__name", "matter__name_en", "matter__code",
    "suggestions", "reported_at", "channel", "area__name", "area__first", "unit_id", "reporter_id", "record__secrecy",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class What:
    """What is compared. matters: matter id -> share, as confirmed (1) or guessed; lon, lat: WGS-84 degrees or None."""

    text: str
    matters: Mapping[str, float]
    at: datetime
    lon: float | None = None
    lat: float | None = None
    place_words: str = ""


class Reason(NamedTuple):
    """Why: ``metres`` (how many), ``place`` (the words), ``hours`` (how many), ``words`` (which), ``matter`` (its id)."""

    name: str
    value: Any


@dataclass(frozen=True, slots=True)
class Hint:
    """A case that may be the same. metres: None where one of the two has no point; score: 0 to 1."""

    case: Case
    metres: float | None
    reasons: tuple[Reason, ...]
    score: float


def hints(case: Case, at: datetime) -> list[Hint]:
    """The open cases that may be the same as this one, the likeliest first (one query; two where it has no point)."""
    what = What(
        case.masked,
        matters_of(case),
        case.reported_at,
        case.lon,
        case.lat,
        case.place_words if case.lon is None else "",
    )
    return alike(what, at, but=case.pk)


def of_words(text: str, lon: float, lat: float, at: datetime, matter: UUID | None = None) -> list[Hint]:
    """The same for words that somebody is writing at a point."""
    guessed = {str(one.matter.pk): one.share for one in suggest(text)}
    if matter is not None:
        guessed[str(matter)] = 1.0
    return alike(What(text, guessed, at, lon, lat), at)


def alike(what: What, at: datetime, *, but: UUID | None = None) -> list[Hint]:
    """Up to five, each at least likely."""
    within = nearness.current()
    usual = rarity.current()
    said = rules.said(what.text, usual)
    found = []
    for case, metres in _close(what, at, within):
        if case.pk == but:
            continue
        days = abs((case.reported_at - what.at).total_seconds()) / 86400
        if days > within.days:
            continue
        words = rules.words_alike(said, rules.said(case.masked, usual))
        theirs = matters_of(case)
        matter = rules.matters_alike(what.matters, theirs)
        score = rules.score(words, matter, metres, days, radius=within.metres)
        if score >= rules.LIKELY:
            found.append(Hint(case, metres, _reasons(what, case, metres, theirs, usual), score))
    found.sort(key=lambda hint: -hint.score)
    return found[:MOST]


def matters_of(case: Case) -> dict[str, float]:
    """Matter id -> share: the one that a person set, or what the words were taken for."""
    if case.matter_id:
        return {str(case.matter_id): 1.0}
    return {one["matter"]: one["share"] for one in case.suggestions}


def _close(what: What, at: datetime, within: nearness.Within) -> Iterable[tuple[Case, float | None]]:
    # Open is what is waited for, as in `queries.near`.
    open_now = Case.objects.filter(
        step_due__isnull=False, parent=None, reported_at__gte=at - timedelta(days=2 * within.days)
    )
    open_now = open_now.select_related("area", "matter", "record").only(*SHOWN)
    if what.lon is not None and what.lat is not None:
        yield from _around(open_now, what.lon, what.lat, within.metres)
    elif len(what.place_words) >= 4:
        keys = search.find("case", what.place_words, limit=READ).keys
        for case in open_now.filter(pk__in=[UUID(key) for key in keys])[:READ]:
            yield case, None


def _around(cases: QuerySet[Case], lon: float, lat: float, radius: int) -> Iterable[tuple[Case, float]]:
    west, south, east, north = geo.box_around(lon, lat, radius)
    plane = geo.Metres(lon, lat)
    for case in cases.filter(lat__range=(south, north), lon__range=(west, east)).order_by("-reported_at")[:READ]:
        assert case.lon is not None and case.lat is not None
        metres = hypot(*plane.to(case.lon, case.lat))
        if metres <= radius:
            yield case, metres


def _reasons(
    what: What, case: Case, metres: float | None, theirs: Mapping[str, float], usual: rules.Rarity
) -> tuple[Reason, ...]:
    reasons = [Reason("place", what.place_words) if metres is None else Reason("metres", round(metres))]
    reasons.append(Reason("hours", round(abs((case.reported_at - what.at).total_seconds()) / 3600)))
    if shared := rules.in_common(what.text, case.masked, usual):
        reasons.append(Reason("words", shared))
    same = [matter for matter, share in theirs.items() if share >= SURE and what.matters.get(matter, 0) >= SURE]
    if same:
        reasons.append(Reason("matter", same[0]))
    return tuple(reasons)
