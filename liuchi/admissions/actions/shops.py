"""A shop that applies and is not in the register yet: written down with the application, entered when it is approved.

So nobody fills the register by applying, nor becomes the keeper of a shop that nobody went to see."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from liuchi.admissions.actions.acting import answers_of
from liuchi.admissions.models import Application
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.people.actions.businesses import NAME_MAX, register_business
from liuchi.people.models import Business
from liuchi.people.registers.trades import BUSINESSES
from liuchi.territory.models import Area


@dataclass(frozen=True, slots=True)
class NewShop:
    """What its keeper says of it. trade: a code of people.registers.trades."""

    name: str
    area: Area
    trade: str = "other"
    address: str = ""


def write_down(application: Application, shop: NewShop) -> None:
    """Keeps it with the application. Raises Refused("shop") where it stands in the register already: then whoever keeps it
    applies, or the community enters who does."""
    name, address = " ".join(shop.name.split()), " ".join(shop.address.split())[:120]
    if not name:
        raise Refused("shop", _("Please enter the name of the shop."), field="shop_name")
    if len(name) > NAME_MAX:
        raise Refused("shop", _("This is too long. Please say it shorter."), field="shop_name")
    if shop.trade not in BUSINESSES:
        raise Refused("shop", _("Please choose from the list."), field="shop_trade")
    application.shop_name, application.area = name, shop.area
    application.shop = {"trade": shop.trade, "address": address, "area": shop.area.pk}
    if _registered(application):
        sentence = _(
            "This shop is in the register already. Ask your community to enter you as its keeper, then choose it here."
        )
        raise Refused("shop", sentence, field="shop_name", status=409)


def entered(ctx: Context, application: Application) -> Business:
    """The shop in the register, with who applied as its keeper: the desk has just approved it. Raises Refused("shop") if
    somebody entered it meanwhile under another keeper."""
    there = _registered(application)
    if there is not None:
        if there.keeper_id == application.person_id:
            return there
        sentence = _(
            "%(shop)s is in the register of shops by now, under another keeper. Look there who keeps it, then decide."
        )
        raise Refused("shop", sentence % {"shop": application.shop_name}, status=409)
    return register_business(
        ctx,
        name=application.shop_name,
        trade=application.shop["trade"],
        area=Area.objects.get(pk=application.shop["area"]),
        address=application.shop["address"],
        keeper=application.person,
        consent=bool(answers_of(application).get("shown")),
    )


def _registered(application: Application) -> Business | None:
    """The open entry of the same name at the same address."""
    said = application.shop
    return Business.objects.filter(
        area=said["area"], name=application.shop_name, address=said["address"], closed_on=None
    ).first()
