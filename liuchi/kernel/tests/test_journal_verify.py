"""Sealed history is whole, and every way of touching it is named."""

import json
import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection, transaction

from liuchi.kernel.context import Context
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.journal import consumers
from liuchi.kernel.journal.models import Position, Row, Seal, Side
from liuchi.kernel.journal.queries import verify
from liuchi.kernel.records import actions as records
from tools import tamper

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
PERSON = uuid4()
CTX = Context(at=NOON, recorded_at=NOON, person=PERSON)


def some_history(batches: int = 3, rows: int = 4):
    """So many seals of so many rows."""
    made = []
    for _batch in range(batches):
        with transaction.atomic():
            for number in range(rows):
                record = records.create("case")
                journal.write(CTX, record, "case.reported", {"n": number}, {"words": f"第{number}件"}, about=PERSON)
                made.append(record)
        journal.seal(NOON)
    return made


@pytest.mark.django_db
def test_untouched_history_is_whole():
    some_history()
    with transaction.atomic():
        journal.write(CTX, records.create("case"), "case.reported")
    report = verify()
    assert report.whole
    assert (report.seals, report.sealed, report.unsealed) == (3, 12, 1)
    assert report.head == Seal.objects.get(number=3).hash


@pytest.mark.django_db
def test_an_older_head_is_still_in_it_and_a_strange_one_is_not():
    some_history(1)
    head = verify().head
    some_history(2)
    assert verify(head).whole
    assert not verify("f" * 64).whole


def _found(way: str, head: str | None = None) -> str:
    return " | ".join(problem["problem"] for problem in verify(head).problems)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("touch", "named"),
    [
        (lambda: Row.objects.filter(pk=_middle()).update(facts={"forged": True}), "row changed"),
        (lambda: Row.objects.filter(pk=_middle()).update(hash="0" * 64), "rows re-ordered or replaced"),
        (lambda: Side.objects.filter(row=_middle(), kind="personal").update(body={"words": "x"}), "side row changed"),
        (lambda: Side.objects.filter(row=_middle(), kind="actor").delete(), "side row gone without an erasure"),
        (lambda: Position.objects.filter(pk=_middle()).delete(), "row missing"),
        (lambda: _swap(), "rows re-ordered"),
        (lambda: Seal.objects.filter(number=2).update(count=9), "seal changed"),
        (lambda: Seal.objects.filter(number=2).update(mac="0" * 64), "not made with this installation's key"),
    ],
)
def test_touching_sealed_history_is_named(touch, named):
    some_history()
    touch()
    assert named in _found("")


def _middle() -> int:
    return Position.objects.order_by("seal_id", "place")[5].pk


def _swap() -> None:
    one, other = Position.objects.filter(seal_id=2).order_by("place")[:2]
    Position.objects.filter(pk=one.pk).update(place=99)
    Position.objects.filter(pk=other.pk).update(place=one.place)
    Position.objects.filter(pk=one.pk).update(place=other.place)


@pytest.mark.django_db
def test_a_whole_chain_made_anew_without_the_key_is_found():
    """A forger who rewrites every hash still lacks the key of the seals."""
    from liuchi.kernel.journal import rules

    some_history()
    Row.objects.filter(pk=_middle()).update(verb="case.forged")
    from liuchi.kernel.journal.queries import hash_of

    row = Row.objects.get(pk=_middle())
    Row.objects.filter(pk=row.pk).update(hash=hash_of(row))
    previous = ""
    for seal in Seal.objects.order_by("number"):
        hashes = Position.objects.filter(seal=seal).order_by("place").values_list("row__hash", flat=True)
        seal.previous, seal.rows = previous, rules.rows_digest(hashes)
        seal.hash = rules.seal_hash(seal.number, seal.previous, seal.count, seal.rows, seal.sealed_at)
        seal.mac = rules.seal_mac(b"guessed", seal.hash)
        seal.save()
        previous = seal.hash
    assert "not made with this installation's key" in _found("")


@pytest.mark.django_db
def test_erasing_a_person_leaves_history_whole_and_says_erased():
    made = some_history()
    subject = records.create("person")
    subject_row = Context(at=NOON, recorded_at=NOON)
    Side.objects.filter(kind="personal").update(person_id=subject.pk)
    with transaction.atomic():
        erased = journal.erase_person(subject_row, subject, ties=False)
    report = verify()
    assert report.whole
    assert erased == report.erased == len(made)
    assert not Side.objects.filter(kind="personal").exists()


@pytest.mark.django_db
def test_cutting_ties_to_actors_leaves_history_whole():
    some_history()
    with transaction.atomic():
        record = records.create("installation")
        journal.write(Context(at=NOON, recorded_at=NOON), record, "installation.made")
    later = NOON.replace(year=2027)
    assert journal.cut_ties(Context(at=later, recorded_at=later), record, NOON.replace(year=2027)) == 12
    report = verify()
    assert report.whole
    assert report.erased == 12
    assert not Side.objects.filter(kind="actor").exists()


@pytest.mark.django_db
def test_readers_get_each_sealed_row_once_and_in_order(monkeypatch):
    got: list[int] = []
    monkeypatch.setattr(consumers, "_consumers", {"test": lambda rows: got.extend(row.pk for row in rows)})
    some_history(2)
    consumers.run("test")
    some_history(1)
    while consumers.run("test"):
        pass
    assert got == list(Position.objects.order_by("seal_id", "place").values_list("row_id", flat=True))


@pytest.mark.django_db
def test_a_reader_that_fails_keeps_its_place_and_says_why(monkeypatch):
    def fail(rows):
        raise RuntimeError("no paper")

    monkeypatch.setattr(consumers, "_consumers", {"printer": fail})
    some_history(1)
    assert consumers.run("printer") == 0
    from liuchi.kernel.journal.models import Cursor

    cursor = Cursor.objects.get(consumer="printer")
    assert cursor.failed == 1
    assert "no paper" in cursor.problem


needs_sqlite = pytest.mark.skipif(
    "sqlite" not in str(connection.vendor), reason="the script tampers with an SQLite file"
)


@needs_sqlite
@pytest.mark.django_db
@pytest.mark.parametrize(("way", "named"), tamper.WAYS.items())
def test_each_way_of_the_tampering_script_is_named(way, named):
    some_history()
    head = verify().head
    getattr(tamper, way)(connection.connection)
    assert named in _found("", head)


@needs_sqlite
@pytest.mark.django_db(transaction=True)  # a copy of a file takes what is committed
def test_the_command_ends_with_1_on_a_copy_that_the_script_tampered_with(tmp_path):
    some_history()
    source, copy = tmp_path / "source.sqlite3", tmp_path / "copy.sqlite3"
    with sqlite3.connect(source) as target:
        connection.connection.backup(target)
    environment = _environment(tmp_path, copy)
    script = Path(tamper.__file__)
    subprocess.run([sys.executable, "-S", "-E", str(script), str(source), "swap_rows", str(copy)], check=True)
    done = subprocess.run(
        [sys.executable, "-m", "liuchi.site.cli", "journal", "verify", "--json"],
        capture_output=True, text=True, env=environment,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "rows re-ordered or replaced" in [problem["problem"] for problem in json.loads(done.stdout)["problems"]]


def _environment(tmp_path, database):
    import os

    from django.conf import settings

    keys = tmp_path / "keys"
    shutil.copytree(settings.KEYS, keys)
    return os.environ | {
        "LIUCHI_VAR": str(tmp_path), "LIUCHI_KEYS": str(keys), "LIUCHI_DATABASE": f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "liuchi.site.settings",
    }  # fmt: skip
