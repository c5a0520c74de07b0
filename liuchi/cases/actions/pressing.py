"""Pressing for an answer: the one who waits reminds (催办), the office puts a case under supervision (督办)."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.cases import rules
from liuchi.cases.actions.acting import locked, settled, turn, words_of
from liuchi.cases.models import Case
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal.models import Row


def urge(ctx: Context, case_id: UUID, words: str = "", *, by_receipt: bool = False) -> Case:
    """催办: whoever reported it, or the desk, asks how it stands; the one who has it is told. By the reporter once a day."""
    words = words_of(words)
    with transaction.atomic():
        case = locked(case_id)
        own = by_receipt or (ctx.person is not None and ctx.person == case.reporter_id)
        if (
            own
            and Row.objects.filter(
                record=case.record, verb="case.urged", facts__own=True, at__gt=ctx.at - rules.URGE_AGAIN
            ).exists()
        ):
            raise Refused(
                "urged", _("You reminded them already; they know. You can remind them again tomorrow."), status=409
            )
        ctx = turn(ctx, case, "urge", asked=not by_receipt)
        case.urges += 1
        settled(ctx, case, "urge", {"own": own}, words, about=case.reporter_id if own else None)
    return case


def supervise(ctx: Context, case_id: UUID, words: str, *, on: bool = True, expect: int | None = None) -> Case:
    """督办: somebody above watches until it is closed, and says what is expected. The unit and the desk are told."""
    words = words_of(words, _("Say what you expect: the unit and the desk read it.") if on else "")
    with transaction.atomic():
        case = locked(case_id)
        ctx = turn(ctx, case, "supervise")
        case.supervised_at = ctx.at if on else None
        settled(ctx, case, "supervise", {"on": on}, words, expect=expect)
    return case
