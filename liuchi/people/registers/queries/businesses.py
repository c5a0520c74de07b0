"""The register of shops and firms: lists, and what may be written down twice."""

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from liuchi.kernel import crypto, geo
from liuchi.kernel.links.models import Link
from liuchi.people.access import Actor
from liuchi.people.models import Business
from liuchi.people.phones import normal_phone
from liuchi.people.registers.rules import NEAR, name_key
from liuchi.territory.models import Place
from liuchi.territory.queries import places_found


def seen_by(actor: Actor) -> QuerySet[Business]:
    """The shops and firms that somebody may see."""
    return Business.objects.filter(actor.q("businesses.see")).select_related("record", "area", "keeper")


def found(
    actor: Actor, *, text: str = "", trade: str = "", area: tuple[int, int] | None = None, closed: bool = False
) -> QuerySet[Business]:
    """By name, pinyin, initials, address, a whole phone or licence number; by trade; within an area."""
    shops = seen_by(actor)
    if not closed:
        shops = shops.filter(closed_on=None)
    if trade:
        shops = shops.filter(trade=trade)
    if area:
        shops = shops.filter(area__first__gte=area[0], area__first__lte=area[1])
    text = text.strip()
    if text:
        fits = Q(name__icontains=text) | Q(address__icontains=text) | Q(chain_link__icontains=text)
        letters = text.lower().replace(" ", "")
        if re.fullmatch(r"[a-z0-9]+", letters):
            fits |= Q(initials__startswith=letters) | Q(pinyin__startswith=letters) | Q(licence=letters.upper())
        if normal_phone(text):
            fits |= Q(phone_index=crypto.phone_index(text))
        shops = shops.filter(fits)
    return shops.order_by("pinyin", "pk")


def may_be_shown(path: str = "") -> Q:
    """The condition for that: open, and the keeper said yes. path: to the shop, such as ``business__``."""
    return Q(**{f"{path}closed_on": None, f"{path}consent_at__isnull": False})


def shown_to_public(trade: str = "", area: tuple[int, int] | None = None) -> QuerySet[Business]:
    """Open shops whose keeper said yes to being shown, for pages that everybody sees."""
    shops = Business.objects.filter(may_be_shown())
    if trade:
        shops = shops.filter(trade=trade)
    return shops.filter(area__first__gte=area[0], area__first__lte=area[1]) if area else shops


def present(pk: UUID) -> Business | None:
    """The entry of an id, or the one that it was merged into."""
    shop = Business.objects.filter(pk=pk).first()
    while shop and shop.merged_into_id:
        shop = Business.objects.filter(pk=shop.merged_into_id).first()
    return shop


def place_of(address: str, area: Any) -> Place | None:
    """The place of the map that an address names word for word, within an area."""
    wanted = "".join(address.split())
    for place in places_found(address, limit=5):
        if place.area and area.first <= place.area.first <= area.last and "".join(str(place).split()) == wanted:
            return place
    return None


def like(
    *, name: str, phone: str = "", licence: str = "", lon: float | None = None, lat: float | None = None,
    area: Any = None, but: UUID | None = None,
) -> list[Business]:  # fmt: skip
    """Open shops that may be this one: the same licence, the same phone, or the same name close by."""
    same = Q(pk__in=[])
    if licence:
        same |= Q(licence=licence)
    normal = normal_phone(phone) if phone else None
    if normal:
        same |= Q(phone_index=crypto.blind_index("phone", normal))
    key = name_key(name)
    if key:
        same |= Q(name_key=key)
    shops = Business.objects.filter(same, closed_on=None).exclude(pk=but).select_related("area", "record")[:50]
    return [
        shop
        for shop in shops
        if (licence and shop.licence == licence)
        or (normal and shop.phone_index and bytes(shop.phone_index) == crypto.blind_index("phone", normal))
        or (shop.name_key == key and is_near(shop, lon, lat, area))
    ][:5]


def is_near(shop: Business, lon: float | None, lat: float | None, area: Any) -> bool:
    """Within 150 m, or, where a place on the map is lacking, in the same area or one within the other."""
    if shop.lon is not None and shop.lat is not None and lon is not None and lat is not None:
        return geo.distance(shop.lon, shop.lat, lon, lat) <= NEAR
    if area is None:
        return True
    return bool(shop.area.first <= area.first <= shop.area.last or area.first <= shop.area.first <= area.last)


def doubles(actor: Actor, most: int = 50) -> list[tuple[Business, Business, str]]:
    """Pairs of open shops that look like one, each with why: licence, phone or name. What was said to be two is left out."""
    shops = Business.objects.filter(actor.q("businesses.edit"), closed_on=None)
    pairs: dict[tuple[UUID, UUID], tuple[Business, Business, str]] = {}
    for why, field in (("licence", "licence"), ("phone", "phone_index"), ("name", "name_key")):
        several = (
            shops.exclude(**{field: None}).exclude(**({field: ""} if field != "phone_index" else {}))
            .order_by().values(field).annotate(n=Count("pk")).filter(n__gt=1).values_list(field, flat=True)[:most]
        )  # fmt: skip
        for group in _groups(shops, field, list(several)):
            for at, one in enumerate(group):
                for other in group[at + 1 :]:
                    if why != "name" or is_near(one, other.lon, other.lat, other.area):
                        first, second = sorted((one, other), key=lambda shop: shop.pk)
                        pairs.setdefault((first.pk, second.pk), (first, second, why))
    apart = set(
        Link.objects.filter(kind="apart", source__in=[pair[0] for pair in pairs]).values_list("source_id", "target_id")
    )
    return [pair for key, pair in pairs.items() if key not in apart][:most]


def _groups(shops: QuerySet[Business], field: str, values: list[Any]) -> Iterable[list[Business]]:
    alike: dict[Any, list[Business]] = {}
    for shop in shops.filter(**{f"{field}__in": values}).select_related("area", "keeper")[:400]:
        value = getattr(shop, field)
        alike.setdefault(bytes(value) if isinstance(value, memoryview) else value, []).append(shop)
    return alike.values()
