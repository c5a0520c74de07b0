"""A gift is reserved on the phone, picked up at the window by a code that works once, given back, or kept until it expires.

Each turn is one transaction that moves points and pieces together, so there is no half-way: what is reserved is in the books as
reserved, until it is handed over or goes back.
"""

from __future__ import annotations

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from liuchi.kernel.context import Context, system
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.outbox.slowing import slow_down
from liuchi.kernel.records import actions as records
from liuchi.people.access import Actor, actor_at
from liuchi.people.actions.living import living
from liuchi.people.models import Person
from liuchi.points import codes, rules
from liuchi.points.actions.acting import refuse_others
from liuchi.points.actions.books import account, last_lines, lock, post, reverse
from liuchi.points.models import Account, Gift, Reservation, Window

logger = logging.getLogger(__name__)
State = Reservation.State
AT_ONCE = 200
TRIES_A_MINUTE = 30


class Elsewhere(Refused):
    """A code of a window that whoever asks does not stand at; the gift waits there."""

    def __init__(self, reservation: Reservation) -> None:
        window = reservation.window
        sentence = _("This gift waits at another window: %(window)s.") % {"window": window.name}
        super().__init__("elsewhere", sentence, "code")
        self.window, self.waits = window, reservation.state == State.OPEN


def reserve(ctx: Context, gift_id: UUID, window_id: UUID, key: UUID) -> Reservation:
    """Takes the points and keeps a piece at a window. key: of the page, so that tapping twice reserves once.

    Raises Refused: sign_in, closed, month (the limit of the month), phone (a limit is for those whose number was checked),
    not_enough, none_left.
    """
    if ctx.person is None:
        raise Refused("sign_in", _("Please sign in first."), status=401)
    with transaction.atomic():
        person = living(ctx.person)
        gift = Gift.objects.filter(pk=gift_id, open=True).first()
        window = Window.objects.select_related("area").filter(pk=window_id, open=True).first()
        if gift is None or window is None:
            raise Refused("closed", _("This is not offered at the moment. Please choose another."))
        holder = account("person", person=ctx.person)
        held = account("held", window=window.pk)
        free = account("free", gift=gift.pk, window=window.pk)
        reserved = account("reserved", gift=gift.pk, window=window.pk)
        legs = [(holder, -gift.cost), (held, gift.cost), (free, -1), (reserved, 1)]
        lock([one for one, _moved in legs])
        if earlier := Reservation.objects.select_related("gift", "window").filter(key=key).first():
            if earlier.holder_id != holder.pk:
                raise Refused("key", _("Please open the page anew, then try again."), status=409)
            return earlier
        _refuse_what_cannot_be(ctx, gift, person, holder, free)
        record = records.create("points_reservation", window.area_id, secrecy=1)
        turn, index = codes.free_turn(record.pk)
        made = Reservation.objects.create(
            record=record,
            key=key,
            holder=holder,
            gift=gift,
            window=window,
            cost=gift.cost,
            code_turn=turn,
            code_index=index,
            reserved_at=ctx.at,
            month=rules.month_of(rules.local_day(ctx.at)),
            expires_at=rules.end_of_keeping(ctx.at, window.keep_days),
        )
        post(ctx, "reserve", legs, gift.cost, holder=holder, reservation=made)
        facts = {"gift": str(gift.pk), "window": str(window.pk), "points": gift.cost}
        journal.write(ctx, record, "points.reserved", facts)
    return made


