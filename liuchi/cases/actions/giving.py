"""Giving a case to a unit, from wherever it comes: at the dispatch, by a decision, at a transfer, when it is taken up again."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from liuchi.cases.actions.clock import give_limit
from liuchi.cases.catalogue import queries as catalogue
from liuchi.cases.models import Case
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.people.models import Organisation, Post


def unit_to_give(unit_id: UUID) -> Organisation:
    """A unit that is there. Raises Refused at the field ``unit``."""
    unit = Organisation.objects.filter(pk=unit_id, closed_on=None).first()
    if unit is None:
        raise Refused("unit", _("This unit is no longer there. Choose another."), field="unit")
    return unit


def give_to(case: Case, unit: Organisation, at: datetime) -> dict[str, Any]:
    """The unit has it from now, with a whole limit; what the journal says of it."""
    case.unit, case.dispatched_at = unit, at
    case.handler = case.accepted_at = case.handled_at = case.checked_at = case.in_time = None
    case.suspended_until = None
    case.outcome = case.reply = ""
    give_limit(case, at)
    return {"unit": str(unit.pk), "limit": case.limit_value, "clock": case.limit_clock}


def take_from_unit(case: Case) -> None:
    """No unit has it any more, and no limit runs."""
    case.unit = case.handler = case.dispatched_at = case.accepted_at = case.due_at = case.warn_at = None
    case.limit_value = case.limit_from = case.limit_left = None
    case.limit_more, case.limit_clock = 0, ""


def refuse_burden(ctx: Context, case: Case, unit: Organisation) -> None:
    """A unit that has the case already can't hand it past the street's consent to a community. Raises Refused at ``unit``."""
    if burdens(ctx, case, unit):
        sentence = _(
            "This is not on the community's list: the street is asked first. Give it to it from the desk's dispatch."
        )
        raise Refused("unit", sentence, field="unit")


def burdens(ctx: Context, case: Case, unit: Organisation) -> bool:
    """Whether a community would get what the catalogue does not give it (减负). What a community takes on itself is no burden
    that somebody else puts on it."""
    if unit.kind != "community" or ctx.trusted:
        return False
    if ctx.post and unit.area_id and Post.objects.filter(pk=ctx.post, area_id=unit.area_id).exists():
        return False
    if case.condition is None:
        return True
    charge = catalogue.charge_of(case.condition, case.area)
    given = [charge.unit, *(helper for _role, helper in charge.helpers)]
    return unit.pk not in {one.pk for one in given if one}
