"""A place in a shift: taken, left, handed on. The shift's row is locked first, so that the last place goes to one."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from liuchi.duties import rules
from liuchi.duties.actions.acting import acting
from liuchi.duties.actions.duties import locked
from liuchi.duties.models import Duty, Exchange, Shift, Signup
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.people.actions.living import living
from liuchi.people.models import Consent, Post
from liuchi.people.queries import in_force

PURPOSE = "volunteer"


def take(ctx: Context, shift_id: UUID) -> Signup:
    """Signs the acting person up. Twice stays one place.

    Raises Refused("sign_in" | "join" | "team" | "over" | "full" | "clash").
    """
    with transaction.atomic():
        shift = locked(shift_id)
        person = may_take(ctx, shift)
        mine = Signup.objects.filter(shift=shift, person_id=person, left_at=None).first()
        if mine:
            return mine
        refuse_clash(person, shift)
        taken = Signup.objects.filter(shift=shift, left_at=None).values_list("seat", flat=True)
        seat = rules.free_seat(shift.needs, list(taken))
        if seat is None:
            raise Refused("full", _("Somebody else just took the last place. Thank you all the same!"), status=409)
        mine = Signup.objects.create(shift=shift, seat=seat, person_id=person, taken_at=ctx.at)
        journal.write(ctx, shift.record, "shift.taken", {"seat": seat})
    return mine


def leave(ctx: Context, shift_id: UUID) -> None:
    """Steps back, in time, or at once after a wrong tap. Raises Refused("late") when it is too late for that: then the place
    can be offered."""
    with transaction.atomic():
        shift = locked(shift_id)
        mine = own(ctx, shift)
        if not may_leave(mine, shift, ctx.at):
            raise Refused("late", _("It is soon. Please offer your place: it stays yours until somebody takes it."))
        _close(ctx, mine)
        journal.write(ctx, shift.record, "shift.left", {"seat": mine.seat})


def may_leave(mine: Signup, shift: Shift, at: datetime) -> bool:
    """Whether a place may be given up without another taking it."""
    wrong_tap = not mine.handed_on and rules.may_take_back(mine.taken_at, shift.begins, at)
    return wrong_tap or rules.may_step_back(shift.begins, shift.duty.back_hours, at)


def offer(ctx: Context, shift_id: UUID) -> Signup:
    """Says that somebody else may have the place; it stays one's own until somebody takes it."""
    with transaction.atomic():
        shift = locked(shift_id)
        mine = own(ctx, shift)
        if mine.offered_at is None:
            mine.offered_at = ctx.at
            mine.save(update_fields=["offered_at"])
            journal.write(ctx, shift.record, "shift.offered", {"seat": mine.seat})
    return mine


def withdraw_offer(ctx: Context, shift_id: UUID) -> None:
    """Keeps the place after all."""
    with transaction.atomic():
        shift = locked(shift_id)
        mine = own(ctx, shift)
        if mine.offered_at:
            mine.offered_at = None
            mine.save(update_fields=["offered_at"])
            answer_open(ctx, mine)
            journal.write(ctx, shift.record, "shift.offer_withdrawn", {"seat": mine.seat})


def take_over(ctx: Context, signup_id: int) -> Signup:
    """Takes an offered place: of two who do, one gets it, and at no moment is it empty.

    Raises Refused("gone") if it is no longer offered, and as `take`.
    """
    with transaction.atomic():
        shift_id = Signup.objects.filter(pk=signup_id).values_list("shift_id", flat=True).first()
        shift = locked(shift_id) if shift_id else None
        place = Signup.objects.filter(pk=signup_id, left_at=None, came_at=None).first()
        if shift is None or place is None:
            raise Refused("gone", _("This place is no longer offered."), status=409)
        person = may_take(ctx, shift)
        if place.person_id == person:
            return place
        if place.offered_at is None:
            raise Refused("gone", _("Somebody else just took this place, or it is kept after all."), status=409)
        if Signup.objects.filter(shift=shift, person_id=person, left_at=None).exists():
            raise Refused("twice", _("You are already in this shift."), status=409)
        refuse_clash(person, shift)
        before = place.person_id
        place.person_id, place.taken_at, place.offered_at, place.handed_on = person, ctx.at, None, True
        place.save(update_fields=["person", "taken_at", "offered_at", "handed_on"])
        answer_open(ctx, place)
        journal.write(ctx, shift.record, "shift.taken_over", {"seat": place.seat}, {"from": str(before)}, about=before)
    return place


