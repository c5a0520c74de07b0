"""Rules of lessons, quizzes, counts and lists; pure, no Django.

Words
    block      a piece of a lesson: words, a picture or the link of a video
    quiz       three questions, each with one or several right answers
    trade      what new-employment groups work in (行业), as in the register
    withheld   a figure for fewer than five people is not shown
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from liuchi.people.rules import FEWEST

# as in the register of new-employment groups
ASPECTS = ("travel", "food", "medical", "rest", "charging", "legal", "counselling", "training", "housing", "family")
KINDS_OF_SERVICE = ("service", "benefit", "measure")
TRANSLATED = ("name", "what", "for_whom", "steps", "where", "news")

QUESTIONS = 3
OPTIONS_MOST = 6
BLOCKS_MOST = 30
BLOCK_KINDS = ("text", "picture", "video")
FIVE_MINUTES = 5
LONGEST_LESSON = 60

_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # no 0 o 1 l i: read out without mistakes


def new_code(size: int = 7) -> str:
    """A short code for an address on paper (35 bits): what it leads to is open to everybody."""
    return "".join(secrets.choice(_READABLE) for _ in range(size))


def lacking(blocks: Sequence[Mapping[str, Any]], questions: Sequence[Mapping[str, Any]]) -> list[str]:
    """What a lesson lacks before it can be published, as codes: ``content``, ``block:<at>``, ``questions``,
    ``words:<at>``, ``options:<at>``, ``right:<at>``, ``why:<at>`` (counted from 1)."""
    wrong = []
    if not any(_filled(block) for block in blocks):
        wrong.append("content")
    wrong += [f"block:{at}" for at, block in enumerate(blocks, 1) if not _filled(block)]
    if len(questions) != QUESTIONS:
        wrong.append("questions")
    for at, question in enumerate(questions, 1):
        options = [option for option in question.get("options", ()) if option.get("words", "").strip()]
        right = sum(bool(option.get("right")) for option in options)
        if not question.get("words", "").strip():
            wrong.append(f"words:{at}")
        if len(options) < 2:
            wrong.append(f"options:{at}")
        elif not right:
            wrong.append(f"right:{at}")
        if not question.get("why", "").strip():
            wrong.append(f"why:{at}")
    return wrong


def _filled(block: Mapping[str, Any]) -> bool:
    content = {"text": "words", "picture": "media", "video": "url"}.get(str(block.get("kind")), "")
    return bool(str(block.get(content) or "").strip())


def judged(questions: Sequence[Mapping[str, Any]], answers: Sequence[Collection[int]]) -> list[bool]:
    """For each question whether exactly the right options were chosen (their places, from 0)."""
    out = []
    for at, question in enumerate(questions):
        right = {place for place, option in enumerate(question["options"]) if option["right"]}
        out.append(at < len(answers) and set(answers[at]) == right)
    return out


def passed(results: Sequence[bool]) -> bool:
    """All answered rightly; as many tries as one wants."""
    return bool(results) and all(results)


def is_for(trades: Collection[str], trade: str) -> bool:
    """Whether a lesson is for somebody of a trade; one without trades is for everybody, and so is any for who has none."""
    return not trades or not trade or trade in trades


def reach_shown(by_teams: int, by_volunteers: int, volunteers: int) -> tuple[int, bool]:
    """What may be shown of how many were handed out in one place: (number, whether some are left out). What single people
    handed out joins only when there were at least five of them, so that nobody's own count can be told."""
    if not by_volunteers:
        return by_teams, False
    if volunteers >= FEWEST:
        return by_teams + by_volunteers, False
    return by_teams, True


def moved(places: int, at: int, by: int) -> list[int]:
    """The order of places after the one at ``at`` went up (-1) or down (1); unchanged at the edge."""
    order = list(range(places))
    to = at + by
    if 0 <= at < places and 0 <= to < places:
        order[at], order[to] = order[to], order[at]
    return order
