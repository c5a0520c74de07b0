"""An admission as friendly shop or service corner brings a service point into being, and ends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuchi.kernel import granting
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.people.models import Business
from liuchi.places import actions, rules
from liuchi.places.models import ServicePoint
from liuchi.places.services import services
from liuchi.territory.models import Area, Place


def make(ctx: Context, granted: granting.Granted) -> UUID:
    """Puts the shop or corner on the map. settings: ``kind`` (shop, corner, station), ``level``; answers: ``name``,
    ``services`` (codes), ``hours`` (as people write them), ``address``, ``place`` (territory.Place), ``lon``, ``lat``,
    ``centre`` (the mall around it), ``inside`` or ``directions`` (where in the shop), ``about``.
    A business of which there already is a point of this kind gets no second one."""
    answers, settings = granted.answers, granted.settings
    kind = str(settings.get("kind") or "shop")
    business = Business.objects.select_related("area", "place").filter(pk=granted.business).first()
    if business is not None:
        there = ServicePoint.objects.filter(business=business, kind=kind, closed_on=None).first()
        if there is not None:
            return there.pk
    try:
        hours = rules.read_spans(str(answers.get("hours") or ""))
    except rules.BadHours as error:
        raise Refused("hours", _("These hours can't be: %(part)s.") % {"part": error}, field="hours") from error
    place = _place(answers) or (business.place if business else None)
    area = Area.objects.filter(pk=granted.area).first() if granted.area else (business.area if business else None)
    lon, lat = _degrees(answers.get("lon")), _degrees(answers.get("lat"))
    if (lon is None or lat is None) and place is None and business is not None:
        lon, lat = business.lon, business.lat
    if (lon is None or lat is None) and place is None and area is not None:
        lon, lat = area.lon, area.lat  # the middle of its area, until somebody puts it where it is
    wanted = actions.Wanted(
        name=str(answers.get("name") or (business.name if business else granted.title)),
        kind=kind,
        lon=lon,
        lat=lat,
        area=area,
        place=place,
        address=str(answers.get("address") or (business.address if business else "")),
        directions=_words(answers.get("directions")) or _words(answers.get("inside")),
        inside=_words(answers.get("centre")),
        about=str(answers.get("about") or ""),
        level=int(settings.get("level") or 0),
        business=business,
        services=dict.fromkeys(codes_of(answers.get("services")), ""),
        week=(hours,) * 7,
        opened_on=granted.begins,
    )
    # who may admit was asked by the admission: what it grants is put down by the house itself
    return actions.enter_point(trusted(ctx), wanted).pk


def end(ctx: Context, record_id: UUID) -> None:
    """Takes it off the map; a second time changes nothing."""
    if ServicePoint.objects.filter(pk=record_id, closed_on=None).exists():
        actions.close_point(trusted(ctx), record_id)


def trusted(ctx: Context) -> Context:
    """The same person and time, in the name of the house."""
    return ctx if ctx.trusted else replace(ctx, channel="system")


def codes_of(said: Any) -> list[str]:
    """Codes, or names in either language, from a list or from words."""
    parts = said if isinstance(said, list | tuple) else str(said or "").replace("、", ",").replace("，", ",").split(",")
    by_name = {name: code for code, one in services().items() for name in one.names}
    found = (by_name.get(str(part).strip().lower()) for part in parts)
    return list(dict.fromkeys(code for code in found if code))


def _place(answers: Mapping[str, Any]) -> Place | None:
    try:
        wanted = UUID(str(answers.get("place") or ""))
    except ValueError:
        return None
    return Place.objects.filter(pk=wanted).first()


def _words(said: Any) -> str:
    """What was written; nothing for what is no text."""
    return said if isinstance(said, str) else ""


def _degrees(said: Any) -> float | None:
    try:
        return float(said)
    except (TypeError, ValueError):
        return None


def register_all() -> None:
    """Called when the program starts."""
    granting.register("service_point", granting.Kind(gettext_lazy("A place on the map"), make, end))
