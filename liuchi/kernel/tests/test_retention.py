"""How long what is kept: a table that the office changes, counted before anything goes, carried out in small steps."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal.models import Row
from liuchi.kernel.retention import actions, fields, queries
from liuchi.kernel.retention.commands import retention

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
CTX = Context(at=AT, recorded_at=AT)


class Shelf:
    """Things that stand there since a day; every field that apps registered is put aside."""

    def __init__(self, ages):
        self.since = [AT - timedelta(days=age) for age in ages]

    def due(self, before, most):
        return min(most, sum(one < before for one in self.since))

    def let_go(self, at, before, most):
        gone = [one for one in self.since if one < before][:most]
        self.since = [one for one in self.since if one not in gone]
        return len(gone)


@pytest.fixture
def shelf(monkeypatch):
    shelf = Shelf([10, 40, 100, 400])
    one = fields.Field("Things", "On the shelf", "put there", 90, 30, 365, shelf.due, shelf.let_go)
    monkeypatch.setattr(fields, "_fields", {"test.shelf": one})
    return shelf


def test_it_is_counted_before_anything_goes(shelf):
    [line] = queries.table(AT)
    assert (line.days, line.own, line.due) == (90, False, 2)
    told = CliRunner().invoke(retention, ["--dry-run", "--json"])
    assert json.loads(told.stdout)["dry_run"] is True
    assert len(shelf.since) == 4


def test_the_office_decides_between_bounds_and_it_is_on_record(shelf):
    actions.keep_for(CTX, "test.shelf", 30)
    assert queries.days("test.shelf") == 30
    assert queries.table(AT)[0].due == 3
    row = Row.objects.get(verb="retention.set")
    assert row.facts == {"field": "test.shelf", "days": 30, "before": 90}
    for wrong in (29, 366, 0, -5):
        with pytest.raises(Refused) as refused:
            actions.keep_for(CTX, "test.shelf", wrong)
        assert "30" in refused.value.sentence
    actions.keep_for(CTX, "test.shelf", None)
    assert (queries.days("test.shelf"), queries.table(AT)[0].own) == (90, False)


def test_it_goes_in_steps_and_the_journal_says_how_many(shelf, monkeypatch):
    assert actions.carry_out(AT, most=1) == {"test.shelf": 1}
    assert actions.carry_out(AT, most=1) == {"test.shelf": 1}
    assert actions.carry_out(AT, most=1) == {}
    assert len(shelf.since) == 2
    assert (
        list(Row.objects.filter(verb="retention.carried_out").values_list("facts", flat=True))
        == [{"test.shelf": 1}] * 2
    )


def test_what_fails_does_not_stop_the_others(shelf, monkeypatch):
    def broken(*_any):
        raise RuntimeError("locked")

    bad = fields.Field("Things", "Bad", "put there", 90, 30, 365, lambda *_any: 0, broken)
    monkeypatch.setattr(fields, "_fields", {"test.bad": bad, **fields.fields()})
    assert actions.carry_out(AT) == {"test.shelf": 2}


def test_the_command_lets_all_of_it_go(shelf):
    shelf.since = [datetime.now(UTC) - timedelta(days=100)] * 3
    told = CliRunner().invoke(retention, ["--json"])
    assert json.loads(told.stdout)["fields"][0]["count"] == 3
    assert shelf.since == []


def test_every_field_of_the_house_has_sound_bounds_and_counts_nothing_in_an_empty_house():
    lines = queries.table(AT)
    assert {line.name for line in lines} >= {
        "cases.contact",
        "cases.faces",
        "cases.words",
        "people.tracks",
        "messages.inside",
    }
    for line in lines:
        assert 0 < line.field.least <= line.field.days <= line.field.most
        assert line.due == 0
    assert actions.carry_out(AT) == {}
