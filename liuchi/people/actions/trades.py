"""The lists of trades as the desk wants them: added, renamed, no longer offered. Nothing that was used is ever deleted."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records
from liuchi.people.acting import acting
from liuchi.people.models import Trade
from liuchi.people.registers.trades import LISTS, STAMP
from liuchi.people.sheets.columns import spoken
from liuchi.territory import stamps

LONGEST = 20


def add_trade(ctx: Context, kind: str, name: str) -> Trade:
    """A trade of one's own. kind: of registers.trades.LISTS. Raises Refused("name" | "not_yours")."""
    return _write(acting(ctx, "registers.trades"), kind, "", "trade.added", name=_checked(kind, "", name))


def rename_trade(ctx: Context, kind: str, code: str, name: str) -> Trade:
    """Another name for a trade; entries of the past have it from now on, too. Raises Refused("name" | "not_yours")."""
    return _write(acting(ctx, "registers.trades"), kind, code, "trade.renamed", name=_checked(kind, code, name))


def offer_trade(ctx: Context, kind: str, code: str, offered: bool) -> Trade:
    """Whether a trade can be chosen for something new; what has it keeps it. Raises Refused("last" | "not_yours")."""
    ctx = acting(ctx, "registers.trades")
    if not offered and set(LISTS[kind].offered()) <= {code}:
        raise Refused("last", _("At least one must remain to choose from."), status=409)
    return _write(ctx, kind, code, "trade.offered" if offered else "trade.ended", offered=offered)


def _checked(kind: str, code: str, name: str) -> str:
    name = " ".join(name.replace("\x00", "").split())
    if not 0 < len(name) <= LONGEST:
        raise Refused("name", _("Please give it a name of at most 20 characters."), field="name")
    if any(name.lower() in spoken(label) for other, label in LISTS[kind].items() if other != code):
        raise _taken()
    return name


def _write(ctx: Context, kind: str, code: str, verb: str, **values: object) -> Trade:
    with transaction.atomic():
        trade = (
            Trade.objects.select_for_update(of=("self",)).select_related("record").filter(kind=kind, code=code).first()
        )
        if trade is None:
            record = records.create("trade")
            trade = Trade(record=record, kind=kind, code=code or f"own_{record.pk.hex[-12:]}")
        for name, value in values.items():
            setattr(trade, name, value)
        try:
            with transaction.atomic():
                trade.save()
        except IntegrityError as error:  # two at the same moment
            raise _taken() from error
        stamps.touch(STAMP)
        LISTS[kind].look_again()
        journal.write(ctx, trade.record, verb, {"list": kind, "code": trade.code})
    return trade


def _taken() -> Refused:
    return Refused("name", _("There is already one of this name."), field="name")
