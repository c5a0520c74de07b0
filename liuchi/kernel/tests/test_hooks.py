"""Events go to their receiver in order, at least once, until it has them or it is visibly stuck."""

import json
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from standardwebhooks.webhooks import Webhook

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.hooks import actions, events, rules, sending, wire
from liuchi.kernel.hooks.models import Failure, Hook
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records
from liuchi.kernel.tests.receiver import YES, Receiver, listening

pytestmark = pytest.mark.django_db
CLOSED, FILED = "test.closed", "test.filed"


@pytest.fixture(autouse=True)
def offers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "_labels", dict(events._labels))
    monkeypatch.setattr(events, "_facts", dict(events._facts))
    events.offer({CLOSED: "Closed", FILED: "Filed"}, ["number"])


@pytest.fixture
def receiver(tmp_path: Path) -> Iterator[Receiver]:
    with listening(tmp_path) as ours:
        yield ours


def ctx(at: datetime | None = None) -> Context:
    at = at or timezone.now()
    return Context(at=at, recorded_at=at, channel="system")


def hook_at(receiver: Receiver, *verbs: str) -> tuple[Hook, str]:
    return actions.set_up(ctx(), name="市级平台", url=receiver.url, verbs=verbs or (CLOSED,))


def happen(*verbs: str) -> None:
    """One thing each, sealed."""
    for number, verb in enumerate(verbs):
        record = records.create("test")
        journal.write(ctx(), record, verb, {"number": number, "other": "7"}, {"words": "王小明"})
    journal.seal_all(timezone.now())


def later(hook: Hook, **more: float) -> datetime:
    hook.refresh_from_db()
    return hook.next_at + timedelta(**more)


def test_what_is_wanted_arrives_signed_and_in_order(receiver: Receiver) -> None:
    happen(CLOSED)  # before it was set up
    hook, secret = hook_at(receiver)
    happen(CLOSED, FILED, CLOSED, CLOSED)
    assert sending.send_due(timezone.now()) == 3
    bodies = [Webhook(secret).verify(body, headers) for headers, body in receiver.got]
    assert [body["data"]["number"] for body in bodies] == [0, 2, 3]
    assert {body["type"] for body in bodies} == {CLOSED}
    assert set(bodies[0]["data"]) == {"kind", "id", "version", "channel", "number"}, "only what was named goes out"
    assert len({headers["webhook-id"] for headers, _body in receiver.got}) == 3
    hook.refresh_from_db()
    assert (hook.sent, hook.tries, hook.state) == (3, 0, "on")
    assert sending.send_due(timezone.now()) == 0


def test_a_failed_one_goes_again_under_the_same_id_and_nothing_overtakes_it(receiver: Receiver) -> None:
    hook, _secret = hook_at(receiver)
    happen(CLOSED, CLOSED)
    receiver.answer = lambda number: (503, "稍后再试\x00".encode(), {}) if number == 1 else YES
    assert sending.send_due(timezone.now()) == 0
    hook.refresh_from_db()
    assert (hook.tries, hook.status, hook.answer) == (1, 503, "稍后再试")
    assert sending.send_due(hook.next_at - timedelta(seconds=1)) == 0
    assert sending.send_due(later(hook)) == 2
    ids = [headers["webhook-id"] for headers, _body in receiver.got]
    assert ids[0] == ids[1] != ids[2]
    hook.refresh_from_db()
    assert (hook.tries, hook.answer) == (0, "")


def test_after_more_than_a_day_it_is_stuck_and_says_why(receiver: Receiver) -> None:
    hook, _secret = hook_at(receiver)
    happen(CLOSED, CLOSED)
    receiver.answer = lambda _number: (500, b"disk full", {})
    began = at = timezone.now()
    while Hook.objects.filter(pk=hook.pk, state="on").exists():
        sending.send_due(at)
        at = later(hook)
    hook.refresh_from_db()
    assert hook.state == "stuck"
    assert at - began > timedelta(hours=24)
    assert (hook.status, hook.answer) == (500, "disk full")
    assert Failure.objects.filter(hook=hook).count() == len(rules.PAUSES) + 1
    receiver.answer = lambda _number: YES
    assert sending.send_due(at + timedelta(days=1)) == 0, "a person decides"
    actions.turn(ctx(), hook, "again")
    assert sending.send_due(timezone.now()) == 2


