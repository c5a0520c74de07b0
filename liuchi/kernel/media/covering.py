"""Covering more of a photo, or less: what the search for faces missed, or took for a face."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.kernel.errors import Refused
from liuchi.kernel.media import covers, files, tasks
from liuchi.kernel.media.models import Media


def cover(media_id: UUID, more: Any, away: Any = None) -> tuple[int, int]:
    """Draws covers on a photo and takes some away; (how many more, how many fewer). Said twice it is done once. Until the
    worker has made the picture anew nobody is shown it. Call inside the transaction of the action, whose journal row names it.

    more, away: lists of [left, top, right, bottom] in pixels of the shown picture. Raises Refused: ``not_ready`` (409),
    ``covers`` (422), ``uncoverable`` (409: what lay under a cover is not kept any more).
    """
    media = Media.objects.select_for_update().filter(pk=media_id, kind="photo").first()
    if media is None or media.state == Media.State.BROKEN:
        raise Refused("not_found", _("This photo is not there any more."), status=404)
    if media.covers is None:
        raise Refused("not_ready", _("This photo is still being prepared. Look again in a moment."), status=409)
    wide, tall = media.width or 0, media.height or 0
    wanted, unwanted = (covers.drawn(rows, wide, tall) for rows in (more or [], away or []))
    if wanted is None or unwanted is None:
        raise Refused("covers", _("What you drew could not be read. Please draw it again."), field="covers")
    present = covers.kept(media.covers)
    after = covers.changed(present, wanted, unwanted)
    if len(after) > covers.MOST:
        raise Refused("covers", _("That is more than fits on one photo."), field="covers")
    added, gone = len(set(after) - set(present)), len(set(present) - set(after))
    if not added and not gone:
        return 0, 0
    if not media.clear:
        if gone:
            raise Refused("uncoverable", _("What is under it was erased and can't be shown again."), status=409)
        media.clear, media.shown = media.shown, ""
    transaction.on_commit(partial(_remove, {media.shown, media.thumb}))
    media.shown = media.thumb = ""
    media.covers = [list(one) for one in after]
    media.state, media.tries, media.recovered = Media.State.RECEIVED, 0, media.recovered + 1
    media.save()
    tasks.prepare.enqueue(str(media.pk))
    return added, gone


def _remove(names: set[str]) -> None:
    for name in names:
        files.remove(name)
