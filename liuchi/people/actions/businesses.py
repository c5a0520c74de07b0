"""Shops and firms: registered, corrected, closed."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from liuchi.kernel import crypto
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.links import actions as links
from liuchi.kernel.records import actions as records
from liuchi.people import rules
from liuchi.people.actions.data import erase_person
from liuchi.people.actions.persons import register_person
from liuchi.people.data import keepers
from liuchi.people.models import Business, Login, Organisation, Person
from liuchi.people.phones import normal_phone
from liuchi.people.registers.rules import name_key
from liuchi.people.registers.trades import BUSINESSES
from liuchi.territory.spelling import spell

if TYPE_CHECKING:
    from liuchi.territory.models import Area, Place

NAME_MAX = 80


def register_business(
    ctx: Context,
    *,
    name: str,
    trade: str,
    area: "Area | None",
    address: str = "",
    lon: float | None = None,
    lat: float | None = None,
    place: "Place | None" = None,
    keeper: Person | None = None,
    office_phone: str = "",
    licence: str = "",
    chain_link: str = "",
    organisation: Organisation | None = None,
    consent: bool = False,
) -> Business:
    """Writes a shop or firm into the register. consent: its keeper said yes to being shown to the public.

    Raises Refused("name" | "trade" | "area" | "phone" | "licence"), and ("double") for the same name at the same address.
    """
    business = Business(opened_on=rules.local_day(ctx.at), consent_at=ctx.at if consent else None)
    with transaction.atomic():
        area = _checked(area)
        business.record = records.create("business", area_id=area.pk)
        _fill(
            business, name=name, trade=trade, area=area, address=address, lon=lon, lat=lat, place=place, keeper=keeper,
            office_phone=office_phone, licence=licence, chain_link=chain_link, organisation=organisation,
        )  # fmt: skip
        _save(business, insert=True)
        journal.write(ctx, business.record, "business.registered", {"trade": trade, "consent": consent})
    return business


def correct_business(
    ctx: Context,
    business: Business,
    *,
    name: str,
    trade: str,
    area: "Area | None",
    address: str = "",
    lon: float | None = None,
    lat: float | None = None,
    place: "Place | None" = None,
    keeper: Person | None = None,
    office_phone: str = "",
    licence: str = "",
    chain_link: str = "",
    organisation: Organisation | None = None,
    consent: bool = False,
    expect: int | None = None,
) -> Business:
    """Corrects what the register says; taking back the keeper's yes ends being shown. Raises as register_business."""
    with transaction.atomic():
        area = _checked(area)
        _fill(
            business, name=name, trade=trade, area=area, address=address, lon=lon, lat=lat, place=place, keeper=keeper,
            office_phone=office_phone, licence=licence, chain_link=chain_link, organisation=organisation,
        )  # fmt: skip
        if consent != bool(business.consent_at):
            business.consent_at = ctx.at if consent else None
        _save(business, insert=False)
        records.move(business.record, area.pk)
        journal.write(ctx, business.record, "business.corrected", {"trade": trade, "consent": consent}, expect=expect)
    return business


def close_business(ctx: Context, business: Business, *, on: date | None = None) -> Business:
    """The shop is no more; its line stays. A second time changes nothing."""
    if business.closed_on:
        return business
    with transaction.atomic():
        business.closed_on = on or rules.local_day(ctx.at)
        business.save(update_fields=["closed_on"])
        journal.write(ctx, business.record, "business.closed", {"closed_on": business.closed_on.isoformat()})
    return business


def enter_business(ctx: Context, business: Business | None, facts: dict[str, Any], keeper_name: str) -> Business:
    """What the desk wrote into the form: a new entry or a correction, with the keeper by name (who it was, or somebody new).

    facts: as register_business takes them. Raises as it does.
    """
    name = " ".join(keeper_name.split())
    with transaction.atomic():
        before = business.keeper if business else None
        keeper = before if before and before.name == name else None
        if name and keeper is None:
            keeper = register_person(ctx, name=name, area_id=facts["area"].pk if facts["area"] else None)
        if business is None:
            return register_business(ctx, **facts, keeper=keeper)
        done = correct_business(ctx, business, **facts, keeper=keeper)
        if before and before != keeper:
            _forget(ctx, before)
        return done


def _forget(ctx: Context, keeper: Person) -> None:
    """Who was written down only as the keeper of a shop that is another's now: nobody needs the name any more."""
    if Login.objects.filter(person=keeper).exists() or keeper.posts.exists() or keeper.businesses.exists():
        return
    if not any(app.kept(keeper.pk) for app in keepers().values()):
        erase_person(ctx, keeper)


