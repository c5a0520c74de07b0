"""Entering, changing and giving up a service point."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from liuchi.kernel import geo
from liuchi.kernel.access import Target
from liuchi.kernel.context import CHINA, Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.media import actions as media
from liuchi.kernel.records import actions as records
from liuchi.people.models import Business, Organisation, Person
from liuchi.places import rules
from liuchi.places.actions.acting import acting, locked_open
from liuchi.places.models import Keeping, Offer, ServicePoint
from liuchi.places.services import services
from liuchi.territory import queries as territory
from liuchi.territory.models import Area, Place

LONGEST = {"name": 80, "address": 160, "directions": 200, "inside": 80, "about": 400, "phone": 40}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A point as somebody wants it to be. Degrees are WGS-84; without an area it is the one around the spot; services:
    code -> note; week: spans of seven days from Monday (`rules.Span`); days_off: of official days off, None: as usual;
    floor_area in square metres; media: the phone's own keys of pictures that were sent before."""

    name: str
    kind: str = "station"
    lon: float | None = None
    lat: float | None = None
    area: Area | None = None
    place: Place | None = None
    address: str = ""
    directions: str = ""
    inside: str = ""
    about: str = ""
    phone: str = ""
    floor_area: Decimal | None = None
    capacity: int | None = None
    level: int = 0
    unit: Organisation | None = None
    business: Business | None = None
    services: Mapping[str, str] = field(default_factory=dict)
    week: Sequence[rules.Spans] = ((),) * 7
    days_off: rules.Spans | None = None
    opened_on: date | None = None
    media: Sequence[UUID] = ()


def enter_point(ctx: Context, wanted: Wanted) -> ServicePoint:
    """Puts a point on the map. Raises Refused(name | kind | spot | services | hours | double | not_yours)."""
    facts, area = checked(wanted)
    ctx = acting(ctx, "places.edit", Target(area_first=area.first))
    with transaction.atomic():
        record = records.create("service_point", area_id=area.pk)
        _refuse_second(wanted)
        point = ServicePoint(
            record=record, code=_free_code(), opened_on=wanted.opened_on or ctx.at.astimezone(CHINA).date(), **facts
        )
        _save(point, force_insert=True)
        Offer.objects.bulk_create(
            Offer(point=point, service=code, note=note.strip()[:80]) for code, note in wanted.services.items()
        )
        attached = media.attach(wanted.media, record) if wanted.media else []
        journal.write(ctx, record, "place.entered", _told(point, wanted, attached))
    return point


def change_point(ctx: Context, point_id: UUID, wanted: Wanted, *, expect: int | None = None) -> ServicePoint:
    """Makes a point as it is wanted; expect: the version that the person had before their eyes. Raises as enter_point, and
    Refused("changed") if somebody else was faster."""
    facts, area = checked(wanted)
    with transaction.atomic():
        point = locked_open(point_id)
        ctx = acting(ctx, "places.edit", point)
        if area.pk != point.area_id:
            acting(ctx, "places.edit", Target(area_first=area.first))
        if (wanted.business, wanted.kind) != (point.business, point.kind):
            _refuse_second(wanted, but=point.pk)
        for name, value in facts.items():
            setattr(point, name, value)
        point.opened_on = wanted.opened_on or point.opened_on
        _save(point)
        records.move(point.record, area.pk)
        point.offers.exclude(service__in=wanted.services).delete()
        for code, note in wanted.services.items():
            Offer.objects.update_or_create(point=point, service=code, defaults={"note": note.strip()[:80]})
        attached = media.attach(wanted.media, point.record) if wanted.media else []
        journal.write(ctx, point.record, "place.changed", _told(point, wanted, attached), expect=expect)
    return point


def close_point(ctx: Context, point_id: UUID, *, closed_on: date | None = None) -> ServicePoint:
    """Gives a point up, from the day of the context on if none is said. What was counted there stays."""
    with transaction.atomic():
        point = locked_open(point_id)
        ctx = acting(ctx, "places.edit", point)
        point.closed_on = max(closed_on or ctx.at.astimezone(CHINA).date(), point.opened_on)
        point.said, point.said_at, point.said_until = "", None, None
        point.save(update_fields=["closed_on", "said", "said_at", "said_until"])
        point.keepings.all().delete()
        journal.write(ctx, point.record, "place.given_up", {"closed_on": point.closed_on.isoformat()})
    return point


