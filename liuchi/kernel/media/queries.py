"""Reading media: which belong to a record, what stands in a page, who may look."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.core import signing
from django.urls import reverse

from liuchi.kernel.media.models import Media
from liuchi.kernel.records.models import Record

# Asked with (request.actor, record): may this person see the media of this record?
Guard = Callable[[Any, Record], bool]

_guards: list[Guard] = []
_PASS_SALT = "media pass"
PASS_SECONDS = 3600


def register_guard(guard: Guard) -> None:
    """Adds a guard. Each app answers for its own kinds of record and says False to others; one yes opens."""
    if guard not in _guards:
        _guards.append(guard)


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
    """The address of ``shown`` or ``thumb``.

    with_pass: for a page that has already made sure who looks in a way the guards can't see (a receipt code): the
    address then opens for an hour without a sign-in.
    """
    address = reverse("media", args=[media.pk, variant])
    return f"{address}?pass={signing.dumps(str(media.pk), salt=_PASS_SALT)}" if with_pass else address


def pass_opens(given: str, media_id: UUID) -> bool:
    """Whether a pass is ours, for this file, and not over an hour old."""
    try:
        return signing.loads(given, salt=_PASS_SALT, max_age=PASS_SECONDS) == str(media_id)
    except signing.BadSignature:
        return False
