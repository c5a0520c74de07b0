"""The register of new-employment groups: registered by their own yes, corrected, confirmed, left; branches and what they did."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from liuchi.kernel import crypto
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.locks import one_at_a_time
from liuchi.kernel.records import actions as records
from liuchi.people import rules
from liuchi.people.actions.data import erase_person, give_consent, withdraw_consent
from liuchi.people.actions.living import living
from liuchi.people.actions.persons import check_phone, register_person
from liuchi.people.actions.units import open_unit
from liuchi.people.data import keepers
from liuchi.people.models import BranchService, Consent, Organisation, Person, Registration, TradeBranch
from liuchi.people.phones import normal_phone
from liuchi.people.registers.rules import kept_until
from liuchi.people.registers.trades import GROUPS

if TYPE_CHECKING:
    from liuchi.territory.models import Area

BASE, NEWS, CALLS = "register", "register_news", "register_calls"
PURPOSES_OF_REGISTER = (BASE, NEWS, CALLS)


def register_worker(
    ctx: Context,
    *,
    trade: str,
    area: "Area | None",
    how: str,
    person: Person | None = None,
    name: str = "",
    phone: str = "",
    platform: str = "",
    branch: TradeBranch | None = None,
    vehicle: str = "",
    agreed: Collection[str] = (BASE,),
) -> Registration:
    """Registers somebody in a trade. person: who is known already, such as who asks; else name and phone of somebody new.
    how: in which way they said yes (Registration.How); agreed: to which purposes, the register itself among them.

    Raises Refused("agreed" | "how" | "trade" | "area" | "vehicle" | "name" | "phone"), ("double") for who is in it.
    """
    if BASE not in agreed:
        raise Refused("agreed", _("Nobody is registered without their own yes."), field="agreed")
    if trade not in GROUPS.offered():
        raise Refused("trade", _("Please choose a trade."), field="trade")
    area = checked_entry(trade=trade, area=area, how=how, vehicle=vehicle)
    with transaction.atomic():
        one_at_a_time(f"registration {trade} {normal_phone(phone or '') or person}")
        there = _of_office(phone or "", name, trade) if person is None else None
        if person is None and there is not None:
            raise Refused(
                "double",
                _("Somebody of this name and phone is already registered in this trade."),
                field="phone",
                status=409,
            )
        if person is None:
            person = register_person(ctx, name=name, phone=phone, area_id=area.pk)
        else:
            # of two taps of one finger the second waits here, and finds the first
            person = living(person.pk)
            if Registration.objects.filter(person=person, trade=trade, ended_on=None).exists():
                raise Refused("double", _("You are already registered in this trade."), field="trade", status=409)
            _take_over(ctx, person, trade)
        made = write_entry(
            ctx, person, trade=trade, area=area, how=how, platform=platform, branch=branch, vehicle=vehicle
        )
        for purpose in PURPOSES_OF_REGISTER:
            if purpose in agreed:
                give_consent(ctx, person, purpose, how)
    return made


def write_entry(
    ctx: Context,
    person: Person,
    *,
    trade: str,
    area: "Area",
    how: str,
    platform: str = "",
    branch: TradeBranch | None = None,
    vehicle: str = "",
) -> Registration:
    """The entry alone, for who checked it and wrote the consent down. Call inside a transaction."""
    day = rules.local_day(ctx.at)
    record = records.create("registration", area_id=area.pk, secrecy=1)
    made = Registration(
        record=record, person=person, trade=trade, platform=" ".join(platform.split())[:40], area=area, branch=branch,
        vehicle=vehicle, how=how, registered_on=day, kept_until=kept_until(day),
    )  # fmt: skip
    made.save(force_insert=True)
    facts = {"trade": trade, "branch": str(branch.pk) if branch else None, "how": how}
    journal.write(ctx, record, "registration.made", facts)
    return made


def checked_entry(*, trade: str, area: "Area | None", how: str, vehicle: str) -> "Area":
    """The area. Raises Refused("trade" | "area" | "how" | "vehicle")."""
    if trade not in GROUPS:
        raise Refused("trade", _("Please choose a trade."), field="trade")
    if area is None:
        raise Refused("area", _("Please choose the area of work."), field="area")
    if how not in Registration.How.values:
        raise Refused("how", _("Please say in which way the person agreed."), field="how")
    if vehicle and vehicle not in Registration.Vehicle.values:
        raise Refused("vehicle", _("Please choose a vehicle from the list."), field="vehicle")
    return area


def correct_registration(
    ctx: Context,
    entry: Registration,
    *,
    area: "Area | None",
    platform: str = "",
    branch: TradeBranch | None = None,
    vehicle: str = "",
) -> Registration:
    """Corrects an entry. It is kept no longer for that: the time begins again with the person's yes alone
    (`confirm_registration`). Raises Refused("ended")."""
    area = checked_entry(trade=entry.trade, area=area, how=entry.how, vehicle=vehicle)
    if entry.ended_on:
        raise Refused("ended", _("This entry has ended."), status=409)
    entry.area, entry.branch, entry.vehicle = area, branch, vehicle
    entry.platform = " ".join(platform.split())[:40]
    with transaction.atomic():
        entry.save()
        records.move(entry.record, area.pk)
        facts = {"branch": str(branch.pk) if branch else None}
        journal.write(ctx, entry.record, "registration.corrected", facts)
    return entry


def confirm_registration(ctx: Context, entry: Registration) -> None:
    """The person says again that they want to stay: from now on the entry is kept for the full time. Raises Refused("ended")."""
    with transaction.atomic():
        found = Registration.objects.select_for_update().select_related("record").get(pk=entry.pk)
        if found.ended_on:
            raise Refused("ended", _("This entry has ended."), status=409)
        found.kept_until = kept_until(rules.local_day(ctx.at))
        found.save(update_fields=["kept_until"])
        journal.write(ctx, found.record, "registration.confirmed")


def confirm_phone(ctx: Context, entry: Registration) -> None:
    """An officer saw that the number of this entry is the person's own (`check_phone`): what a station wrote down under the
    same name and number was the same person, and this entry takes its place. Raises Refused("ended" | "own")."""
    if entry.person is None:
        raise Refused("ended", _("This entry has ended."), status=409)
    with transaction.atomic():
        check_phone(ctx, entry.person)
        _take_over(ctx, Person.objects.get(pk=entry.person_id), entry.trade)


def written_down_before(person: Person, trade: str) -> QuerySet[Registration]:
    """Open entries of the same trade, name and number, of somebody who has no account."""
    return Registration.objects.filter(
        trade=trade, ended_on=None, person__phone_index=bytes(person.phone_index or b"-"), person__name=person.name,
        person__login=None,
    ).exclude(person=person)  # fmt: skip


def end_registration(ctx: Context, entry: Registration) -> None:
    """Somebody leaves the register, or their time is over: the tie to the person is cut, and who was known here by the
    register alone is erased. A second time changes nothing."""
    with transaction.atomic():
        found = Registration.objects.select_for_update().select_related("record").get(pk=entry.pk)
        if found.ended_on:
            return
        person = found.person
        found.ended_on, found.person, found.platform, found.vehicle = rules.local_day(ctx.at), None, "", ""
        found.save()
        journal.write(ctx, found.record, "registration.ended")
        if person is None or person.registrations.filter(ended_on=None).exists():
            return
        for purpose in (NEWS, CALLS, BASE):
            withdraw_consent(ctx, person, purpose)
        if not (hasattr(person, "login") or person.erased_at or person.posts.exists() or _is_known_elsewhere(person)):
            erase_person(ctx, person)


def leave_register(ctx: Context, person: Person) -> None:
    """Takes back the yes to the register: all entries end."""
    with transaction.atomic():
        for entry in person.registrations.filter(ended_on=None):
            end_registration(ctx, entry)


def open_branch(
    ctx: Context, *, name: str, trade: str, area: "Area | None", parent: Organisation | None = None
) -> TradeBranch:
    """A branch for the people of a trade. Raises Refused("trade" | "area"), and as open_unit."""
    if trade not in GROUPS.offered():
        raise Refused("trade", _("Please choose a trade."), field="trade")
    if area is None:
        raise Refused("area", _("Please choose the area it serves."), field="area")
    with transaction.atomic():
        unit = open_unit(ctx, kind=Organisation.Kind.PARTY_BODY, name=name, parent=parent, area=area)
        return TradeBranch.objects.create(organisation=unit, trade=trade)


def record_service(ctx: Context, branch: TradeBranch, *, title: str, on: date, occasions: int) -> BranchService:
    """Writes down what a branch did, and how many times somebody was served. Raises Refused("title" | "occasions" | "on")."""
    title = " ".join(title.split())[:80]
    if not title:
        raise Refused("title", _("Please say what it was."), field="title")
    if not 0 < occasions <= 100_000:
        raise Refused("occasions", _("Please enter how many were served."), field="occasions")
    if on > rules.local_day(ctx.at):
        raise Refused("on", _("This day has not come yet."), field="on")
    with transaction.atomic():
        record = records.create("branch_service", area_id=branch.organisation.area_id)
        done = BranchService(record=record, branch=branch, title=title, on=on, occasions=occasions)
        done.save(force_insert=True)
        journal.write(ctx, record, "branch.served", {"branch": str(branch.pk), "occasions": occasions})
    return done


def _of_office(phone: str, name: str, trade: str) -> Registration | None:
    """An open entry of somebody of this phone and name in this trade."""
    normal = normal_phone(phone) if phone else None
    if normal is None:
        return None

    open_ones = Registration.objects.filter(trade=trade, ended_on=None, person__name=" ".join(name.split()))
    return open_ones.filter(person__phone_index=crypto.blind_index("phone", normal)).first()


def _is_known_elsewhere(person: Person) -> bool:
    """Whether any app keeps something on somebody beside their entries here: a shop, an application, a roster."""
    return any(keeper.kept(person.pk) for name, keeper in keepers().items() if name != "registers")


def _take_over(ctx: Context, person: Person, trade: str) -> None:
    """Somebody registers who was written down at a station before they had an account: their own entry takes its place.
    Only for a number that an officer saw to be theirs: anybody could sign up with a colleague's."""
    if person.phone_checked_at is None:
        return
    for entry in written_down_before(person, trade):
        end_registration(ctx, entry)


def expire_registrations(ctx: Context) -> int:
    """Ends what nobody confirmed in time; returns how many."""
    over = Registration.objects.filter(ended_on=None, kept_until__lt=rules.local_day(ctx.at))[:500]
    for entry in over:
        end_registration(ctx, entry)
    return len(over)


def may_be_called(person: Person) -> bool:
    """Whether somebody in the register said yes to being called."""
    return Consent.objects.filter(person=person, purpose=CALLS, withdrawn_at=None).exists()
