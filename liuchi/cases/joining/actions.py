"""Joining a report that somebody else made, and leaving it again."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.cases import rules
from liuchi.cases.actions.acting import acting, locked
from liuchi.cases.joining import seeing
from liuchi.cases.joining.models import Follower
from liuchi.cases.models import Case
from liuchi.kernel.access import Target
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.outbox.tokens import digest_of
from liuchi.people.actions.living import living


@dataclass(frozen=True, slots=True)
class Joined:
    """receipt: to follow it without an account; empty for who has one. again: the person had joined before."""

    case: Case
    receipt: str = ""
    again: bool = False


def join(ctx: Context, case_id: UUID) -> Joined:
    """我也遇到了: the person, or whoever holds the new receipt, follows this report. Raises Refused when it may not be read
    by others (404), is the person's own, or was over before they joined."""
    with transaction.atomic():
        ctx = _acting(ctx)
        case = locked(case_id)
        if case.state == "merged" and case.main_id:
            case = locked(case.main_id)
        if not seeing.for_everybody(case):
            raise Refused("not_found", _("There is no such case."), status=404)
        if ctx.person and case.reporter_id == ctx.person:
            raise Refused("own", _("You reported this yourself. It stands in “My reports”."), status=409)
        if case.step_due is None and (case.closed_at is None or case.closed_at < ctx.at):
            raise Refused(
                "over",
                _("This one was closed in the meantime. If it is still there, please report it."),
                status=409,
            )
        receipt = ""
        if ctx.person:
            living(ctx.person)
            if Follower.objects.filter(case=case, person=ctx.person).exists():
                return Joined(case, again=True)
            Follower.objects.create(case=case, person_id=ctx.person, joined_at=ctx.at)
        else:
            receipt = rules.new_receipt()
            Follower.objects.create(case=case, receipt_hash=digest_of(receipt), joined_at=ctx.at)
        journal.write(ctx, case.record, "case.joined", {"receipt": bool(receipt)})
    return Joined(case, receipt)


def leave(ctx: Context, case_id: UUID, receipt: str = "") -> Case:
    """Follows it no longer; nothing of it is kept. Raises Refused (404) for who does not follow it."""
    with transaction.atomic():
        ctx = _acting(ctx)
        case = locked(case_id)
        mine = Follower.objects.filter(case=case)
        mine = mine.filter(receipt_hash=digest_of(receipt)) if receipt else mine.filter(person=ctx.person or None)
        if (not receipt and ctx.person is None) or not mine.delete()[0]:
            raise Refused("not_found", _("There is no such case."), status=404)
        journal.write(ctx, case.record, "case.left", {"receipt": bool(receipt)})
    return case


def _acting(ctx: Context) -> Context:
    """Who may report may join. Without an account there is nobody to ask about: the receipt is what counts."""
    return acting(ctx, "cases.report", Target(owners=(ctx.person,))) if ctx.person else ctx
