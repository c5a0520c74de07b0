"""Finding things by a piece of their text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from liuchi.kernel.search import rules


@dataclass(frozen=True, slots=True)
class Found:
    """keys: the newest first, at most the limit; count: how many there are, at most the cap; capped: there are more."""

    keys: list[str]
    count: int
    capped: bool


NOTHING = Found([], 0, False)


def find(
    kind: str, query: str, limit: int = 50, cap: int = 1000, areas: Sequence[tuple[int, int]] | None = None
) -> Found:
    """Things whose text contains the query, by the normal form of both (`rules.normal`); an empty query finds nothing.

    areas: only what lies in one of these ranges of ``area_no``, first and last included. Exact on both databases. Takes
    the first page and counts to the cap, since a common word in a million texts would be counted for a long time.
    """
    wanted = rules.normal(query)
    if not wanted or limit <= 0:
        return NOTHING
    table, number, condition, parameters = (_sqlite if connection.vendor == "sqlite" else _postgres)(kind, wanted)
    if areas is not None:
        if not areas:
            return NOTHING
        condition += " AND (" + " OR ".join(["e.area_no BETWEEN %s AND %s"] * len(areas)) + ")"
        parameters = [*parameters, *(edge for area in areas for edge in area)]
    chosen = f"FROM {table} WHERE {condition}"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT e.id, e.key {chosen} LIMIT %s", [*parameters, cap + 1])
        rows = cursor.fetchall()
        if len(rows) <= cap:
            rows.sort(reverse=True)
            return Found([key for _id, key in rows[:limit]], len(rows), False)
        # More than the cap: those at hand need not be the newest.
        cursor.execute(f"SELECT e.id, e.key {chosen} ORDER BY {number} DESC LIMIT %s", [*parameters, limit])
        return Found([key for _id, key in cursor.fetchall()], cap, True)


# (tables, number of the entry, condition, parameters)
Match = tuple[str, str, str, list[Any]]


def _sqlite(kind: str, wanted: str) -> Match:
    """FTS5: the phrase of the bigrams; for one character every token that begins with it. The look at the text keeps it
    exact should index and table ever disagree."""
    if len(wanted) == 1:
        phrase = f'text:"{rules.tokens(wanted)[0]}"*'
    else:
        phrase = f'text:"{" ".join(rules.query_tokens(wanted))}"'
    table = "kernel_search_fts f JOIN kernel_search e ON e.id = f.rowid"
    condition = "kernel_search_fts MATCH %s AND instr(e.text, %s) > 0"
    return table, "f.rowid", condition, [f'kind:"{kind}" AND {phrase}', wanted]


def _postgres(kind: str, wanted: str) -> Match:
    """GIN over the set of bigrams, then the text itself. The index keeps no positions, so that a phrase query would have
    to read every candidate as well; and a tsvector forgets positions past 256 of one bigram, the text does not."""
    parts = [f"={kind}"]
    parts += [rules.tokens(wanted)[0]] if len(wanted) == 1 else sorted(set(rules.query_tokens(wanted)))
    query = " & ".join("'" + part.replace("\\", "\\\\").replace("'", "''") + "'" for part in parts)
    if len(wanted) == 1:
        query += ":*"
    return "kernel_search e", "e.id", "e.tokens @@ %s::tsquery AND strpos(e.text, %s) > 0", [query, wanted]
