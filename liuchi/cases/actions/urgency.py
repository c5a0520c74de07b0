"""What may fall on somebody does not wait for Monday."""

from uuid import UUID

from django.db import transaction

from liuchi.cases import rules
from liuchi.cases.actions.acting import locked
from liuchi.cases.actions.clock import start_clock
from liuchi.cases.catalogue import queries as catalogue
from liuchi.cases.models import Matter
from liuchi.kernel.context import Context
from liuchi.kernel.journal import actions as journal


def mark_urgent(ctx: Context, case_id: UUID, matter: Matter, share: float) -> bool:
    """Lets the desk's clock run around the clock from the report on, because the matter it seems to be has a limit in
    urgent hours. Nothing else follows from it: a person still decides. Returns whether it was done; twice does no harm."""
    value, clock = rules.URGENT_STEP
    with transaction.atomic():
        case = locked(case_id)
        if share < rules.URGENT_SHARE or case.state != "reported" or case.step_clock == clock or case.step_from is None:
            return False
        if not any(one.limit_type == clock for one in catalogue.conditions_of(matter, ctx.recorded_at)):
            return False
        start_clock(case, case.step_from, value, clock)
        case.save(update_fields=["step_from", "step_value", "step_clock", "step_due"])
        journal.write(ctx, case.record, "case.urgent", {"matter": str(matter.pk), "share": round(share, 3)})
    return True
