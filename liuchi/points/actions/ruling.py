"""Rules: drawn up, tried on what really happened, published from a day on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.journal.models import Row
from liuchi.kernel.records import actions as records
from liuchi.people.acting import acting
from liuchi.people.models import Consent
from liuchi.points import events, rules
from liuchi.points.actions.awards import PURPOSE, in_force
from liuchi.points.models import Rule, RuleSet

# Rows of the journal that one trial looks at, at most: the newest of the period.
TRIED_AT_MOST = 5000


def draft_rules(ctx: Context) -> RuleSet:
    """The draft that there is, or a new one that begins as the newest published rules."""
    ctx = acting(ctx, "points.rules")
    with transaction.atomic():
        draft = RuleSet.objects.select_related("record").filter(state=RuleSet.State.DRAFT).first()
        if draft:
            return draft
        newest = RuleSet.objects.order_by("-version").first()
        draft = RuleSet.objects.create(
            record=records.create("points_rules"),
            version=newest.version + 1 if newest else 1,
            day_cap=newest.day_cap if newest else 20,
        )
        if newest:
            Rule.objects.bulk_create(
                Rule(rules=draft, event=one.event, points=one.points, day_cap=one.day_cap, once=one.once)
                for one in newest.rules.all()
            )
        journal.write(ctx, draft.record, "points.rules_drafted", {"version": draft.version})
    return draft


def change_rules(ctx: Context, draft: RuleSet, *, day_cap: int, lines: Collection[Mapping[str, Any]]) -> RuleSet:
    """Writes the draft anew. lines: {event, points, day_cap, once}. Empties its trial.

    Raises Refused("published" | "day_cap" | "points-<event>" | "cap-<event>").
    """
    ctx = acting(ctx, "points.rules")
    _refuse_published(draft)
    if not 1 <= day_cap <= rules.MOST_A_DAY:
        sentence = _("Between 1 and %(most)s points a day: it is thanks, not wages.") % {"most": rules.MOST_A_DAY}
        raise Refused("day_cap", sentence, field="day_cap")
    known = events.events()
    for line in lines:
        event = line["event"]
        if event not in known:
            raise Refused("event", _("This event is no longer there."))
        if not 1 <= line["points"] <= rules.MOST_POINTS:
            sentence = _("Between 1 and %(most)s points.") % {"most": rules.MOST_POINTS}
            raise Refused("points", sentence, field=f"points-{event}")
        if line.get("day_cap") is not None and line["day_cap"] < line["points"]:
            raise Refused("cap", _("The limit of a day is less than one thanks. Raise it."), field=f"cap-{event}")
    with transaction.atomic():
        draft.rules.all().delete()
        Rule.objects.bulk_create(
            Rule(
                rules=draft,
                event=line["event"],
                points=line["points"],
                day_cap=line.get("day_cap"),
                once=line.get("once", True),
            )
            for line in lines
        )
        draft.day_cap, draft.trial = day_cap, {}
        draft.save(update_fields=["day_cap", "trial"])
        facts = {"day_cap": day_cap, "rules": {line["event"]: line["points"] for line in lines}}
        journal.write(ctx, draft.record, "points.rules_changed", facts)
    return draft


def try_rules(ctx: Context, draft: RuleSet, days: int = 30) -> RuleSet:
    """What those who have points on got in the last days by the rules of today, and what the draft would have given them.
    Totals alone are kept."""
    ctx = acting(ctx, "points.rules")
    _refuse_published(draft)
    days = min(max(days, 1), 366)
    until = rules.local_day(ctx.at)
    since = until - timedelta(days=days - 1)
    occasions, cut = _occasions(since, until)
    on = set(Consent.objects.filter(purpose=PURPOSE, withdrawn_at=None).values_list("person_id", flat=True))
    published = RuleSet.objects.filter(state=RuleSet.State.PUBLISHED).order_by("-valid_from")
    now = in_force(list(published), until)
    counts = rules.tried(
        _lines(now) if now else [],
        now.day_cap if now else 0,
        _lines(draft),
        draft.day_cap,
        [one for one in occasions if one.person in on],
    )
    draft.trial = {
        "since": since.isoformat(),
        "until": until.isoformat(),
        "days": days,
        "cut": cut,
        "version": now.version if now else None,
        "events": {event: {"times": one.times, "now": one.now, "draft": one.draft} for event, one in counts.items()},
    }
    with transaction.atomic():
        draft.save(update_fields=["trial"])
        journal.write(ctx, draft.record, "points.rules_tried", {"days": days})
    return draft


def _lines(chosen: RuleSet) -> list[rules.Line]:
    return [rules.Line(one.event, one.points, one.day_cap, one.once) for one in chosen.rules.all()]


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


def publish_rules(ctx: Context, draft: RuleSet, valid_from: date) -> RuleSet:
    """From that day on they count, and the ones before no more. Raises Refused("empty" | "not_tried" | "valid_from")."""
    ctx = acting(ctx, "points.rules")
    _refuse_published(draft)
    if not draft.rules.exists():
        raise Refused("empty", _("There is no rule yet. Write at least one."))
    if not draft.trial:
        raise Refused("not_tried", _("Try the rules first, so that everybody knows what they would give."))
    if valid_from < rules.local_day(ctx.at):
        raise Refused("valid_from", _("Rules count from today or a later day on."), field="valid_from")
    with transaction.atomic():
        before = RuleSet.objects.filter(state=RuleSet.State.PUBLISHED).order_by("-valid_from").first()
        if before and before.valid_from and before.valid_from >= valid_from:
            sentence = _("Version %(version)s counts from %(day)s on already. Choose a later day.") % {
                "version": before.version,
                "day": before.valid_from.isoformat(),
            }
            raise Refused("valid_from", sentence, field="valid_from")
        draft.state, draft.valid_from, draft.published_at = RuleSet.State.PUBLISHED, valid_from, ctx.at
        draft.save(update_fields=["state", "valid_from", "published_at"])
        facts = {"version": draft.version, "from": valid_from.isoformat()}
        journal.write(ctx, draft.record, "points.rules_published", facts)
    return draft


def drop_draft(ctx: Context, draft: RuleSet) -> None:
    """Throws the draft away; what is published goes on counting."""
    ctx = acting(ctx, "points.rules")
    _refuse_published(draft)
    record_id: UUID = draft.pk
    with transaction.atomic():
        record = draft.record
        RuleSet.objects.filter(pk=record_id).delete()
        journal.write(ctx, record, "points.rules_dropped", {"version": draft.version})


def _refuse_published(draft: RuleSet) -> None:
    if draft.state != RuleSet.State.DRAFT:
        raise Refused("published", _("What is published is not changed. Make a new version."), status=409)
