"""Several reports of the same thing become one case, and can be taken apart again."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.cases import rules
from liuchi.cases.actions.acting import acting as may
from liuchi.cases.actions.acting import locked, settled, target_of, turn
from liuchi.cases.actions.clock import start_office_clock, stop_clock
from liuchi.cases.actions.giving import take_from_unit
from liuchi.cases.models import Case
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused


def merge(ctx: Context, case_id: UUID, main_id: UUID, *, expect: int | None = None) -> Case:
    """并案: this report goes with another that is open, and ends with it; who reported it follows that one from now on. What
    was merged into it moves along."""
    if case_id == main_id:
        raise Refused("main", _("A request can't be merged with itself. Choose another."), field="main")
    with transaction.atomic():
        # always in the same order, so that two who merge crosswise do not wait for each other
        both = {pk: locked(pk) for pk in sorted((case_id, main_id))}
        case, main = both[case_id], both[main_id]
        may(ctx, rules.TURNS["merge"].ability, target_of(main))
        if main.state not in rules.OPEN or main.parent_id:
            raise Refused(
                "main", _("The other request is not open any more, or is itself a part. Choose another."), field="main"
            )
        if case.parent_id or case.parts.exclude(state__in=rules.ENDED).exists():
            raise Refused("parts", _("What has open parts, or is one, can't be merged."), status=409)
        ctx = turn(ctx, case, "merge")
        case.main = main
        take_from_unit(case)
        stop_clock(case)
        settled(ctx, case, "merge", {"main": str(main.pk), "number": main.number}, expect=expect)
        Case.objects.filter(main=case, state="merged").update(main=main)
    return case


def unmerge(ctx: Context, case_id: UUID, *, expect: int | None = None) -> Case:
    """拆开: it is not the same after all. The desk has it again."""
    with transaction.atomic():
        case = locked(case_id)
        ctx = turn(ctx, case, "unmerge", "filed" if case.matter_id else "reported")
        facts = {"main": str(case.main_id)}
        case.main = None
        take_from_unit(case)
        start_office_clock(case, ctx.at)
        settled(ctx, case, "unmerge", facts, expect=expect)
    return case
