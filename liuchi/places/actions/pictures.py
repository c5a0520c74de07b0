"""Pictures of a place."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.media import actions as media
from liuchi.kernel.media.models import Media
from liuchi.places.actions.acting import acting, locked_open

MOST = 8


def add_picture(ctx: Context, point_id: UUID, key: UUID) -> None:
    """Hangs up a picture that was sent before under this key. Raises Refused("photo") when there are enough."""
    with transaction.atomic():
        point = locked_open(point_id)
        ctx = acting(ctx, "places.edit", point)
        if Media.objects.filter(record=point.record).count() >= MOST:
            raise Refused(
                "photo", _("There are %(n)s pictures already. Take one away first.") % {"n": MOST}, field="photo"
            )
        [picture] = media.attach([key], point.record)
        journal.write(ctx, point.record, "place.pictured", {"media": str(picture.pk)})


def drop_picture(ctx: Context, point_id: UUID, media_id: UUID) -> None:
    """Takes a picture away; one that is not there changes nothing."""
    with transaction.atomic():
        point = locked_open(point_id)
        ctx = acting(ctx, "places.edit", point)
        found = Media.objects.filter(record=point.record, pk=media_id).first()
        if found is not None:
            media.remove([found])
            journal.write(ctx, point.record, "place.picture_dropped", {"media": str(media_id)})
