"""One at a time, for what no row stands for yet."""

from django.db import connection


def one_at_a_time(name: str) -> None:
    """Of two transactions that name the same thing, the second waits here until the first has ended. Call it first inside
    a transaction. On SQLite nothing is needed: there one writes at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