def set_keepers(ctx: Context, point_id: UUID, persons: Iterable[Person]) -> None:
    """Who keeps the point, besides the office's own people. Raises Refused("keepers") for somebody who was erased."""
    wanted = {person.pk: person for person in persons}
    if any(person.erased_at for person in wanted.values()):
        raise Refused("keepers", _("This person is no longer here. Please choose somebody else."), field="keepers")
    with transaction.atomic():
        point = locked_open(point_id)
        ctx = acting(ctx, "places.edit", point)
        before = set(point.keepings.values_list("person_id", flat=True))
        if before == set(wanted):
            return
        point.keepings.filter(person_id__in=before - set(wanted)).delete()
        Keeping.objects.bulk_create(Keeping(point=point, person_id=person) for person in wanted if person not in before)
        journal.write(ctx, point.record, "place.keepers_set", {"keepers": len(wanted)})


def checked(wanted: Wanted) -> tuple[dict[str, Any], Area]:
    """Its columns and its area. Raises Refused for what can't be, as `enter_point`; writes nothing."""
    facts: dict[str, Any] = {
        name: " ".join(str(getattr(wanted, name)).split())[:most] for name, most in LONGEST.items()
    }
    if not facts["name"]:
        raise Refused("name", _("Please enter a name."), field="name")
    if len(" ".join(wanted.name.split())) > LONGEST["name"]:
        raise Refused(
            "name", _("This name is too long: at most %(n)s characters.") % {"n": LONGEST["name"]}, field="name"
        )
    if wanted.kind not in dict(ServicePoint.KINDS):
        raise Refused("kind", _("Please choose what kind of place it is."), field="kind")
    lon, lat = wanted.lon, wanted.lat
    if (lon is None or lat is None) and wanted.place is not None:
        lon, lat = wanted.place.lon, wanted.place.lat
    if lon is None or lat is None or not geo.is_position(lon, lat):
        raise Refused("spot", _("Please tap on the map where it is."), field="spot")
    if unknown := [code for code in wanted.services if code not in services()]:
        raise Refused(
            "services", _("“%(code)s” is not in the list of services.") % {"code": unknown[0]}, field="services"
        )
    area = wanted.area or territory.area_at(lon, lat)
    if area is None:
        raise Refused("area", _("This spot lies in no area that we know. Please choose the area."), field="area")
    try:
        week = [[list(span) for span in rules.joined(day)] for day in wanted.week]
        days_off = None if wanted.days_off is None else [list(span) for span in rules.joined(wanted.days_off)]
    except rules.BadHours as error:
        raise Refused("hours", _("These hours can't be: %(part)s.") % {"part": error}, field="week") from error
    facts |= {
        "kind": wanted.kind, "lon": lon, "lat": lat, "area": area, "place": wanted.place, "floor_area": wanted.floor_area,
        "capacity": wanted.capacity, "level": wanted.level, "unit": wanted.unit, "business": wanted.business, "week": week,
        "days_off": days_off,
    }  # fmt: skip
    return facts, area


def _refuse_second(wanted: Wanted, but: UUID | None = None) -> None:
    """A shop of the register is one point of a kind; who ties it waits for whoever ties it at this moment."""
    if wanted.business is None:
        return
    Business.objects.select_for_update().get(pk=wanted.business.pk)
    there = (
        ServicePoint.objects.filter(business=wanted.business, kind=wanted.kind, closed_on=None).exclude(pk=but).first()
    )
    if there is not None:
        sentence = _("This shop is on the map already: “%(name)s”. Open that one in the list.")
        raise Refused("business", sentence % {"name": there.name}, field="business_name", status=409)


def _save(point: ServicePoint, *, force_insert: bool = False) -> None:
    try:
        with transaction.atomic():
            point.save(force_insert=force_insert)
    except IntegrityError as error:
        if "places_point_once" not in str(error) and "places_point.area_id" not in str(error):
            raise
        raise Refused(
            "double",
            _("There is already such a place of this name here. Open it in the list, or give this one another name."),
            field="name",
            status=409,
        ) from error


def _free_code() -> str:
    """A short code that no point has: 30^6 of them, so two tries are many."""
    while True:
        code = "".join(secrets.choice(rules.LETTERS) for _place in range(6))
        if not ServicePoint.objects.filter(code=code).exists():
            return code


def _told(point: ServicePoint, wanted: Wanted, attached: Sequence[Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "kind": point.kind, "services": sorted(wanted.services), "week": point.week, "days_off": point.days_off,
        "level": point.level, "unit": str(point.unit_id) if point.unit_id else None,
        "business": str(point.business_id) if point.business_id else None,
    }  # fmt: skip
    if attached:
        facts["media"] = [str(one.pk) for one in attached]
    return facts
