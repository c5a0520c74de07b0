"""INSERT statements of models, made once, and the values for them as each database keeps them (see ``kernel.sql``)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

# Stands in a part's statement for its owner's.
NEW = "<new>"

# attribute, the type whose values need no preparation by the field, the field
Column = tuple[str, type | None, Any]


@cache
def insert_of(model: type[models.Model], number_of_new: str = "") -> tuple[str, list[Column]]:
    """The statement and the columns it fills. number_of_new: the column that takes the number of the row it is part of."""
    database = connections[DEFAULT_DB_ALIAS]
    quoted = database.ops.quote_name
    fields: list[Any] = [
        field
        for field in model._meta.local_concrete_fields
        if field is not model._meta.auto_field and field.column != number_of_new
    ]
    columns, marks = [quoted(field.column) for field in fields], ["%s"] * len(fields)
    into = f"INSERT INTO {quoted(model._meta.db_table)}"
    if number_of_new:
        columns, marks = [quoted(number_of_new), *columns], [f"{NEW}.number", *marks]
        statement = f"{into} ({', '.join(columns)}) SELECT {', '.join(marks)} FROM {NEW}"
    else:
        statement = f"{into} ({', '.join(columns)}) VALUES ({', '.join(marks)})"
    return statement, [(field.attname, _as_it_is(field), field) for field in fields]


_AS_THEY_ARE: dict[type, type] = {
    models.CharField: str,
    models.TextField: str,
    models.SmallIntegerField: int,
    models.IntegerField: int,
    models.BigIntegerField: int,
    models.FloatField: float,
    models.BooleanField: bool,
    models.UUIDField: UUID,
    models.DateTimeField: datetime,
}


def _as_it_is(field: Any) -> type | None:
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return None
    return _AS_THEY_ARE.get(type(getattr(field, "target_field", field)))


def values_of(new: models.Model, columns: list[Column], database: BaseDatabaseWrapper) -> list[Any]:
    """The values for the columns, as the database keeps them; the fields are asked only where a value is no plain one."""
    prepare = _SQLITE if database.vendor == "sqlite" else {}
    values = []
    for name, plain, field in columns:
        value = new.__dict__.get(name)
        if type(value) is plain:
            if plain in prepare:
                value = prepare[plain](value)
        elif value is not None or plain is None:
            value = field.pre_save(new, True)
            value = None if value is None else field.get_db_prep_save(value, database)
        values.append(value)
    return values


def to_database(value: Any, database: BaseDatabaseWrapper) -> Any:
    """A value of a plain statement as the database keeps it."""
    prepare = _SQLITE.get(type(value)) if database.vendor == "sqlite" else None
    return prepare(value) if prepare else value


# How Django keeps these in SQLite, which has no types for them.
_SQLITE: dict[type, Callable[[Any], Any]] = {
    UUID: lambda value: value.hex,
    datetime: lambda value: str(value.astimezone(UTC).replace(tzinfo=None)),
}
