"""Plain statements for the few paths that every report goes through.

Django builds the text of a query anew each time, which takes twenty times as long as the database needs to answer a look-up
by key. Here the text is kept and the database prepares it once for each connection. With PostgreSQL several statements can
also go together (docs/decisions/0011-few-trips.md). Everywhere else a queryset reads better. Errors and broken transactions
behave as with a queryset.
"""

from __future__ import annotations

import re
import select
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import cache
from itertools import count
from typing import Any, cast
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from liuchi.kernel.inserts import NEW, insert_of, to_database, values_of

Row = tuple[Any, ...]
# psycopg.pq.TransactionStatus.IDLE; an installation with SQLite needs no psycopg at all.
_IDLE = 0
Then = Callable[[list[Row]], None]


class Asked:
    """A statement and, from when somebody looks, its rows."""

    __slots__ = ("_rows", "statement", "then", "values", "wanted")

    def __init__(self, statement: str, values: list[Any], then: Then | None = None, *, wanted: bool = True) -> None:
        self.statement = statement
        self.values = values
        self.then = then
        self.wanted = wanted  # whether anybody will look at the rows
        self._rows: list[Row] | None = None

    @property
    def rows(self) -> list[Row]:
        """The rows; sends what waits if they are not here yet."""
        if self._rows is None:
            _send(connections[DEFAULT_DB_ALIAS])
        return cast(list[Row], self._rows)

    def found(self, rows: list[Row]) -> None:
        """The database has answered."""
        self._rows = rows
        if self.then:
            self.then(rows)


class _Here(threading.local):
    waiting: list[Asked] | None = None  # None: nothing waits, each statement goes at once


_here = _Here()
_writing = threading.RLock()


@contextmanager
def in_turn() -> Iterator[None]:
    """With SQLite the threads of a process that write go one after the other, as the file wants it anyway: waiting here costs
    nothing, while asking the file again and again, and taking Python's lock from each other at each statement, costs half a
    report. With PostgreSQL they go side by side."""
    database = connections[DEFAULT_DB_ALIAS]
    if database.vendor != "sqlite" or database.in_atomic_block:
        yield
        return
    with _writing:
        yield


def ask(statement: str, values: Sequence[Any], then: Then | None = None) -> Asked:
    """A statement with ``%s`` for each value; UUIDs and aware datetimes may be among the values.

    Within ``transaction_together`` it may wait until rows are looked at. Those that wait together see what was there
    before all of them, and their rows come as JSON carries them: a UUID as text (``as_uuid`` reads both).
    then: is called with the rows as soon as they are there, and may raise.
    """
    database = connections[DEFAULT_DB_ALIAS]
    asked = Asked(statement, [to_database(value, database) for value in values], then)
    _now_or_together(database, asked)
    return asked


def rows(statement: str, values: Sequence[Any]) -> list[Row]:
    """The rows of a statement, at once."""
    return ask(statement, values).rows


def row(statement: str, values: Sequence[Any]) -> Row | None:
    """The first row, or None."""
    found = rows(statement, values)
    return found[0] if found else None


def insert(new: models.Model) -> None:
    """``new.save(force_insert=True)`` by a statement made once for each model. For models whose key is known before."""
    _insert(type(new), new.__dict__)
    new._state.adding = False
    new._state.db = DEFAULT_DB_ALIAS


def insert_row(model: type[models.Model], **values: Any) -> None:
    """A row for which nobody needs the model's object. values: as ``inserts.values_of`` says, the key among them."""
    _insert(model, values)


def _insert(model: type[models.Model], values: dict[str, Any]) -> None:
    database = connections[DEFAULT_DB_ALIAS]
    statement, columns = insert_of(model)
    _now_or_together(database, Asked(statement, values_of(values, columns, database), wanted=False))


def insert_with(
    model: type[models.Model],
    values: dict[str, Any],
    part: type[models.Model],
    parts: Sequence[dict[str, Any]],
    owner: str,
) -> None:
    """Inserts a row whose number the database gives, and its parts, whose column ``owner`` names it."""
    database = connections[DEFAULT_DB_ALIAS]
    statement, columns = insert_of(model)
    number = cast(Any, model._meta.auto_field).column
    first = Asked(f"{statement} RETURNING {number} AS number", values_of(values, columns, database))
    if database.vendor == "sqlite":
        _now_or_together(database, first)
        for one in parts:
            _insert(part, {**one, owner: first.rows[0][0]})
        return
    first.wanted = False
    statement, columns = insert_of(part, owner)
    group = [Asked(statement, values_of(one, columns, database), wanted=False) for one in parts]
    _now_or_together(database, first, *group)


