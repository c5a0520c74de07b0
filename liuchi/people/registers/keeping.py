"""How the registers let go of a person: taken along and erased with everything else that is kept on them."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liuchi.kernel.context import Context
from liuchi.people import data, rules
from liuchi.people.actions.homecoming import entry_of, withdraw
from liuchi.people.actions.service import leave_community, own_membership
from liuchi.people.models import Business, Registration
from liuchi.people.registers.queries import own


def register_all() -> None:
    """Called when the program starts."""
    data.register("registers", data.Keeper(_("Entries in registers"), own.registrations, _forget_entries))
    data.register("membership", data.Keeper(_("Sign-ins as a member"), own.memberships, _forget_membership))
    data.register("businesses", data.Keeper(_("Shops that you keep"), own.businesses, _forget_shops))


def _forget_entries(ctx: Context, person_id: UUID) -> None:
    day = rules.local_day(ctx.at)
    mine = Registration.objects.filter(person_id=person_id)
    mine.filter(ended_on=None).update(ended_on=day)
    mine.update(person=None, platform="", vehicle="")


def _forget_membership(ctx: Context, person_id: UUID) -> None:
    if home := entry_of(person_id):
        withdraw(ctx, home)
    if member := own_membership(person_id):
        leave_community(ctx, member)


def _forget_shops(ctx: Context, person_id: UUID) -> None:
    """The shop stays; its keeper's name and number go, and with them the yes to being shown."""
    shops = Business.objects.filter(keeper_id=person_id)
    shops.update(keeper=None, phone_cipher=None, phone_index=None, consent_at=None)
