"""Fills a database for measurements: a street with 60 grids, its units and people, and any number of cases.

Seeded: the same number of cases gives the same rows. They are made in bulk, but they are the rows that the actions
would have written: record, case, journal with its side rows and seals, search.

    .venv/bin/python -m bench.filling --cases 10000      into the database of LIUCHI_VAR / LIUCHI_DATABASE
"""

from __future__ import annotations

import random
import time
from datetime import datetime, timedelta
from typing import Any

import click

from bench.ground import NOW, Ground, fill_ground

BATCH = 2000

THINGS = (
    "外墙",
    "路灯",
    "井盖",
    "垃圾",
    "楼道灯",
    "水管",
    "电动车",
    "护栏",
    "树枝",
    "广告牌",
    "雨棚",
    "路面",
    "下水道",
    "门禁",
    "充电桩",
)
FAULTS = ("掉了一块", "不亮了", "破了", "没人清", "堵住了", "漏水", "挡着路", "松动", "断了一截", "快要倒了")
TAILS = ("，楼下有人走路", "，老人不好走", "，晚上看不清", "，昨天下雨更严重", "，孩子上学经过", "，请来看看", "")


# How far cases have come: of a thousand, most are over.
SHARES = {"reported": 15, "filed": 5, "dispatched": 10, "accepted": 20, "handled": 8, "checked": 4, "closed": 938}
TURNS = ("reported", "filed", "dispatched", "accepted", "handled", "checked", "closed")


def fill_cases(ground: Ground, count: int, seed: int = 6, *, journal: bool = True) -> None:
    """So many cases of the last year, each with the rows that its turns would have written, sealed and findable.

    journal: False leaves the journal out, nine tenths of the rows, for measuring what does not read it.
    """
    from django.db import transaction

    from liuchi.cases.models import NumberSeries
    from liuchi.kernel.journal.actions import seal

    chance = random.Random(seed)
    numbers: dict[str, int] = dict(NumberSeries.objects.values_list("month", "last"))
    began = NOW - timedelta(days=365)
    for start in range(0, count, BATCH):
        amount = min(BATCH, count - start)
        moments = [began + (NOW - began) * ((start + number) / count) for number in range(amount)]
        with transaction.atomic():
            _fill_batch(ground, moments, chance, numbers, journal)
        while seal(NOW):
            pass
    for month, last in numbers.items():
        NumberSeries.objects.update_or_create(month=month, defaults={"last": last})


def _fill_batch(
    ground: Ground, moments: list[datetime], chance: random.Random, numbers: dict[str, int], journal: bool
) -> None:
    from liuchi.cases.models import Case
    from liuchi.kernel.journal.models import Row, Side
    from liuchi.kernel.records import actions as records
    from liuchi.kernel.records.models import Record
    from liuchi.kernel.search import actions as search

    grids = [chance.choice(ground.grids) for _each in moments]
    made = records.create_many("case", [grid.pk for grid in grids])
    cases = [_case(ground, *what, chance, numbers) for what in zip(made, grids, moments, strict=True)]
    Case.objects.bulk_create(cases, batch_size=500)
    rows, sides = [], []
    versions: dict[int, list[Any]] = {}
    for case, record in zip(cases, made, strict=True):
        turns = TURNS[: TURNS.index(case.state) + 1] if journal else ()
        versions.setdefault(TURNS.index(case.state) + 1, []).append(record.pk)
        for version, name in enumerate(turns, 1):
            row, side = _journal(case, name, version, ground)
            rows.append(row)
            sides.append(side)
    for version, keys in versions.items():
        Record.objects.filter(pk__in=keys).update(version=version)
    Row.objects.bulk_create(rows, batch_size=500)
    for row, side in zip(rows, sides, strict=True):
        side.row = row
    Side.objects.bulk_create(sides, batch_size=1000)
    firsts = {grid.pk: grid.first for grid in ground.grids}
    search.index_new(
        "case",
        [(case.pk, "\n".join((case.masked, case.place_words, case.number)), firsts[case.area_id]) for case in cases],
    )