@contextmanager
def transaction_together() -> Iterator[None]:
    """``transaction.atomic()`` in which PostgreSQL is not waited for until rows are needed: statements of this module go
    out together, the last ones with COMMIT. Each trip costs both sides more than a small statement does.

    Whatever a queryset does in between sends what waits before it, so the order stays. Errors of an insert come later,
    at the latest at the end of the block. With SQLite, which has no trips, it is ``transaction.atomic()``.
    """
    database = connections[DEFAULT_DB_ALIAS]
    if database.vendor == "sqlite":
        with in_turn(), transaction.atomic():
            yield
        return
    if _here.waiting is not None:
        with transaction.atomic():
            yield
        return
    outermost = not database.in_atomic_block
    if outermost:
        _take_for_well(database)
    with transaction.atomic():
        _here.waiting = []
        try:
            with database.execute_wrapper(_send_first):
                yield
            _send(database, and_commit=outermost)
        finally:
            _here.waiting = None


def _send_first(execute: Any, statement: Any, values: Any, many: bool, context: Any) -> Any:
    _send(context["connection"])
    return execute(statement, values, many, context)


def _now_or_together(database: BaseDatabaseWrapper, *group: Asked) -> None:
    if _here.waiting is None:
        _carry_out(database, list(group))
        return
    # What is asked must see what was put in before it, and statements that go together don't see each other.
    if group[0].wanted and _here.waiting and not _here.waiting[-1].wanted:
        _send(database)
    _here.waiting += group


def _carry_out(database: BaseDatabaseWrapper, group: list[Asked]) -> None:
    """Runs one statement, or several as one (PostgreSQL), and hands out the rows."""
    if len(group) == 1:
        group[0].found(_run(database, group[0].statement, group[0].values))
        return
    statement = _joined(tuple((asked.statement, asked.wanted) for asked in group))
    told = _run(database, statement, [value for asked in group for value in asked.values])[0]
    for place, asked in enumerate(asked for asked in group if asked.wanted):
        asked.found([tuple(row.values()) for row in told[place] or []])


@cache
def _joined(statements: tuple[tuple[str, bool], ...]) -> str:
    """One statement that does all of them and gives the rows of those that are wanted, each as a list in JSON."""
    parts, wanted, owner = [], [], ""
    for place, (statement, is_wanted) in enumerate(statements):
        if NEW not in statement:
            owner = f"part{place}"
        parts.append(f"part{place} AS ({statement.replace(NEW, owner)})")
        if is_wanted:
            wanted.append(f"(SELECT json_agg(part{place}) FROM part{place})")
    return f"WITH {', '.join(parts)} SELECT {', '.join(wanted) or '1'}"


def _run(database: BaseDatabaseWrapper, statement: str, values: list[Any]) -> list[Row]:
    if database.queries_logged:  # who counts a page's queries counts these as well
        database.queries_log.append({"sql": statement, "time": "0"})
    if database.vendor == "sqlite":
        database.ensure_connection()
        database.validate_no_broken_transaction()
        with database.wrap_database_errors:
            cursor = database.connection.execute(_with_marks(statement), values)
            return cursor.fetchall() if cursor.description else []
    _take_for_well(database)
    database.close_if_health_check_failed()
    database.ensure_connection()
    database.validate_no_broken_transaction()
    begins = database.in_atomic_block and database.connection.pgconn.transaction_status == _IDLE
    with database.wrap_database_errors:
        # The driver puts BEGIN before it; in its pipeline it does not wait for the answer to that.
        with database.connection.pipeline() if begins else nullcontext():
            cursor = _execute(database, statement, values)
        return cursor.fetchall() if cursor.description else []


def _take_for_well(database: BaseDatabaseWrapper) -> None:
    """Saves the question, a trip of its own, whether the connection still lives: a server that hung up has said so, and
    then there is something to read."""
    if database.connection is None or database.connection.closed or cast(Any, database).health_check_done:
        return
    came = select.poll()
    came.register(database.connection.pgconn.socket, select.POLLIN)
    cast(Any, database).health_check_done = not came.poll(0)


def _execute(database: BaseDatabaseWrapper, statement: str, values: list[Any]) -> Any:
    # The cursor that takes PostgreSQL's own marks: the others read the statement anew each time if it is a long one.
    cursor = cast(Any, database).Database.RawCursor(database.connection)
    return cursor.execute(_with_numbers(statement), values, prepare=True)


@cache
def _with_numbers(statement: str) -> str:
    number = count(1)
    return re.sub("%s", lambda _mark: f"${next(number)}", statement)


def _send(database: BaseDatabaseWrapper, *, and_commit: bool = False) -> None:
    """Sends what waits; with COMMIT right behind it, if nobody looks at rows. Django then finds nothing left to commit."""
    waiting, _here.waiting = _here.waiting, []
    if not waiting:
        return
    if and_commit and not any(asked.wanted for asked in waiting):
        database.validate_no_broken_transaction()
        with database.wrap_database_errors, database.connection.pipeline():
            statement = _joined(tuple((asked.statement, False) for asked in waiting))
            _execute(database, statement, [value for asked in waiting for value in asked.values])
            _execute(database, "COMMIT", [])
    else:
        _carry_out(database, waiting)


@cache
def _with_marks(statement: str) -> str:
    return statement.replace("%s", "?")


def as_uuid(stored: Any) -> UUID | None:
    """A UUID column as it was read."""
    return UUID(stored) if isinstance(stored, str) else stored
