"""Somebody is looked for by the whole phone number: the tries are few, and whoever is found reads that it was done."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from liuchi.kernel import crypto
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.outbox.slowing import slow_down
from liuchi.people.actions.persons import note_look
from liuchi.people.models import Person
from liuchi.people.phones import normal_phone

# One person tries so many numbers in an hour, wherever they may.
TRIES_AN_HOUR = 10
HOUR = 60
MOST = 10  # a number of a family or a shop


def by_phone(ctx: Context, phone: str, *, among: QuerySet[Person], duty: str, field: str = "phone") -> list[Person]:
    """Those `among` some whose number this is; each gets a line in the log of looks. duty: the ability that was asked before.

    Raises Refused("slow_down" | "phone").
    """
    try:
        slow_down(f"people.phone:{ctx.person}", TRIES_AN_HOUR, ctx.recorded_at, minutes=HOUR)
    except Refused as refused:
        sentence = _("At most %(n)s numbers an hour. Please try again later.") % {"n": TRIES_AN_HOUR}
        raise Refused("slow_down", sentence, field, 429, refused.retry_after) from refused
    normal = normal_phone(phone)
    if normal is None:
        raise Refused("phone", _("Please type the phone number, 11 digits."), field=field)
    with transaction.atomic():
        found = list(among.filter(phone_index=crypto.blind_index("phone", normal), erased_at=None)[:MOST])
        for person in found:
            note_look(ctx, person, duty=duty, what="number")
    return found
