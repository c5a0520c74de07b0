"""What many tests begin with is made once in a process, by the real actions; later tests find the same rows again."""

import pickle
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import connection, transaction

from liuchi.kernel.search.actions import _tokens_in
from liuchi.kernel.search.models import Entry

Made = TypeVar("Made")
Rows = dict[str, tuple[list[str], set[tuple[Any, ...]]]]


class Kept(Generic[Made]):
    """``Kept(a_place)()`` is what ``a_place()`` gives, with its rows in the database, in a tenth of the time."""

    def __init__(self, make: Callable[[], Made]) -> None:
        self.make = make
        self.rows: list[tuple[str, list[tuple[Any, ...]]]] = []
        self.made = b""

    def __call__(self) -> Made:
        with transaction.atomic():
            if not self.made:
                return self._first()
            with connection.cursor() as cursor:
                for statement, rows in self.rows:
                    cursor.executemany(statement, rows)
            if connection.vendor == "sqlite" and any("kernel_search" in statement for statement, _rows in self.rows):
                _tokens_in(list(Entry.objects.all()))
        return pickle.loads(self.made)

    def _first(self) -> Made:
        before = _all_rows()
        made = self.make()
        for table, (columns, rows) in _all_rows().items():
            gone, new = before[table][1] - rows, rows - before[table][1]
            assert not gone, f"{table} had rows that were changed: only what is added can be put back"
            if new:
                names, signs = ", ".join(f'"{column}"' for column in columns), ", ".join(["%s"] * len(columns))
                self.rows.append((f'INSERT INTO "{table}" ({names}) VALUES ({signs})', list(new)))
        self.made = pickle.dumps(made)
        return made


def _all_rows() -> Rows:
    found: Rows = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True):
            cursor.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in cursor.description]
            found[table] = (
                columns,
                {
                    tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)
                    for row in cursor.fetchall()
                },
            )
    return found
