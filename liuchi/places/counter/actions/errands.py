"""Errands: taken in, brought on, followed by a receipt; for others with their yes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.cases.rules import clean_receipt, new_receipt
from liuchi.kernel import crypto
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.outbox.slowing import slow_down
from liuchi.kernel.outbox.tokens import digest_of
from liuchi.kernel.records import actions as records
from liuchi.places.actions.acting import acting
from liuchi.places.counter import rules
from liuchi.places.counter.models import Errand, Matter
from liuchi.places.counter.shared import digest, locked


@dataclass(slots=True)
class For:
    """For whom a clerk or a helper takes an errand: the name and phone are kept encrypted, with how the person agreed."""

    name: str
    phone: str = ""
    address: str = ""
    agreed: str = ""
    at_home: bool = False


def take_errand(ctx: Context, counter_id: UUID, matter_id: int, whose: For | None = None) -> tuple[Errand, str]:
    """Takes an errand in; the receipt is told once. For somebody else only with their yes on record.

    Raises Refused("matter" | "agreed" | "name").
    """
    with transaction.atomic():
        counter = locked(counter_id)
        ctx = acting(ctx, "counter.help" if whose else "counter.serve", counter)
        matter = Matter.objects.filter(pk=matter_id, counter=counter).first()
        if matter is None:
            raise Refused("matter", _("Please choose what it is about."), field="matter")
        if whose:
            if not whose.name.strip():
                raise Refused("name", _("Please enter for whom it is."), field="name")
            if whose.agreed not in dict(Errand.AGREED):
                raise Refused(
                    "agreed", _("Without the person's own yes nothing is done in their name."), field="agreed"
                )
        record = records.create("errand", area_id=counter.area_id, secrecy=1 if whose else 0)
        receipt = new_receipt()
        errand = Errand(
            record=record,
            counter=counter,
            matter=matter,
            digest=digest(receipt),
            received_at=ctx.at,
            changed_at=ctx.at,
        )
        if whose:
            body = {
                "name": whose.name.strip()[:40],
                "phone": whose.phone.strip()[:30],
                "address": whose.address.strip()[:120],
            }
            errand.whose_cipher = crypto.encrypt(json.dumps(body, ensure_ascii=False), f"errand:{record.pk}")
            errand.helper_id, errand.agreed, errand.agreed_at = ctx.person, whose.agreed, ctx.at
            errand.at_home = whose.at_home
        errand.save(force_insert=True)
        journal.write(
            ctx, record, "errand.received", {"service": matter.pk, "for_another": bool(whose), "agreed": errand.agreed}
        )
    return errand, receipt


def move_errand(ctx: Context, errand_id: UUID, stop: str, word: str = "") -> Errand:
    """Brings an errand to its next stop, with a word for who waits. The same stop twice stays once.

    Handed over: whose it was is erased. Raises Refused("order").
    """
    with transaction.atomic():
        errand = Errand.objects.select_for_update().filter(pk=errand_id).first()
        if errand is None:
            raise Refused("not_found", _("There is no such errand."), status=404)
        ctx = acting(ctx, "counter.serve", errand.counter)
        if errand.stop == stop:
            return errand
        if rules.next_stop(errand.stop) != stop:
            raise Refused("order", _("This is not its next step. Look at it again."), status=409)
        errand.stop, errand.changed_at, errand.word = stop, ctx.at, " ".join(word.split())[:200]
        if stop == "handed_over":
            errand.whose_cipher = None
        errand.save(update_fields=["stop", "changed_at", "word", "whose_cipher"])
        journal.write(ctx, errand.record, f"errand.{stop}", {})
    return errand


def whose(ctx: Context, errand_id: UUID) -> dict[str, str]:
    """For whom an errand is, for who took it in and who serves at the counter; the look is noted. Raises Refused (403, 404)."""
    with transaction.atomic():
        errand = Errand.objects.select_related("counter__area", "record").filter(pk=errand_id).first()
        if errand is None or errand.whose_cipher is None:
            raise Refused("not_found", _("There is no such errand."), status=404)
        mine = ctx.person is not None and errand.helper_id == ctx.person
        ctx = acting(ctx, "counter.help" if mine else "counter.serve", errand.counter)
        journal.write(ctx, errand.record, "errand.looked", {})
    kept: dict[str, str] = json.loads(crypto.decrypt(errand.whose_cipher, f"errand:{errand.pk}"))
    return kept


def find_errand(receipt: str, sender: str, at: datetime) -> Errand | None:
    """The errand of a receipt, for whoever holds it; look-ups are slowed."""
    slow_down(digest_of(f"errand:{sender}"), 20, at)
    code = clean_receipt(receipt)
    if code is None:
        return None
    return Errand.objects.select_related("matter", "counter").filter(digest=digest(code)).first()
