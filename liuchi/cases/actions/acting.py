"""What every turn shares: who acts, whether the table allows it, and which clock runs next."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from liuchi.cases import rules
from liuchi.cases.models import Case
from liuchi.kernel.access import Target
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.worktime import queries as worktime
from liuchi.kernel.worktime import rules as clocks
from liuchi.people.access import actor_at

# The program itself (imports, the replay, the demo) is not asked for its posts.
TRUSTED = frozenset({"import", "replay", "system"})


def acting(ctx: Context, ability: str, target: Target) -> Context:
    """The context with the post in which the person does this. Raises Refused (403) if nobody may."""
    if ctx.channel in TRUSTED:
        return ctx
    actor = actor_at(ctx.person, ctx.at, ctx.language)
    if not actor.may(ability, target):
        raise Refused(
            "not_yours",
            _("This is not yours to do. Ask the desk of your street if you think it should be."),
            status=403,
        )
    return replace(ctx, post=actor.post_for(ability, target))


def locked(case_id: UUID) -> Case:
    """The case with its record, locked until the transaction ends. Raises Refused (404) if there is none."""
    case = (
        Case.objects.select_for_update(of=("self",))
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
    """Checks the table and the right, moves the state and returns the context with the acting post.

    Raises Refused: ``wrong_state`` (409) when somebody was faster, ``not_yours`` (403).
    """
    ctx = acting(ctx, rules.TURNS[name].ability, target_of(case))
    if not rules.may_turn(name, case.state):
        raise Refused("wrong_state", _("This case has moved on in the meantime. Look at it again."), status=409)
    case.state = rules.TURNS[name].target
    return ctx


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
