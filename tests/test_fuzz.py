"""Whatever is sent to whichever address: an answer, never a 500."""

import io
import json
import re
from functools import cache as once
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liuchi.kernel.outbox.models import Slowed
from tests.access_matrix import MATRIX, ROLES, Row
from tests.phones import Phone, refused
from tests.world import World, fill

pytestmark = pytest.mark.django_db

# --- every address ---------------------------------------------------------------------------------------------------

# 501 signs are more than any column takes.
HOSTILE = ["长" * 501, "", "\x00", "-1", "9" * 30, "NaN", "2200-13-45", "00000000-0000-0000-0000-000000000000"]


@once
def names() -> list[str]:
    """What any form or address of the house reads, by its source."""
    found: set[str] = set()
    for path in (Path(__file__).parents[1] / "liuchi").rglob("*.py"):
        text = path.read_text()
        found |= set(re.findall(r"(?:POST|GET|FILES)(?:\.get(?:list)?\(|\[)\s*\"(\w+)\"", text))
        found |= set(re.findall(r"(?:form|said|data|sent|asked|posted)(?:\.get(?:list)?\(|\[)\s*\"(\w+)\"", text))
        if path.name in ("forms.py", "api.py") or "desk" in path.parts:
            found |= set(re.findall(r"^\s+(\w+) = \w*forms?\.", text, re.M)) | set(
                re.findall(r"(\w+): (?:str|int|float|UUID)\b", text)
            )
    return sorted(found)


def insider(row: Row) -> str:
    """Somebody who comes in."""
    return next((letter for letter, sign in zip(ROLES, row.own, strict=True) if sign in "+*"), "A")


def was_read(request: Any) -> bool:
    """Whether anything looked at what came with the request: Django takes it apart when it is first asked for."""
    return "GET" in vars(request) or request._read_started


@pytest.mark.parametrize(
    "row", [row for row in MATRIX if row.own.strip(">0-")], ids=lambda row: f"{row.method} /{row.address} {row.about}"
)
def test_no_address_breaks_whatever_it_is_sent(world: World, row: Row) -> None:
    client = world.clients[insider(row)]
    url = fill(row.address, row.about, world.own)
    fields = names()
    client.raise_request_exception = True
    methods = ["get", "post"]
    for value in HOSTILE:
        same = dict.fromkeys(fields, value)
        for method in list(methods):
            data = same if method == "get" else {**same, "file": io.BytesIO(value.encode())}
            cache.clear()
            Slowed.objects.all().delete()
            with transaction.atomic():
                told = getattr(client, method)(url, data)
                transaction.set_rollback(True)
            assert told.status_code < 500, f"{method} {url} with {value[:20]!r}: {told.status_code}"
            if told.status_code == 405 or not was_read(told.wsgi_request):  # nor would it read the next value
                methods.remove(method)


def test_names_of_fields_are_found() -> None:
    assert {"text", "words", "unit", "phone", "q", "lon"} <= set(names())


@pytest.mark.parametrize("thing", ["case_id", "receipt", "pk", "media_id", "code"])
def test_things_in_addresses_may_be_anything(world: World, thing: str) -> None:
    rows = [row for row in MATRIX if thing in row.address]
    for row in rows:
        for value in ("0", "%00", "%ff", "长", "x" * 3000, "..%2f..", "9" * 25):
            url = "/" + re.sub(r"<[^>]+>", value, row.address)
            assert getattr(world.clients[insider(row)], row.method.lower())(url).status_code < 500, url


# --- fuzzing ---------------------------------------------------------------------------------------------------------

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
VERBS = ["case.report", "case.add", "case.withdraw", "case.rate", "case.accept", "case.handle"]
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
