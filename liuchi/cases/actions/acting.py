"""What every turn shares: who acts, whether the table allows it, and which clock runs next."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from liuchi.cases import rules
from liuchi.cases.models import Case
from liuchi.kernel.access import Target
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal.models import Row
from liuchi.kernel.worktime import queries as worktime
from liuchi.kernel.worktime import rules as clocks
from liuchi.people import acting as people

# What was done offline in the last days of a post still counts when it arrives this much later. Later nobody could say
# any more when it was done, and somebody who left could go on by naming an old day.
AFTER_THE_POST = timedelta(days=3)
# What may happen to a case without touching what a person decides on: a page opened before it is not out of date.
QUIET = frozenset({"case.urgent", "case.placed", "case.contact_seen", "case.deadline_moved"})


def acting(ctx: Context, ability: str, target: Target) -> Context:
    """The context with the post in which the person does this: the one held when it was done. Raises Refused (403) if
    nobody may."""
    sentence = _("This is not yours to do. Ask the desk of your street if you think it should be.")
    return people.acting(ctx, ability, target, sentence=sentence, grace=AFTER_THE_POST)


def locked(case_id: UUID) -> Case:
    """The case with its record, locked until the transaction ends. Raises Refused (404) if there is none."""
    case = (
        # the record as well: who waited for the case must see the version that it has by now
        Case.objects.select_for_update(of=("self", "record"))
        .select_related("record", "area", "condition", "matter", "unit")
        .filter(pk=case_id)
        .first()
    )
    if case is None:
        raise Refused("not_found", _("There is no such case."), status=404)
    return case


def target_of(case: Case) -> Target:
    """What access needs to know of a case."""
    return Target(
        area_first=case.area.first if case.area else None,
        units=(case.unit_id,) if case.unit_id else (),
        owners=(case.reporter_id,) if case.reporter_id else (),
    )


def turn(ctx: Context, case: Case, name: str) -> Context:
    """Checks the table and the right, moves the state and returns the context with the acting post. A phone's clock may
    be slow: nothing is done before what it follows.

    Raises Refused: ``wrong_state`` (409) when somebody was faster, ``not_yours`` (403).
    """
    if not ctx.trusted:
        ctx = ctx.happened(max(ctx.at, *_turned_at(case)))
    ctx = acting(ctx, rules.TURNS[name].ability, target_of(case))
    if not rules.may_turn(name, case.state):
        raise Refused("wrong_state", _("This case has moved on in the meantime. Look at it again."), status=409)
    case.state = rules.TURNS[name].target
    return ctx


def _turned_at(case: Case) -> list[datetime]:
    """When the turns before were, the report first."""
    times = (case.reported_at, case.filed_at, case.dispatched_at, case.accepted_at, case.handled_at, case.checked_at)
    return [at for at in times if at]


def seen(case: Case, expect: int | None) -> int | None:
    """The version to expect when a person decides on a page that showed ``expect``: the present one, if since then nothing
    happened but what does not concern the decision."""
    if expect is None or expect >= case.record.version:
        return expect
    since = Row.objects.filter(record=case.record, version__gt=expect).values_list("verb", flat=True)
    return case.record.version if QUIET.issuperset(since) else expect


def start_clock(case: Case, at: datetime, value: float, clock: str) -> None:
    """Says what is waited for from now: until when, on which clock."""
    case.step_from, case.step_value, case.step_clock = at, value, clock
    case.step_due = clocks.deadline(at, value, clock, worktime.current())  # type: ignore[arg-type]


def start_office_clock(case: Case, at: datetime) -> None:
    """The office's own limit for the state the case is in now (rules.STEP_LIMITS)."""
    value, clock = rules.STEP_LIMITS[case.state]
    start_clock(case, at, value, clock)


def stop_clock(case: Case) -> None:
    """Nothing is waited for any more."""
    case.step_from = case.step_value = case.step_due = None
    case.step_clock = ""
