"""Rules are tried on what really happened before they are published."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.journal.models import Row
from liuchi.kernel.locks import one_at_a_time
from liuchi.people.acting import acting
from liuchi.points import events, rules
from liuchi.points.actions.awards import in_force, joined
from liuchi.points.actions.ruling import refuse_published
from liuchi.points.models import RuleSet

# Rows of the journal that one trial looks at, at most: the newest of the period.
TRIED_AT_MOST = 5000
VERB = "points.rules_tried"

Happened = Callable[[int], tuple[list[rules.Occasion], bool]]


def try_rules(ctx: Context, draft: RuleSet, days: int = 30) -> RuleSet:
    """What those who have points on got by the rules of today, and what the draft would have given them, in so many days (one of
    TRIAL_DAYS) up to the end of the last full month. Totals alone are kept.

    Two trials of one month can't be subtracted to show few people: what changes for one to four since an earlier trial of the
    month, of any draft or number of days, is withheld. This is judged anew from what the journal says was tried. Not covered:
    what three or more trials tell together, and what two tell between which somebody was erased or a row of the journal came
    in late. Trials of two months share days as well, but never differ by a few days alone.

    Raises Refused("published" | "days").
    """
    ctx = acting(ctx, "points.rules")
    refuse_published(draft)
    if days not in rules.TRIAL_DAYS:
        raise Refused("days", _("Please choose one of the periods."))
    today = rules.local_day(ctx.at)
    until = rules.month_bounds(today)[0] - rules.DAY
    published = list(RuleSet.objects.filter(state=RuleSet.State.PUBLISHED).order_by("-valid_from"))
    now = in_force(published, today)
    facts = {
        "days": days,
        "version": now.version if now else None,
        "day_cap": draft.day_cap,
        "lines": [[one.event, one.points, one.day_cap, one.once] for one in draft.rules.all()],
    }
    happened = cache(lambda days: _occasions(until - timedelta(days=days - 1), until))
    by_version = {one.version: one for one in published}
    with transaction.atomic():
        one_at_a_time("points.trial")
        before = Row.objects.filter(verb=VERB, local_date__range=(until + rules.DAY, today)).order_by("id")
        earlier = [
            _trial(row.facts, row.at, by_version, happened) for row in before if row.facts.get("lines") is not None
        ]
        counts = rules.tried(_trial(facts, ctx.at, by_version, happened), earlier)
        draft.trial = {
            "since": (until - timedelta(days=days - 1)).isoformat(),
            "until": until.isoformat(),
            "days": days,
            "cut": happened(days)[1],
            "version": facts["version"],
            "events": {
                event: {"times": one.times, "now": one.now, "draft": one.draft} for event, one in counts.items()
            },
        }
        draft.save(update_fields=["trial"])
        journal.write(ctx, draft.record, VERB, facts)
    return draft


def _trial(facts: dict[str, Any], at: datetime, published: dict[int, RuleSet], happened: Happened) -> rules.Trial:
    """A trial as it was made then: the rules of then, the draft, and those who had points on at that moment."""
    now = published.get(facts["version"])
    occasions = happened(facts["days"])[0]
    on = joined({one.person for one in occasions if isinstance(one.person, UUID)}, at)
    return rules.Trial(
        [rules.Line(one.event, one.points, one.day_cap, one.once) for one in now.rules.all()] if now else [],
        now.day_cap if now else 0,
        [rules.Line(*line) for line in facts["lines"]],
        facts["day_cap"],
        [one for one in occasions if one.person in on],
    )


def _occasions(since: date, until: date) -> tuple[list[rules.Occasion], bool]:
    """What happened, oldest first, and whether there was more than a trial looks at."""
    verbs = {event.verb for event in events.events().values()}
    rows = Row.objects.filter(verb__in=verbs, local_date__range=(since, until)).order_by("-id")
    found: list[rules.Occasion] = []
    newest = list(rows.prefetch_related("sides").select_related("record")[: TRIED_AT_MOST + 1])
    for row in reversed(newest[:TRIED_AT_MOST]):
        for event in events.events_of(row.verb):
            found += [
                rules.Occasion(event.key, person, row.local_date, row.record_id)
                for person in sorted(set(event.people(row)), key=str)
            ]
    return found, len(newest) > TRIED_AT_MOST
