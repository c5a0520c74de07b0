"""Plain statements behave as querysets do: in order, whole or not at all, and over a connection that had broken."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, OperationalError, close_old_connections, connection, transaction

from liuchi.kernel import sql
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal.models import Row, Side
from liuchi.kernel.outbox.models import Write
from liuchi.kernel.records.models import Record

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


def put_in(record: Record, *sides: dict) -> None:
    row = {"record_id": record.pk, "version": 1, "verb": "x", "at": NOON, "recorded_at": NOON}
    sql.insert_with(Row, {**row, "local_date": NOON.date(), "facts": {"n": [1]}}, Side, sides, "row_id")


def answer(key: UUID) -> None:
    sql.insert_row(Write, key=key, verb="x", result=b"", arrived_at=NOON)


def test_what_was_put_in_together_is_there_afterwards_and_reads_as_it_was():
    record = Record(kind="thing", area_id=7)
    with sql.transaction_together():
        sql.insert(record)
        put_in(
            record,
            {"kind": "actor", "salt": "a", "body": {"who": "甲"}},
            {"kind": "personal", "salt": "b", "body": {"words": "“乙”"}},
        )
    row = Row.objects.get(record=record)
    assert (row.at, row.local_date, row.facts) == (NOON, NOON.date(), {"n": [1]})
    assert (row.side("actor"), row.side("personal")) == ({"who": "甲"}, {"words": "“乙”"})
    assert Record.objects.get().area_id == 7


def test_outside_of_a_block_a_part_names_its_row_as_well():
    put_in(Record.objects.create(kind="thing"), {"kind": "actor", "salt": "a", "body": {}})
    row = Row.objects.get()
    assert Side.objects.get().row_id == row.pk
    assert (row.schema, row.algorithm, row.actor_digest, row.area_id) == (1, "sha256", "", None)


def test_a_queryset_in_the_block_sees_what_was_put_in_before_it():
    with sql.transaction_together():
        sql.insert(Record(kind="thing"))
        assert Record.objects.count() == 1
        assert Record.objects.update(kind="other") == 1
        sql.insert(Record(kind="thing"))
    assert sorted(Record.objects.values_list("kind", flat=True)) == ["other", "thing"]


def test_nothing_stays_of_a_block_that_was_left_by_an_error():
    with pytest.raises(Refused), sql.transaction_together():
        sql.insert(Record(kind="thing"))
        raise Refused("no", "no")
    assert not Record.objects.exists()
    sql.insert(Record(kind="thing"))  # and the next one goes as ever
    assert Record.objects.count() == 1


def test_a_key_that_is_taken_is_an_integrity_error_and_nothing_stays():
    taken = uuid4()
    answer(taken)
    with pytest.raises(IntegrityError), sql.transaction_together():
        sql.insert(Record(kind="thing"))
        answer(taken)
    assert not Record.objects.exists()
    assert sql.rows("SELECT count(*) FROM kernel_outbox_write", ())[0][0] == 1


def test_what_is_refused_at_commit_leaves_nothing_and_the_next_one_goes():
    told = []
    with pytest.raises(IntegrityError), sql.transaction_together():
        transaction.on_commit(lambda: told.append("done"))
        assert sql.rows("SELECT 7", ()) == [(7,)]
        sql.insert(Record(kind="thing"))
        put_in(Record(kind="nowhere"))
    assert not told and not Record.objects.exists() and connection.get_autocommit()
    with sql.transaction_together():
        transaction.on_commit(lambda: told.append(Record.objects.count()))
        sql.insert(Record(kind="thing"))
    assert told == [1]


def test_what_is_asked_first_may_refuse_before_anything_else_is_read():
    def refuse(rows):
        raise Refused("full", str(rows[0][0]))

    with pytest.raises(Refused) as refused, sql.transaction_together():
        sql.ask("SELECT 7", (), refuse)
        sql.insert(Record(kind="thing"))
    assert refused.value.sentence == "7"
    assert not Record.objects.exists()


def test_a_block_within_a_transaction_can_be_taken_back_alone():
    taken = uuid4()
    with transaction.atomic():
        answer(taken)
        with pytest.raises(IntegrityError), sql.transaction_together():
            sql.insert(Record(kind="thing"))
            answer(taken)
        assert not Record.objects.exists()
    assert Write.objects.count() == 1


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="a file does not hang up")
def test_a_connection_that_broke_since_the_last_request_is_made_anew(settings):
    hang_up()
    connection.health_check_done = False  # as at the start of a request
    assert sql.row("SELECT 7", ()) == (7,)


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="a file does not hang up")
def test_a_connection_that_breaks_between_the_trips_is_an_error_and_nothing_stays():
    with pytest.raises(OperationalError), sql.transaction_together():
        sql.insert(Record(kind="thing"))
        assert Record.objects.count() == 1
        sql.insert(Record(kind="thing"))
        hang_up()
    close_old_connections()  # as at the end of a request
    assert not Record.objects.exists()


def hang_up() -> None:
    """The server ends our connection."""
    [(number,)] = sql.rows("SELECT pg_backend_pid()", ())
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [number])
    other.close()