def merge_businesses(ctx: Context, kept: Business, other: Business) -> Business:
    """Two entries turned out to be one shop: `kept` stays and takes over what it lacks; `other` is closed and points to it.
    Keeper, phone and the yes to be shown are not taken over from somebody with an account: whoever wrote a shop down a second time
    would be its keeper. The clerk asks the shop and writes them in.

    Raises Refused("closed") if one of them is closed by now, ("same") for an entry and itself.
    """
    if kept.pk == other.pk:
        raise Refused("same", _("Please choose two different entries."), status=409)
    with transaction.atomic():
        locked = {one.pk: one for one in Business.objects.select_for_update().filter(pk__in=[kept.pk, other.pk])}
        kept, other = locked[kept.pk], locked[other.pk]
        if kept.closed_on or other.closed_on:
            raise Refused("closed", _("One of the two is closed by now. Look at the list again."), status=409)
        names = ["chain_link", "licence", "address", "place_id", "organisation_id"]
        by_office = not Login.objects.filter(person=other.keeper_id).exists()
        if by_office:
            names += ["keeper_id", "consent_at"]
        for name in names:
            if not getattr(kept, name):
                setattr(kept, name, getattr(other, name))
        if kept.lon is None:
            kept.lon, kept.lat = other.lon, other.lat
        if by_office and not kept.phone_cipher:
            _set_phone(kept, other.office_phone)
        other.merged_into, other.closed_on = kept, rules.local_day(ctx.at)
        other.save()  # first: it holds the name that the other may not have twice
        kept.save()
        Business.objects.filter(merged_into=other).update(merged_into=kept)  # one step leads to the one that stays
        journal.write(ctx, other.record, "business.merged", {"into": str(kept.pk)})
        links.link(ctx, kept.record, other.record, "same")
    return kept


def keep_both(ctx: Context, one: Business, other: Business) -> None:
    """They look alike and are two: nobody is asked again."""
    first, second = sorted((one, other), key=lambda business: business.pk)
    with transaction.atomic():
        links.link(ctx, first.record, second.record, "apart")


def _checked(area: "Area | None") -> "Area":
    if area is None:
        raise Refused("area", _("Please choose the community or grid in which it lies."), field="area")
    return area


def _fill(
    business: Business,
    *,
    name: str,
    trade: str,
    area: "Area",
    address: str,
    lon: float | None,
    lat: float | None,
    place: "Place | None",
    keeper: Person | None,
    office_phone: str,
    licence: str,
    chain_link: str,
    organisation: Organisation | None,
) -> None:
    business.name = " ".join(name.split())
    if not business.name:
        raise Refused("name", _("Please enter a name."), field="name")
    if len(business.name) > NAME_MAX:
        raise Refused("name", _("This name is too long: at most %(n)s characters.") % {"n": NAME_MAX}, field="name")
    if trade not in BUSINESSES:
        raise Refused("trade", _("Please choose a trade."), field="trade")
    licence = "".join(licence.split()).upper()
    if licence and not rules.is_licence(licence):
        raise Refused(
            "licence", _("This licence number is not right. Please compare it with the paper."), field="licence"
        )
    business.pinyin, business.initials = (
        text[:most] for text, most in zip(spell(business.name), (240, 80), strict=True)
    )
    business.name_key = name_key(business.name)
    business.trade, business.licence = trade, licence
    business.chain_link = " ".join(chain_link.split())[:40]
    business.address = " ".join(address.split())[:120]
    business.area, business.place, business.keeper, business.organisation = area, place, keeper, organisation
    business.lon, business.lat = (place.lon, place.lat) if place and (lon is None or lat is None) else (lon, lat)
    _set_phone(business, office_phone)


def _set_phone(business: Business, phone: str) -> None:
    if not phone.strip():
        business.phone_cipher = business.phone_index = None
        return
    normal = normal_phone(phone)
    if normal is None:
        sentence = _("This is not a phone number. Enter 11 digits, or a landline with its area code.")
        raise Refused("phone", sentence, field="office_phone")
    business.phone_cipher = crypto.encrypt(normal, f"business.phone:{business.pk}")
    business.phone_index = crypto.blind_index("phone", normal)


def _save(business: Business, *, insert: bool) -> None:
    """Two clerks who enter the same shop at once: the database lets one of them through."""
    try:
        with transaction.atomic():
            business.save(force_insert=insert)
    except IntegrityError as error:
        if "people_business_once" not in str(error) and "people_business.area_id" not in str(error):
            raise
        sentence = _("A shop of this name is already in the register at this address.")
        raise Refused("double", sentence, field="name", status=409) from error
