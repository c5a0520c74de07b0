"""INSERT statements of models, made once, and the values for them as each database keeps them (see ``kernel.sql``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

# Stands in a part's statement for its owner's.
NEW = "<new>"


class Column(NamedTuple):
    """One column that an INSERT fills: attribute, the type whose values need no preparation, field, what stands for nothing."""

    name: str
    plain: type | None
    field: Any
    default: Any


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
    return statement, [_column(field) for field in fields]


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


def _column(field: Any) -> Column:
    plain = _AS_THEY_ARE.get(type(getattr(field, "target_field", field)))
    made_anew = field.has_default() and callable(field.default)
    return Column(field.attname, plain, field, None if made_anew else field.get_default())


def values_of(given: Mapping[str, Any], columns: list[Column], database: BaseDatabaseWrapper) -> list[Any]:
    """The values for the columns, as the database keeps them; the fields are asked only where a value is no plain one.

    given: by attribute (``record_id``, not ``record``). What is not given is the column's default; times that Django would
    put in by itself, and defaults that are made anew for each row, have to be given.
    """
    prepare = _SQLITE if database.vendor == "sqlite" else {}
    values = []
    for name, plain, field, default in columns:
        value = given.get(name, default)
        if type(value) is plain:
            if plain in prepare:
                value = prepare[plain](value)
        elif value is not None:
            value = field.get_db_prep_save(value, database)
        values.append(value)
    return values


def to_database(value: Any, database: BaseDatabaseWrapper) -> Any:
    """A value of a plain statement as the database keeps it."""
    prepare = _SQLITE.get(type(value)) if database.vendor == "sqlite" else None
    return prepare(value) if prepare else value


# How Django keeps these in SQLite, which has no types for them.
_SQLITE: dict[type, Callable[[Any], Any]] = {
    UUID: lambda value: value.hex,
    date: lambda value: value.isoformat(),
    datetime: lambda value: str(value.astimezone(UTC).replace(tzinfo=None)),
}
