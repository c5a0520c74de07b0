"""The way out of the house: by the channel that a person chose, at a time when it may come, once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from liuchi.kernel.context import Context
from liuchi.kernel.delivery import actions as delivery
from liuchi.kernel.delivery.models import Message, Sending
from liuchi.notices import Told, queries, rules
from liuchi.notices.models import Waiting
from liuchi.people.models import Person

_BATCH = 200
_NAMED = 8  # so many a digest names


def reach(ctx: Context, thing: str, told: Mapping[UUID, Told], *, urgent: bool = False) -> None:
    """Brings to people outside the house what stands in the app: at once, or when their quiet hours or the day's digest
    allow. Whom nothing reaches reads it in the app."""
    at = timezone.localtime(ctx.recorded_at)
    wishes, addresses = queries.wishes(told), queries.addresses(told)
    for person_id, words in told.items():
        wish, has = wishes[person_id], addresses.get(person_id, {})
        ways = rules.ways(wish, has)
        if not ways:
            continue
        until = rules.later(at, wish, ways, urgent)
        if until is None:
            _go(ctx, thing, person_id, words, ways, has, wish)
        else:
            Waiting.objects.bulk_create(
                [Waiting(
                    person_id=person_id, thing=thing, title=words.title[:120], body=words.body[:500],
                    short=words.short[:120], url=words.url, due_at=until,
                )],
                ignore_conflicts=True,
            )  # fmt: skip


def _go(
    ctx: Context, thing: str, person_id: UUID, words: Told, ways: Sequence[str], has: Mapping[str, list[str]],
    wish: rules.Wish,
) -> None:  # fmt: skip
    """One message by the first way, the others in reserve; by all of them where the person asked for that."""
    for place, channel in enumerate(ways):
        rest = () if wish.every else ways[place + 1 :]
        went = [
            delivery.send(
                ctx, channel, thing, address, words.title, words.body or words.title, url=words.url, short=words.short,
                person_id=person_id, rest=rest,
            )
            for address in has[channel]
        ]  # fmt: skip
        if any(went) and not wish.every:
            return


def release_due(at: datetime) -> bool:
    """Sends what has waited long enough: several of one person as one message, and nothing that was read in the app
    meanwhile. True if there may be more. For the worker's tick."""
    due = Waiting.objects.filter(due_at__lte=at)
    people = list(due.order_by("due_at").values_list("person", flat=True).distinct()[:_BATCH])
    for person_id in dict.fromkeys(people):
        with transaction.atomic():
            mine = Waiting.objects.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
            rows = list(mine.filter(person=person_id, due_at__lte=at).order_by("pk"))
            _release(Context(at=at, recorded_at=at, channel="system"), person_id, rows)
            Waiting.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(people) == _BATCH


def _release(ctx: Context, person_id: UUID, rows: list[Waiting]) -> None:
    unread = Message.objects.filter(person_id=person_id, thing__in=[row.thing for row in rows], read_at=None)
    things = set(unread.values_list("thing", flat=True))
    rows = [row for row in rows if row.thing in things]
    person = Person.objects.filter(pk=person_id, erased_at=None).first()
    if not rows or person is None:
        return
    # of one page what happened last
    latest = [
        list(of_one)[-1]
        for _url, of_one in groupby(sorted(rows, key=lambda row: (row.url, row.pk)), lambda row: row.url or row.pk)
    ]
    latest.sort(key=lambda row: row.pk)
    with translation.override(person.language):
        words = _as_one(latest)
    has, wish = queries.addresses([person_id]).get(person_id, {}), queries.wishes([person_id])[person_id]
    thing = latest[0].thing if len(latest) == 1 else f"digest:{latest[0].pk}"
    _go(ctx, thing, person_id, words, rules.ways(wish, has), has, wish)


def _as_one(rows: list[Waiting]) -> Told:
    if len(rows) == 1:
        return Told(rows[0].title, rows[0].body, rows[0].url, rows[0].short)
    title = ngettext("%(n)s new message", "%(n)s new messages", len(rows)) % {"n": len(rows)}
    lines = [f"· {row.title}" for row in rows[:_NAMED]]
    if len(rows) > _NAMED:
        lines.append(_("and %(n)s more") % {"n": len(rows) - _NAMED})
    return Told(title, "\n".join(lines), "/messages", title)


def go_another_way(sending: Sending, at: datetime) -> bool:
    """What one channel gave up goes by the next that reaches the person; whether one took it."""
    if sending.person_id is None:
        return False
    person = sending.person_id
    if (
        Sending.objects.filter(
            person_id=person, thing=sending.thing, channel=sending.channel, state__in=("waiting", "sending", "sent")
        )
        .exclude(pk=sending.pk)
        .exists()
    ):  # another of their browsers has it
        return True
    wish, has = queries.wishes([person])[person], queries.addresses([person]).get(person, {})
    words = Told(sending.subject, sending.body, sending.url, sending.short)
    ways = [way for way in sending.rest if way in has and rules.may_take_over(way, timezone.localtime(at), wish)]
    _go(Context(at=at, recorded_at=at, channel="system"), sending.thing, person, words, ways, has, wish)
    return bool(ways)
