"""Receiving media, tying them to a record, and sweeping what nobody needs. Made ready they are in ``preparing``."""

from __future__ import annotations

import errno
import hashlib
import hmac
import logging
import shutil
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.keys import key_file
from liuchi.kernel.media import files, photos, rules, tasks
from liuchi.kernel.media.models import Media
from liuchi.kernel.records.models import Record

_PART = 64 * 1024
# Bytes of the disk that no photo takes: the database must go on writing.
KEPT_FREE = 300 * 1024 * 1024
# An upload whose report never came. A phone may deliver the report 90 days later (outbox.tokens.DAYS).
UNATTACHED_DAYS = 100
SWEPT_AT_ONCE = 500
# A file whose row is still being written is younger than this.
_YOUNG = timedelta(hours=1)
logger = logging.getLogger(__name__)


class Stream(Protocol):
    def read(self, size: int, /) -> bytes: ...


def receive(ctx: Context, key: UUID, kind: str, stream: Stream, length: int | None = None) -> Media:
    """Takes a file from the phone: encrypted on the disk before its row, and one row however often it is sent.

    key: the phone's own id of the upload; kind: photo, voice or video; length: bytes announced, if any.
    Raises Refused: ``too_large`` (413), ``not_media``, ``not_that_kind``, ``too_many_pixels``, ``unreadable`` (415),
    ``incomplete`` (408), ``other_content`` (409: the key came before with another file), ``no_room`` (503).
    """
    if kind not in rules.KINDS:
        raise Refused("kind", _("Only photos, voice messages and videos can be sent."), field="kind")
    if length is not None and length > rules.MAX_BYTES:
        raise _too_large()
    draft = None
    try:
        draft = files.Draft()
        if shutil.disk_usage(files.folder()).free < KEPT_FREE:
            raise OSError(errno.ENOSPC, "what is left of the disk is the database's")
        size, digest = _take(stream, draft)
        if length is not None and size < length:
            raise Refused(
                "incomplete", _("The connection broke off. It will be sent again."), status=408, retry_after=5
            )
        if earlier := _earlier(key, digest):
            return earlier
        content, width, height = _examine(draft, kind)
        name = draft.keep()
        draft = None
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise Refused(
            "no_room",
            _("The office's storage is full. Your phone keeps this and sends it later."),
            status=503,
            retry_after=600,
        )
    finally:
        if draft:
            draft.discard()
    media = Media(
        key=key,
        kind=kind,
        type=content.type,
        size=size,
        digest=digest,
        original=name,
        width=width,
        height=height,
        received_at=ctx.recorded_at,
    )
    try:
        with transaction.atomic():
            media.save(force_insert=True)
            tasks.prepare.enqueue(str(media.pk))
    except IntegrityError:
        # The same upload came twice at once; the other one won.
        files.remove(name)
        if earlier := _earlier(key, digest):
            return earlier
        raise
    return media


def _take(stream: Stream, draft: files.Draft) -> tuple[int, bytes]:
    """Writes the stream into the draft; (size, keyed digest)."""
    digest = hmac.new(key_file("media-digest.key"), digestmod=hashlib.sha256)
    size = 0
    while part := stream.read(_PART):
        size += len(part)
        if size > rules.MAX_BYTES:
            raise _too_large()
        digest.update(part)
        draft.write(part)
    return size, digest.digest()


def _examine(draft: files.Draft, kind: str) -> tuple[rules.Content, int | None, int | None]:
    """(content, width, height). Raises Refused for what is not what it says."""
    with draft.read_back() as file:
        content = rules.sniff(file)
        if content is None:
            raise Refused(
                "not_media",
                {
                    "photo": _("This is not a photo. Please send a JPEG, PNG, WebP or HEIC picture."),
                    "voice": _("This is not a voice message that can be played. Please record it again."),
                    "video": _("This is not a video that can be played. Please send it as MP4."),
                }[kind],
                status=415,
            )
        if content.kind != kind:
            raise Refused(
                "not_that_kind", _("This file is something else than it says. Please choose it again."), status=415
            )
        if kind != "photo":
            return content, None, None
        try:
            image = photos.open_photo(file, content.type)
        except photos.Unreadable as error:
            raise Refused(error.code, problem_words(error.code), status=415)
        return content, image.width, image.height


