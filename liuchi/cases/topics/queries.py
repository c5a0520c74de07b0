"""The hot topics that a person may see."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db.models import Count, Max

from liuchi.cases.models import Case, Topic
from liuchi.cases.queries import lists
from liuchi.people.access import Actor

SHOWN = 10
FEWEST = 3  # of its requests must lie within one's own reach


class Hot(NamedTuple):
    """A topic, and how many of its requests this person may see."""

    topic: Topic
    number: int


def last_day() -> date | None:
    """When topics were counted last."""
    return Topic.objects.aggregate(last=Max("day"))["last"]


def hottest(actor: Actor) -> list[Hot]:
    """Those of the day that was counted last (three queries)."""
    day = last_day()
    if day is None:
        return []
    seen = lists.visible(actor).filter(topics__topic__day=day)
    counts = dict(
        seen.values_list("topics__topic").annotate(n=Count("pk")).order_by().values_list("topics__topic", "n")
    )
    topics = Topic.objects.filter(day=day, pk__in=[pk for pk, n in counts.items() if n >= FEWEST]).order_by("rank")
    return [Hot(topic, counts[topic.pk]) for topic in topics[:SHOWN]]


def records_of(actor: Actor, topic: Topic) -> list[Case]:
    """Its requests that this person may see, the most typical first (one query)."""
    found = lists.visible(actor).filter(topics__topic=topic).select_related("area", "matter", "unit")
    return list(found.order_by("topics__place")[:200])