def test_what_is_stuck_may_be_left_out(receiver: Receiver) -> None:
    hook, _secret = hook_at(receiver)
    happen(CLOSED, CLOSED)
    receiver.answer = lambda number: (410, b"", {}) if number == 1 else YES
    sending.send_due(timezone.now())
    hook.refresh_from_db()
    assert hook.state == "stuck", "410: it wants nothing more"
    actions.turn(ctx(), hook, "skip")
    assert sending.send_due(timezone.now()) == 1
    assert json.loads(receiver.got[-1][1])["data"]["number"] == 1


def test_a_redirect_is_not_followed(receiver: Receiver) -> None:
    hook, _secret = hook_at(receiver)
    happen(CLOSED)
    receiver.answer = lambda _number: (302, b"", {"Location": receiver.url})
    sending.send_due(timezone.now())
    hook.refresh_from_db()
    assert (len(receiver.got), hook.status) == (1, 302)


def test_paused_it_waits_and_loses_nothing(receiver: Receiver) -> None:
    hook, _secret = hook_at(receiver)
    actions.turn(ctx(), hook, "pause")
    happen(CLOSED, CLOSED)
    assert sending.send_due(timezone.now()) == 0
    actions.turn(ctx(), hook, "resume")
    assert sending.send_due(timezone.now()) == 2
    with pytest.raises(Refused):
        actions.turn(ctx(), hook, "resume")


def test_what_nobody_wants_is_passed_over_once(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "LOOKED_AT", 3)
    hook, _secret = hook_at(receiver)
    happen(*[FILED] * 7)
    assert sending.send_due(timezone.now()) == 0
    was = hook.seal, hook.place
    hook.refresh_from_db()
    assert (hook.seal, hook.place) > was
    happen(CLOSED)
    assert sending.send_due(timezone.now()) == 1


def test_what_is_kept_in_confidence_goes_nowhere(receiver: Receiver) -> None:
    hook_at(receiver)
    secret = records.create("test", secrecy=1)
    journal.write(ctx(), secret, CLOSED, {"number": 9})
    happen(CLOSED)
    assert sending.send_due(timezone.now()) == 1
    assert json.loads(receiver.got[0][1])["data"]["number"] == 0


def test_somebody_else_s_certificate_is_refused(receiver: Receiver, settings: Any) -> None:
    hook, _secret = hook_at(receiver)
    happen(CLOSED)
    settings.HOOK_CERTIFICATES = ""
    sending.send_due(timezone.now())
    hook.refresh_from_db()
    assert hook.status is None and "certificate" in hook.answer.lower()
    assert receiver.got == []


def test_a_receiver_that_drips_is_cut_off(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "SECONDS", 0.3)
    free = threading.Event()

    def slowly(_number: int) -> Any:
        free.wait(5)
        return YES

    receiver.answer = slowly
    began = time.monotonic()
    answer = wire.post(receiver.url, b"{}", {})
    free.set()
    assert answer.status is None
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    "field, more",
    [("name", {"name": " "}), ("url", {"url": "http://example.org/"}), ("url", {"url": "https://10.0.0.1/"}),
     ("url", {"url": "https://"}), ("verbs", {"verbs": ["nothing"]})],
)  # fmt: skip
def test_what_can_be_no_receiver_is_refused(field: str, more: dict[str, Any]) -> None:
    said = {"name": "平台", "url": "https://example.org/", "verbs": [CLOSED]}
    with pytest.raises(Refused) as refused:
        actions.set_up(ctx(), **(said | more))
    assert refused.value.field == field


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_sends(receiver: Receiver) -> None:
    hook_at(receiver)
    happen(*[CLOSED] * 6)
    at = timezone.now()

    def work() -> None:
        try:
            sending.send_due(at)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = [json.loads(body)["data"]["number"] for _headers, body in receiver.got]
    assert numbers == [0, 1, 2, 3, 4, 5]


def test_what_a_worker_had_that_died_goes_again(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    """It dies after the receiver got the event and before it could note so: as after SIGKILL, the claim is left behind."""
    hook_at(receiver)
    happen(CLOSED, CLOSED)
    at = timezone.now()
    post = wire.post

    class Died(BaseException):
        pass

    def post_and_die(*said: Any) -> None:
        post(*said)
        raise Died

    monkeypatch.setattr(wire, "post", post_and_die)
    with pytest.raises(Died):
        sending.send_due(at)
    monkeypatch.setattr(wire, "post", post)
    assert sending.send_due(at) == 0, "still claimed"
    assert sending.send_due(at + sending.CLAIM) == 2
    ids = [headers["webhook-id"] for headers, _body in receiver.got]
    assert ids[0] == ids[1] != ids[2], "whoever has it already can tell"