def _refuse_what_cannot_be(ctx: Context, gift: Gift, person: Person, holder: Account, free: Account) -> None:
    last = last_lines([holder, free])
    lacking = gift.cost - last[holder.pk][1]
    if lacking > 0:
        sentence = ngettext("%(count)s point is lacking for this.", "%(count)s points are lacking for this.", lacking)
        raise Refused("not_enough", sentence % {"count": lacking})
    if gift.per_month:
        if person.phone_checked_at is None:
            sentence = _(
                "Of this one each person can have a few a month. Have your phone number checked once at any exchange window, then reserve it."
            )
            raise Refused("phone", sentence)
        month = rules.month_of(rules.local_day(ctx.at))
        have = holder.reservations.filter(gift=gift, month=month, state__in=[State.OPEN, State.HANDED]).count()
        if have >= gift.per_month:
            sentence = ngettext(
                "Each person can have %(count)s of it a month. You can have it again next month.",
                "Each person can have %(count)s of them a month. You can have more next month.",
                gift.per_month,
            )
            raise Refused("month", sentence % {"count": gift.per_month})
    if last[free.pk][1] < 1:
        raise Refused(
            "none_left", _("The last one was just taken. Please choose another window or another gift."), field="window"
        )


def cancel(ctx: Context, reservation_id: UUID) -> Reservation:
    """The holder does not want it any more: points and piece go back. Raises Refused when it was handed over meanwhile."""
    with transaction.atomic():
        one = _locked(reservation_id)
        refuse_others(ctx, one.holder.person_id)
        return _cancelled(ctx, one)


def cancel_erased(ctx: Context, reservation_id: UUID) -> Reservation:
    """The same for whom everything is erased, whoever erases it."""
    with transaction.atomic():
        return _cancelled(ctx, _locked(reservation_id))


def _cancelled(ctx: Context, one: Reservation) -> Reservation:
    if one.state in (State.CANCELLED, State.EXPIRED):
        return one
    if one.state != State.OPEN:
        raise Refused("handed", _("It was already handed over to you."), status=409)
    _give_back(ctx, one, State.CANCELLED, "cancel")
    journal.write(ctx, one.record, "points.cancelled", {"points": one.cost})
    return one


def expire_due(at: datetime) -> bool:
    """Gives back what was not picked up in time; true if there is more. For the worker's tick: each in its own transaction."""
    ctx = system(at)
    due = list(Reservation.objects.filter(state=State.OPEN, expires_at__lte=at).values_list("pk", flat=True)[:AT_ONCE])
    failed = 0
    for pk in due:
        try:
            with transaction.atomic():
                one = _locked(pk)
                if one.state == State.OPEN and one.expires_at <= at:
                    _give_back(ctx, one, State.EXPIRED, "expire")
                    journal.write(ctx, one.record, "points.expired", {"points": one.cost})
        except Exception:  # one that fails must not keep the points of the others
            logger.exception("reservation %s could not be given back", pk)
            failed += 1
    return len(due) == AT_ONCE and failed == 0


def remind_due(at: datetime) -> None:
    """A day before its end a reservation is called to mind, once."""
    ctx = system(at)
    soon = Reservation.objects.filter(
        state=State.OPEN, reminded_at=None, expires_at__gt=at, expires_at__lte=at + rules.REMIND
    )
    for one in soon.select_related("record")[:AT_ONCE]:
        with transaction.atomic():
            if Reservation.objects.filter(pk=one.pk, state=State.OPEN, reminded_at=None).update(reminded_at=at):
                journal.write(ctx, one.record, "points.expiring")


def look_up(ctx: Context, text: str) -> Reservation:
    """What waits behind a code, for whoever stands at the window. Raises Refused with what to do instead; wrong codes are slowed."""
    actor = actor_at(ctx.person, ctx.at)
    if not actor.may("points.window"):
        raise Refused("not_yours", _("Your post does not cover this. Ask your administrator if it should."), status=403)
    code = rules.digits_of(text)
    if not code:
        raise Refused("code", _("The code has eight digits. Please type or scan it again."), field="code")
    one = (
        Reservation.objects.select_related("gift", "window__area", "record")
        .filter(code_index=codes.index_of(code))
        .first()
    )
    if one is None:
        _slow_guesses(ctx)
        raise Refused("unknown", _("There is no such code. Please look at the digits once more."), field="code")
    _refuse_what_is_over(ctx, actor, one)
    return one


