"""What points cost with five million lines in the books: a balance, a page of history, the figures of a month.

.venv/bin/python -m bench.points --database URL       an empty PostgreSQL database

The books are filled by the database itself and are right: `liuchi points verify` is run over them at the end. The fifty thousand
people in them have no name.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import click

from bench.measuring import database_name, machine, table, tell

DAYS = 730
EVENTS = ("report.true", "class.attended", "lesson.passed", "shift.kept", "service.kept", "event.attended")
WINDOWS, GIFTS = 20, 12

# Awards: of transfer n the person is a random one, the day goes up with n, the event is n's; each has two lines. One of twenty is
# followed later by a reservation that is handed over: two transfers of four lines each.
FILL = """
CREATE TEMP TABLE moves AS
SELECT row_number() OVER (ORDER BY day, ord) AS id, kind, day, person, event, cost, window_no, gift_no, n FROM (
    SELECT 'award' AS kind, %(first)s::date + (n * %(days)s / %(awards)s)::int AS day, n::float AS ord,
        1 + (hashint8(n) & 2147483647) %% %(people)s AS person, (n %% %(events)s)::int AS event, 5 AS cost,
        0 AS window_no, 0 AS gift_no, n
    FROM generate_series(0, %(awards)s - 1) n
    UNION ALL
    SELECT kind, %(first)s::date + (n * %(days)s / %(awards)s)::int, n + shift, 1 + (hashint8(n) & 2147483647) %% %(people)s,
        -1, 5, (n / 20 %% %(windows)s)::int, (n / 20 %% %(gifts)s)::int, n
    FROM generate_series(0, %(awards)s - 1, 20) n, (VALUES ('reserve', 0.2), ('handover', 0.4)) k (kind, shift)
) all_moves;
CREATE TEMP TABLE lines AS
SELECT id, kind, day, n, m.person, event, cost, leg.name, leg.amount, leg.key, leg.source FROM moves m CROSS JOIN LATERAL (
    SELECT 'person' AS name, cost AS amount, 'person:' || m.person AS key, false AS source WHERE kind = 'award'
    UNION ALL SELECT 'issued', -cost, 'issued:' || m.event || ':' || m.day, true WHERE kind = 'award'
    UNION ALL SELECT 'person', -cost, 'person:' || m.person, false WHERE kind = 'reserve'
    UNION ALL SELECT 'held', cost, 'held:' || window_no, false WHERE kind = 'reserve'
    UNION ALL SELECT 'free', -1, 'free:' || window_no || ':' || gift_no, false WHERE kind = 'reserve'
    UNION ALL SELECT 'reserved', 1, 'reserved:' || window_no || ':' || gift_no, false WHERE kind = 'reserve'
    UNION ALL SELECT 'held', -cost, 'held:' || window_no, false WHERE kind = 'handover'
    UNION ALL SELECT 'redeemed', cost, 'redeemed:' || window_no || ':' || gift_no || ':' || m.day, false WHERE kind = 'handover'
    UNION ALL SELECT 'reserved', -1, 'reserved:' || window_no || ':' || gift_no, false WHERE kind = 'handover'
    UNION ALL SELECT 'handed', 1, 'handed:' || window_no || ':' || gift_no || ':' || m.day, false WHERE kind = 'handover'
) leg;
INSERT INTO points_account (kind, key, event, day, window_id, gift_id)
SELECT DISTINCT ON (key) name, key,
    CASE name WHEN 'issued' THEN (%(names)s::text[])[event + 1] ELSE '' END,
    CASE WHEN name IN ('issued', 'redeemed', 'handed') THEN day END,
    CASE WHEN name NOT IN ('person', 'issued') THEN (%(window_ids)s::uuid[])[split_part(key, ':', 2)::int + 1] END,
    CASE WHEN name IN ('free', 'reserved', 'redeemed', 'handed') THEN (%(gift_ids)s::uuid[])[split_part(key, ':', 3)::int + 1] END
FROM lines;
INSERT INTO points_account (kind, key, event, window_id, gift_id)
SELECT 'supply', replace(key, 'free', 'supply'), '', window_id, gift_id FROM points_account WHERE kind = 'free';
ANALYZE points_account;
INSERT INTO kernel_record (id, kind, area_id, secrecy, version)
SELECT md5('r' || n)::uuid, 'points_reservation', NULL, 1, 1 FROM moves WHERE kind = 'reserve';
INSERT INTO points_reservation (record_id, key, holder_id, gift_id, window_id, cost, state, code_turn, code_index, reserved_at,
    month, expires_at, ended_at)
SELECT md5('r' || n)::uuid, md5('r' || n)::uuid, a.id, (%(gift_ids)s::uuid[])[gift_no + 1], (%(window_ids)s::uuid[])[window_no + 1],
    m.cost, 'handed', 0, decode(md5('c' || n) || md5('d' || n), 'hex'), m.day + time '10:00', to_char(m.day, 'YYYY-MM'),
    m.day + interval '8 days', m.day + time '15:00'
FROM moves m JOIN points_account a ON a.key = 'person:' || m.person WHERE m.kind = 'reserve';
INSERT INTO points_transfer (id, kind, at, day, holder_id, amount, event, "row", thing, reservation_id, reason)
SELECT m.id, m.kind, m.day + time '12:00', m.day, a.id, cost, CASE WHEN m.event >= 0 THEN (%(names)s::text[])[m.event + 1] ELSE '' END,
    CASE WHEN m.kind = 'award' THEN m.n + 1 END, NULL, CASE WHEN m.kind <> 'award' THEN md5('r' || n)::uuid END, ''
