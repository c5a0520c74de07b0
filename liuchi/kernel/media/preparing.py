"""The worker's part: media are made ready to be shown."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from liuchi.kernel.media import covers, files, photos, rules
from liuchi.kernel.media.models import Media

# A decoder that kills its process would otherwise be tried for ever.
MAX_TRIES = 3
_LATE = timedelta(minutes=5)
logger = logging.getLogger(__name__)

# Told about each photo or recording of a record that became ready to be shown.
_listeners: list[Callable[[Media], None]] = []


def register_listener(listener: Callable[[Media], None]) -> None:
    """Adds one. It is told in the transaction that makes the media ready, so both happen or neither."""
    if listener not in _listeners:
        _listeners.append(listener)


def prepare(media_id: UUID) -> None:
    """The worker's part: makes an upload ready to be shown, and a photo anew whose covers were changed. Once ready or
    broken, it stays so."""
    with transaction.atomic():
        media = Media.objects.select_for_update().filter(pk=media_id, state=Media.State.RECEIVED).first()
        if media is None:
            return
        media.tries += 1
        if media.tries > MAX_TRIES:
            media.state, media.problem = Media.State.BROKEN, "unreadable"
        media.save(update_fields=["tries", "state", "problem"])
    if media.state == Media.State.BROKEN:
        return
    made: list[str] = []
    try:
        if media.kind == "photo" and media.covers is not None:
            _cover_anew(media, made)
        elif media.kind == "photo":
            _make_photo(media, made)
        else:
            _make_playable(media, made)
        media.state = Media.State.READY
    except photos.Unreadable as error:
        media.state, media.problem = Media.State.BROKEN, error.code
    except FileNotFoundError:
        media.state, media.problem = Media.State.BROKEN, "lost"
    fields = ["state", "problem", "shown", "thumb", "clear", "covers", "width", "height", "lon", "lat", "taken_at"]
    with transaction.atomic():
        kept = Media.objects.filter(pk=media.pk, state=Media.State.RECEIVED, recovered=media.recovered).update(
            **{field: getattr(media, field) for field in fields}
        )
        if kept and media.state == Media.State.READY and not media.recovered:
            media.refresh_from_db(fields=["record"])  # the report may have come meanwhile
            for listener in _listeners if media.record_id else []:
                listener(media)
    if not kept:  # swept, made ready by another worker, or covered in another way meanwhile
        for name in made:
            files.remove(name)


def catch_up(at: datetime) -> None:
    """Makes ready what a task should have long done: its worker was killed, or the decoder failed without a word.
    After `MAX_TRIES` it counts as broken. For the worker's tick."""
    late = Media.objects.filter(state=Media.State.RECEIVED, received_at__lt=at - _LATE).order_by("received_at")
    for media_id in late.values_list("pk", flat=True)[:20]:
        try:
            prepare(media_id)
        except Exception:  # the others must not wait for this one
            logger.exception("media %s can't be made ready", media_id)


def _make_photo(media: Media, made: list[str]) -> None:
    with files.open_file(media.original) as file:
        photo = photos.make_ready(file, media.type)
    media.shown = files.store(photo.shown)
    made.append(media.shown)
    media.thumb = files.store(photo.thumb)
    made.append(media.thumb)
    if photo.clear:
        media.clear = files.store(photo.clear)
        made.append(media.clear)
    media.covers = [list(one) for one in photo.covers]
    media.width, media.height = photo.width, photo.height
    if photo.position:
        media.lon, media.lat = photo.position
    # A clock that was never set (1970, 2000) or runs ahead says nothing.
    if photo.taken_at and datetime.fromisoformat("2005-01-01T00:00Z") < photo.taken_at < media.received_at + timedelta(
        days=1
    ):
        media.taken_at = photo.taken_at


def _cover_anew(media: Media, made: list[str]) -> None:
    with files.open_file(media.clear) as file:
        shown, thumb = photos.cover_anew(file, covers.kept(media.covers))
    for name, content in (("shown", shown), ("thumb", thumb)):
        setattr(media, name, files.store(content))
        made.append(getattr(media, name))


def _make_playable(media: Media, made: list[str]) -> None:
    """What is played has no place and no maker in it; other containers are played as they came."""
    if media.type in ("audio/mp4", "audio/3gpp", "video/mp4", "video/3gpp", "video/quicktime"):
        with files.open_file(media.original) as file:
            media.shown = files.store(rules.without_telling_boxes(file.read()))
        made.append(media.shown)
    else:
        media.shown = media.original
