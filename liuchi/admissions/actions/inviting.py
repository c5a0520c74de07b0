"""Invitations by a link or QR, for people without an account: a code that works once and ends after some days."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.admissions import rules, words
from liuchi.admissions.actions.acting import locked_programme, officer, said
from liuchi.admissions.actions.appointing import running
from liuchi.admissions.models import Invitation, InvitationCode, Programme
from liuchi.kernel import crypto
from liuchi.kernel.access import Target
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.people.actions.living import living
from liuchi.people.models import Person
from liuchi.people.rules import local_day
from liuchi.territory.models import Area

DAYS, MOST_DAYS = 14, 60
KEPT_DAYS = 90
# What the desk may fill in of a shop that is not registered yet.
SHOP = ("shop_name", "shop_trade", "shop_address")


def make_code(
    ctx: Context,
    programme_id: UUID,
    *,
    area: Area,
    name: str = "",
    days: int = DAYS,
    title: str = "",
    answers: Mapping[str, Any] | None = None,
    shop: Mapping[str, str] | None = None,
) -> InvitationCode:
    """An invitation that the desk prints or sends in a chat. name: whom it is meant for, as on the letter later; empty:
    whoever has it. answers, shop: filled in beforehand; the person reads, changes and sends it, and consents alone.

    Raises Refused("not_open" | "area" | "days") and with ``field`` of an answer that can't be.
    """
    with transaction.atomic():
        programme = running(programme_id)
        assert programme.version
        ctx = officer(ctx, "admissions.appoint", Target(area_first=area.first))
        if not programme.area.first <= area.first <= programme.area.last:
            raise Refused("area", _("This lies outside of the place that the programme is for."), field="area")
        if not 1 <= days <= MOST_DAYS:
            raise Refused("days", _("From 1 to %(n)s days.") % {"n": MOST_DAYS}, field="days")
        definition = programme.version.definition
        kept, wrong = rules.checked_answers(for_the_desk(definition), answers or {}, sending=False)
        if wrong:
            key, fault = next(iter(wrong.items()))
            raise Refused("answer", words.answer_fault(fault), field=key)
        code = rules.new_code()
        index = crypto.blind_index("invitation", code)
        whom = " ".join(said(name, 60).split())
        filled = {
            "answers": kept,
            "shop": {key: said(value, 120) for key, value in (shop or {}).items() if key in SHOP},
        }
        made = InvitationCode.objects.create(
            programme=programme,
            area=area,
            title=title if title in definition.titles else "",
            code_cipher=crypto.encrypt(code, _bound("code", index)),
            code_index=index,
            for_cipher=crypto.encrypt(whom, _bound("for", index)) if whom else None,
            filled_cipher=crypto.encrypt(json.dumps(filled, ensure_ascii=False), _bound("filled", index)),
            made_at=ctx.at,
            until=local_day(ctx.at) + timedelta(days=days),
        )
        facts = {"code": made.pk, "until": made.until.isoformat(), "area": area.pk}
        journal.write(ctx, programme.record, "invitation.made", facts)
    return made


def take_up(ctx: Context, code: str, person: Person) -> Programme:
    """The person takes the invitation up: it works once, for them. A second tap of the same person changes nothing.

    Raises Refused("not_found" | "taken" | "taken_back" | "over" | "other_name" | "closed")."""
    found = found_by(code)
    if found is None:
        raise Refused("not_found", _("This invitation is not ours. Ask who gave it to you."), status=404)
    with transaction.atomic():
        living(person.pk)
        programme = locked_programme(found.programme_id)
        one = InvitationCode.objects.select_for_update(of=("self",)).get(pk=found.pk)
        if one.taken_at and one.taken_by_id == person.pk:
            return programme
        fault = fault_of(one, ctx)
        if fault:
            raise Refused(fault, words.code_fault(fault), status=410)
        if programme.state != Programme.State.OPEN:
            raise Refused("closed", _("This programme is closed. Nobody can apply now."), status=409)
        if ctx.person != person.pk:
            raise Refused("not_yours", _("Everybody applies for themselves."), status=403)
        whom = name_on(one)
        if whom and not rules.same_name(whom, person.name):
            sentence = _("This invitation is for %(name)s, and your account has another name. Ask who gave it to you.")
            raise Refused("other_name", sentence % {"name": rules.masked_name(whom)}, status=403)
        one.taken_at, one.taken_by, one.code_cipher, one.for_cipher = ctx.at, person, None, None
        one.save(update_fields=["taken_at", "taken_by", "code_cipher", "for_cipher"])
        Invitation.objects.get_or_create(programme=programme, person=person, defaults={"at": ctx.at})
        journal.write(ctx, programme.record, "invitation.taken", {"code": one.pk})
    return programme


def end_code(ctx: Context, code_id: int) -> InvitationCode:
    """The desk takes an invitation back that nobody has taken up; a second time changes nothing."""
    with transaction.atomic():
        one = InvitationCode.objects.select_for_update(of=("self",)).select_related("area").get(pk=code_id)
        ctx = officer(ctx, "admissions.appoint", one.access_target())
        if one.taken_at:
            raise Refused("taken", _("This invitation was taken up in the meantime."), status=409)
        if one.ended_at is None:
            one.ended_at = ctx.at
            one.code_cipher = one.for_cipher = one.filled_cipher = None
            one.save(update_fields=["ended_at", "code_cipher", "for_cipher", "filled_cipher"])
            journal.write(ctx, one.programme.record, "invitation.ended", {"code": one.pk})
    return one


def sweep_codes(at: datetime) -> bool:
    """Wipes names and what was filled in where nobody needs them any more: run out, or taken up long ago. For the
    worker's tick."""
    today = local_day(at)
    over = InvitationCode.objects.filter(taken_at=None, until__lt=today, code_cipher__isnull=False)
    over.update(code_cipher=None, for_cipher=None, filled_cipher=None)
    old = InvitationCode.objects.filter(taken_at__lt=at - timedelta(days=KEPT_DAYS), filled_cipher__isnull=False)
    old.update(filled_cipher=None)
    return False