def _refuse_what_is_over(ctx: Context, actor: Actor, one: Reservation) -> None:
    if not actor.may("points.window", one.window):
        raise Elsewhere(one)
    if one.state == State.HANDED and one.ended_at:
        when = formats.date_format(one.ended_at.astimezone(rules.PLACE_ZONE), "DATETIME_FORMAT")
        raise Refused(
            "used", _("This code was used on %(when)s: the gift is handed over.") % {"when": when}, "code", 409
        )
    if one.state != State.OPEN:
        sentence = _("This reservation has ended and its points went back. A new one can be made on the phone.")
        raise Refused("ended", sentence, "code", 409)


def _slow_guesses(ctx: Context) -> None:
    try:
        slow_down(f"points.code:{ctx.person}", TRIES_A_MINUTE, ctx.recorded_at)
    except Refused as refused:
        sentence = _("Too many wrong codes. Wait a minute, then try again.")
        raise Refused("slow_down", sentence, "code", 429, refused.retry_after)


def hand_over(ctx: Context, text: str) -> Reservation:
    """The gift is in the person's hands: the code is used up. Of two windows at the same moment one is told that it is used."""
    found = look_up(ctx, text)
    with transaction.atomic():
        one = _locked(found.pk)
        _refuse_what_is_over(ctx, actor_at(ctx.person, ctx.at), one)
        day = rules.local_day(ctx.at)
        held = account("held", window=one.window_id)
        redeemed = account("redeemed", gift=one.gift_id, window=one.window_id, day=day)
        reserved = account("reserved", gift=one.gift_id, window=one.window_id)
        handed = account("handed", gift=one.gift_id, window=one.window_id, day=day)
        legs = [(held, -one.cost), (redeemed, one.cost), (reserved, -1), (handed, 1)]
        lock([of for of, _moved in legs])
        one.state, one.ended_at = State.HANDED, ctx.at
        one.save(update_fields=["state", "ended_at"])
        post(ctx, "handover", legs, one.cost, holder=one.holder, reservation=one)
        facts = {"gift": str(one.gift_id), "window": str(one.window_id), "points": one.cost}
        journal.write(ctx, one.record, "points.handed_over", facts)
    return one


def undo_hand_over(ctx: Context, reservation_id: UUID) -> Reservation:
    """Handed over by a slip: the same day it can wait at the window again, with the same code. Nobody loses anything by it."""
    with transaction.atomic():
        one = _locked(reservation_id)
        if not actor_at(ctx.person, ctx.at).may("points.window", one.window):
            raise Elsewhere(one)
        if one.state != State.HANDED or one.ended_at is None or one.holder.person_id is None:
            raise Refused("not_handed", _("It is not handed over."), status=409)
        if rules.local_day(one.ended_at) != rules.local_day(ctx.at):
            raise Refused(
                "too_late", _("That can be undone on the same day only. Put it right by stocktaking."), status=409
            )
        done = one.transfers.filter(kind="handover", reversed_by=None).latest("pk")
        one.state, one.ended_at = State.OPEN, None
        one.expires_at = max(one.expires_at, rules.end_of_keeping(ctx.at, 1))
        one.save(update_fields=["state", "ended_at", "expires_at"])
        reverse(ctx, "undo", done)
        journal.write(ctx, one.record, "points.hand_over_undone", {"points": one.cost})
    return one


def _locked(reservation_id: UUID) -> Reservation:
    """A reservation for this transaction; always before its accounts."""
    return (
        Reservation.objects.select_for_update(of=("self",), no_key=True)
        .select_related("record", "holder", "gift", "window__area")
        .get(pk=reservation_id)
    )


def _give_back(ctx: Context, one: Reservation, state: str, kind: str) -> None:
    one.state, one.ended_at = state, ctx.at
    one.save(update_fields=["state", "ended_at"])
    reverse(ctx, kind, one.transfers.get(kind="reserve"))
