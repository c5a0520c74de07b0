"""What is told: a gift that was handed over, a reservation that ends soon, one that has ended, a statement that is confirmed. Points that come in are not:
whoever wants to know looks."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import formats
from django.utils.translation import gettext as _

from liuchi import notices
from liuchi.kernel.journal.models import Row
from liuchi.people.registers import news
from liuchi.points import queries, rules
from liuchi.points.models import Gift, Reservation, Statement, Window

Told = tuple[str, str, str]


def register_all() -> None:
    """Called when the program starts."""
    news.register("points", _new_gifts)
    notices.register("points.expiring", _holder, _expiring)
    notices.register("points.handed_over", _holder, _handed, mail=False)
    notices.register("points.expired", _holder, _expired, mail=False)
    notices.register("points.statement_confirmed", _asker, _confirmed, mail=False)


def _new_gifts(begins: datetime, ends: datetime) -> list[news.Fresh]:
    """Gifts that came on the shelf and lie there, where their windows are: for the week's news."""
    made = Row.objects.filter(
        version=1, at__gte=begins, at__lt=ends, record__in=Gift.objects.filter(open=True).values("pk")
    )
    gifts = {gift.pk: gift for gift in Gift.objects.filter(pk__in=made.values("record"))}
    windows = {window.pk: window for window in Window.objects.filter(open=True).select_related("area")} if gifts else {}
    lying = queries.stock(gifts=list(gifts)) if gifts else {}
    return [
        news.Fresh(gifts[gift].name, windows[window].area.first, windows[window].area.last)
        for (gift, window), (free, _reserved) in lying.items()
        if free and window in windows
    ]


def _holder(row: Row) -> set[UUID]:
    found = Reservation.objects.filter(pk=row.record_id).values_list("holder__person", flat=True)
    return {person for person in found if person}


def _expiring(row: Row) -> Told | None:
    one = Reservation.objects.select_related("gift", "window").get(pk=row.record_id)
    if one.state != Reservation.State.OPEN:
        return None
    last = one.expires_at.astimezone(rules.PLACE_ZONE) - rules.DAY / 2
    body = _("At %(window)s, until the evening of %(day)s. After that the points come back to you.")
    said = {"window": one.window.name, "day": formats.date_format(last, "MONTH_DAY_FORMAT")}
    return _("%(gift)s waits for you") % {"gift": one.gift.name}, body % said, f"/points/codes/{one.pk}"


def _expired(row: Row) -> Told:
    one = Reservation.objects.select_related("gift").get(pk=row.record_id)
    body = _("It was not picked up in time. Your %(points)s points are back.") % {"points": one.cost}
    return _("The reservation of %(gift)s has ended") % {"gift": one.gift.name}, body, "/points"


def _handed(row: Row) -> Told | None:
    """Whose code somebody else used learns of it at once."""
    one = Reservation.objects.select_related("gift", "window").get(pk=row.record_id)
    if one.state != Reservation.State.HANDED:
        return None
    body = _("At %(window)s. If it was not you, ask there: it can be undone on the same day.")
    return _("Handed over: %(gift)s") % {"gift": one.gift.name}, body % {"window": one.window.name}, "/points"


def _asker(row: Row) -> set[UUID]:
    return set(Statement.objects.filter(pk=row.record_id, person__isnull=False).values_list("person", flat=True))


def _confirmed(row: Row) -> Told | None:
    one = Statement.objects.get(pk=row.record_id)
    if one.state != Statement.State.CONFIRMED:
        return None
    return _("Your points are confirmed"), _("You can print the sheet or show it."), f"/points/statements/{one.pk}"
