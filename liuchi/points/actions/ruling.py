"""Rules: drawn up, published from a day on (tried in between: `trying`)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records
from liuchi.people.acting import acting
from liuchi.points import events, rules
from liuchi.points.models import Rule, RuleSet


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
    refuse_published(draft)
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


def publish_rules(ctx: Context, draft: RuleSet, valid_from: date) -> RuleSet:
    """From that day on they count, and the ones before no more. Raises Refused("empty" | "not_tried" | "valid_from")."""
    ctx = acting(ctx, "points.rules")
    refuse_published(draft)
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
    refuse_published(draft)
    record_id: UUID = draft.pk
    with transaction.atomic():
        record = draft.record
        RuleSet.objects.filter(pk=record_id).delete()
        journal.write(ctx, record, "points.rules_dropped", {"version": draft.version})


def refuse_published(draft: RuleSet) -> None:
    """Raises Refused("published") when it is a draft no more."""
    if draft.state != RuleSet.State.DRAFT:
        raise Refused("published", _("What is published is not changed. Make a new version."), status=409)
