"""The port for how long what is kept: each app says what it keeps on people, from when its time runs, and how it goes.

The days are data (``models.Keeping``): an administrator sets them between the bounds that the app gives. Every field is carried
out by the worker in small steps (``actions.carry_out``), and counted without touching anything (``queries.table``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise

from liuchi.kernel.context import Context, system

# How many a step takes at most: one short transaction each, so that nobody waits for it.
STEP = 200


@dataclass(frozen=True, slots=True)
class Field:
    """group, title: what it is; since: from when its time runs; days: unless the office says otherwise; least, most: between
    what the office may choose; due: how many there are whose time began before a moment, counted up to a number; let_go: lets
    go of those whose time began before a moment, up to a number, in transactions of its own, and says how many."""

    group: str | Promise
    title: str | Promise
    since: str | Promise
    days: int
    least: int
    most: int
    due: Callable[[datetime, int], int]
    let_go: Callable[[datetime, datetime, int], int]


_fields: dict[str, Field] = {}


def register(name: str, field: Field) -> None:
    """Adds a field under a name such as ``cases.contact``."""
    _fields[name] = field


def fields() -> dict[str, Field]:
    """All fields, in the order in which the apps were started and registered them."""
    return dict(_fields)


def of_rows(
    old: Callable[[datetime], QuerySet[Any]], empty: Callable[[Context, QuerySet[Any]], object]
) -> tuple[Callable[[datetime, int], int], Callable[[datetime, datetime, int], int]]:
    """(due, let_go) of rows of one table. old: those whose time began before a moment and that still hold something; empty:
    lets go of some of them, inside a transaction."""

    def due(before: datetime, most: int) -> int:
        return old(before).order_by()[:most].count()

    def let_go(at: datetime, before: datetime, most: int) -> int:
        with transaction.atomic():
            some = list(old(before).order_by().values_list("pk", flat=True)[:most])
            if some:
                empty(system(at), old(before).filter(pk__in=some))
        return len(some)

    return due, let_go
