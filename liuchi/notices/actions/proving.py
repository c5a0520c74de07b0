"""A code that goes to an address and comes back: so nobody's messages go to a stranger by a slip."""

from __future__ import annotations

import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from liuchi.kernel import crypto
from liuchi.kernel.context import CHINA, Context
from liuchi.kernel.delivery import actions as delivery
from liuchi.kernel.delivery import channels
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.notices.actions.choosing import _acting, also_by
from liuchi.notices.models import Choice, Proof
from liuchi.people.actions.living import living
from liuchi.people.actions.persons import phone_of
from liuchi.people.models import Person

PAUSE = timedelta(minutes=1)
HOLDS = timedelta(minutes=15)
A_DAY = 5
TRIES = 5


def send_code(ctx: Context, channel: str, address: str = "") -> Proof:
    """Sends six digits to the mail address given, or to the phone number that is kept. Raises Refused("off" | "mail" | "phone" | "wait")."""
    if not channels.is_on(channel):
        raise Refused("off", _("This house does not send messages this way yet."), status=409)
    with transaction.atomic():
        person = living(_acting(ctx))
        address = _address(person, channel, address)
        proof = Proof.objects.filter(person=person, channel=channel).first()
        sent = _sent_today(ctx, proof) + 1
        code = f"{secrets.randbelow(1_000_000):06}"
        fresh, _new = Proof.objects.update_or_create(
            person=person, channel=channel,
            defaults={
                "address": crypto.encrypt(address, f"proof:{person.pk}"), "code": _digest(person, code), "tries": 0,
                "sent": sent, "made_at": ctx.at,
            },
        )  # fmt: skip
        subject = _("%(code)s is your code") % {"code": code}
        body = _("Enter it within 15 minutes on the page that asked for it. If that was not you, do nothing.")
        thing = f"code:{fresh.pk}:{ctx.at.timestamp():.0f}"
        delivery.send(ctx, channel, thing, address, subject, body, short=code, person_id=person.pk)
    return fresh


def _address(person: Person, channel: str, given: str) -> str:
    if channel == "sms":
        number = phone_of(person)
        if not number:
            raise Refused("phone", _("No phone number is kept on you. Enter it under “What is kept on me” first."))
        return number
    try:
        validate_email(given.strip())
    except ValidationError:
        raise Refused("mail", _("This is no e-mail address."), field="address")
    return given.strip()


def _sent_today(ctx: Context, proof: Proof | None) -> int:
    if proof is None:
        return 0
    if proof.made_at > ctx.at - PAUSE:
        raise Refused("wait", _("A code went out just now. Wait a minute before you ask for another."), status=429)
    if proof.made_at.astimezone(CHINA).date() != ctx.at.astimezone(CHINA).date():
        return 0
    if proof.sent >= A_DAY:
        raise Refused("wait", _("No more codes today. Try again tomorrow."), status=429)
    return proof.sent


def prove(ctx: Context, channel: str, code: str) -> Person:
    """The code came back: from now on this is a way to reach the person. Raises Refused("code" | "taken")."""
    person_id = _acting(ctx)
    # counted before it is looked at, so that many guesses at once are many
    mine = Proof.objects.filter(person=person_id, channel=channel, made_at__gt=ctx.at - HOLDS, tries__lt=TRIES)
    if not mine.update(tries=F("tries") + 1):
        raise Refused("code", _("This code holds no more. Ask for a new one."), field="code")
    with transaction.atomic():
        person = living(person_id)
        proof = Proof.objects.get(person=person, channel=channel)
        if bytes(proof.code) != _digest(person, "".join(code.split())):
            raise Refused("code", _("This is not the code that was sent. Look again."), field="code")
        if channel == "mail":
            _confirm_mail(person, crypto.decrypt(proof.address, f"proof:{person.pk}"))
            also_by(ctx, channel)
        else:
            also_by(ctx, channel)
            Choice.objects.filter(person=person).update(
                proven=crypto.phone_index(crypto.decrypt(proof.address, f"proof:{person.pk}"))
            )
        proof.delete()
        journal.write(ctx, person.record, "notices.proven", {"channel": channel})
    return person


def _confirm_mail(person: Person, address: str) -> None:
    login = person.login
    EmailAddress.objects.filter(user=login).delete()
    try:
        with transaction.atomic():
            EmailAddress.objects.create(user=login, email=address.lower(), verified=True, primary=True)
    except IntegrityError:
        raise Refused("taken", _("Another account uses this address already."), field="code", status=409)


def _digest(person: Person, code: str) -> bytes:
    return crypto.blind_index("code", f"{person.pk}:{code}")
