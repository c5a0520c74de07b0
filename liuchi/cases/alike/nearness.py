"""The distance and time within which reports are compared: kept in each process for a minute, since every report asks."""

from __future__ import annotations

import time
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.cases.alike.models import DAYS, METRES, Nearness
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records
from liuchi.people.acting import acting

METRES_FROM_TO = (10, 500)
DAYS_FROM_TO = (1, 180)
_FRESH_SECONDS = 60.0


class Within(NamedTuple):
    """metres and days."""

    metres: int = METRES
    days: int = DAYS


_known: tuple[float, Within] | None = None


def current() -> Within:
    """What counts now; a change is noticed within a minute."""
    global _known
    now = time.monotonic()
    if _known is None or _known[0] < now:
        row = Nearness.objects.order_by("-set_at").values_list("metres", "days").first()
        _known = (now + _FRESH_SECONDS, Within(*row) if row else Within())
    return _known[1]


def forget() -> None:
    """Looks it up anew at the next call: after a change, and between tests."""
    global _known
    _known = None


def set_nearness(ctx: Context, metres: int, days: int) -> None:
    """An administrator says how near is near. Raises Refused with the field at fault."""
    ctx = acting(ctx, "cases.nearness")
    for name, value, (least, most) in (("metres", metres, METRES_FROM_TO), ("days", days, DAYS_FROM_TO)):
        if not least <= value <= most:
            raise Refused(
                name, _("Choose a number from %(least)s to %(most)s.") % {"least": least, "most": most}, field=name
            )
    with transaction.atomic():
        record = records.create("nearness")
        Nearness.objects.create(record=record, metres=metres, days=days, set_at=ctx.at)
        journal.write(ctx, record, "nearness.set", {"metres": metres, "days": days})
    forget()
