"""Gifts, windows, and what lies at each window."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.media import actions as media
from liuchi.kernel.records import actions as records
from liuchi.kernel.venues import venue as place_of
from liuchi.people.acting import acting
from liuchi.points import rules
from liuchi.points.models import Gift, Window
from liuchi.territory.models import Area, Place


def make_gift(
    ctx: Context,
    *,
    name: str,
    cost: int,
    kind: str = Gift.Kind.GIFT,
    words: str = "",
    per_month: int | None = None,
    open: bool = True,
    picture: UUID | None = None,
) -> Gift:
    """A new gift or service in the shop window. picture: key of an upload. Raises Refused("name" | "cost" | "per_month"), and as all here "not_yours"."""
    ctx = acting(ctx, "points.gifts")
    given = _checked_gift(name=name, cost=cost, kind=kind, words=words, per_month=per_month, open=open)
    try:
        with transaction.atomic():
            gift = Gift.objects.create(record=records.create("points_gift"), **given)
            facts: dict[str, Any] = {"points": gift.cost, "kind": gift.kind, "open": gift.open}
            if picture:
                facts["media"] = [str(one.pk) for one in media.attach([picture], gift.record)]
            journal.write(ctx, gift.record, "points.gift_made", facts)
    except IntegrityError:
        raise _name_taken()
    return gift


def change_gift(ctx: Context, gift: Gift, *, picture: UUID | None = None, **values: Any) -> Gift:
    """Changes what is given. What is reserved keeps the cost it was reserved at."""
    ctx = acting(ctx, "points.gifts")
    now = {name: getattr(gift, name) for name in ("name", "cost", "kind", "words", "per_month", "open")}
    given = _checked_gift(**(now | values))
    changed = sorted(name for name, value in given.items() if value != now[name])
    if not changed and not picture:
        return gift
    try:
        with transaction.atomic():
            for name in changed:
                setattr(gift, name, given[name])
            gift.save()
            facts: dict[str, Any] = {"changed": changed, "points": gift.cost, "open": gift.open}
            if picture:
                media.remove(gift.record.media.all())
                facts["media"] = [str(one.pk) for one in media.attach([picture], gift.record)]
            journal.write(ctx, gift.record, "points.gift_changed", facts)
    except IntegrityError:
        raise _name_taken()
    return gift


def _checked_gift(**given: Any) -> dict[str, Any]:
    given["name"] = str(given["name"]).replace("\x00", "").strip()
    given["words"] = str(given["words"]).replace("\x00", "").strip()[:200]
    if not 0 < len(given["name"]) <= 40:
        raise Refused("name", _("Please give it a name of at most 40 characters."), field="name")
    if not 0 < given["cost"] <= rules.MOST_COST:
        raise Refused("cost", _("It must cost at least one point."), field="cost")
    if given["per_month"] is not None and given["per_month"] < 1:
        raise Refused("per_month", _("At least one a month; leave it empty for no limit."), field="per_month")
    return given


def _name_taken() -> Refused:
    return Refused("name", _("There is already one of this name."), field="name")


def open_window(
    ctx: Context,
    *,
    name: str,
    area: Area,
    venue: Place | None = None,
    address: str = "",
    hours: str = "",
    phone: str = "",
    point: UUID | None = None,
    keep_days: int = 7,
    open: bool = True,
) -> Window:
    """A new window. point: the record of the place where it is. Raises Refused("name" | "area" | "keep_days" | "point")."""
    ctx, given = _checked_window(
        ctx, name=name, area=area, venue=venue, address=address, hours=hours, phone=phone, point_id=point,
        keep_days=keep_days, open=open,
    )  # fmt: skip
    try:
        with transaction.atomic():
            window = Window.objects.create(record=records.create("points_window", area.pk), **given)
            journal.write(ctx, window.record, "points.window_opened", {"keep_days": window.keep_days})
    except IntegrityError:
        raise _name_taken()
    return window


def change_window(ctx: Context, window: Window, **values: Any) -> Window:
    """Changes what is given. Closed, it takes no new reservations; what waits there can still be picked up."""
    acting(ctx, "points.stock", window)
    if "point" in values:
        values["point_id"] = values.pop("point")
    names = ("name", "area", "venue", "address", "hours", "phone", "point_id", "keep_days", "open")
    now = {name: getattr(window, name) for name in names}
    ctx, given = _checked_window(ctx, **(now | values))
    changed = sorted(name for name, value in given.items() if value != now[name])
    if not changed:
        return window
    try:
        with transaction.atomic():
            for name in changed:
                setattr(window, name, given[name])
            window.save()
            records.move(window.record, window.area_id)
            journal.write(ctx, window.record, "points.window_changed", {"changed": changed, "open": window.open})
    except IntegrityError:
        raise _name_taken()
    return window


def _checked_window(ctx: Context, **given: Any) -> tuple[Context, dict[str, Any]]:
    for name, longest in (("name", 60), ("address", 120), ("hours", 80), ("phone", 40)):
        given[name] = str(given[name]).replace("\x00", "").strip()[:longest]
    if not given["name"]:
        raise Refused("name", _("Please give it a name."), field="name")
    if given["point_id"] and place_of(given["point_id"], ctx.at) is None:
        raise Refused("point", _("This place is not on the map any more. Please choose another."), field="point")
    if not 1 <= given["keep_days"] <= 60:
        raise Refused("keep_days", _("A reservation is kept for 1 to 60 days."), field="keep_days")
    try:
        ctx = acting(ctx, "points.stock", Window(area=given["area"]))
    except Refused as refused:
        sentence = _("Your post does not reach that far. Choose an area of yours.")
        raise Refused("area", sentence, field="area", status=403) from refused
    return ctx, given