def call_off(ctx: Context, shift_id: UUID, why: str) -> Shift:
    """A shift does not take place (holiday, works at the station): its people are told why. Raises Refused("why" | "over")."""
    why = " ".join(why.split())[:200]
    if not why:
        raise Refused("why", _("Please say why, in a few words: those who signed up read it."), field="why")
    with transaction.atomic():
        duty = Duty.objects.select_for_update().get(pk=Shift.objects.values_list("duty_id", flat=True).get(pk=shift_id))
        shift = locked(shift_id)
        ctx = acting(ctx, "duties.plan", duty)
        if shift.state != rules.PLANNED:
            raise Refused("over", _("This shift is already over."), status=409)
        places = list(Signup.objects.filter(shift=shift, left_at=None))
        shift.state, shift.note = rules.DROPPED, why
        shift.save(update_fields=["state", "note"])
        duty.without = sorted({*duty.without, shift.nominal.isoformat()})
        duty.save(update_fields=["without"])
        for place in places:
            _close(ctx, place)
        # Who it was stands at the places, closed at this moment: a list of its own would outlive an erasure.
        journal.write(ctx, shift.record, "shift.called_off", {"day": shift.day.isoformat()})
    return shift


def is_volunteer(person_id: UUID | None) -> bool:
    """Whether somebody joined the volunteers: an open consent says so."""
    return bool(person_id) and Consent.objects.filter(person=person_id, purpose=PURPOSE, withdrawn_at=None).exists()


def may_take(ctx: Context, shift: Shift) -> UUID:
    """The acting person, if they may have a place in this shift. Raises Refused."""
    if ctx.person is None:
        raise Refused("sign_in", _("Please sign in first."), status=401)
    living(ctx.person)
    if shift.state != rules.PLANNED or shift.ends <= ctx.at or shift.needs == 0:
        raise Refused("over", _("This shift is over or does not take place."), status=409)
    if not is_volunteer(ctx.person):
        raise Refused("join", _("Please join the volunteers first: one tap, and you can leave at any time."))
    duty = shift.duty
    if duty.team_only and not in_team(ctx.person, duty.unit_id, shift.day):
        raise Refused("team", _("This shift is for the people of one team. Ask its leader to take you in."))
    return ctx.person


def in_team(person: UUID, unit: UUID | None, day: date) -> bool:
    """Whether somebody has a post in the team on that day."""
    held = in_force(rules.moment(day, rules.REMINDED_FROM))
    return Post.objects.filter(held, person_id=person, organisation_id=unit).exists()


def refuse_clash(person: UUID, shift: Shift, but: tuple[int, ...] = ()) -> None:
    """Nobody is in two places at the same time. but: places that are about to be given up."""
    same_time = Q(shift__begins__lt=shift.ends, shift__ends__gt=shift.begins, shift__state=rules.PLANNED)
    others = Signup.objects.filter(same_time, person_id=person, left_at=None).exclude(shift=shift).exclude(pk__in=but)
    if others.exists():
        raise Refused("clash", _("You have another shift at that time."), status=409)


def own(ctx: Context, shift: Shift) -> Signup:
    """The acting person's place in a shift that is not over and in which they have not served yet.

    Raises Refused("not_yours" | "over" | "served").
    """
    mine = Signup.objects.filter(shift=shift, person_id=ctx.person, left_at=None).first() if ctx.person else None
    if mine is None:
        raise Refused("not_yours", _("You are not in this shift."), status=409)
    if shift.state != rules.PLANNED or shift.ends <= ctx.at:
        raise Refused("over", _("This shift is over or does not take place."), status=409)
    if mine.came_at:  # what was served is nobody else's any more
        raise Refused("served", _("You are noted as there already. The place stays yours."), status=409)
    return mine


def answer_open(ctx: Context, place: Signup) -> None:
    """Whoever still asked to exchange with a place is answered no: it went another way."""
    Exchange.objects.filter(Q(offered=place) | Q(against=place), answered_at=None).update(answered_at=ctx.at)


def _close(ctx: Context, place: Signup) -> None:
    place.left_at, place.offered_at = ctx.at, None
    place.save(update_fields=["left_at", "offered_at"])
    answer_open(ctx, place)
