"""Joining the volunteers is a consent, leaving withdraws it; nobody loses anything by either."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.duties import rules
from liuchi.duties.actions.shifts import PURPOSE
from liuchi.duties.models import Signup
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.people.actions import give_consent, withdraw_consent
from liuchi.people.models import Person


def join(ctx: Context) -> None:
    """The acting person joins the volunteers."""
    give_consent(ctx, _self(ctx), PURPOSE)


def leave_volunteers(ctx: Context) -> int:
    """Leaves the volunteers: places in shifts that have not begun become free at once. Returns how many."""
    person = _self(ctx)
    with transaction.atomic():
        given = free_places(ctx, person)
        withdraw_consent(ctx, person, PURPOSE)
    return given


def free_places(ctx: Context, person: Person) -> int:
    """Gives up a person's places in all shifts that have not begun; returns how many. Call inside a transaction."""
    ahead = Signup.objects.filter(person=person, left_at=None, shift__begins__gt=ctx.at, shift__state=rules.PLANNED)
    places = list(ahead.select_related("shift__record"))
    for place in places:
        place.left_at, place.offered_at = ctx.at, None
        place.save(update_fields=["left_at", "offered_at"])
        journal.write(ctx, place.shift.record, "shift.left", {"seat": place.seat})
    return len(places)


def _self(ctx: Context) -> Person:
    if ctx.person is None:
        raise Refused("sign_in", _("Please sign in first."), status=401)
    return Person.objects.select_related("record").get(pk=ctx.person)
