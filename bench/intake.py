"""What taking in one report costs, over HTTP, with everything on, beside two floors of the same run.

    .venv/bin/python -m bench.intake [--database sqlite|postgres|both] [--requests 2000] [--json]

Everything on: outbox token, flood control, place to one of 60 grids, look-up of open cases close by, office number,
receipt, deadline on the working calendar, journal row with its side row, task for the worker, answer kept for the same
key; words of 30 characters, no photo. Reports fall on the 60 grids, so that duplicates close by are found and read.
"""

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from statistics import median
from typing import Any
from uuid import uuid4

import click

from bench import ground
from bench.measuring import Client, Cpu, Run, database_name, machine, run, table, tell
from liuchi.site.serving import server_command
from tools import postgres
from tools.installations import Installation, installation, new_database

WORDS = "外墙掉了一块下来，楼下一直有人走路，很危险，请你们快来看看"
# A database that answers for what it has said: as production runs it.
SAFE = {"fsync": "on"}
CSRF = "b" * 32
ROUNDS = 9


def body() -> bytes:
    """One report as the phone sends it, somewhere on the 60 grids."""
    lon, lat = ground.middle(random.randrange(ground.COLUMNS * ground.ROWS))
    lon += random.uniform(-0.45, 0.45) * ground.ACROSS
    lat += random.uniform(-0.45, 0.45) * ground.ALONG
    said = {
        "key": str(uuid4()),
        "verb": "case.report",
        "at": datetime.now(UTC).isoformat(),
        "version": 1,
        "body": {"text": WORDS, "lon": lon, "lat": lat, "accuracy": 8, "place_source": "gps"},
        "media": [],
    }
    return json.dumps(said).encode()


def phone(port: int, *, with_token: bool = True) -> Callable[[], None]:
    """A phone that sends a report each time it is called; raises when it is not taken."""
    client = Client(port)
    token = {}
    if with_token:
        status, said = client.ask(
            "POST", "/outbox/token", Cookie=f"csrftoken={CSRF}", X_CSRFToken=CSRF, Content_Type="application/json"
        )
        assert status == 201, said
        token = {"Authorization": "Outbox " + json.loads(said)["token"]}

    def send() -> None:
        status, said = client.ask("POST", "/outbox", body(), Content_Type="application/json", **token)
        if status != 201:
            raise RuntimeError(f"{status} {said.decode()}")

    return send


SERVERS = ("Liuchi intake", "Django view + one insert", "raw WSGI + one insert")


def on_database(address: str, postmaster: int | None, requests: int, clients: list[int]) -> list[dict[str, Any]]:
    """Liuchi and the two floors on one database (an address; empty for SQLite); rows of the table.

    All three run at once and are asked in turns, so that a machine that is busy for a while is busy for all of them; of
    the rounds the one that took the least CPU counts.
    """
    rows = []
    with ExitStack() as stack:
        places = {what: stack.enter_context(_server(what, address)) for what in SERVERS}
        name = database_name(address)
        for count in clients:
            phones = {what: _phones(places[what], what, count) for what in SERVERS}
            measured: dict[str, list[Run]] = {what: [] for what in SERVERS}
            for _round in range(ROUNDS + 1):
                for what, place in places.items():
                    assert place.server
                    done = run(phones[what], max(requests // ROUNDS, count), Cpu(place.server.pid, postmaster))
                    measured[what].append(done)
            floor = [one.web_ms for one in measured[SERVERS[1]][1:]]  # the first one warms up
            for what in SERVERS:
                best = min(measured[what][1:], key=lambda one: one.web_ms + one.database_ms)
                times = sorted(one.web_ms / least for one, least in zip(measured[what][1:], floor, strict=True))
                rows.append(
                    {"database": name, "server": what, "clients": count, **best.__dict__, "per_second": best.per_second,
                     "times_the_floor": {"least": times[0], "middle": median(times), "most": times[-1]}}
                )  # fmt: skip
    return rows


def _phones(place: Installation, what: str, count: int) -> list[Callable[[], None]]:
    return [phone(place.port, with_token=what.startswith("Liuchi")) for _each in range(count)]


@contextmanager
def _server(what: str, address: str) -> Iterator[Installation]:
    if what.startswith("Liuchi"):
        if address:
            new_database(address)
        ground = "from bench.ground import fill_ground\nfill_ground()"
        with installation(address, ground, LIUCHI_REPORTS_PER_MINUTE="1000000") as place:
            place.start("--no-worker")
            yield place
        return
    with tempfile.TemporaryDirectory(prefix="liuchi-floor-") as folder:
        floor = address or f"sqlite:///{folder}/floor.sqlite3"
        place = Installation(folder, LIUCHI_FLOOR_DATABASE=floor)
        program = "bench.floors:django_view" if what.startswith("Django") else "bench.floors:raw"
        subprocess.run(
            [sys.executable, "-c", "from bench.floors import make_table; make_table()"],
            check=True,
            env=place.environment,
        )
        try:
            place.run(server_command(program, "127.0.0.1", place.port), "/outbox")
            yield place
        finally:
            place.kill()


def postmaster_of(address: str) -> int:
    """The process id of the PostgreSQL server behind an address."""
    import psycopg

    with psycopg.connect(address) as connection:
        row = connection.execute("SELECT pg_backend_pid()").fetchone()
        assert row
        with open(f"/proc/{row[0]}/stat", encoding="utf-8") as file:
            return int(file.read().rpartition(")")[2].split()[1])


def compared(rows: list[dict[str, Any]]) -> list[str]:
    """The two goals as sentences."""
    said = []
    for row in rows:
        if not row["server"].startswith("Liuchi"):
            continue
        times = row["times_the_floor"]
        said.append(
            f"{row['database']}, {row['clients']} clients: web {times['middle']:.1f} x the Django floor (goal 4; "
            f"{times['least']:.1f} to {times['most']:.1f}), "
            f"web + database {row['web_ms'] + row['database_ms']:.2f} ms (goal 3.30)"
        )
    return said


@click.command()
@click.option("--database", type=click.Choice(["sqlite", "postgres", "both"]), default="both", show_default=True)
@click.option("--requests", default=2000, show_default=True)
@click.option("--clients", default="1,8", show_default=True)
@click.option("--json", "as_json", is_flag=True)
def main(database: str, requests: int, clients: str, as_json: bool) -> None:
    """Measures the intake."""
    counts = [int(one) for one in clients.split(",")]
    before = machine()
    rows = []
    if database != "postgres":
        rows += on_database("", None, requests, counts)
    if database != "sqlite":
        with postgres.server(SAFE) as address:
            rows += on_database(address("bench"), postmaster_of(address("postgres")), requests, counts)
    heads = ["database", "server", "clients", "requests/s", "web CPU ms", "database CPU ms", "median ms", "99 % ms"]
    lines = [
        [
            row["database"],
            row["server"],
            row["clients"],
            round(row["per_second"]),
            row["web_ms"],
            row["database_ms"],
            row["middle_ms"],
            row["slowest_ms"],
        ]
        for row in rows
    ]
    said = {"machine": before, "rows": rows, "goals": compared(rows)}
    tell(as_json, said, table(heads, lines) + "\n\n" + "\n".join(said["goals"]))


if __name__ == "__main__":
    main()
