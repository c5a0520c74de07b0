"""A phone number is checked at the window: whoever stands there shows it, once. Then gifts with a limit of the month can be had,
of which otherwise one person with five accounts would have five."""

from __future__ import annotations

from django.utils.translation import gettext as _

from liuchi.kernel import crypto
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.outbox.slowing import slow_down
from liuchi.people.acting import acting
from liuchi.people.actions import persons
from liuchi.people.models import Person
from liuchi.people.phones import normal_phone

TRIES_A_MINUTE = 10


def find_by_phone(ctx: Context, phone: str) -> Person:
    """The account with this number, whose owner stands at the window. Raises Refused("phone" | "own"), slows tries."""
    ctx = acting(ctx, "points.window")
    _slow_guesses(ctx)
    normal = normal_phone(phone)
    if normal is None:
        raise Refused("phone", _("Please type the phone number, 11 digits."), field="phone")
    found = Person.objects.filter(
        phone_index=crypto.blind_index("phone", normal), login__isnull=False, erased_at=None
    ).select_related("record").first()  # fmt: skip
    if found is None:
        sentence = _(
            "No account has this number. The person writes it down on the phone, under Me, What is kept on me."
        )
        raise Refused("phone", sentence, field="phone")
    if found.pk == ctx.person:
        raise Refused("own", _("Nobody checks their own number. Please ask a colleague."), field="phone", status=403)
    return found


def check_phone(ctx: Context, phone: str) -> Person:
    """Somebody at the window has seen that the number is this person's. A second time changes nothing."""
    found = find_by_phone(ctx, phone)
    persons.check_phone(acting(ctx, "points.window"), found)
    return found


def _slow_guesses(ctx: Context) -> None:
    try:
        slow_down(f"points.phone:{ctx.person}", TRIES_A_MINUTE, ctx.recorded_at)
    except Refused as refused:
        sentence = _("Too many numbers in one minute. Wait a minute, then try again.")
        raise Refused("slow_down", sentence, "phone", 429, refused.retry_after) from refused
