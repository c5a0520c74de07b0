"""The list of services: its lines written, given news, ended, brought in from the list that comes along or from Excel."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records
from liuchi.kernel.search import actions as search
from liuchi.publications import rules
from liuchi.publications.actions.acting import acting, day_of, words
from liuchi.publications.models import ServiceItem
from liuchi.territory.models import Area
from liuchi.territory.spelling import spell

BUNDLED = Path(__file__).resolve().parents[1] / "data" / "service_list.json"
SEARCH = "service_item"
STEPS_MOST = 8


def write_item(
    ctx: Context,
    *,
    aspect: str,
    kind: str,
    name: str,
    what: str,
    area: Area,
    for_whom: str = "",
    steps: Sequence[str] = (),
    where: str = "",
    place: UUID | None = None,
    office_phone: str = "",
    valid_until: date | None = None,
    english: dict[str, Any] | None = None,
    item: ServiceItem | None = None,
) -> ServiceItem:
    """A new line of the list, or other words of one."""
    ctx = acting(ctx, "publications.edit", area)
    if item:
        ctx = acting(ctx, "publications.edit", item.area)
    if aspect not in rules.ASPECTS:
        raise Refused("aspect", _("Please choose which aspect of life it is about."), "aspect")
    if kind not in rules.KINDS_OF_SERVICE:
        raise Refused("kind", _("Please choose which kind it is."), "kind")
    steps = [words(step, "steps", 120) for step in steps if step.strip()]
    if not steps or len(steps) > STEPS_MOST:
        raise Refused("steps", _("Say how to get it, in one to eight steps."), "steps")
    name = words(name, "name", 60)
    pinyin, initials = spell(name)
    values: dict[str, Any] = {
        "aspect": aspect,
        "kind": kind,
        "name": name,
        "what": words(what, "what", 300),
        "for_whom": words(for_whom, "for_whom", 120, needed=False),
        "steps": steps,
        "where": words(where, "where", 120, needed=False),
        "place": place,
        "office_phone": words(office_phone, "office_phone", 40, needed=False),
        "valid_until": valid_until,
        "pinyin": pinyin[:240],
        "initials": initials[:80],
        "area": area,
    }
    if english is not None:
        values["english"] = english
    with transaction.atomic():
        if item is None:
            item = ServiceItem(record=records.create("service_item", area.pk), number=_next_number(area), **values)
            item.save(force_insert=True)
            journal.write(ctx, item.record, "service_item.made", {"aspect": aspect, "kind": kind})
        else:
            for field, value in values.items():
                setattr(item, field, value)
            item.save(update_fields=list(values))
            records.move(item.record, area.pk)
            journal.write(ctx, item.record, "service_item.changed", {"aspect": aspect, "kind": kind})
        _index(item)
    return item


def _next_number(area: Area) -> int:
    # of two at once each gets a number of its own
    Area.objects.select_for_update().values_list("pk").get(pk=area.pk)
    top = ServiceItem.objects.filter(area=area, ended_on=None).aggregate(top=Max("number"))["top"]
    return int(top or 0) + 1


def _index(item: ServiceItem) -> None:
    english = " ".join(str(item.english.get(field, "")) for field in ("name", "what"))
    search.index(
        SEARCH, item.pk, " ".join([item.name, item.what, item.for_whom, *item.steps, english]), item.area.first
    )


def tell_news(ctx: Context, item: ServiceItem, news: str) -> ServiceItem:
    """First-hand news of a benefit (福利速递), or none any more."""
    ctx = acting(ctx, "publications.edit", item.area)
    item.news = words(news, "news", 200, needed=False)
    item.news_at = ctx.at if item.news else None
    with transaction.atomic():
        item.save(update_fields=["news", "news_at"])
        journal.write(ctx, item.record, "service_item.news", {"told": bool(item.news)})
    return item


def end_item(ctx: Context, item: ServiceItem) -> None:
    """It is no longer offered. What was counted stays."""
    ctx = acting(ctx, "publications.edit", item.area)
    with transaction.atomic():
        if ServiceItem.objects.filter(pk=item.pk, ended_on=None).update(ended_on=day_of(ctx)):
            search.drop(SEARCH, item.pk)
            journal.write(ctx, item.record, "service_item.ended")


def set_up(ctx: Context, area: Area) -> int:
    """Brings in the 42 items that come along, unless the area has a list already; returns how many."""
    if ServiceItem.objects.filter(area=area).exists():
        return 0
    lines = json.loads(BUNDLED.read_text())
    with transaction.atomic():
        for line in lines:
            write_item(ctx, area=area, **line["zh"], aspect=line["aspect"], kind=line["kind"], english=line["en"])
    return len(lines)


def bring_in(ctx: Context, area: Area, lines: Sequence[tuple[ServiceItem | None, dict[str, Any]]]) -> int:
    """Many lines at once, all or none: (the line that is changed or None for a new one, its values); returns how many."""
    with transaction.atomic():
        for item, values in lines:
            write_item(ctx, area=area, item=item, place=item.place if item else None, **values)
    return len(lines)