def _case(ground: Ground, record: Any, grid: Any, at: datetime, chance: random.Random, numbers: dict[str, int]) -> Any:
    from liuchi.cases.actions.clock import act_by_limit, give_limit, start_office_clock, stop_clock
    from liuchi.cases.models import Case
    from liuchi.cases.rules import STEP_LIMITS
    from liuchi.kernel.context import CHINA

    # What is open is mostly young.
    fresh = at > NOW - timedelta(days=30)
    shares = SHARES if not fresh else {**SHARES, "closed": 200}
    state = chance.choices(list(shares), list(shares.values()))[0]
    local = at.astimezone(CHINA).date()
    month = local.strftime("%Y-%m")
    numbers[month] = numbers.get(month, 0) + 1
    west, south, east, north = _bounds(grid)
    text = chance.choice(THINGS) + chance.choice(FAULTS) + chance.choice(TAILS)
    case = Case(
        record=record,
        number=f"LC-{month}-{numbers[month]:04d}",
        channel=chance.choice(("phone", "phone", "phone", "call", "walk_in", "desk")),
        state=state,
        text=text,
        masked=text,
        lon=chance.uniform(west, east),
        lat=chance.uniform(south, north),
        accuracy=8.0,
        place_source="gps",
        place_words=f"{grid.name}{chance.randrange(1, 25)}幢",
        area=grid,
        receipt_hash=f"{chance.getrandbits(256):064x}",
        reported_at=at,
        local_date=local,
    )
    reached = TURNS.index(state)
    if reached < 2:
        start_office_clock(case, at)
    if reached >= 1 and ground.matters:
        case.matter = chance.choice(ground.matters)
        case.filed_at = at + timedelta(minutes=20)
    if reached >= 2:
        case.unit, case.dispatched_at = ground.unit, at + timedelta(minutes=30)
        give_limit(case, case.dispatched_at)
    if reached >= 3:
        case.handler, case.accepted_at = ground.handler, at + timedelta(hours=1)
        act_by_limit(case)
    if reached >= 4:
        case.reply, case.outcome, case.handled_at, case.in_time = "已处理好", "done", at + timedelta(hours=5), True
        case.limit_from = case.warn_at = None
        if state in STEP_LIMITS:
            start_office_clock(case, case.handled_at)
    if reached >= 5:
        case.checked_at = at + timedelta(hours=6)
    if reached >= 6:
        case.closed_at = at + timedelta(hours=7)
        stop_clock(case)
    return case


def _bounds(grid: Any) -> tuple[float, float, float, float]:
    ring = grid.boundary["coordinates"][0]
    return (*ring[0], *ring[2])


def _journal(case: Any, name: str, version: int, ground: Ground) -> tuple[Any, Any]:
    """The row of one turn, and its side row."""
    from liuchi.kernel.context import CHINA
    from liuchi.kernel.journal import rules
    from liuchi.kernel.journal.actions import ALGORITHM
    from liuchi.kernel.journal.models import Row, Side

    at = getattr(case, f"{name}_at") or case.reported_at
    facts: dict[str, Any] = {"state": name}
    salt = f"{version:032x}"
    if name == "reported":
        facts |= {"number": case.number, "place_source": case.place_source}
        kind, body = "personal", {"words": case.text, "place": case.place_words}
    else:
        kind, body = "actor", {"person": str(ground.handler.pk), "post": None}
    digest = rules.side_digest(salt, body)
    content = {
        "version": version,
        "verb": f"case.{name}",
        "schema": 1,
        "at": at,
        "recorded_at": at,
        "channel": case.channel,
        "facts": facts,
        "actor_digest": digest if kind == "actor" else "",
        "personal_digest": digest if kind == "personal" else "",
    }
    day = at.astimezone(CHINA).date()
    hashed = rules.row_hash(record=str(case.pk), area=case.area_id, local_date=day.isoformat(), **content)
    row = Row(record_id=case.pk, area_id=case.area_id, local_date=day, algorithm=ALGORITHM, hash=hashed, **content)
    return row, Side(kind=kind, person_id=ground.handler.pk if kind == "actor" else None, salt=salt, body=body)


@click.command()
@click.option("--cases", default=10_000, show_default=True)
def main(cases: int) -> None:
    """Fills the database of LIUCHI_VAR / LIUCHI_DATABASE, which must be prepared and empty."""
    import django

    django.setup()
    began = time.monotonic()
    fill_cases(fill_ground(), cases)
    click.echo(f"{cases:,} cases in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
