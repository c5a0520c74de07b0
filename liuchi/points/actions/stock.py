"""What lies at each window: pieces come in, and are counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.people.acting import acting
from liuchi.points import rules
from liuchi.points.actions.books import account, last_lines, lock, post
from liuchi.points.models import Account, Gift, Window


@dataclass(frozen=True, slots=True)
class Counted:
    """A gift of which so many pieces lie at a window, those reserved among them; why it differs from the books."""

    gift: Gift
    pieces: int
    reason: str = ""


class WrongCounts(Exception):
    """Lines of a stocktaking that can't be booked: gift -> what is wrong. Nothing of it was booked."""

    def __init__(self, lines: dict[Gift, Refused]) -> None:
        super().__init__(f"{len(lines)} lines")
        self.lines = lines


def stock_in(ctx: Context, window: Window, gift: Gift, pieces: int) -> None:
    """入库: pieces come to a window. Raises Refused("pieces")."""
    ctx = acting(ctx, "points.stock", window)
    if not 0 < pieces <= rules.MOST_PIECES:
        raise Refused("pieces", _("How many pieces came? At least one."), field="pieces")
    with transaction.atomic():
        supply = account("supply", gift=gift.pk, window=window.pk)
        free = account("free", gift=gift.pk, window=window.pk)
        lock([supply, free])
        post(ctx, "stock_in", [(supply, -pieces), (free, pieces)], pieces)
        journal.write(ctx, window.record, "points.stock_in", {"gift": str(gift.pk), "pieces": pieces})


def count_stock(ctx: Context, window: Window, gift: Gift, counted: int, reason: str = "") -> int:
    """盘点 of one gift; returns the difference that was booked. Raises Refused("counted": fewer than are reserved | "reason")."""
    try:
        return take_stock(ctx, window, [Counted(gift, counted, reason)])[gift]
    except WrongCounts as wrong:
        raise wrong.lines[gift] from wrong


def take_stock(ctx: Context, window: Window, lines: Sequence[Counted]) -> dict[Gift, int]:
    """盘点: books the difference of each line with its reason, all of them or none; gift -> difference.

    Raises WrongCounts with a Refused("counted": fewer than are reserved | "reason") for each line that can't be booked.
    """
    ctx = acting(ctx, "points.stock", window)
    lines = sorted(lines, key=lambda line: str(line.gift.pk))
    wrong: dict[Gift, Refused] = {}
    moved: dict[Gift, int] = {}
    with transaction.atomic():
        books = {
            line.gift: tuple(
                account(kind, gift=line.gift.pk, window=window.pk) for kind in ("free", "reserved", "counted")
            )
            for line in lines
        }
        lock([one for some in books.values() for one in some])
        for line in lines:
            try:
                moved[line.gift] = _count(ctx, window, line, *books[line.gift])
            except Refused as refused:
                wrong[line.gift] = refused
        if wrong:
            raise WrongCounts(wrong)
    return moved


def _count(ctx: Context, window: Window, line: Counted, free: Account, reserved: Account, difference: Account) -> int:
    last = last_lines([free, reserved])
    waiting = last[reserved.pk][1]
    if not 0 <= line.pieces <= rules.MOST_PIECES:
        raise Refused("counted", _("Please write the number of pieces that lie there."), field="counted")
    if line.pieces < waiting:
        sentence = ngettext(
            "%(count)s piece waits for somebody here. If it is gone, bring one before you count.",
            "%(count)s pieces wait for people here. If some are gone, bring others before you count.",
            waiting,
        )
        raise Refused("counted", sentence % {"count": waiting}, field="counted")
    moved = line.pieces - waiting - last[free.pk][1]
    if moved and line.reason not in rules.REASONS:
        raise Refused("reason", _("It is not what the books say: please choose why."), field="reason")
    facts = {"gift": str(line.gift.pk), "counted": line.pieces, "difference": moved}
    if moved:
        facts["reason"] = line.reason
        post(ctx, "counted", [(difference, -moved), (free, moved)], abs(moved), reason=line.reason)
    journal.write(ctx, window.record, "points.stock_counted", facts)
    return moved
