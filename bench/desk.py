"""What the desk's pages cost over HTTP: CPU of the web process and of the database a request, and the queries of each.

    .venv/bin/python -m bench.desk [--database sqlite|postgres|both] [--cases 10000,100000] [--json]

A dispatcher of the whole street is signed in. The goal of the list of 50: at most 12 queries and 15 ms of CPU.
"""

import json
import sys
from typing import Any
from urllib.parse import quote

import click

from bench import ground
from bench.intake import SAFE, postmaster_of
from bench.measuring import Client, Cpu, database_name, machine, run, table, tell
from tools import postgres
from tools.installations import Installation, installation, new_database

ROUNDS = 5
LON, LAT = ground.middle(33)
PAGES = {
    "list of 50, page and all": "/desk/",
    "list of 50, list alone": "/desk/?tab=todo&",
    "list of 50, in work": "/desk/?tab=working&",
    "list of 50, finished": "/desk/?tab=ended&",
    "page 3 of the finished": "/desk/?tab=ended&page=3&",
    "two characters": f"/desk/?tab=ended&q={quote('路灯')}&",
    "two characters, rare": f"/desk/?tab=todo&q={quote('充电')}&",
    "what the map shows": f"/desk/?tab=working&box={LON - 0.003},{LAT - 0.003},{LON + 0.003},{LAT + 0.003}&",
    "pulse, each 15 s": "/desk/pulse?tab=todo&since=2026-11-20T09:00:00Z",
}
SIGN_IN = """
from django.test import Client
from liuchi.people.models import Login
client = Client()
client.force_login(Login.objects.get(username="bench"))
print(client.cookies["sessionid"].value)
"""
COUNT = """
import json, sys
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from liuchi.people.models import Login
client = Client()
client.force_login(Login.objects.get(username="bench"))
told = {}
for address, more in json.loads(%r):
    client.get(address, headers=more)
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(address, headers=more)
    told[address] = [len(caught), answer.status_code, len(answer.content)]
print(json.dumps(told))
"""


def on_database(address: str, postmaster: int | None, cases: int, requests: int) -> list[dict[str, Any]]:
    """Fills an installation and asks for each page; rows of the table."""
    if address:
        new_database(address)
    fill = f"fill_cases(ground, {cases}, journal=False)"
    with installation(address, front=True, LIUCHI_LOG="ERROR") as place:
        place.command("cases", "import-catalogue")
        place.script(
            f"from bench.filling import fill_cases\nfrom bench.ground import fill_ground\nground = fill_ground()\n{fill}"
        )
        if address:
            place.script("from django.db import connection\nconnection.cursor().execute('VACUUM ANALYZE')")
        asked = json.dumps([(page, _headers(page)) for page in PAGES.values()])
        counted = json.loads(place.script(COUNT % asked))
        session = place.script(SIGN_IN).strip()
        place.start("--no-worker")
        return [
            {"database": database_name(address), "cases": cases, "page": name, "queries": counted[page][0], "bytes": counted[page][2],
             **_measure(place, postmaster, page, session, requests)}
            for name, page in PAGES.items()
        ]  # fmt: skip


def _headers(page: str) -> dict[str, str]:
    """An address that ends with & stands for the list alone, as htmx asks for it."""
    return {"HX-Request": "true"} if page.endswith("&") else {}


def _measure(place: Installation, postmaster: int | None, page: str, session: str, requests: int) -> dict[str, Any]:
    assert place.server
    client = Client(place.port)
    headers = {"Cookie": f"sessionid={session}", "Accept_Language": "zh-CN", **_headers(page)}

    def ask() -> None:
        status, said = client.ask("GET", page, **headers)
        if status != 200:
            raise RuntimeError(f"{page}: {status} {said.decode()[:200]}")

    rounds = [
        run([ask], max(10, requests // ROUNDS), Cpu(place.server.pid, postmaster)) for _round in range(ROUNDS + 1)
    ]
    best = min(rounds[1:], key=lambda one: one.web_ms + one.database_ms)
    print(f"{place.environment.get('LIUCHI_DATABASE', 'SQLite')[:8]} {page}: {best.web_ms:.1f} ms", file=sys.stderr)
    return {
        "web_ms": best.web_ms,
        "database_ms": best.database_ms,
        "middle_ms": best.middle_ms,
        "slowest_ms": best.slowest_ms,
    }


@click.command()
@click.option("--database", type=click.Choice(["sqlite", "postgres", "both"]), default="both", show_default=True)
@click.option("--cases", default="10000,100000", show_default=True)
@click.option("--requests", default=150, show_default=True, help="For each page.")
@click.option("--json", "as_json", is_flag=True)
def main(database: str, cases: str, requests: int, as_json: bool) -> None:
    """Measures the desk."""
    before = machine()
    rows = []
    for count in map(int, cases.split(",")):
        if database != "postgres":
            rows += on_database("", None, count, requests)
        if database != "sqlite":
            with postgres.server(SAFE) as address:
                rows += on_database(address("bench"), postmaster_of(address("postgres")), count, requests)
    heads = ["database", "page", "cases", "queries", "web CPU ms", "database CPU ms", "median ms", "kB"]
    lines = [
        [row["database"], row["page"], f"{row['cases']:,}", row["queries"], row["web_ms"], row["database_ms"], row["middle_ms"], round(row["bytes"] / 1000)]
        for row in rows
    ]  # fmt: skip
    tell(as_json, {"machine": before, "rows": rows}, table(heads, lines))


if __name__ == "__main__":
    main()
