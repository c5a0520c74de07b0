"""Who acts, when and by which way. Every action takes a Context, so that offline work, imports and the replay,
which happen earlier than they are recorded, go through the same code as a tap on a screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone, translation

if TYPE_CHECKING:
    from django.http import HttpRequest

CHINA = ZoneInfo("Asia/Shanghai")
# The program itself (imports, the replay, the demo, the command line) is not asked for its posts.
_TRUSTED = frozenset({"import", "replay", "system"})


@dataclass(frozen=True, slots=True)
class Context:
    """at: when it happened; recorded_at: when it reached us (both aware, UTC); person: who acts (people.Person),
    None for nobody known or the system; post: the post (岗位) in which the person acts; channel: phone, desk, call,
    walk_in, import, api, open311, system or replay; language: of the sentences told back; token: the key by which another program
    acts, which may do less than the person."""

    at: datetime
    recorded_at: datetime
    person: UUID | None = None
    post: UUID | None = None
    channel: str = "web"
    language: str = "zh-hans"
    token: UUID | None = None

    @property
    def trusted(self) -> bool:
        """Whether it is the program itself that acts: an import, the replay, a tick. Its right was checked, or is nobody's."""
        return self.channel in _TRUSTED

    def happened(self, at: datetime) -> Context:
        """The same, but at another moment: work done offline says itself when it was done."""
        return replace(self, at=at.astimezone(UTC))


def system(at: datetime | None = None, channel: str = "system") -> Context:
    """A context for the program itself (worker, command line)."""
    now = timezone.now()
    return Context(at=at or now, recorded_at=now, channel=channel)


def of_request(request: HttpRequest, channel: str) -> Context:
    """The context of a page or an API call; the person and the post are those of ``request.actor``."""
    now = timezone.now()
    actor = getattr(request, "actor", None)
    return Context(
        at=now,
        recorded_at=now,
        person=actor.person_id if actor else None,
        post=actor.post_id if actor else None,
        channel=channel,
        language=translation.get_language() or "zh-hans",
        token=actor.token_id if actor else None,
    )
