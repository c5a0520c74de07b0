"""Plain statements for the few paths that every report goes through.

Django builds the text of a query anew each time, which takes twenty times as long as the database needs to answer a look-up
by key. Here the text is kept: PostgreSQL plans it once for each connection, SQLite keeps it compiled. Everywhere else a
queryset reads better. Errors and broken transactions behave as with a queryset.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, cast
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

Row = tuple[Any, ...]


def rows(statement: str, values: Sequence[Any]) -> list[Row]:
    """The rows of a statement with ``%s`` for each value; UUIDs and aware datetimes may be among the values."""
    database = connections[DEFAULT_DB_ALIAS]
    return _run(database, statement, [_to_database(value, database) for value in values])


def row(statement: str, values: Sequence[Any]) -> Row | None:
    """The first row, or None."""
    found = rows(statement, values)
    return found[0] if found else None


def insert(new: models.Model) -> None:
    """``new.save(force_insert=True)`` by a statement made once for each model; a number the database gives is set."""
    database = connections[DEFAULT_DB_ALIAS]
    statement, fields, generated = _insert_of(type(new))
    values = []
    for field in fields:
        value = field.pre_save(new, True)
        values.append(None if value is None else field.get_db_prep_save(value, database))
    found = _run(database, statement, values)
    if generated:
        setattr(new, generated, found[0][0])
    new._state.adding = False
    new._state.db = DEFAULT_DB_ALIAS


@cache
def _insert_of(model: type[models.Model]) -> tuple[str, list[Any], str]:
    """(statement, fields it fills, attribute the database fills)."""
    quoted = connections[DEFAULT_DB_ALIAS].ops.quote_name
    generated = model._meta.auto_field
    fields = [field for field in model._meta.local_concrete_fields if field is not generated]
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    statement = f"INSERT INTO {quoted(model._meta.db_table)} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})"
    if generated is None:
        return statement, fields, ""
    return f"{statement} RETURNING {quoted(str(generated.column))}", fields, generated.attname


def _run(database: BaseDatabaseWrapper, statement: str, values: list[Any]) -> list[Row]:
    database.close_if_health_check_failed()
    database.ensure_connection()
    database.validate_no_broken_transaction()
    with database.wrap_database_errors:
        if database.vendor == "sqlite":
            cursor = database.connection.execute(_with_marks(statement), values)
        else:
            cursor = cast(Any, database).Database.Cursor(database.connection)
            cursor.execute(statement, values, prepare=True)
        return cursor.fetchall() if cursor.description else []


@cache
def _with_marks(statement: str) -> str:
    return statement.replace("%s", "?")


def _to_database(value: Any, database: BaseDatabaseWrapper) -> Any:
    if isinstance(value, UUID) and not database.features.has_native_uuid_field:
        return value.hex
    if isinstance(value, datetime):
        return database.ops.adapt_datetimefield_value(value)
    return value


def as_uuid(stored: Any) -> UUID | None:
    """A UUID column as it was read."""
    return UUID(stored) if isinstance(stored, str) else stored
