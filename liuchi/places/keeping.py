"""What is kept on a person here: that somebody keeps a place. Nothing is kept on visitors."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liuchi.kernel.context import Context
from liuchi.people import data
from liuchi.places.models import Keeping


def kept(person_id: UUID) -> list[dict[str, Any]]:
    """The places that a person keeps."""
    rows = Keeping.objects.filter(person=person_id).select_related("point")
    return [{"place": row.point.name, "address": row.point.address} for row in rows]


def erase(ctx: Context, person_id: UUID) -> None:
    """The person keeps no place any more; the places stay."""
    Keeping.objects.filter(person=person_id).delete()


def register_all() -> None:
    """Called when the program starts."""
    data.register("places", data.Keeper(_("Places you keep"), kept, erase))
