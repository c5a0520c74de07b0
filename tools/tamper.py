"""Tampers with a copy of an SQLite database in six ways, by SQL alone and with the standard library alone.

    python tools/tamper.py liuchi.sqlite3 WAY COPY.sqlite3

writes a tampered COPY; ``liuchi journal verify`` on it must name what was done. WAY is one of the names below, or
``list``. A journal with at least two seals of two rows is needed.
"""

import hashlib
import json
import shutil
import sqlite3
import sys


def change_row(db):
    """A fact of a sealed row is changed, and its own hash is made to fit nothing."""
    row = _some_row(db)
    db.execute("UPDATE kernel_journal_row SET facts = ? WHERE id = ?", (json.dumps({"forged": True}), row))


def change_row_and_hash(db):
    """As above, but a clever forger also writes a new hash for the row."""
    row = _some_row(db)
    db.execute(
        "UPDATE kernel_journal_row SET verb = 'case.forged', hash = ? WHERE id = ?",
        (hashlib.sha256(b"forged").hexdigest(), row),
    )


def delete_row(db):
    """A sealed row vanishes with its place and its sides."""
    row = _some_row(db)
    for table, column in (
        ("kernel_journal_side", "row_id"),
        ("kernel_journal_position", "row_id"),
        ("kernel_journal_row", "id"),
    ):
        db.execute("DELETE FROM %s WHERE %s = ?" % (table, column), (row,))


def add_row(db):
    """A made-up row is put into a sealed batch."""
    columns = [name for _number, name, *_rest in db.execute("PRAGMA table_info(kernel_journal_row)") if name != "id"]
    row = _some_row(db)
    values = dict(
        zip(
            columns,
            db.execute("SELECT %s FROM kernel_journal_row WHERE id = ?" % ", ".join(columns), (row,)).fetchone(),
        )
    )
    values["version"] = 1_000_000
    new = db.execute(
        "INSERT INTO kernel_journal_row (%s) VALUES (%s)" % (", ".join(values), ", ".join("?" * len(values))),
        list(values.values()),
    ).lastrowid
    seal, place = db.execute(
        "SELECT seal_id, max(place) FROM kernel_journal_position GROUP BY seal_id ORDER BY seal_id LIMIT 1"
    ).fetchone()
    db.execute("INSERT INTO kernel_journal_position (row_id, seal_id, place) VALUES (?, ?, ?)", (new, seal, place + 1))


def swap_rows(db):
    """Two rows of a seal change places: what came first comes second."""
    seal = db.execute(
        "SELECT seal_id FROM kernel_journal_position GROUP BY seal_id HAVING count(*) > 1 LIMIT 1"
    ).fetchone()[0]
    first, second = [
        row
        for (row,) in db.execute(
            "SELECT row_id FROM kernel_journal_position WHERE seal_id = ? ORDER BY place LIMIT 2", (seal,)
        )
    ]
    for row, place in ((first, -1), (second, 0), (first, 1)):
        db.execute("UPDATE kernel_journal_position SET place = ? WHERE row_id = ?", (place, row))


def change_words(db):
    """What a person said is changed in the side row."""
    side = db.execute(
        "SELECT s.id FROM kernel_journal_side s JOIN kernel_journal_position p ON p.row_id = s.row_id ORDER BY s.id LIMIT 1"
    ).fetchone()[0]
    db.execute("UPDATE kernel_journal_side SET body = ? WHERE id = ?", (json.dumps({"words": "never said"}), side))


def cut_end(db):
    """The last seal vanishes with its rows; only a head exported before can tell."""
    last = db.execute("SELECT max(number) FROM kernel_journal_seal").fetchone()[0]
    rows = [row for (row,) in db.execute("SELECT row_id FROM kernel_journal_position WHERE seal_id = ?", (last,))]
    db.execute("DELETE FROM kernel_journal_position WHERE seal_id = ?", (last,))
    db.execute("DELETE FROM kernel_journal_seal WHERE number = ?", (last,))
    for row in rows:
        db.execute("DELETE FROM kernel_journal_side WHERE row_id = ?", (row,))
        db.execute("DELETE FROM kernel_journal_row WHERE id = ?", (row,))


def _some_row(db):
    """A row in the middle of sealed history."""
    rows = [row for (row,) in db.execute("SELECT row_id FROM kernel_journal_position ORDER BY seal_id, place")]
    return rows[len(rows) // 2]


# What verify says for each; cut_end needs --head.
WAYS = {
    "change_row": "row changed",
    "change_row_and_hash": "rows re-ordered or replaced",
    "delete_row": "row missing",
    "add_row": "row added",
    "swap_rows": "rows re-ordered or replaced",
    "change_words": "side row changed",
    "cut_end": "the journal was cut off",
}


def tamper(source, way, copy):
    """Writes a tampered copy of a database."""
    with sqlite3.connect(source) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(source, copy)
    with sqlite3.connect(copy) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        globals()[way](db)


if __name__ == "__main__":
    if sys.argv[1:] == ["list"]:
        for name, said in WAYS.items():
            print("%-20s -> %s" % (name, said))
    elif len(sys.argv) == 4 and sys.argv[2] in WAYS:
        tamper(*sys.argv[1:])
    else:
        sys.exit(__doc__)
