"""Reading the list of services: by aspect, by need, and how often each was used."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from liuchi.kernel.search.queries import find
from liuchi.publications import rules
from liuchi.publications.actions.services import SEARCH
from liuchi.publications.models import Count, ServiceItem
from liuchi.publications.models.services import ASPECT_LABELS
from liuchi.publications.queries.scope import own_or_above

LIST_MOST = 300


def valid(day: date) -> QuerySet[ServiceItem]:
    """The lines that hold on a day."""
    return ServiceItem.objects.filter(Q(valid_until=None) | Q(valid_until__gte=day), ended_on=None)


def listed(day: date, *, text: str = "", aspect: str = "", kind: str = "") -> list[ServiceItem]:
    """The lines of an aspect or a kind, or that fit some words or the initials of a name; in the order of the list."""
    found = valid(day)
    if aspect:
        found = found.filter(aspect=aspect)
    if kind:
        found = found.filter(kind=kind)
    if text.strip():
        found = found.filter(fits(text))
    return list(found.order_by("number")[:LIST_MOST])


def fits(text: str) -> Q:
    """Lines with these words in them, of this aspect, or whose name has these initials."""
    keys = [UUID(key) for key in find(SEARCH, text[:60], limit=LIST_MOST).keys]
    fits = Q(pk__in=keys) | Q(aspect__in=[code for code, label in ASPECT_LABELS.items() if text.strip() in str(label)])
    letters = text.lower().replace(" ", "")
    if re.fullmatch(r"[a-z0-9]+", letters):
        fits |= Q(initials__contains=letters) | Q(pinyin__contains=letters)
    return fits


def by_aspect(items: list[ServiceItem], language: str) -> list[dict[str, Any]]:
    """The lines in groups, each with its words in a language: [{aspect, label, items: [(item, said)]}]."""
    return [
        {
            "aspect": code,
            "label": ASPECT_LABELS[code],
            "items": [(item, item.said(language)) for item in items if item.aspect == code],
        }
        for code in rules.ASPECTS
        if any(item.aspect == code for item in items)
    ]


def uses(items: Collection[UUID]) -> dict[UUID, int]:
    """How often somebody said "I am going to" of each line."""
    found = Count.objects.filter(record__in=items, what="use").values_list("record").annotate(total=Sum("count"))
    return dict(found)


def seen_by(actor: Any) -> QuerySet[ServiceItem]:
    """The lines that somebody may see at the desk: the own ones and those of an area above."""
    return ServiceItem.objects.filter(own_or_above(actor, "publications.see")).select_related("record", "area")
