"""Points that come in: a reader of the journal thanks whom the published rules say, once for each row and person.

No journal row is written of it: an award is nothing but the consequence of one, which it names.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import OperationalError, transaction
from django.db.models import Q, Sum

from liuchi.kernel import crypto
from liuchi.kernel.context import Context
from liuchi.kernel.journal.models import Row
from liuchi.people.actions.living import still_living
from liuchi.people.models import Consent
from liuchi.points import events, rules
from liuchi.points.actions.books import account, lock, post
from liuchi.points.models import Account, Rule, RuleSet, Transfer

logger = logging.getLogger(__name__)
PURPOSE = "points"


@dataclass(frozen=True, slots=True)
class _Due:
    row: Row
    rule: Rule
    day_cap: int
    person: UUID


def award_rows(rows: list[Row]) -> None:
    """The journal's reader. What happened earlier than it was recorded, in the replay as on a phone without network, counts on
    the day it happened, by the rules of that day. A row that can't be understood is logged and passed over."""
    due = _due(rows)
    there = still_living({one.person for one in due}) if due else set()
    due = [one for one in due if one.person in there]
    if not due:
        return
    accounts = {person: account("person", person=person) for person in sorted({one.person for one in due}, key=str)}
    lock(list(accounts.values()))  # all at once and in order: nobody waits for us who has what we wait for
    for one in due:
        _award(one, accounts[one.person])


def _due(rows: list[Row]) -> list[_Due]:
    sets = list(RuleSet.objects.filter(state=RuleSet.State.PUBLISHED).order_by("-valid_from"))
    by_set: dict[UUID, dict[str, Rule]] = defaultdict(dict)
    for one in Rule.objects.filter(rules__in=sets):
        by_set[one.rules_id][one.event] = one
    found: list[_Due] = []
    for row in rows:
        for event in events.events_of(row.verb):
            chosen = in_force(sets, row.local_date)
            rule = by_set[chosen.pk].get(event.key) if chosen else None
            if chosen is None or rule is None:
                continue
            try:
                with transaction.atomic():
                    people = joined(set(event.people(row)), row.at)
            except OperationalError:  # the database is away: the whole batch is read again
                raise
            except Exception:
                logger.exception("nobody could be thanked for row %s (%s)", row.pk, row.verb)
                continue
            found += [_Due(row, rule, chosen.day_cap, person) for person in sorted(people, key=str)]
    return found


def in_force(sets: list[RuleSet], day: date) -> RuleSet | None:
    """Of the published sets, the newest first, the one that counts on a day."""
    return next((one for one in sets if one.valid_from and one.valid_from <= day), None)


def joined(people: set[UUID], at: datetime) -> set[UUID]:
    """Those of them who wanted points at that moment. Of the others nothing is collected."""
    if not people:
        return set()
    then = Consent.objects.filter(
        Q(withdrawn_at=None) | Q(withdrawn_at__gt=at),
        person__in=people,
        person__erased_at=None,  # what was not read yet when they were erased is nobody's
        purpose=PURPOSE,
        given_at__lte=at,
    )
    return set(then.values_list("person_id", flat=True))


def _award(due: _Due, holder: Account) -> None:
    row, known = due.row, events.events().get(due.rule.event)
    event = known.booked or known.key if known else due.rule.event
    discreet = event != due.rule.event
    thing: UUID | None = row.record_id
    once, thanked = thing if due.rule.once else None, Q(row=row.pk)
    if discreet:  # found again by a keyed digest alone, and at no hour that the journal has
        thing, once = None, _digest(due.rule.event, row.record_id if due.rule.once else row.pk)
    if once:
        thanked |= Q(once=once)
    if Transfer.objects.filter(thanked, event=event, holder=holder).exists():
        return
    day = row.local_date
    today = dict(
        Transfer.objects.filter(kind="award", holder=holder, day=day)
        .values("event")
        .annotate(sum=Sum("amount"))
        .values_list("event", "sum")
    )
    points = rules.awarded(due.rule.points, today.get(event, 0), sum(today.values()), due.rule.day_cap, due.day_cap)
    if not points:
        return
    issued = account("issued", event=event, day=day)
    lock([issued])  # only this reader takes it
    at = rules.day_starts(day) + rules.DAY / 2 if discreet else row.at
    ctx = Context(at=at, recorded_at=at if discreet else row.recorded_at, channel="system")
    post(
        ctx,
        "award",
        [(issued, -points), (holder, points)],
        points,
        day=day,
        holder=holder,
        event=event,
        row=None if discreet else row.pk,
        thing=thing,
        once=once,
    )


def _digest(event: str, what: object) -> UUID:
    return UUID(bytes=crypto.blind_index("points.once", f"{event}:{what}")[:16])
