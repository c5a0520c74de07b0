"""Putting things into the search index and taking them out, in the transaction of the change they follow."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from liuchi.kernel.search import rules
from liuchi.kernel.search.models import Entry

# Longer texts are found by their beginning: an attachment pasted whole would only make the index slow.
MAX_CHARACTERS = 20_000


def index(kind: str, key: object, text: str, area_no: int | None = None) -> None:
    """Makes a thing findable by a text, instead of what was indexed for it before.

    The text should be masked already: whoever may search finds by every word that is in it.
    """
    text = rules.normal(text[:MAX_CHARACTERS])
    entry = Entry.objects.filter(kind=kind, key=str(key)).first()
    if entry is None:
        _insert([Entry(kind=kind, key=str(key), text=text, area_no=area_no)])
    elif (entry.text, entry.area_no) != (text, area_no):
        old = entry.text
        entry.text, entry.area_no = text, area_no
        entry.save(update_fields=["text", "area_no"])
        if old != text:
            _tokens_out([(entry.pk, kind, old)])
            _tokens_in([entry])


def index_new(kind: str, things: Iterable[tuple[object, str, int | None]]) -> int:
    """Indexes many things that were never indexed, for imports: (key, text, area_no). Returns how many."""
    count = 0
    batch: list[Entry] = []
    for key, text, area_no in things:
        batch.append(Entry(kind=kind, key=str(key), text=rules.normal(text[:MAX_CHARACTERS]), area_no=area_no))
        if len(batch) == 1000:
            _insert(batch)
            count += len(batch)
            batch = []
    if batch:
        _insert(batch)
    return count + len(batch)


def drop(kind: str, key: object) -> None:
    """Takes a thing out of the index; it is no longer found."""
    for entry in Entry.objects.filter(kind=kind, key=str(key)):
        _tokens_out([(entry.pk, kind, entry.text)])
        entry.delete()


def drop_kind(kind: str) -> None:
    """Takes all things of a kind out, before they are indexed anew."""
    while some := list(Entry.objects.filter(kind=kind)[:1000]):
        _tokens_out([(entry.pk, kind, entry.text) for entry in some])
        Entry.objects.filter(pk__in=[entry.pk for entry in some]).delete()


def _insert(entries: list[Entry]) -> None:
    if len(entries) == 1:
        entries[0].save(force_insert=True)
    else:
        Entry.objects.bulk_create(entries)
    _tokens_in(entries)


def _tokens_in(entries: list[Entry]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(
                "INSERT INTO kernel_search_fts(rowid, kind, text) VALUES (%s, %s, %s)",
                [(entry.pk, entry.kind, " ".join(rules.tokens(entry.text))) for entry in entries],
            )
        else:
            cursor.executemany(
                "UPDATE kernel_search SET tokens = array_to_tsvector(%s) WHERE id = %s",
                [(sorted({f"={entry.kind}", *rules.tokens(entry.text)}), entry.pk) for entry in entries],
            )


def _tokens_out(gone: list[tuple[int, str, str]]) -> None:
    """(row id, kind, normal text): an FTS5 table without content must be told what to forget."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO kernel_search_fts(kernel_search_fts, rowid, kind, text) VALUES ('delete', %s, %s, %s)",
                [(pk, kind, " ".join(rules.tokens(text))) for pk, kind, text in gone],
            )
