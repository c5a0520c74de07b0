"""A followed report as JSON for the phone: the same card as one's own, with nothing of who made it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from liuchi.cases import shapes, words
from liuchi.cases.joining import seeing
from liuchi.cases.joining.models import Follower
from liuchi.cases.models import Case
from liuchi.cases.queries.story import FOR_REPORTER, timeline
from liuchi.kernel.media import queries as media
from liuchi.kernel.media.models import Media

# What is the reporter's own affair.
_NOT_TOLD = frozenset({"case.reported", "case.added", "case.withdrawn", "case.rated"})


def card(follower: Follower, files: list[Media]) -> dict[str, Any]:
    """One line in the list."""
    case = _standing(follower)
    word, tone = words.state_for_reporter(case)
    return {
        "id": str(follower.case_id),
        "number": case.number,
        "title": seeing.title(case),
        "place": seeing.place(case),
        "grid": case.area.name if case.area and case.area.level == "grid" else None,
        "matter": words.matter(case.matter),
        "state": case.state,
        "state_word": word,
        "tone": tone,
        "sentence": sentence(case),
        "stops": words.stops(case),
        "photo": picture(files),
        "at": shapes.iso(follower.joined_at),
        "joined": True,
    }


def detail(follower: Follower, now: datetime) -> dict[str, Any]:
    """One that somebody follows, with what happened since (at most 8 queries)."""
    case = _standing(follower)
    files = media.of_record(follower.case_id)
    events = [event for event in timeline(case, for_reporter=True, now=now) if event.verb not in _NOT_TOLD and event.at]
    told = card(follower, files)
    photo = told["photo"]
    return told | {
        "text": "",
        "media": [{"kind": "photo", "url": photo, "thumb": photo, "by": "reporter", "word": words.photo_before()}]
        if photo
        else [],
        "unit": case.unit.name if case.unit else None,
        "timeline": [
            {
                "at": shapes.iso(follower.joined_at),
                "when": words.stamp(follower.joined_at),
                "who": _("You"),
                "words": _("You met it too; it was reported on %(day)s") % {"day": seeing.day(case)},
                "note": None,
                "photos": [],
                "mark": "done",
            },
            *(
                shapes.line(event, []) | {"note": seeing.told(event.note) or None}
                for event in events
                if event.verb in FOR_REPORTER
            ),
        ],
        "receipt": None,
        "can": ["leave"],
        "rating": None,
        "why": None,
    }


def _standing(follower: Follower) -> Case:
    """The case that is worked on: the one joined, or the one that it was merged into."""
    case = follower.case
    return case.main if case.state == "merged" and case.main else case


def picture(files: list[Media]) -> str | None:
    """The small picture, on which no face can be known; the worker makes it."""
    first = next((one for one in files if one.kind == "photo" and one.thumb), None)
    return media.url(first, "thumb", with_pass=True) if first else None


def sentence(case: Case) -> str:
    """What happens now."""
    if case.state == "withdrawn":
        return _("Who reported it took it back. If it is still there, please report it.")
    if case.state == "closed":
        return seeing.told(case.reply) or words.state_for_reporter(case)[0]
    return words.sentence(case)
