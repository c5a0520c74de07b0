"""A slip of the finger: whoever made a turn may take it back within a minute, if nothing happened since."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.cases import rules
from liuchi.cases.actions.acting import TURNING, acting, locked, only_quiet_since, target_of
from liuchi.cases.models import Case, Motion, Slip
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.people.models import Organisation


def undo(ctx: Context, case_id: UUID) -> Case:
    """撤销: the case is as it was before the last turn, and the journal says both. Reports that were closed along with it
    are merged into it again. Raises Refused (409) when it is too late."""
    with transaction.atomic():
        case = locked(case_id)
        slip = Slip.objects.filter(case=case, person_id=ctx.person, until__gte=ctx.recorded_at).first()
        if slip is None or not only_quiet_since(case, slip.version):
            raise Refused(
                "too_late",
                _("It can't be taken back any more: more than a minute has passed, or it has moved on."),
                status=409,
            )
        for name in TURNING:
            field: Any = Case._meta.get_field(name.removesuffix("_id"))
            value = slip.before[name]
            setattr(case, name, value if value is None else field.to_python(value))
        case.unit = Organisation.objects.filter(pk=case.unit_id).first()
        ctx = acting(ctx, rules.TURNS[slip.turn].ability, target_of(case))
        case.save(update_fields=[name.removesuffix("_id") for name in TURNING])
        journal.write(ctx, case.record, "case.undone", {"turn": slip.turn, "since": slip.since, "state": case.state})
        kinds = ("approval", "dispute")  # what the turn had put up for an answer
        Motion.objects.filter(case=case, state="open", kind__in=kinds).update(state="lapsed", answered_at=ctx.at)
        if slip.turn in ("close", "refuse"):
            _merge_again(ctx, case, slip)
        slip.delete()
    return case


def _merge_again(ctx: Context, main: Case, slip: Slip) -> None:
    for pk in Case.objects.filter(main=main, state="closed", closed_at__gte=slip.until - rules.UNDO_WITHIN).values_list(
        "pk", flat=True
    ):
        case = locked(pk)
        case.state, case.outcome, case.reply, case.closed_at, case.unit = "merged", "", "", None, None
        case.save(update_fields=["state", "outcome", "reply", "closed_at", "unit"])
        facts = {"turn": "end_with", "since": case.record.version, "state": case.state}
        journal.write(ctx, case.record, "case.undone", facts)


def may_undo(case: Case, person_id: UUID | None, at: object) -> str:
    """The turn that this person could still take back; empty if none (at most two queries)."""
    if person_id is None:
        return ""
    slip = Slip.objects.filter(case=case, person_id=person_id, until__gte=at).first()
    return slip.turn if slip and only_quiet_since(case, slip.version) else ""
