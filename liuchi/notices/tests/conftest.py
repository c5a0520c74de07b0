"""People, a notice, and what went out of the house."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.account.models import EmailAddress

from liuchi import notices
from liuchi.kernel.context import Context
from liuchi.kernel.delivery import channels
from liuchi.kernel.delivery.models import Sending
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.journal.models import Row
from liuchi.kernel.records import actions as records
from liuchi.people import actions as people
from liuchi.people.models import Person

# Sunday, 22 November 2026, ten in the morning in China
TEN = datetime(2026, 11, 22, 2, tzinfo=UTC)
NIGHT = datetime(2026, 11, 22, 15, tzinfo=UTC)  # eleven in the evening


def context(at: datetime = TEN, person: Person | None = None, channel: str = "phone") -> Context:
    return Context(at=at, recorded_at=at, person=person.pk if person else None, channel=channel)


def happened(verb: str, at: datetime = TEN, **facts: Any) -> Row:
    """A row of the journal on a record of its own, as the reader is given it."""
    record = records.create("thing")
    journal.write(context(at), record, verb, facts)
    return Row.objects.get(record=record)


@pytest.fixture
def somebody(db: None) -> Person:
    """A person who signs in, whose phone number an officer saw and whose mail address is confirmed."""
    return reachable("somebody", "13800000001")


def reachable(name: str, phone: str) -> Person:
    person = people.register_person(context(channel="replay"), name=name, phone=phone, phone_checked=True)
    login, _password = people.open_login(context(channel="replay"), person, name, "six foot alley")
    EmailAddress.objects.create(user=login, email=f"{name}@example.org", verified=True, primary=True)
    return person


@pytest.fixture
def notice(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Registers one for this test alone."""
    monkeypatch.setattr(notices, "_notices", {})
    monkeypatch.setattr(notices, "_groups", {})
    return notices.register


@pytest.fixture
def ways_out(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """All channels are on and bring everything, but those whose ``fails`` says otherwise; ``went`` are (channel, subject)."""
    seen = SimpleNamespace(went=[], fails={})

    def brings(name: str) -> channels.Channel:
        @contextmanager
        def opened() -> Iterator[Callable[[Sending], None]]:
            def send(one: Sending) -> None:
                if name in seen.fails:
                    raise seen.fails[name]
                seen.went.append((name, one.subject))

            yield send

        return channels.Channel(lambda: True, opened)

    monkeypatch.setattr(channels, "_channels", {name: brings(name) for name in ("mail", "sms", "push", "robot")})
    yield seen


def again(person: Person) -> Person:
    """The same person as they stand in the database now."""
    return Person.objects.select_related("record").get(pk=person.pk)