FROM moves m JOIN points_account a ON a.key = 'person:' || m.person;
INSERT INTO points_transfer (id, kind, at, day, amount, event, reason)
SELECT 1000000000 + id, 'stock_in', %(first)s::date, %(first)s::date, 100000, '', '' FROM points_account WHERE kind = 'free';
CREATE TEMP TABLE keyed AS
SELECT l.id AS transfer, a.id AS account, l.amount, l.source FROM lines l JOIN points_account a ON a.key = l.key
UNION ALL SELECT 1000000000 + id, id, 100000, false FROM points_account WHERE kind = 'free'
UNION ALL SELECT 1000000000 + f.id, s.id, -100000, true FROM points_account f
    JOIN points_account s ON s.key = replace(f.key, 'free', 'supply') WHERE f.kind = 'free';
INSERT INTO points_entry (account_id, number, transfer_id, amount, balance, source)
SELECT account, row_number() OVER w, transfer, amount, sum(amount) OVER w, source FROM keyed
WINDOW w AS (PARTITION BY account ORDER BY CASE WHEN transfer >= 1000000000 THEN 0 ELSE transfer END);
"""


def timed(run: Callable[[int], object], times: int) -> tuple[float, float, float]:
    """(middle, 99th of a hundred, what Python itself took of the middle) in milliseconds; the rest is the database."""
    took, own = [], []
    for turn in range(times):
        began, worked = time.perf_counter(), time.process_time()
        run(turn)
        took.append((time.perf_counter() - began) * 1000)
        own.append((time.process_time() - worked) * 1000)
    took.sort()
    return statistics.median(took), took[len(took) * 99 // 100], statistics.median(own)


@click.command()
@click.option("--database", required=True, help="postgres://… of an empty database")
@click.option("--lines", default=5_000_000, show_default=True)
@click.option("--people", default=50_000, show_default=True)
@click.option("--json", "as_json", is_flag=True)
def main(database: str, lines: int, people: int, as_json: bool) -> None:
    """Fills the books and prints milliseconds for each kind of question."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "LIUCHI_VAR": folder,
            "LIUCHI_DATABASE": database,
            "DJANGO_SETTINGS_MODULE": "liuchi.site.settings",
        }
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        said = _measure(lines, people)
    rows = [[name, *values] for name, values in said["answers"].items()]
    text = (
        f"{said['lines']:,} lines filled in {said['filled']:.0f} s, verified in {said['verified']:.0f} s"
        f" ({'right' if said['right'] else 'NOT RIGHT'}); milliseconds\n"
        + table(["asked", "queries", "middle", "99 of 100", "web CPU"], rows)
    )
    tell(as_json, {"machine": machine() | {"database": database_name(database)}, **said}, text)


def _measure(lines: int, people: int) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from liuchi.points import figures as counted
    from liuchi.points import queries
    from liuchi.points.models import Account, Entry
    from liuchi.points.verifying import CHECKS, verify

    began = time.perf_counter()
    _fill(lines, people)
    filled = time.perf_counter() - began
    person = list(Account.objects.filter(kind="person").values_list("pk", flat=True)[:1000])
    last = timezone.localdate()
    month = (last.replace(day=1) - timedelta(days=1)).replace(day=1)

    def balance(turn: int) -> object:
        newest = Entry.objects.filter(account=person[turn % 1000]).order_by("-number")
        return newest.values_list("balance", flat=True)[0]

    def history(turn: int) -> object:
        return queries.history(person[turn % 1000])

    def figures(turn: int) -> object:
        back = (month - timedelta(days=28 * (turn % 20))).replace(day=1)
        return counted.figures(back, (back + timedelta(days=31)).replace(day=1) - timedelta(days=1))

    answers = {}
    for name, run, times in (
        ("balance", balance, 500),
        ("page of history", history, 300),
        ("figures of a month", figures, 100),
        ("what is outstanding", lambda _turn: counted.outstanding(last), 20),
    ):
        with CaptureQueriesContext(connection) as asked:
            run(0)
        run(1)
        answers[name] = [len(asked), *timed(run, times)]
    connection.queries_log.clear()
    CHECKS.pop("award without its row in the journal")  # the journal is not filled here
    began = time.perf_counter()
    right = verify().right
    return {
        "lines": Entry.objects.count(),
        "filled": filled,
        "verified": time.perf_counter() - began,
        "right": right,
        "answers": answers,
    }


def _fill(lines: int, people: int) -> None:
    from django.db import connection, transaction
    from django.utils import timezone

    from liuchi.kernel import context
    from liuchi.points import actions
    from liuchi.territory.models import Area

    ctx = context.system(channel="import")
    area = Area.objects.create(
        code="340881001", name="六尺街道", level="street", first=340881001000000, last=340881001999999
    )
    windows = [actions.open_window(ctx, name=f"窗口{number}", area=area).pk for number in range(WINDOWS)]
    gifts = [actions.make_gift(ctx, name=f"礼品{number}", cost=5).pk for number in range(GIFTS)]
    awards = int(lines / 2.4)  # two lines each, and eight for each twentieth
    values = {
        "first": timezone.localdate() - timedelta(days=DAYS),
        "days": DAYS,
        "awards": awards,
        "people": people,
        "events": len(EVENTS),
        "names": list(EVENTS),
        "windows": WINDOWS,
        "gifts": GIFTS,
        "window_ids": windows,
        "gift_ids": gifts,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL session_replication_role = replica"
        )  # no triggers and no look-ups of keys while it is filled
        for statement in FILL.split(";\n"):
            if statement.strip():
                cursor.execute(statement, values)
    for name in ("points_account", "points_transfer", "points_entry", "points_reservation"):
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM ANALYZE {name}")


if __name__ == "__main__":
    main()
