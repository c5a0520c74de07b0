"""Plain statements for the few paths that every report goes through.

Django builds the text of a query anew each time, which takes twenty times as long as the database needs to answer a look-up
by key. These helpers keep the text and only bring the values into the shape that each database wants. Everywhere else a
queryset reads better.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, models

Row = tuple[Any, ...]


def rows(statement: str, values: Sequence[Any]) -> list[Row]:
    """The rows of a statement with ``%s`` for each value; UUIDs and aware datetimes may be among the values."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [_to_database(value) for value in values])
        return cursor.fetchall()


def row(statement: str, values: Sequence[Any]) -> Row | None:
    """The first row, or None."""
    found = rows(statement, values)
    return found[0] if found else None


def insert(new: models.Model) -> None:
    """``new.save(force_insert=True)`` by a statement made once for each model; a number the database gives is set."""
    statement, fields, generated = _insert_of(type(new), connection.vendor)
    values = [field.get_db_prep_save(field.pre_save(new, True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        if generated:
            setattr(new, generated, cursor.fetchone()[0])
    new._state.adding = False
    new._state.db = connection.alias


@cache
def _insert_of(model: type[models.Model], _vendor: str) -> tuple[str, list[Any], str]:
    """(statement, fields it fills, attribute the database fills)."""
    quoted = connection.ops.quote_name
    generated = model._meta.auto_field
    fields = [field for field in model._meta.local_concrete_fields if field is not generated]
    columns = ", ".join(quoted(field.column) for field in fields)
    statement = f"INSERT INTO {quoted(model._meta.db_table)} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})"
    if generated is None:
        return statement, fields, ""
    return f"{statement} RETURNING {quoted(generated.column)}", fields, generated.attname


def _to_database(value: Any) -> Any:
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value


def as_uuid(stored: Any) -> UUID | None:
    """A UUID column as it was read."""
    return UUID(stored) if isinstance(stored, str) else stored


def as_json(stored: Any) -> Any:
    """A JSON column as it was read."""
    return json.loads(stored) if isinstance(stored, str) else stored
