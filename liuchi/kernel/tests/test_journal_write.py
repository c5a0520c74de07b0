"""The journal takes what happened: once a version, with personal values apart."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.journal import rules
from liuchi.kernel.journal.models import Row
from liuchi.kernel.journal.queries import hash_of, story
from liuchi.kernel.records import actions as records
from liuchi.kernel.records.models import Record

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


def context(**changes) -> Context:
    return Context(at=NOON, recorded_at=NOON + timedelta(minutes=9), **changes)


@pytest.mark.django_db
def test_rows_of_a_record_are_numbered_and_personal_values_lie_apart():
    somebody = uuid4()
    with transaction.atomic():
        record = records.create("case", 7)
        journal.write(
            context(person=somebody, channel="phone"), record, "case.reported", {"matter": 3}, {"words": "外墙掉了"}
        )
        journal.write(context(), record, "case.filed", {"state": "filed"})
    first, second = story(record.pk)
    assert (first.version, second.version) == (1, 2)
    assert first.area_id == 7
    assert first.local_date.isoformat() == "2026-11-22"
    assert first.side("personal") == {"words": "外墙掉了"}
    assert first.side("actor")["person"] == str(somebody)
    assert "外墙" not in str(first.facts)
    assert second.side("actor") is None
    assert Record.objects.get(pk=record.pk).version == 2


@pytest.mark.django_db
def test_of_two_who_saw_the_same_version_the_second_is_refused():
    with transaction.atomic():
        record = records.create("case")
        journal.write(context(), record, "case.reported")
    mine, yours = Record.objects.get(pk=record.pk), Record.objects.get(pk=record.pk)
    journal.write(context(), mine, "case.filed")
    with pytest.raises(Refused) as refused:
        journal.write(context(), yours, "case.filed")
    assert refused.value.status == 409
    with pytest.raises(Refused):
        journal.write(context(), mine, "case.filed", expect=1)
    assert Row.objects.filter(record=record).count() == 2


@pytest.mark.django_db
def test_a_row_read_back_from_the_database_has_the_hash_it_was_written_with():
    with transaction.atomic():
        record = records.create("case")
        facts = {
            "lon": 117.25,
            "whole": 3.0,
            "n": -4,
            "none": None,
            "yes": True,
            "words": "六尺“巷”\n",
            "list": [1.5, {"a": "b"}],
        }
        journal.write(context(), record, "case.reported", facts, {"words": "一"})
    row = Row.objects.get(record=record)
    assert hash_of(row) == row.hash


@pytest.mark.parametrize(
    "bad", [float("nan"), float("inf"), 1e300, 2**60, {1: "x"}, b"x", datetime(2026, 1, 1, tzinfo=UTC)]
)
def test_what_two_databases_would_store_differently_is_not_taken(bad):
    with pytest.raises((ValueError, TypeError)):
        rules.canonical(rules.plain({"value": bad}))


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text().filter(lambda s: "\x00" not in s),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(_JSON, _JSON)
def test_different_contents_have_different_canonical_forms(one, other):
    assert (rules.canonical(one) == rules.canonical(other)) == (_same(one, other))


def _same(one, other) -> bool:
    import json

    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
