"""Setting how long what is kept, and letting go of what has had its time."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.kernel.context import Context, system
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records
from liuchi.kernel.records.models import Record
from liuchi.kernel.retention import queries
from liuchi.kernel.retention.fields import STEP, fields
from liuchi.kernel.retention.models import Keeping

logger = logging.getLogger(__name__)


def installation(ctx: Context) -> Record:
    """The record of the house itself, on which stands what concerns all of it; made at first use. Call in a transaction."""
    house = Record.objects.filter(kind="installation").first()
    if house is None:
        house = records.create("installation")
        journal.write(ctx, house, "installation.made")
    return house


def keep_for(ctx: Context, name: str, wanted: int | None) -> None:
    """Sets how many days a field is kept; None: as the house proposes. Raises Refused: ``days`` (outside of
    the bounds), ``field``."""
    field = fields().get(name)
    if field is None:
        raise Refused("field", _("There is no such line any more. Open the page again."), status=404)
    if wanted is not None and not field.least <= wanted <= field.most:
        sentence = _("Please choose %(least)s to %(most)s days.") % {"least": field.least, "most": field.most}
        raise Refused("days", sentence, field=name)
    if wanted == field.days:
        wanted = None
    with transaction.atomic():
        old = Keeping.objects.select_for_update().filter(pk=name).values_list("days", flat=True).first()
        if old == wanted:
            return
        if wanted is None:
            Keeping.objects.filter(pk=name).delete()
        else:
            Keeping.objects.update_or_create(name=name, defaults={"days": wanted, "changed_at": ctx.at})
        facts = {"field": name, "days": wanted or field.days, "before": old or field.days}
        journal.write(ctx, installation(ctx), "retention.set", facts)


def carry_out(at: datetime, most: int = STEP) -> dict[str, int]:
    """Lets go of what has had its time, at most so many of each field; how many by field. What one field can't do does not
    stop the others. One row in the journal of the house says what went."""
    gone: dict[str, int] = {}
    for name, field in fields().items():
        try:
            if many := int(field.let_go(at, queries.before(name, at), most) or 0):
                gone[name] = many
        except Exception:
            logger.exception("what has had its time could not be let go of: %s", name)
    if gone:
        ctx = system(at)
        with transaction.atomic():
            journal.write(ctx, installation(ctx), "retention.carried_out", gone)
    return gone


def carry_out_due(at: datetime) -> bool:
    """For the worker's tick: a step of each field, and whether there is more to do."""
    return any(many >= STEP for many in carry_out(at).values())
