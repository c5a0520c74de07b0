"""The one way by which something moves in the books. Everything else here calls `post`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Subquery

from liuchi.kernel.context import Context
from liuchi.points import rules
from liuchi.points.models import Account, Entry, Transfer

Leg = tuple[Account, int]
# number and balance of an account's newest line
Last = tuple[int, int]


class BadTransfer(Exception):
    """A transfer that would not leave the books right. Nobody should ever see it: the actions ask before."""


def account(
    kind: str,
    *,
    person: UUID | None = None,
    event: str = "",
    gift: UUID | None = None,
    window: UUID | None = None,
    day: date | None = None,
) -> Account:
    """The account of this name, opened at first need."""
    key = rules.account_key(kind, person=person, event=event, gift=gift, window=window, day=day)
    found, _new = Account.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind, "person_id": person, "event": event, "gift_id": gift, "window_id": window, "day": day,
        },
    )  # fmt: skip
    return found


def lock(accounts: Collection[Account]) -> None:
    """Takes the accounts for this transaction, in the order that everybody takes them in. Without their keys: a transfer that
    only names an account (its holder) must not wait for it, out of that order."""
    list(
        Account.objects.select_for_update(no_key=True)
        .filter(pk__in=[one.pk for one in accounts])
        .order_by("pk")
        .values_list("pk")
    )


def last_lines(accounts: Collection[Account | int]) -> dict[int, Last]:
    """(number, balance) of the newest line of each account; (0, 0) where there is none. Lock the accounts first, in a
    statement of its own: what waited for a lock still sees what was there before."""
    newest = Entry.objects.filter(account=OuterRef("pk")).order_by("-number")
    rows = Account.objects.filter(pk__in=[one if isinstance(one, int) else one.pk for one in accounts]).values_list(
        "pk", Subquery(newest.values("number")[:1]), Subquery(newest.values("balance")[:1])
    )
    return {pk: (number or 0, balance or 0) for pk, number, balance in rows}


def post(ctx: Context, kind: str, legs: Sequence[Leg], amount: int, **about: Any) -> Transfer:
    """Moves something, inside the transaction of the caller, who has locked the accounts. about: other fields of Transfer.

    Raises BadTransfer if the legs don't sum to zero or something would fall below zero; the database refuses it as well.
    """
    assert connection.in_atomic_block
    wrong = rules.unbalanced(
        ("points" if one.kind in rules.POINT_ACCOUNTS else one.gift_id, moved) for one, moved in legs
    )
    if wrong:
        raise BadTransfer(f"{kind}: {wrong}")
    last = last_lines([one for one, _moved in legs])
    entries = []
    for one, moved in legs:
        number, balance = last[one.pk]
        source = one.kind in rules.SOURCES
        if balance + moved < 0 and not source:
            raise BadTransfer(f"{kind}: {one} would fall below zero")
        entries.append(Entry(account=one, number=number + 1, amount=moved, balance=balance + moved, source=source))
    about.setdefault("day", rules.local_day(ctx.at))
    transfer = Transfer.objects.create(kind=kind, at=ctx.at, amount=amount, **about)
    for entry in entries:
        entry.transfer = transfer
    Entry.objects.bulk_create(entries)
    return transfer


def reverse(ctx: Context, kind: str, done: Transfer) -> Transfer:
    """Undoes a transfer by its opposite. A second time is impossible: the database keeps one reversal for each."""
    legs = [(entry.account, -entry.amount) for entry in done.entries.select_related("account")]
    lock([one for one, _moved in legs])
    return post(
        ctx, kind, legs, done.amount, holder_id=done.holder_id, reservation_id=done.reservation_id, reversal_of=done
    )
