"""Kept or missed: who came, what was held, and what the clock says when nobody did."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from liuchi.duties import rules
from liuchi.duties.actions.acting import acting
from liuchi.duties.actions.duties import locked
from liuchi.duties.codes import is_code
from liuchi.duties.models import Duty, Shift, Signup
from liuchi.kernel.context import Context, system
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal

_BATCH = 200


def check_in(ctx: Context, shift_id: UUID, code: str) -> Signup:
    """ "I am here", said at the station. code: of the roster that hangs there (codes.code_of). Twice stays once.

    Raises Refused("early" | "not_yours" | "code").
    """
    with transaction.atomic():
        shift = locked(shift_id)
        mine = Signup.objects.filter(shift=shift, person_id=ctx.person, left_at=None).first() if ctx.person else None
        if mine is None:
            raise Refused("not_yours", _("You are not in this shift."), status=409)
        if mine.came_at:
            return mine
        if not rules.may_check_in(shift.begins, shift.ends, ctx.at) or shift.state == rules.DROPPED:
            raise Refused("early", _("This counts from half an hour before the shift until its end."))
        if not is_code(shift.duty_id, code):
            sentence = _("Please scan the code on the roster that hangs there, or type its six digits.")
            raise Refused("code", sentence, field="code")
        _came(ctx, shift, mine)
    return mine


def confirm(ctx: Context, signup_id: int) -> Signup:
    """The keeper says that somebody came, until a week after; a shift that counted as missed is kept then."""
    with transaction.atomic():
        shift_id = Signup.objects.filter(pk=signup_id).values_list("shift_id", flat=True).first()
        if shift_id is None:
            raise Refused("unknown", _("This place in the roster does not exist any more."), status=404)
        shift = locked(shift_id)
        ctx = acting(ctx, "duties.confirm", shift.duty)
        place = Signup.objects.get(pk=signup_id)
        if place.person_id == ctx.person:
            raise Refused(
                "own", _("Nobody confirms themselves. Please ask a colleague, or use the code on the roster.")
            )
        if place.came_at:
            return place
        if place.left_at or shift.state == rules.DROPPED:
            raise Refused("left", _("This person had stepped back."), status=409)
        if not rules.may_confirm(shift.begins, shift.ends, ctx.at):
            raise Refused("late", _("This can be confirmed from half an hour before the shift until a week after it."))
        _came(ctx, shift, place)
    return place


def report(ctx: Context, shift_id: UUID, *, kept: bool, note: str, done_on: date | None = None) -> Shift:
    """What a unit says of its duty: held on a day, with a note; or not held, and why.

    Raises Refused("early" | "note" | "done_on" | "over").
    """
    note = note.strip()[:500]
    with transaction.atomic():
        shift = locked(shift_id)
        ctx = acting(ctx, "duties.confirm", shift.duty)
        if shift.duty.kind != Duty.Kind.RHYTHM or shift.state == rules.DROPPED:
            raise Refused("over", _("This does not take place."), status=409)
        today = rules.local_day(ctx.at)
        if kept:
            done_on = done_on or today
            if done_on > today:
                raise Refused("done_on", _("This day has not come yet."), field="done_on")
        elif ctx.at < shift.begins:
            raise Refused("early", _("It is not due yet. If it falls out, call it off."), field="kept")
        if not note:
            raise Refused("note", _("Please note in a sentence what was done, or why not."), field="note")
        shift.state, shift.note = rules.KEPT if kept else rules.MISSED, note
        shift.done_on = done_on if kept else None
        shift.save(update_fields=["state", "note", "done_on"])
        facts = {"duty": str(shift.duty_id), "done_on": done_on.isoformat() if kept and done_on else None}
        journal.write(ctx, shift.record, "shift.kept" if kept else "shift.missed", facts)
    return shift


def settle_due(at: datetime) -> bool:
    """Shifts that are over: kept where somebody came, missed where nobody did or nothing was reported. A week later the
    places of those who were not confirmed are erased. For the worker's tick; True if there is more."""
    ctx = system(at)
    over = Q(duty__kind=Duty.Kind.ROSTER, ends__lte=at - rules.SETTLED_AFTER)
    over |= Q(duty__kind=Duty.Kind.RHYTHM, ends__lte=at - rules.RHYTHM_SETTLED_AFTER)
    due = list(Shift.objects.filter(over, state=rules.PLANNED).order_by("ends").values_list("pk", flat=True)[:_BATCH])
    for pk in due:
        with transaction.atomic():
            shift = locked(pk)
            if shift.state == rules.PLANNED:
                _settle(ctx, shift)
    gone = Signup.objects.filter(
        came_at=None, shift__state__in=(rules.KEPT, rules.MISSED), shift__ends__lte=at - rules.CONFIRMED_WITHIN
    )
    left = Signup.objects.filter(left_at__isnull=False, shift__ends__lte=at - rules.CONFIRMED_WITHIN)
    gone.delete()
    left.delete()
    return len(due) == _BATCH


def _settle(ctx: Context, shift: Shift) -> None:
    came = Signup.objects.filter(shift=shift, left_at=None, came_at__isnull=False).count()
    shift.state = rules.KEPT if came else rules.MISSED
    shift.save(update_fields=["state"])
    verb = "shift.kept" if came else "shift.missed"
    journal.write(ctx, shift.record, verb, {"duty": str(shift.duty_id), "came": came, "needs": shift.needs})


def _came(ctx: Context, shift: Shift, place: Signup) -> None:
    place.came_at, place.offered_at = ctx.at, None
    place.minutes = min(rules.minutes(shift.begins, shift.ends), 24 * 60)
    place.save(update_fields=["came_at", "offered_at", "minutes"])
    journal.write(ctx, shift.record, "shift.served", {"signup": place.pk})
    if shift.state == rules.MISSED:
        _settle(ctx, shift)


def remind_due(at: datetime) -> bool:
    """The evening before: those who signed up, and the keeper of a unit's duty, are reminded once."""
    tomorrow = rules.local_day(at) + timedelta(days=1)
    if not rules.is_evening_before(tomorrow, at):
        return False
    ctx = system(at)
    due = list(
        Shift.objects.filter(day=tomorrow, state=rules.PLANNED, reminded_at=None).values_list("pk", flat=True)[:_BATCH]
    )
    for pk in due:
        with transaction.atomic():
            if Shift.objects.filter(pk=pk, state=rules.PLANNED, reminded_at=None).update(reminded_at=at):
                journal.write(ctx, Shift.objects.get(pk=pk).record, "shift.tomorrow", {"day": tomorrow.isoformat()})
    return len(due) == _BATCH
