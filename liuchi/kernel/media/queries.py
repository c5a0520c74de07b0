"""Reading media: which belong to a record, what stands in a page, who may look."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from liuchi.kernel.context import Context
from liuchi.kernel.media.models import Media
from liuchi.kernel.records.models import Record

# Asked with (request.actor, record): may this person see the media of this record?
Guard = Callable[[Any, Record], bool]

# Asked with (request.actor, media): what leaves the trace of a look at the photo without its covers, or None for who may not
# have one. One's own photo leaves none.
ClearGuard = Callable[[Any, Media], Callable[[Context], None] | None]

_guards: list[Guard] = []
_clear_guards: list[ClearGuard] = []
PASS_SECONDS = 3600


def register_guard(guard: Guard) -> None:
    """Adds a guard. Each app answers for its own kinds of record and says False to others; one yes opens."""
    if guard not in _guards:
        _guards.append(guard)


def register_clear_guard(guard: ClearGuard) -> None:
    """Adds a guard for photos without covers. Nobody sees one where no app has such a guard."""
    if guard not in _clear_guards:
        _clear_guards.append(guard)


def own_look(ctx: Context) -> None:
    """The look of somebody at a photo of their own: no trace."""


def clear_look(actor: Any, media: Media) -> Callable[[Context], None] | None:
    """What to call before the photo is shown without its covers, or None where this person does not see it so."""
    if media.record is None or media.kind != "photo":
        return None
    return next((look for guard in _clear_guards if (look := guard(actor, media))), None)


def may_see(actor: Any, media: Media) -> bool:
    """Whether a guard lets this person see it. What belongs to no record yet is shown to nobody."""
    return media.record is not None and any(guard(actor, media.record) for guard in _guards)


def of_record(record_id: UUID) -> list[Media]:
    """A record's media in their order."""
    return list(Media.objects.filter(record=record_id))


def of_records(record_ids: Iterable[UUID]) -> dict[UUID, list[Media]]:
    """Media by record, for a list, with one query."""
    found: dict[UUID, list[Media]] = {}
    for media in Media.objects.filter(record__in=list(record_ids)):
        found.setdefault(media.record_id, []).append(media)  # type: ignore[arg-type]
    return found


def url(media: Media, variant: str, with_pass: bool = False) -> str:
    """The address of ``shown``, ``thumb`` or ``clear`` (a photo without its covers). Covered anew, it has a new one, since
    browsers keep what was under the old.

    with_pass: for a page that has already made sure who looks in a way the guards can't see (a receipt code): the
    address then opens for one to two hours without a sign-in.
    """
    address = reverse("media", args=[media.pk, variant])
    asked: dict[str, object] = {"again": media.recovered} if media.recovered else {}
    if with_pass:
        asked["pass"] = _pass(media.pk, _now())
    return f"{address}?{urlencode(asked)}" if asked else address


def pass_opens(given: str, media_id: UUID) -> bool:
    """Whether a pass is ours, for this file, and of this hour or the one before."""
    now = _now()
    return any(constant_time_compare(given, _pass(media_id, hour)) for hour in (now, now - 1))


def _now() -> int:
    return int(time.time() // PASS_SECONDS)


def _pass(media_id: UUID, hour: int) -> str:
    """The same all through an hour, so that the browser need not fetch a photo again with each look at the page."""
    return signing.Signer(salt="media pass").signature(f"{media_id} {hour}")
