"""Reads: one's own points, and what there is to have. Figures of a period are in `figures`.

A balance is asked for by its holder alone: every query here that knows one begins with the person who asks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import IntegerField, OuterRef, QuerySet, Subquery

from liuchi.kernel.media import queries as media
from liuchi.people.models import Consent
from liuchi.points import events
from liuchi.points.actions.awards import PURPOSE, in_force
from liuchi.points.models import Account, Entry, Gift, Reservation, RuleSet, Statement, Window

PAGE = 30
State = Reservation.State


# --- one's own -------------------------------------------------------------------------------------------------------


def is_on(person_id: UUID) -> bool:
    """Whether somebody collects points now."""
    return Consent.objects.filter(person=person_id, purpose=PURPOSE, withdrawn_at=None).exists()


def account_of(person_id: UUID) -> tuple[int | None, int]:
    """(account, balance) of the person who asks; (None, 0) before the first point. One query."""
    newest = Entry.objects.filter(account=OuterRef("pk")).order_by("-number").values("balance")[:1]
    found = Account.objects.filter(person=person_id).values_list("pk", Subquery(newest)).first()
    return (found[0], found[1] or 0) if found else (None, 0)


def history(account_id: int | None, before: int | None = None) -> list[Entry]:
    """A page of an account's lines, the newest first; before: the number of the line that ended the page before."""
    if account_id is None:
        return []
    lines = Entry.objects.filter(account=account_id).select_related("transfer__reservation__gift")
    if before:
        lines = lines.filter(number__lt=before)
    return list(lines.order_by("-number")[: PAGE + 1])


def abouts(person_id: UUID, lines: Iterable[Entry]) -> dict[UUID, events.About]:
    """Which thing each line of the person who asks was for, as far as the app that knows it says: thing -> about. One query
    for each event among them."""
    things: dict[str, set[UUID]] = {}
    for line in lines:
        if line.transfer.thing:
            things.setdefault(line.transfer.event, set()).add(line.transfer.thing)
    known = events.events()
    found: dict[UUID, events.About] = {}
    for event, some in things.items():
        if event in known and (say := known[event].about):
            found.update(say(person_id, some))
    return found


def open_reservations(account_id: int | None) -> list[Reservation]:
    """What waits for somebody, the first to expire first."""
    if account_id is None:
        return []
    mine = Reservation.objects.filter(holder=account_id, state=State.OPEN)
    return list(mine.select_related("gift", "window").order_by("expires_at"))


def reservations_of(person_id: UUID | None) -> QuerySet[Reservation]:
    """All reservations of the person who asks."""
    if person_id is None:
        return Reservation.objects.none()
    return Reservation.objects.filter(holder__person=person_id).select_related("gift", "window", "record")


def statements_of(person_id: UUID | None) -> QuerySet[Statement]:
    """All statements of the person who asks."""
    if person_id is None:
        return Statement.objects.none()
    mine = Statement.objects.filter(person=person_id).exclude(state=Statement.State.TAKEN_BACK)
    return mine.select_related("area", "record", "person", "shown_to")


def rules_on(day: date) -> RuleSet | None:
    """The rules that count on a day."""
    published = RuleSet.objects.filter(state=RuleSet.State.PUBLISHED).order_by("-valid_from")
    return in_force(list(published.prefetch_related("rules")), day)


def label_of(event: str) -> str:
    """How an event is called; its key when the app that knew it is gone."""
    known = events.events().get(event)
    return str(known.label) if known else event


# --- the shop window -------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Left:
    """How many pieces a window has of a gift: free to take, reserved."""

    window: Window
    free: int = 0
    reserved: int = 0

    @property
    def lying(self) -> int:
        return self.free + self.reserved


def stock(gifts: Collection[UUID] = (), windows: Collection[UUID] = ()) -> dict[tuple[UUID, UUID], tuple[int, int]]:
    """(gift, window) -> (free, reserved), for the gifts or the windows that are named. One query."""
    newest = Entry.objects.filter(account=OuterRef("pk")).order_by("-number").values("balance")[:1]
    accounts = Account.objects.filter(kind__in=("free", "reserved"))
    if gifts:
        accounts = accounts.filter(gift__in=gifts)
    if windows:
        accounts = accounts.filter(window__in=windows)
    found: dict[tuple[UUID, UUID], tuple[int, int]] = {}
    for gift, window, kind, balance in accounts.values_list(
        "gift_id", "window_id", "kind", Subquery(newest, output_field=IntegerField())
    ):
        free, reserved = found.get((gift, window), (0, 0))  # type: ignore[arg-type]
        found[gift, window] = (balance or 0, reserved) if kind == "free" else (free, balance or 0)  # type: ignore[index]
    return found


@dataclass(slots=True)
class Offer:
    """A gift as the shop window shows it. left: windows that are open, those with pieces first."""

    gift: Gift
    picture: str = ""
    left: list[Left] = field(default_factory=list)

    @property
    def free(self) -> int:
        return sum(one.free for one in self.left)


def offers(gifts: Iterable[Gift]) -> list[Offer]:
    """Gifts with pictures and what is left at the open windows; three queries."""
    found = {gift.pk: Offer(gift) for gift in gifts}
    windows = {window.pk: window for window in Window.objects.filter(open=True)}
    for (gift, window), (free, reserved) in stock(list(found)).items() if found else ():
        if gift in found and window in windows:
            found[gift].left.append(Left(windows[window], free, reserved))
    for record, pictures in media.of_records(found).items():
        found[record].picture = media.url(pictures[0], "shown")
    for offer in found.values():
        offer.left.sort(key=lambda one: (one.free == 0, one.window.name))
    return list(found.values())


def shop() -> list[Offer]:
    """What can be had now, what is left first."""
    return sorted(offers(Gift.objects.filter(open=True)), key=lambda one: (one.free == 0, one.gift.cost, one.gift.name))
