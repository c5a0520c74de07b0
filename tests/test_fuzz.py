"""Whatever is sent to the outbox: an answer, never a 500, and twice the same one."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.phones import Phone, refused
from tests.world import World

pytestmark = pytest.mark.django_db

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40) | st.uuids().map(str),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
FIELDS = [
    "text",
    "lon",
    "lat",
    "accuracy",
    "place_source",
    "place_id",
    "place_text",
    "phone",
    "matter",
    "case",
    "receipt",
    "stars",
    "outcome",
]
VERBS = [
    "case.report", "case.add", "case.withdraw", "case.rate", "case.accept", "case.handle", "case.urge", "case.reopen",
    "case.give_back", "case.ask_extension", "case.ask_suspension", "case.resume", "case.escalate",
]  # fmt: skip
envelopes = st.fixed_dictionaries(
    {},
    optional={
        "key": st.uuids().map(str) | anything,
        "verb": st.sampled_from(VERBS) | anything,
        "at": st.datetimes().map(str) | anything,
        "version": anything,
        "body": st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=6), anything, max_size=8) | anything,
        "media": st.lists(st.uuids().map(str), max_size=3) | anything,
    },
)
likely = st.fixed_dictionaries(
    {
        "key": st.uuids().map(str),
        "verb": st.sampled_from(VERBS),
        "body": st.dictionaries(st.sampled_from(FIELDS), anything, max_size=8),
    }
)


def fuzz(phone: Phone, said: Any) -> None:
    answer = phone.send(json.dumps(said))
    assert answer.status_code < 500, said
    if answer.status_code >= 400:
        refused(answer, phone.language)
    else:
        assert phone.send(json.dumps(said)).json() == answer.json()


@pytest.fixture
def steady(world: World) -> SimpleNamespace:
    """One phone for all examples; what each of them writes is undone."""
    return SimpleNamespace(phone=Phone())


@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(said=likely | envelopes | anything)
def test_nothing_that_is_json_breaks_the_outbox(steady: SimpleNamespace, said: Any) -> None:
    with transaction.atomic():
        fuzz(steady.phone, said)
        transaction.set_rollback(True)


@pytest.mark.long
@pytest.mark.timeout(1200)
@settings(max_examples=20_000, suppress_health_check=list(HealthCheck))
@given(said=likely | envelopes | anything)
def test_nothing_that_is_json_breaks_the_outbox_in_long(steady: SimpleNamespace, said: Any) -> None:
    with transaction.atomic():
        fuzz(steady.phone, said)
        transaction.set_rollback(True)


@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(content=st.binary(max_size=400) | st.binary(max_size=200).map(lambda tail: b"\xff\xd8\xff\xe0" + tail))
def test_no_bytes_break_the_outbox_or_the_uploads(steady: SimpleNamespace, content: bytes) -> None:
    with transaction.atomic():
        assert 400 <= steady.phone.send(content).status_code < 500
        assert 400 <= steady.phone.upload(content).status_code < 500
        transaction.set_rollback(True)
