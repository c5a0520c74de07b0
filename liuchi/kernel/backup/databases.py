"""The whole database as files, and back: SQLite by VACUUM INTO, PostgreSQL by COPY, so that no other program is needed
and a backup fits a newer version of the database server."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from liuchi.kernel.migrating import quickly

_PART = 1024 * 1024
_SQLITE_FILE = "liuchi.sqlite3.gz"
_TABLES = """
    SELECT c.relname, array_agg(a.attname ORDER BY a.attnum)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
    GROUP BY c.relname ORDER BY c.relname
"""


class Snapshot(Protocol):
    """A frozen view of the database: ask it, then let it write its files."""

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query, as of the moment of the snapshot."""

    def files(self) -> Iterator[Path]:
        """The files that hold the database, one after the other; each is gone when the next is asked for."""


@contextmanager
def snapshot(folder: Path) -> Iterator[Snapshot]:
    """A view of the database at this moment, while others go on writing. folder: for files in between."""
    if connection.vendor == "sqlite":
        copy = folder / "copy.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(copy)])
        view = sqlite3.connect(copy)
        try:
            yield _Sqlite(view, copy)
        finally:
            view.close()
            copy.unlink(missing_ok=True)
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield _Postgres(folder)


class _Sqlite:
    def __init__(self, view: sqlite3.Connection, copy: Path) -> None:
        self._view, self._copy = view, copy

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        return self._view.execute(query).fetchall()

    def files(self) -> Iterator[Path]:
        packed = self._copy.with_name(_SQLITE_FILE)
        with open(self._copy, "rb") as plain, gzip.open(packed, "wb", compresslevel=3) as out:
            shutil.copyfileobj(plain, out, _PART)
        yield packed
        packed.unlink()


class _Postgres:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return list(cursor.fetchall())

    def files(self) -> Iterator[Path]:
        quote = connection.ops.quote_name
        for table, columns in self.ask(_TABLES):
            path = self._folder / f"{table}.copy.gz"
            with gzip.open(path, "wb", compresslevel=3) as out, connection.cursor() as cursor:
                # the first line names the columns, so that their order in the new database does not matter
                out.write("\t".join(columns).encode() + b"\n")
                listed = ", ".join(quote(column) for column in columns)
                with cursor.copy(f"COPY {quote(table)} ({listed}) TO STDOUT") as rows:
                    for part in rows:
                        out.write(part)
            yield path
            path.unlink()


# --- back ------------------------------------------------------------------------------------------------------------


def is_empty() -> bool:
    """Whether the database of this installation has no tables yet."""
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        if not path.exists():
            return True
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)


def load(files: list[Path], migrations: list[tuple[str, str]]) -> None:
    """Fills the empty database from its files and brings it to this version's tables.

    migrations: (app, name) that the backup's tables had. Raises `Newer` when it was made by a newer version.
    """
    refuse_newer(migrations)
    if connection.vendor == "sqlite":
        _load_sqlite(files)
    else:
        _load_postgres(files, migrations)
    executor = MigrationExecutor(connection)
    with quickly():
        executor.migrate(executor.loader.graph.leaf_nodes())


class Newer(Exception):
    """The backup has migrations that this version does not know."""


def refuse_newer(migrations: list[tuple[str, str]]) -> None:
    """Raises Newer for a migration that this version does not have and did not replace by a later one."""
    nodes = MigrationLoader(None, replace_migrations=False).graph.nodes
    if unknown := [pair for pair in migrations if pair not in nodes]:
        raise Newer(unknown)


def _load_sqlite(files: list[Path]) -> None:
    connection.close()
    target = Path(connection.settings_dict["NAME"])
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.restoring")
    with gzip.open(files[0]) as packed, open(draft, "wb") as out:
        shutil.copyfileobj(packed, out, _PART)
    view = sqlite3.connect(draft)
    try:
        (word,) = view.execute("PRAGMA quick_check(1)").fetchone()
        if word != "ok":
            raise sqlite3.DatabaseError(word)
    finally:
        view.close()
    for rest in ("-wal", "-shm"):
        target.with_name(target.name + rest).unlink(missing_ok=True)
    draft.replace(target)


def _load_postgres(files: list[Path], migrations: list[tuple[str, str]]) -> None:
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    held = {pair for pair in migrations if pair in graph.nodes}
    # the tables as they were: the last migration of each app that the backup had
    targets = [
        pair
        for pair in sorted(held)
        if not any(child.key in held and child.key[0] == pair[0] for child in graph.node_map[pair].children)
    ]
    with quickly():
        executor.migrate(targets)
    quote = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TABLES)
        tables = [name for name, _columns in cursor.fetchall()]
        # what migrations put in is in the backup as well
        cursor.execute(f"TRUNCATE {', '.join(quote(table) for table in tables)}")
        for path in files:
            table = path.name.removesuffix(".copy.gz")
            with gzip.open(path) as rows:
                columns = ", ".join(quote(name) for name in rows.readline().decode().rstrip("\n").split("\t"))
                with cursor.copy(f"COPY {quote(table)} ({columns}) FROM STDIN") as into:
                    while part := rows.read(_PART):
                        into.write(part)
        _continue_numbers(cursor)


def _continue_numbers(cursor: Any) -> None:
    """Rows written from now on get the numbers after those restored."""
    cursor.execute(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = current_schema() AND (is_identity = 'YES' OR column_default LIKE 'nextval(%%')"
    )
    quote = connection.ops.quote_name
    for table, column in cursor.fetchall():
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence(%s, %s), coalesce(max({quote(column)}), 0) + 1, false) FROM {quote(table)}",
            [quote(table), column],
        )


@contextmanager
def work_folder(beside: Path) -> Iterator[Path]:
    """A folder for files in between, on the disk that has room for a backup, readable by nobody else."""
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=beside) as name:
        yield Path(name)
