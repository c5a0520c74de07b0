"""A phone number is checked at the window: whoever stands there shows it, once. Then gifts with a limit of the month can be had,
of which otherwise one person with five accounts would have five."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from liuchi.kernel import crypto
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.people.acting import acting
from liuchi.people.actions import looking_up, persons
from liuchi.people.models import Person

WINDOW = "points.window"


def find_by_phone(ctx: Context, phone: str) -> Person:
    """The account with this number, whose owner stands at the window, and who reads later that it was looked for. Raises
    Refused("phone" | "own"), slows tries."""
    ctx = acting(ctx, WINDOW)
    accounts = Person.objects.filter(login__isnull=False).select_related("record")
    found = next(iter(looking_up.by_phone(ctx, phone, among=accounts, duty=WINDOW)), None)
    if found is None:
        sentence = _(
            "No account has this number. The person writes it down on the phone, under Me, What is kept on me."
        )
        raise Refused("phone", sentence, field="phone")
    if found.pk == ctx.person:
        raise Refused("own", _("Nobody checks their own number. Please ask a colleague."), field="phone", status=403)
    return found


def check_phone(ctx: Context, person_id: UUID, phone: str) -> Person:
    """Somebody at the window has seen that the number is this person's, who was found by it a moment ago. A second time
    changes nothing. Raises Refused("phone") when it is not the person's number any more."""
    ctx = acting(ctx, WINDOW)
    index = crypto.phone_index(phone)
    found = Person.objects.select_related("record").filter(pk=person_id, phone_index=index, erased_at=None).first()
    if found is None:
        raise Refused("phone", _("This number has changed just now. Look it up once more."), "phone", status=409)
    persons.check_phone(ctx, found)
    return found
