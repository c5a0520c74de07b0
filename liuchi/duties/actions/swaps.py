"""One place for another: both agree, and both shifts are full at every moment."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.duties import rules
from liuchi.duties.actions.duties import locked
from liuchi.duties.actions.shifts import answer_open, may_take, own, refuse_clash
from liuchi.duties.models import Exchange, Signup
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal


def ask_exchange(ctx: Context, signup_id: int, my_shift: UUID) -> Exchange:
    """Asks for an offered place and gives one's own in another shift for it. Twice stays one question.

    Raises Refused("gone" | "not_yours" | "clash" | …).
    """
    with transaction.atomic():
        offered = Signup.objects.filter(pk=signup_id, left_at=None, came_at=None).first()
        if offered is None or offered.offered_at is None or offered.person_id == ctx.person:
            raise Refused("gone", _("This place is no longer offered."), status=409)
        for pk in sorted({offered.shift_id, my_shift}):
            locked(pk)
        theirs, mine_in = locked(offered.shift_id), locked(my_shift)
        mine = own(ctx, mine_in)
        person = may_take(ctx, theirs)
        _refuse_bad(person, offered, mine)
        asked, new = Exchange.objects.get_or_create(
            offered=offered, against=mine, answered_at=None, defaults={"asked_at": ctx.at}
        )
        if new:
            journal.write(ctx, theirs.record, "shift.exchange_asked", {"exchange": asked.pk})
    return asked


def answer_exchange(ctx: Context, exchange_id: int, agreed: bool) -> Exchange:
    """The one who offered agrees, and both change places; or declines. Raises Refused("gone" | "not_yours")."""
    with transaction.atomic():
        asked = Exchange.objects.select_related("offered", "against").filter(pk=exchange_id).first()
        if asked is None:
            raise Refused("gone", _("This question is no longer open."), status=409)
        for pk in sorted({asked.offered.shift_id, asked.against.shift_id}):
            locked(pk)
        asked = Exchange.objects.select_related("offered__shift", "against__shift").get(pk=exchange_id)
        offered, against = asked.offered, asked.against
        if offered.person_id != ctx.person:
            raise Refused("not_yours", _("Only who offered the place can answer."), status=403)
        served = agreed and (offered.came_at or against.came_at)  # what was served is nobody else's any more
        if asked.answered_at or served or offered.left_at or against.left_at or (agreed and offered.offered_at is None):
            raise Refused("gone", _("This question is no longer open."), status=409)
        asked.answered_at, asked.agreed = ctx.at, agreed
        asked.save(update_fields=["answered_at", "agreed"])
        other = against.person_id
        if agreed:
            for place in (offered, against):
                if place.shift.state != rules.PLANNED or place.shift.begins <= ctx.at:
                    raise Refused("over", _("One of the two shifts has already begun."), status=409)
            _refuse_bad(other, offered, against)
            _refuse_bad(offered.person_id, against, offered)
            offered.person_id, against.person_id = against.person_id, offered.person_id
            for place in (offered, against):
                place.taken_at, place.offered_at, place.handed_on = ctx.at, None, True
                place.save(update_fields=["person", "taken_at", "offered_at", "handed_on"])
                answer_open(ctx, place)
            journal.write(ctx, against.shift.record, "shift.exchanged", {"exchange": asked.pk})
        journal.write(
            ctx, offered.shift.record, "shift.exchange_answered", {"exchange": asked.pk, "agreed": agreed},
            {"to": str(other)}, about=other,
        )  # fmt: skip
    return asked


def _refuse_bad(person: UUID, gets: Signup, gives: Signup) -> None:
    """Nobody is twice in one shift, and nobody at two places at once."""
    if Signup.objects.filter(shift=gets.shift_id, person_id=person, left_at=None).exists():
        raise Refused("twice", _("You are already in this shift."), status=409)
    refuse_clash(person, gets.shift, but=(gives.pk, gets.pk))
