"""A draft and what was left out, as they lie in the database: JSON, encrypted, bound to their row."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from liuchi.cases.models import ChatDraft, ChatPaste
from liuchi.cases.pasting.reading import Message
from liuchi.cases.pasting.rules import LeftOut
from liuchi.kernel import crypto


@dataclass(slots=True)
class Part:
    """A message of a draft. digest: of the message, in hexadecimal; empty where the clerk takes it a second time."""

    speaker: str
    at: str
    words: str
    digest: str = ""


@dataclass(slots=True)
class Content:
    """All of a draft. Only words, place, phone, matter, time and pictures go into the request; who wrote it does not.

    at: ISO, empty where the chat does not say; joined: how many others say the same; pictures: keys of uploads;
    pictures_said: how many the chat names; guesses: matters that the words speak for, [id, name, share].
    """

    words: str = ""
    parts: list[Part] = field(default_factory=list)
    at: str = ""
    joined: list[str] = field(default_factory=list)
    place_id: str = ""
    place_text: str = ""
    phone: str = ""
    matter: str = ""
    guesses: list[list[Any]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    pictures_said: int = 0

    @property
    def speakers(self) -> list[str]:
        return list(dict.fromkeys(part.speaker for part in self.parts if part.speaker))

    @property
    def moment(self) -> datetime | None:
        return datetime.fromisoformat(self.at) if self.at else None


@dataclass(slots=True)
class Left:
    """A message that is in no draft. lines: as they stood there."""

    why: str
    lines: list[str]
    speaker: str = ""
    at: str = ""
    words: str = ""
    pictures: int = 0
    number: str = ""  # of the request that it became, where it is known


def content_of(draft: ChatDraft) -> Content:
    said = json.loads(crypto.decrypt(draft.content, f"chat.draft:{draft.pk}"))
    return Content(**said | {"parts": [Part(**part) for part in said["parts"]]})


def closed(pk: UUID, content: Content) -> bytes:
    """The cipher of a draft."""
    return crypto.encrypt(json.dumps(asdict(content)), f"chat.draft:{pk}")


def left_of(paste: ChatPaste) -> list[Left]:
    return [Left(**said) for said in json.loads(crypto.decrypt(paste.content, f"chat.paste:{paste.pk}"))]


def closed_left(pk: UUID, left: list[Left]) -> bytes:
    return crypto.encrypt(json.dumps([asdict(one) for one in left]), f"chat.paste:{pk}")


def left(one: LeftOut, rows: list[str], number: str = "") -> Left:
    """What was left out, to be kept for the page."""
    said = one.message
    lines = [rows[at].strip() for at in one.lines]
    if said is None:
        return Left(one.why, lines)
    return Left(one.why, lines, said.speaker, iso(said.at), said.words, said.pictures, number)


def digest(message: Message) -> bytes:
    """By which the same message is known again: who, what, and on which day where the chat says it."""
    day = f"{message.at:%Y-%m-%d}" if message.at else ""
    said = "\x1f".join((message.speaker, "".join(message.words.split()), str(message.pictures), day))
    return crypto.blind_index("chat", said)


def iso(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def together(one: Content, other: Content) -> Content:
    """Two drafts as one; what the first has stays."""
    first = min((at for at in (one.at, other.at) if at), default="")
    return replace(
        one,
        words="\n".join(words for words in (one.words, other.words) if words),
        parts=one.parts + other.parts,
        at=first,
        joined=list(dict.fromkeys(one.joined + other.joined)),
        place_id=one.place_id or ("" if one.place_text else other.place_id),
        place_text=one.place_text or other.place_text,
        phone=one.phone or other.phone,
        matter=one.matter or other.matter,
        guesses=one.guesses or other.guesses,
        pictures=one.pictures + other.pictures,
        pictures_said=one.pictures_said + other.pictures_said,
    )
