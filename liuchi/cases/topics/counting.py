"""Once a day in the worker: the open requests of the last months are grouped, and the hottest groups kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count

from liuchi.cases.alike.queries import matters_of
from liuchi.cases.joining.rules import says_nothing_personal
from liuchi.cases.models import Case, Topic, TopicCase
from liuchi.cases.topics import grouping, rules
from liuchi.cases.topics.grouping import Group
from liuchi.kernel import ticks
from liuchi.kernel.context import CHINA

WITHIN = timedelta(days=90)
MOST_READ = 20_000  # the newest
KEPT = 20  # topics a day
KEPT_DAYS = 90
FEWEST_PEOPLE = 3  # said it: what one person says many times is not hot
NAME = re.compile(r"([\u4e00-\u9fff]{2,8})\s*\d")
SPACE = re.compile(r"\s+")


def count_anew(at: datetime) -> int:
    """Groups what is open now and keeps the hottest for today; returns how many there are."""
    cases = list(
        Case.objects.filter(step_due__isnull=False, reported_at__gte=at - WITHIN, reported_at__lte=at, parent=None)
        .exclude(masked="", place_words="")
        .annotate(joined=Count("followers"))
        .order_by("-reported_at")
        .only("masked", "place_words", "reported_at", "local_date", "reporter_id", "matter_id", "suggestions")[
            :MOST_READ
        ]
    )
    # numpy is the worker's: this module is read by the web process as well
    found = grouping.groups(
        [case.title for case in cases], [_below(case) for case in cases], [_named(case) for case in cases]
    )
    hot = []
    for group in found:
        members = [cases[one] for one in group.members]
        if len(members) < rules.FEWEST or len({case.reporter_id or case.pk for case in members}) < FEWEST_PEOPLE:
            continue
        if not _one_matter(members):
            continue
        said = [rules.Saying(case.reported_at, case.reporter_id or case.pk, case.joined) for case in members]  # type: ignore[attr-defined]
        hot.append((rules.heat(said), group, members))
    hot.sort(key=lambda one: -one[0])
    _keep(at, hot[:KEPT])
    return len(hot[:KEPT])


def _one_matter(members: Sequence[Case]) -> bool:
    """Whether most of those whose matter is known or guessed have the same one; few words may be alike by chance."""
    known = Counter(max(found, key=found.__getitem__) for case in members if (found := matters_of(case)))
    return known.total() < FEWEST_PEOPLE or max(known.values()) * 2 > known.total()


def _below(case: Case) -> str:
    """What stands below the headline, and the words for the place."""
    return SPACE.sub("", f"{case.masked[len(case.title) :][:300]}，{case.place_words}")


def _named(case: Case) -> list[str]:
    """The compound or road that its place begins with: 槐荫里 3 幢东侧 -> 槐荫里."""
    found = NAME.match(case.place_words)
    return [found[1]] if found else []


def _keep(at: datetime, hot: Sequence[tuple[float, Group, Sequence[Case]]]) -> None:
    day = at.astimezone(CHINA).date()
    with transaction.atomic():
        Topic.objects.filter(day=day).delete()
        Topic.objects.filter(day__lt=day - timedelta(days=KEPT_DAYS)).delete()
        for rank, (heat, group, members) in enumerate(hot, 1):
            topic = Topic.objects.create(
                day=day,
                rank=rank,
                heat=round(heat, 2),
                places=[place for place in group.places if says_nothing_personal(place)],
                words=[word for word in group.words if says_nothing_personal(word)],
                began_on=min(case.local_date for case in members),
                last_on=max(case.local_date for case in members),
            )
            TopicCase.objects.bulk_create(
                [TopicCase(topic=topic, case=case, place=place) for place, case in enumerate(members)]
            )


def register_all() -> None:
    """Called when the program starts."""
    ticks.register("cases.topics", timedelta(days=1), count_anew)
