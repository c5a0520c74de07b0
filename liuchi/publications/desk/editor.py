"""What the form of the lesson editor says: blocks in their order, three questions, and which button was pressed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from liuchi.kernel import given
from liuchi.publications import rules
from liuchi.publications.models import LessonVersion
from liuchi.publications.queries import lessons as reading

OPTIONS = range(rules.OPTIONS_MOST)


@dataclass(slots=True)
class Said:
    """blocks and questions as rules.lacking reads them, after the button did its part; pictures: files by block;
    expect: the version of the record that was on the page; publish: the button to publish; anchor: where to look next."""

    blocks: list[dict[str, Any]]
    questions: list[dict[str, Any]]
    pictures: dict[int, Any] = field(default_factory=dict)
    expect: int | None = None
    publish: bool = False
    anchor: str = ""


def said_in(request: HttpRequest) -> Said:
    """Reads the form. ``do``: save, publish, add:<kind>, up:<at>, down:<at>, drop:<at>."""
    post = request.POST
    parts = [
        (
            {
                "kind": post.get(f"kind-{at}", "text"),
                "words": post.get(f"words-{at}", ""),
                "media": post.get(f"media-{at}", ""),
                "url": post.get(f"url-{at}", ""),
            },
            request.FILES.get(f"file-{at}"),
        )
        for at in range(min(_number(post.get("blocks", "")), rules.BLOCKS_MOST))
    ]
    what, _colon, which = post.get("do", "save").partition(":")
    at, anchor = _number(which), ""
    if what == "add" and len(parts) < rules.BLOCKS_MOST:
        parts.append(({"kind": which}, None))
        anchor = f"#block-{len(parts)}"
    elif what == "drop" and at < len(parts):
        del parts[at]
        anchor = "#blocks"
    elif what in ("up", "down"):
        by = -1 if what == "up" else 1
        parts = [parts[place] for place in rules.moved(len(parts), at, by)]
        anchor = f"#block-{min(max(at + by, 0), len(parts) - 1) + 1}"
    return Said(
        blocks=[block for block, _file in parts],
        questions=[_question(request, at) for at in range(rules.QUESTIONS)],
        pictures={at: file for at, (_block, file) in enumerate(parts) if file},
        expect=_number(post.get("expect", "")) or None,
        publish=what == "publish",
        anchor=anchor,
    )


def _question(request: HttpRequest, at: int) -> dict[str, Any]:
    post = request.POST
    options = [
        {"words": post.get(f"option-{at}-{place}", ""), "right": f"right-{at}-{place}" in post} for place in OPTIONS
    ]
    return {"words": post.get(f"question-{at}", ""), "why": post.get(f"why-{at}", ""), "options": options}


def _number(text: str) -> int:
    return given.whole(text) or 0


def lines_of(draft: LessonVersion, faults: dict[str, str]) -> list[dict[str, Any]]:
    """The blocks for the form, each with what is wrong with it."""
    last = len(draft.blocks) - 1
    return [
        {
            **block,
            "at": at,
            "number": at + 1,
            "first": at == 0,
            "last": at == last,
            "fault": faults.get(f"words-{at}") or faults.get(f"url-{at}"),
        }
        for at, block in enumerate(reading.parts(draft))
    ]


def lacking_words(codes: list[str]) -> list[str]:
    """What is still missing, in sentences."""
    sentences = {
        "content": _("The lesson has no content yet."),
        "block": _("Part %(n)s is empty: fill it in or remove it."),
        "questions": _("Three questions are needed."),
        "words": _("Question %(n)s has no words."),
        "options": _("Question %(n)s needs two answers at least."),
        "right": _("Tick which answer of question %(n)s is right."),
        "why": _("Say kindly why, at question %(n)s."),
    }
    out = []
    for code in codes:
        what, _colon, at = code.partition(":")
        out.append(sentences[what] % {"n": at} if at else sentences[what])
    return out
