"""Places from a sheet: all of its new ones, or none."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from liuchi.kernel.context import Context
from liuchi.places.actions.points import Wanted, enter_point
from liuchi.places.models import ServicePoint


def enter_points(ctx: Context, wanted: Sequence[Wanted]) -> list[ServicePoint]:
    """Enters them all; what is refused of one (somebody was faster, a right that ended) leaves all of them out."""
    with transaction.atomic():
        return [enter_point(ctx, one) for one in wanted]
