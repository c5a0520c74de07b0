"""What ends with another case: reports merged into it, and parts of it that nobody has to do any more."""

from liuchi.cases.actions.acting import locked, settled, turn
from liuchi.cases.actions.clock import start_office_clock, stop_clock
from liuchi.cases.actions.giving import take_from_unit
from liuchi.cases.models import Case
from liuchi.kernel.context import Context, system


def end_what_goes_along(ctx: Context, main: Case) -> None:
    """What was merged into a case that ends. Where its reporter took that one back, the others wait at the desk again.

    随主案办结: each report merged into a case that ends gets its outcome and its reply, and may be rated for itself."""
    for pk in Case.objects.filter(main=main, state="merged").order_by("pk").values_list("pk", flat=True):
        case = locked(pk)
        if main.state == "withdrawn":
            ctx = turn(system(ctx.at), case, "unmerge", "filed" if case.matter_id else "reported")
            case.main = None
            take_from_unit(case)
            start_office_clock(case, ctx.at)
            settled(ctx, case, "unmerge", {"main": str(main.pk)})
            continue
        turn(system(ctx.at), case, "end_with")
        case.outcome, case.reply, case.closed_at = main.outcome, main.reply, ctx.at
        case.unit, case.in_time = main.unit, None
        stop_clock(case)
        settled(ctx, case, "end_with", {"outcome": case.outcome, "main": str(main.pk)})
