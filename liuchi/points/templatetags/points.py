"""How lines of the books are said."""

from collections.abc import Mapping
from datetime import datetime

from django import template
from django.utils import formats
from django.utils.translation import gettext as _

from liuchi.points import queries, rules
from liuchi.points.models import Entry

register = template.Library()


@register.filter
def what(line: Entry) -> str:
    """Why points came or went."""
    transfer = line.transfer
    gift = transfer.reservation.gift.name if transfer.reservation else ""
    if transfer.kind == "award":
        return queries.label_of(transfer.event)
    said = {
        "reserve": _("Reserved: %(gift)s"),
        "cancel": _("Given back: %(gift)s"),
        "expire": _("Not picked up in time: %(gift)s"),
    }
    return said.get(transfer.kind, "%(gift)s") % {"gift": gift}


@register.filter
def at(found: Mapping[str, str], name: str) -> str:
    """What stands under a name that the page makes up."""
    return found.get(name, "")


@register.filter
def signed(amount: int) -> str:
    """+5 or −10."""
    return f"+{amount}" if amount > 0 else f"−{-amount}"


@register.filter
def difference(amount: int) -> str:
    """+5, −10 or ±0."""
    return signed(amount) if amount else "±0"


@register.filter
def last_day(expires_at: datetime) -> str:
    """The last day of a reservation, which ends with its midnight."""
    return formats.date_format(expires_at.astimezone(rules.PLACE_ZONE) - rules.DAY / 2, "MONTH_DAY_FORMAT")
