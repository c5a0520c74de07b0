"""Points are switched on and off by each for themselves, and let go of on erasure."""

from __future__ import annotations

from uuid import UUID

from liuchi.kernel.context import Context
from liuchi.people import actions as people
from liuchi.people.models import Person
from liuchi.points.actions.awards import PURPOSE
from liuchi.points.actions.redeeming import cancel_erased
from liuchi.points.models import Account, Reservation, Statement


def switch_on(ctx: Context, person: Person) -> None:
    """From here on points are collected. Nothing that happened before counts."""
    people.give_consent(ctx, person, PURPOSE)


def switch_off(ctx: Context, person: Person) -> None:
    """From here on nothing is collected. What is there stays and can be exchanged; nothing is lost but by exchanging it."""
    people.withdraw_consent(ctx, person, PURPOSE)


def erase(ctx: Context, person_id: UUID) -> None:
    """Reservations are given back, statements lose their person, and the account its holder: numbers without anybody."""
    mine = Reservation.objects.filter(holder__person=person_id, state=Reservation.State.OPEN)
    for pk in list(mine.values_list("pk", flat=True)):
        cancel_erased(ctx, pk)
    Statement.objects.filter(person=person_id).update(
        person=None, home_unit="", shown_to=None, state=Statement.State.TAKEN_BACK
    )
    for one in Account.objects.filter(person=person_id):
        Account.objects.filter(pk=one.pk).update(person=None, key=f"nobody:{one.pk}")