def problem_words(code: str) -> str:
    """The sentence for what is wrong with a file: told at the door, and shown in place of a broken photo."""
    if code == "too_many_pixels":
        return _("This picture has more than 40 million pixels. Please take it again with the phone's camera.")
    if code == "lost":
        return _("The file of this picture is missing on the server. Restore it from a backup.")
    return _("This picture is damaged and cannot be opened. Please take it again.")


def _too_large() -> Refused:
    return Refused(
        "too_large", _("This file is over 20 MB. Please send a smaller one or a shorter recording."), status=413
    )


def _earlier(key: UUID, digest: bytes) -> Media | None:
    earlier = Media.objects.filter(key=key).first()
    if earlier and not hmac.compare_digest(bytes(earlier.digest), digest):
        raise Refused(
            "other_content", _("Another file was already sent in its place. Please add it as a new one."), status=409
        )
    return earlier


def attach(keys: Iterable[UUID], record: Record) -> list[Media]:
    """Ties uploads to a record, in their order; a second time changes nothing. Call inside the transaction of the
    action, whose journal row names them.

    keys: the phone's own. Raises Refused ``media_missing`` when one did not arrive (the phone sends it again), and
    ``media_taken`` when one already belongs to another record.
    """
    keys = list(dict.fromkeys(keys))
    found = {media.key: media for media in Media.objects.select_for_update().filter(key__in=keys)}
    if missing := [key for key in keys if key not in found]:
        raise Refused(
            "media_missing",
            _("%(count)s of the photos or recordings did not arrive. They will be sent again.")
            % {"count": len(missing)},
            field="media",
        )
    place = Media.objects.filter(record=record).count()
    for key in keys:
        media = found[key]
        if media.record_id == record.pk:
            continue
        if media.record_id is not None:
            raise Refused("media_taken", _("This photo already belongs to another report."), field="media")
        media.record, media.place, place = record, place, place + 1
        media.save(update_fields=["record", "place"])
    return [found[key] for key in keys]


def remove(media: Iterable[Media]) -> None:
    """Deletes rows and, once that is certain, their files. Call inside the transaction of the action that erases."""
    for one in media:
        names = {one.original, one.shown, one.thumb, one.clear}
        one.delete()
        transaction.on_commit(partial(_remove_files, names))


def forget_sender(media: Iterable[Media]) -> None:
    """Lets go of whoever sent it: the voice goes, and of a photo the original with all that the camera noted. What a
    photo shows stays, without metadata: it is of the thing. Call inside the transaction of the erasure."""
    media = list(media)
    remove(one for one in media if one.kind != "photo" or one.state != Media.State.READY)
    for one in media:
        if one.kind == "photo" and one.state == Media.State.READY:
            let_go_clear([one])
            one.lon, one.lat, one.taken_at = None, None, None
            one.save(update_fields=["lon", "lat", "taken_at"])


def let_go_clear(media: Iterable[Media]) -> None:
    """Lets go of what shows more than the shown picture: the upload as it came and the picture without its covers. Call
    inside a transaction."""
    for one in media:
        transaction.on_commit(partial(_remove_files, {one.original, one.clear} - {one.shown}))
        # what was covered is a part of the picture now
        one.original, one.clear, one.covers = "", "", [] if one.kind == "photo" else None
        one.save(update_fields=["original", "clear", "covers"])


def _remove_files(names: set[str]) -> None:
    for name in names:
        files.remove(name)


def sweep(at: datetime) -> tuple[int, int]:
    """Deletes uploads that were never attached, and files without a row; (uploads, files). For the worker's tick."""
    with transaction.atomic():
        given_up = list(
            Media.objects.filter(record=None, received_at__lt=at - timedelta(days=UNATTACHED_DAYS))[:SWEPT_AT_ONCE]
        )
        remove(given_up)
    orphans = 0
    old = list(files.stored_before((at - _YOUNG).timestamp()))
    for start in range(0, len(old), 500):
        part = old[start : start + 500]
        names = [path.name for path in part]
        known: set[str] = set()
        for field in ("original", "shown", "thumb", "clear"):
            known |= set(Media.objects.filter(**{f"{field}__in": names}).values_list(field, flat=True))
        for path in part:
            if path.name not in known:
                path.unlink(missing_ok=True)
                orphans += 1
    return len(given_up), orphans
