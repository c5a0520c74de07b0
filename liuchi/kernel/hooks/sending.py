"""The worker's part: what is due is sent, each receiver its own events in their order.

A receiver is claimed before anything is sent, so that two workers never send for the same one; the claim of a worker that
was killed runs out, and the event goes again under the same id. Sending stands in a thread of its own: somebody else's slow
server holds up nothing here.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F, Q

from liuchi.kernel import crypto
from liuchi.kernel.hooks import events, rules, wire
from liuchi.kernel.hooks.models import Failure, Hook
from liuchi.kernel.journal.models import Position, Row

CLAIM = timedelta(minutes=2)
# How long one receiver may take of a turn; with the longest call behind it still well below the claim.
TURN_SECONDS = 20.0
LOOKED_AT = 500
KEPT = timedelta(days=30)
logger = logging.getLogger(__name__)
_running = threading.Lock()


def tick(at: datetime) -> bool:
    """For the worker: begins to send what is due, if nothing is being sent yet."""
    if not _due(at).exists() or not _running.acquire(blocking=False):
        return False
    threading.Thread(target=_in_background, args=(at,), daemon=True, name="hooks").start()
    return False


def _in_background(at: datetime) -> None:
    try:
        send_due(at)
    except Exception:
        logger.exception("sending events failed")
    finally:
        connection.close()
        _running.release()


def send_due(at: datetime) -> int:
    """Sends what is due; returns how many events arrived."""
    return sum(_serve(hook, at) for hook in _due(at))


def _due(at: datetime):  # type: ignore[no-untyped-def]
    return Hook.objects.filter(state=Hook.State.ON, next_at__lte=at).order_by("next_at")


def _serve(hook: Hook, at: datetime) -> int:
    """One receiver's turn."""
    if next_of(hook) is None:
        return 0
    mine = at + CLAIM
    if not Hook.objects.filter(pk=hook.pk, state=Hook.State.ON, next_at=hook.next_at).update(next_at=mine):
        return 0
    hook.refresh_from_db()
    secret = crypto.decrypt(hook.secret, hook.bound_to)
    until, done = time.monotonic() + TURN_SECONDS, 0
    while time.monotonic() < until and (found := next_of(hook)):
        answer = _send(hook, found, secret, at)
        if not rules.arrived(answer.status):
            _failed(hook, found, answer, at)
            return done
        hook.seal, hook.place, done = found.position.seal_id, found.position.place, done + 1
        if not Hook.objects.filter(pk=hook.pk, next_at=mine).update(
            seal=hook.seal, place=hook.place, tries=0, sent=F("sent") + 1, sent_at=at, status=answer.status, answer=""
        ):
            return done  # a person began anew in the meantime, and another worker has it
        hook.tries = 0
        if not Hook.objects.filter(pk=hook.pk, state=Hook.State.ON).exists():  # paused in the meantime
            break
    Hook.objects.filter(pk=hook.pk, next_at=mine).update(next_at=at)
    return done


def next_of(hook: Hook) -> Row | None:
    """The next event that the receiver wants. Others are passed over, and remembered as passed; so is what happens to a
    record that is kept in confidence."""
    wanted = set(hook.wanted)
    while True:
        behind = Position.objects.filter(Q(seal_id=hook.seal, place__gt=hook.place) | Q(seal_id__gt=hook.seal))
        asked = ("seal_id", "place", "row_id", "row__verb", "row__record__secrecy")
        near = list(behind.order_by("seal_id", "place").values_list(*asked)[:LOOKED_AT])
        for _seal, _place, row_id, verb, secrecy in near:
            if verb in wanted and secrecy == 0:
                return Row.objects.select_related("record", "position").get(pk=row_id)
        if len(near) < LOOKED_AT:
            return None
        was = {"pk": hook.pk, "seal": hook.seal, "place": hook.place}
        hook.seal, hook.place = near[-1][:2]
        Hook.objects.filter(**was).update(seal=hook.seal, place=hook.place)


def _send(hook: Hook, row: Row, secret: str, at: datetime) -> wire.Answer:
    body = json.dumps(events.body_of(row), ensure_ascii=False, separators=(",", ":")).encode()
    return wire.post(hook.url, body, rules.headers(secret, events.id_of(row), int(at.timestamp()), body))


def _failed(hook: Hook, row: Row, answer: wire.Answer, at: datetime) -> None:
    pause = None if answer.status == rules.GONE else rules.next_try(hook.tries + 1)
    state = {} if pause else {"state": Hook.State.STUCK}
    Hook.objects.filter(pk=hook.pk, state=Hook.State.ON).update(
        tries=hook.tries + 1, next_at=at + (pause or timedelta()), status=answer.status, answer=answer.words, **state
    )
    Failure.objects.create(
        hook=hook, at=at, event=events.id_of(row), verb=row.verb, status=answer.status, answer=answer.words
    )


def sweep(at: datetime) -> None:
    """Forgets old failures."""
    Failure.objects.filter(at__lt=at - KEPT).delete()
