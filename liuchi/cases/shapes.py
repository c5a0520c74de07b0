"""Cases as JSON for the phone: a card for lists, a detail for one. The phone draws exactly this."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from liuchi.cases import words
from liuchi.cases.models import Case
from liuchi.cases.queries.offers import of_reporter, offered
from liuchi.cases.queries.story import Event, timeline
from liuchi.cases.seeing import clear_addresses
from liuchi.kernel.media import queries as media
from liuchi.kernel.media.models import Media
from liuchi.people.access import Actor


def iso(at: datetime | None) -> str | None:
    """2026-11-22T01:42:00Z"""
    return at.isoformat().replace("+00:00", "Z") if at else None


def cards(cases: Sequence[Case], now: datetime, *, for_reporter: bool) -> list[dict[str, Any]]:
    """Cards for a list (one query more, for the photos)."""
    files = media.of_records([case.pk for case in cases])
    return [card(case, files.get(case.pk, []), now, for_reporter=for_reporter) for case in cases]


def card(
    case: Case, files: list[Media], now: datetime, *, for_reporter: bool, with_pass: bool = False
) -> dict[str, Any]:
    """One case in a list."""
    state_word, tone = words.state_for_reporter(case) if for_reporter else (words.state(case.state), "info")
    photos = [one for one in files if one.kind == "photo"]
    thumb = next((one for one in photos if one.thumb), None)
    return {
        "id": str(case.pk),
        "number": case.number,
        "title": words.title(case),
        "place": case.place_words,
        "grid": case.area.name if case.area and case.area.level == "grid" else None,
        "matter": words.matter(case.matter),
        "state": case.state,
        "state_word": state_word,
        "tone": tone,
        "sentence": words.sentence(case),
        "stops": words.stops(case.main if case.state == "merged" and case.main else case),
        "photo": media.url(thumb, "thumb", with_pass) if thumb else None,
        "photos": len(photos),
        "at": iso(case.reported_at),
        "updated_at": iso(
            case.closed_at or case.handled_at or case.accepted_at or case.dispatched_at or case.reported_at
        ),
        "due": iso(case.step_due),
        **words.clock(case, now),
    }


def detail(case: Case, now: datetime, *, actor: Actor, for_reporter: bool, with_pass: bool = False) -> dict[str, Any]:
    """One case with everything on it that this reader may know."""
    files = media.of_record(case.pk)
    events = timeline(case, for_reporter=for_reporter, now=now)
    clear = clear_addresses(actor, case, files)
    return card(case, files, now, for_reporter=for_reporter, with_pass=with_pass) | {
        "text": case.text if for_reporter else case.masked,
        "lon": case.lon,
        "lat": case.lat,
        "accuracy": case.accuracy,
        "media": pieces(files, events, with_pass, clear),
        "unit": case.unit.name if case.unit else None,
        "time_limit_word": words.limit(case.condition.limit_value, case.condition.limit_type)
        if case.condition
        else None,
        "closing": case.condition.closing_label if case.condition and not for_reporter else None,
        "timeline": [line(event, files, with_pass) for event in events],
        "receipt": None,
        "can": can(case, actor, for_reporter=for_reporter),
        "more_time": [] if for_reporter else more_time(case),
        "rating": {"stars": case.stars, "text": case.rating} if case.stars and for_reporter else None,
        "why": None,
    }


def can(case: Case, actor: Actor, *, for_reporter: bool) -> list[str]:
    """What this person may do with the case now; pages show nothing else."""
    now = timezone.now()
    return of_reporter(case, now) if for_reporter else offered(case, actor, now)


def more_time(case: Case) -> list[dict[str, Any]]:
    """How much more a unit may ask for: half of its limit, or as much again."""
    whole, clock = case.limit_value, case.limit_clock
    if not whole:
        return []
    half = float(int(whole / 2)) if clock == "natural_day" else whole / 2
    return [{"value": value, "word": words.limit(value, clock)} for value in (half, whole) if value >= 0.5]


def line(event: Event, files: list[Media], with_pass: bool = False) -> dict[str, Any]:
    """One line of the timeline."""
    return {
        "at": iso(event.at),
        "when": words.stamp(event.at) if event.at else None,
        "who": event.who,
        "words": event.words,
        "note": event.note or None,
        "photos": [media.url(one, "thumb", with_pass) for one in files if one.pk in event.media and one.thumb],
        "mark": event.mark,
    }


def pieces(
    files: list[Media], events: list[Event], with_pass: bool = False, clear: Mapping[UUID, str] | None = None
) -> list[dict[str, Any]]:
    """The photos and recordings, each with who took it: the reporter before, or the handler after the work. clear: where
    this reader sees one without its covers (seeing.clear_addresses)."""
    by_handler: set[UUID] = {one for event in events if not event.by_reporter for one in event.media}
    return [
        {
            "id": str(one.pk),
            "kind": one.kind,
            "width": one.width,
            "height": one.height,
            "covers": one.covers if one.shown else None,
            "clear": (clear or {}).get(one.pk),
            "url": media.url(one, "shown", with_pass) if one.shown else None,
            "thumb": media.url(one, "thumb", with_pass) if one.thumb else None,
            "by": "handler" if one.pk in by_handler else "reporter",
            "word": words.photo_after() if one.pk in by_handler else words.photo_before(),
        }
        for one in files
    ]