def for_the_desk(definition: rules.Definition) -> rules.Definition:
    """The questions that the desk may fill in for somebody: no consent, which is the person's own, and no photos."""
    return replace(definition, fields=tuple(one for one in definition.fields if one.kind not in ("consent", "photo")))


def found_by(code: str) -> InvitationCode | None:
    """The invitation of a code."""
    code = rules.clean_code(code)
    if not code:
        return None
    found = InvitationCode.objects.select_related("programme__version", "programme__area", "programme__unit", "area")
    return found.filter(code_index=crypto.blind_index("invitation", code)).first()


def fault_of(one: InvitationCode, ctx: Context) -> str:
    """Why an invitation can't be taken up: taken, taken_back, over; empty if it can."""
    if one.taken_at:
        return "taken"
    if one.ended_at:
        return "taken_back"
    return "over" if one.until < local_day(ctx.at) else ""


def name_on(one: InvitationCode) -> str:
    """Whom it is meant for; empty: whoever has it."""
    return crypto.decrypt(one.for_cipher, _bound("for", one.code_index)) if one.for_cipher else ""


def code_on(one: InvitationCode) -> str:
    """The code in clear, while it can be taken up."""
    return crypto.decrypt(one.code_cipher, _bound("code", one.code_index)) if one.code_cipher else ""


def filled_in(programme_id: UUID, person_id: UUID) -> InvitationCode | None:
    """The invitation with what was filled in for somebody who begins to apply."""
    found = InvitationCode.objects.filter(programme=programme_id, taken_by=person_id, filled_cipher__isnull=False)
    return found.select_related("area").order_by("-taken_at").first()


def filled_of(one: InvitationCode) -> dict[str, Any]:
    """``{"answers", "shop"}`` as the desk filled them in."""
    if not one.filled_cipher:
        return {"answers": {}, "shop": {}}
    kept: dict[str, Any] = json.loads(crypto.decrypt(one.filled_cipher, _bound("filled", one.code_index)))
    return kept


def _bound(part: str, index: bytes | memoryview) -> str:
    return f"admissions.invitation.{part}:{bytes(index).hex()}"
